"""A claim's values that are told, but of something else.

"She died in 2014" stands on "she died in 2012 … in 2014 the roof leaked" only in appearance.
"""

from collections.abc import Sequence

import numpy as np

from assistant.checking.facts import told_values, values_of
from assistant.checking.records import Code, Difference
from assistant.checking.support import Held, Support
from index.numbers import Value

NEARBY = 0
"""Clauses around a value that belong to it besides its own."""
FAR = 0.4
"""Share of what is met at another value that may be met at the claim's own and still be
elsewhere."""
ENOUGH = 0.45
"""Share of a clause's own words that must be met at the other value."""


def misplaced_values(support: Support, date: str | None) -> list[Difference]:
    """Return the values of a claim whose place in the text tells of something else.

    Another value of the same kind must stand where the claim's own words are met, and hardly any
    of them where its value does.
    """
    wrong = []
    for held in support.held:
        if not held.words:
            continue
        for value in values_of(held.text):
            told = told_values(value, held.text, support.passage.text, date)
            other = _other(value, told, held, support) if told else None
            if other is not None:
                words = support.passage.text[other.start : other.end]
                said = held.text[value.start : value.end]
                code: Code = "date" if value.kind == "date" else "number"
                wrong.append(Difference(code, said, words, held.start + value.start))
    return wrong


def _other(value: Value, told: Sequence[Value], held: Held, support: Support) -> Value | None:
    """Return the value that stands where the words of the claim are met, if it is another one."""
    mine = max(_met_at(v, held, support) for v in told)
    others = [
        v
        for v in values_of(support.passage.text)
        if v not in told and _alike(value, v) and not _says(held, v, support)
    ]
    best = max(others, key=lambda v: _met_at(v, held, support), default=None)
    if best is None or _met_at(best, held, support) < ENOUGH:
        return None
    return best if mine <= FAR * _met_at(best, held, support) else None


def _alike(one: Value, other: Value) -> bool:
    """Whether two values answer the same question: both dates of a year, both of one unit."""
    if one.kind != other.kind or one.unit != other.unit:
        return False
    return one.kind != "date" or (len(str(one.amount)) >= 4 and len(str(other.amount)) >= 4)


def _says(held: Held, value: Value, support: Support) -> bool:
    """Whether the claim tells the other value too."""
    return bool(
        [
            v
            for v in values_of(held.text)
            if value in told_values(v, held.text, support.passage.text, None)
        ]
    )


def _met_at(value: Value, held: Held, support: Support) -> float:
    """Return how far the claim's own words are met in the clause of a value."""
    clauses = support.passage.clauses
    place = next((i for i, c in enumerate(clauses) if c.start <= value.start < c.end), None)
    if place is None:
        return 0.0
    around = slice(max(0, place - NEARBY), place + NEARBY + 1)
    count = len(held.words)
    weights = held.weights[:count]
    met = held.shares[:count, around].max(axis=1)
    return float(np.dot(weights, met) / max(float(weights.sum()), 1e-6))
