"""A claim's clause × the clauses that tell of it → whether one denies what the other says."""

import numpy as np

from assistant.checking.cues import answers_no, denied_part, has_negation, is_negated
from assistant.checking.meaning import Shares
from assistant.checking.support import Held, Support
from index.fold import fold
from index.words import words

ALIKE = 0.8
"""Clauses that meet a claim's clause this nearly as well as the best may tell it too."""
SURE = 0.4
"""Share of a claim's clause that one clause of the text must meet before its denial counts."""
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
    if best < SURE:
        return False
    near = [i for i, total in enumerate(totals) if total >= ALIKE * best]
    if is_negated(fold(held.text)):
        likely = [i for i, total in enumerate(totals) if total >= 0.5 * best]
        return not any(has_negation(text) for i in likely for text in _around(support, i))
    return all(_denies(support, held, i, totals) for i in near)


def _denies(support: Support, held: Held, place: int, totals: Shares) -> bool:
    """Whether a clause of the text denies the words of the claim that it has."""
    del totals
    clauses = support.passage.clauses
    clause = clauses[place]
    following = clauses[place + 1].text if place + 1 < len(clauses) else ""
    if clause.text.rstrip().endswith(("?", '"', '?"')) and "?" in clause.text:
        return answers_no(following)
    if not is_negated(clause.text):
        return False
    behind = frozenset(words(fold(denied_part(clause.text))))
    met = held.weights * held.shares[:, place]
    inside = np.array(
        [1.0 if _stands_in(word, behind, denied_part(clause.text)) else 0.0 for word in held.words]
        + [1.0] * (len(met) - len(held.words))
    )
    if not behind:
        return False
    shared = float((met * inside).sum() / max(float(met.sum()), 1e-6))
    return shared >= WITHIN or not float((met * (1 - inside)).sum()) or _across(support, held)


def _stands_in(word: str, behind: frozenset[str], text: str) -> bool:
    return word in behind or (not word.isascii() and word in text)


def _across(support: Support, held: Held) -> bool:
    """Whether words cannot be looked for as they are, for the text is in the other language."""
    ours = "".join(held.words).isascii()
    return ours != support.passage.text[:40].isascii()


def _around(support: Support, place: int) -> list[str]:
    """Return a clause and its neighbours: a denial often stands before or after what it denies."""
    clauses = support.passage.clauses
    return [clause.text for clause in clauses[max(0, place - 2) : place + 3]]
