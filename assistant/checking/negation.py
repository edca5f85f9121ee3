"""A claim's clause × the clauses that tell of it → whether one denies what the other says."""

import numpy as np

from assistant.asked import tables
from assistant.checking.denial import (
    answers_no,
    denied_complement,
    denied_part,
    denies_being,
    denies_flatly,
    half_denies,
    has_negation,
    holds_back,
    is_negated,
    offers,
    refuses,
)
from assistant.checking.denied import SURE, denies_same_word, is_word_denied
from assistant.checking.meaning import meet, read_passage, telling_words
from assistant.checking.support import Held, Support
from assistant.sense import by_sentence
from index.fold import fold
from index.language import detect_language

LEAST = 0.25
"""Share of a claim's clause that a denying clause must meet by itself."""
HALF = 0.55
"""Share of what the best clause meets from which another may be the one that denies."""
FOLLOWING = 4
"""Clauses behind an offer in which it is refused."""
ALIKE = 0.8
"""Share of what a denying clause meets from which another clause tells the same undenied."""
LIKELY = 0.6
"""Share of what the best clause meets from which another may be what a denying claim stands on."""
AS_NEAR = 0.6
"""Share of the nearest sentence's nearness from which another may be meant."""
BRIEF = 24
"""Characters of a sentence that may deny the one before it: "I have none."."""
WITHIN = 0.4
"""Share of what is met that must stand behind the word that denies."""


def is_denied(support: Support, held: Held) -> bool:
    """Whether the text denies what the clause says, or says what it denies.

    Only the clauses that meet it best are heard: when any of them has the same polarity, or when
    none meets enough of it, nothing is held against the claim.
    """
    if not held.words or not support.passage.clauses:
        return False
    totals = held.weights @ held.shares / held.weights.sum()
    best = float(totals.max())
    if is_negated(fold(held.text)):
        likely = [i for i, total in enumerate(totals) if total >= LIKELY * best]
        if best < SURE or denies_same_word(support, held) or _near_one_denies(support, held):
            return False
        return not any(_sentence_denies(support, held, i) for i in likely)
    if _is_denied_next(support, int(totals.argmax())) or is_word_denied(support, held):
        return True
    if _is_refused(support, held, int(totals.argmax())) or _is_no_such_thing(support, held):
        return True
    return any(
        _denies(support, held, i) and not _is_told_elsewhere(support, held, i)
        for i, total in enumerate(totals)
        if total >= max(LEAST, HALF * best)
        and _with_subject(support, held, i) >= SURE
        and _is_near(support, held, i)
    )


def _is_near(support: Support, held: Held, place: int) -> bool:
    """Whether the sentence of a clause says what comes near to a claim's, as far as any does."""
    near = by_sentence(held.text, support.passage.text)
    return bool(near[support.passage.clauses[place].sentence] >= AS_NEAR * near.max())


def _near_one_denies(support: Support, held: Held) -> bool:
    """Whether one of the sentences that come nearest to a clause denies something."""
    near = by_sentence(held.text, support.passage.text)
    return any(
        near[place] >= AS_NEAR * near.max() and has_negation(fold(support.passage.text[start:end]))
        for place, (start, end) in enumerate(support.passage.sentences)
    )


def _sentence_denies(support: Support, held: Held, place: int) -> bool:
    """Whether a clause or the others of its sentence have a word that denies.

    Across the languages half a denial beside it will do, for one may put "poor" as 不好.
    """
    clauses = support.passage.clauses
    here = clauses[place].sentence
    across = detect_language(held.text) != detect_language(support.passage.text)
    near = by_sentence(held.text, support.passage.text)
    same = [
        clause.text
        for clause in clauses
        if clause.sentence == here
        or (
            across
            and abs(clause.sentence - here) == 1
            and near[clause.sentence] >= AS_NEAR * near[here]
        )
    ]
    for start, end in support.passage.sentences[here + 1 : here + 2]:
        same += [fold(support.passage.text[start:end])] * (end - start <= BRIEF)
    return any(
        has_negation(text) or holds_back(text) or (across and half_denies(text)) for text in same
    )


def _with_subject(support: Support, held: Held, place: int) -> float:
    """Return how far a clause meets a claim's, helped by those before it in its sentence."""
    clauses = support.passage.clauses
    first = place
    while first and clauses[first - 1].sentence == clauses[place].sentence and place - first < 2:
        first -= 1
    met = held.shares[:, first : place + 1].max(axis=1)
    return float(held.weights @ met / held.weights.sum())


def _is_refused(support: Support, held: Held, place: int) -> bool:
    """Whether what a claim tells as done was only offered: "… and I said no"."""
    if offers(fold(held.text)):
        return False
    clauses = support.passage.clauses
    unmet = bool((held.shares[: len(held.words)].max(axis=1) < 0.3).any())
    following = clauses[place + 1 : place + 1 + FOLLOWING]
    return unmet and any(refuses(clause.text) for clause in following)


def _is_denied_next(support: Support, place: int) -> bool:
    """Whether the sentence behind a clause's only says that it is not so."""
    following = support.passage.clauses[place].sentence + 1
    if following >= len(support.passage.sentences):
        return False
    start, end = support.passage.sentences[following]
    return denies_flatly(fold(support.passage.text[start:end]))


def _is_no_such_thing(support: Support, held: Held) -> bool:
    """Whether the text says straight out that something is not what the claim says it is."""
    complement = denied_complement(fold(held.text))
    if not complement:
        return False
    found = [word for word in telling_words(complement) if len(word) > 1]
    ours = found[-1:] if complement.isascii() else [word[:2] for word in found]
    theirs = [t for word in found[-1:] for t in list(tables()[0].translations(word))[:3]]
    return denies_being(fold(support.passage.text), [*ours, *theirs])


def _is_told_elsewhere(support: Support, held: Held, place: int) -> bool:
    """Whether another clause, which denies nothing, meets the words that a clause denies."""
    count = len(held.words)
    denied = held.shares[:count, place] >= 0.5
    weights = held.weights[:count][denied]
    met = weights @ held.shares[:count][denied]
    return any(
        met[i] >= ALIKE * met[place] and i != place and not _denies(support, held, i)
        for i in range(len(met))
    )


def _denies(support: Support, held: Held, place: int) -> bool:
    """Whether a clause of the text denies the words of the claim that it has."""
    clauses = support.passage.clauses
    clause = clauses[place]
    following = clauses[place + 1].text if place + 1 < len(clauses) else ""
    if clause.text.rstrip().endswith(("?", '"', '?"')) and "?" in clause.text:
        return answers_no(following)
    if not is_negated(clause.text) or half_denies(fold(held.text)):
        return False
    return _share_behind(held, place, denied_part(clause.text)) >= WITHIN


def _share_behind(held: Held, place: int, behind: str) -> float:
    """Return how much of what a clause meets stands behind its denial, 0 to 1."""
    passage = read_passage(behind)
    if not passage.clauses:
        return 0.0
    count = len(held.words)
    met = held.weights[:count] * held.shares[:count, place]
    inside = held.weights[:count] * meet(held.words, passage).max(axis=1)
    return float(np.minimum(met, inside).sum() / max(float(met.sum()), 1e-6))


def _around(support: Support, place: int) -> list[str]:
    """Return a clause and its neighbours: a denial often stands before or after what it denies."""
    clauses = support.passage.clauses
    return [clause.text for clause in clauses[max(0, place - 2) : place + 3]]
