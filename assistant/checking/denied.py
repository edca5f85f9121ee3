"""A claim × a text → the words and values that one of them denies right where they stand."""

import re

import numpy as np

from assistant.asked import tables
from assistant.checking.cues import is_attributed
from assistant.checking.denial import (
    half_denies,
    has_negation,
    is_directly_denied,
    offers,
    without_contrast,
)
from assistant.checking.records import Difference
from assistant.checking.support import Held, Support
from assistant.checking.told import told_values
from assistant.checking.values import values_of
from index.fold import fold
from index.language import detect_language
from index.words import is_chinese, stem, stop_words

SURE = 0.35
"""Share of a claim's clause that one clause of the text must meet before its denial counts."""
TELLING = 0.5
"""Weight from which a word alone may be what a clause denies."""
MEANT = 0.08
"""Probability from which a translation is looked for where the word itself is not."""
ALMOST = 0.45
"""Cosine from which two words say nearly the same: hurt, injured."""
BEHIND = 4
"""Characters behind a value in which Chinese may deny it: 一克都没有."""


def is_word_denied(support: Support, held: Held) -> bool:
    """Whether a telling word of the claim is named only to be denied: "it won't be chemistry"."""
    if offers(fold(held.text)) or half_denies(fold(held.text)):
        return False
    if not any(has_negation(clause.text) for clause in support.passage.clauses):
        return False
    plain = not any(has_negation(fold(part.text)) for part in support.held)
    totals = held.weights @ held.shares / held.weights.sum()
    best = support.passage.clauses[int(totals.argmax())]
    across = detect_language(held.text) != detect_language(support.passage.text)
    if across and float(totals.max()) >= SURE and not has_negation(best.text):
        return False
    sure = [w for w, weight in zip(held.words, held.weights, strict=False) if weight >= TELLING]
    return any(_is_only_denied(word, support, alike=plain) for word in sure)


def denies_same_word(support: Support, held: Held) -> bool:
    """Whether the text denies a word somewhere that the claim denies too: "no lithium"."""
    mine = fold(held.text)
    denied = [w for w in held.words if any(is_directly_denied(mine, p) for p in _places(w, mine))]
    return any(
        is_directly_denied(clause.text, place)
        for word in denied
        for clause in support.passage.clauses
        for place in _places(word, clause.text)
    )


def denied_values(claim: str, text: str, date: str | None) -> list[Difference]:
    """Return the values that a claim denies and a text tells: "it is not five foot two"."""
    plain = without_contrast(claim)
    return [
        Difference("negation", claim, text[told[0].start : told[0].end], value.start)
        for value in values_of(plain)
        if is_directly_denied(fold(plain[: value.start]), value.start)
        and (told := told_values(value, plain, text, date))
        and not any(is_directly_denied(fold(text[: v.start]), v.start) for v in told)
        and not any(has_negation(fold(text[v.end : v.end + BEHIND])) for v in told)
    ]


def _is_only_denied(word: str, support: Support, *, alike: bool) -> bool:
    """Whether every clause that has a word denies it right there.

    Args:
        word: of the claim.
        support: what it is held against.
        alike: whether a word of nearly the same meaning will do when it stands nowhere.
    """
    passage = support.passage
    denying = [clause for clause in passage.clauses if has_negation(clause.text)]
    meanings = [
        meaning
        for meaning, weight in tables()[0].translations(word).items()
        if weight >= MEANT and meaning not in stop_words()
    ]
    named = (word, *meanings) if alike else (word,)
    forms = [f for f in named if any(_places(f, c.text) for c in passage.clauses)]
    if alike and not forms and passage.distinct:
        vector, known = tables()[1].vectors([word])
        near = passage.vectors @ vector[0]
        forms = [passage.distinct[i] for i in np.flatnonzero(near >= ALMOST)] if known[0] else []
    if not any(_places(form, clause.text) for form in forms for clause in denying):
        return False
    told = [
        is_directly_denied(clause.text, place)
        for form in forms
        for clause in passage.clauses
        for place in _places(form, clause.text)
        if not is_attributed(clause.text[:place])
    ]
    return bool(told) and all(told)


def _places(word: str, text: str) -> list[int]:
    """Return where a text has a word, inflected or not."""
    if is_chinese(word):
        return [m.start() for m in re.finditer(re.escape(word), text)] if len(word) > 1 else []
    return [m.start() for m in re.finditer(r"[a-z]+", text) if stem(m[0]) == word]
