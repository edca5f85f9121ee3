"""A claim's values that are told, but of something else.

"She died in 2014" stands on "she died in 2012 … in 2014 the roof leaked" only in appearance.
"""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from assistant.checking.facts import is_difference_told
from assistant.checking.meaning import meet, read_passage, telling_words, weigh
from assistant.checking.records import Code, Difference
from assistant.checking.support import Held, Support
from assistant.checking.told import told_values
from assistant.checking.values import values_of
from index.numbers import Value, agrees

NEARBY = 2
"""Clauses of its sentence on either side of a value that tell of it, besides its own."""
FAR = 0.4
"""Share of what is met at another value that may be met at the claim's own and still be
elsewhere."""
ENOUGH = 0.5
"""Share of a clause's own words that must be met at the other value."""


_ONE = re.compile(r"(?:an?|one)\b|一(?![零一二三四五六七八九十百千万])", re.IGNORECASE)
NOTHING = 0.05
MOST = 0.35
APART = 0.5
"""Shares of a claim's words that two clauses side by side meet when each has its own value, and how
much more the one must meet when the other meets some."""
BESIDE = 40
"""Characters between two such values."""
ENOUGH_SAID = 1.5
"""Weight of a claim's words from which it is clear which clause says the same."""
ALL = 0.9
"""Share of a claim's words that the clause of another value must meet for it to be the one."""
CROSSED = 0.5
"""How much better two values must fit each other's words before they are called swapped."""

_CUT = re.compile(
    r"(?<!\d)[,，、;；]|[,，、;；](?!\d)|[.。!！?？:：](?!\d)|\band\b|\bbut\b|\bof which\b"
)


def misplaced_values(support: Support, date: str | None) -> list[Difference]:
    """Return the values of a claim whose place in the text tells of something else.

    Another value of the same kind must stand where the claim's own words are met, and hardly any
    of them where its value does.
    """
    wrong = []
    for held in support.held:
        for value in values_of(held.text):
            if _ONE.match(held.text, value.start):
                continue
            told = told_values(value, held.text, support.passage.text, date)
            find = _other if len(held.words) > 1 else _next_door
            other = find(told, held, support) if told and held.words else None
            if other is not None:
                words = support.passage.text[other.start : other.end]
                said = held.text[value.start : value.end]
                code: Code = "date" if value.kind == "date" else "number"
                wrong.append(Difference(code, said, words, held.start + value.start))
    return wrong


def replaced_values(support: Support, date: str | None) -> list[Difference]:
    """Return the values of a claim where one clause of the text says the same with another value.

    "The cables last twenty years" has its value from "the cables last thirty years, the bearings
    twenty": the clause that has all its words has another value of the same kind.
    """
    wrong = []
    for held in support.held:
        values = values_of(held.text)
        if (
            len(values) != 1
            or _ONE.match(held.text, values[0].start)
            or float(held.weights[: len(held.words)].sum()) < ENOUGH_SAID
        ):
            continue
        if is_difference_told(held.text, support.passage.text):
            continue
        other = _in_its_clause(values[0], held, support, date)
        if other is not None:
            said = held.text[values[0].start : values[0].end]
            words = support.passage.text[other.start : other.end]
            wrong.append(Difference("number", said, words, held.start + values[0].start))
    return wrong


def _in_its_clause(value: Value, held: Held, support: Support, date: str | None) -> Value | None:
    """Return the one value that stands beside all words of a claim's clause, if it is another."""
    passage = support.passage
    told = told_values(value, held.text, passage.text, date)
    met = held.weights[: len(held.words)] @ held.shares[: len(held.words)]
    full = [
        clause
        for clause, share in zip(
            passage.clauses, met / held.weights[: len(held.words)].sum(), strict=True
        )
        if share >= ALL
    ]
    if len(full) != 1:
        return None
    beside = [v for v in values_of(passage.text) if full[0].start <= v.start < full[0].end]
    alike = [v for v in beside if _alike(value, v)]
    if len(alike) != 1 or alike[0] in told or any(v in told for v in beside):
        return None
    return alike[0]


def swapped_values(claim: str, text: str, date: str | None) -> list[Difference]:
    """Return two values of a claim that tell each other's thing.

    "600 sold, 800 came back" has both values of "800 sold, 600 came back", each beside the words
    that stand beside the other in the text.
    """
    told = [
        (v, [o for o in told_values(v, claim, text, date) if agrees(v, o)])
        for v in values_of(claim)
    ]
    found = [(v, others[0]) for v, others in told if len(others) == 1]
    for (one, first), (two, second) in combinations(found, 2):
        if one.unit != two.unit or one.kind != two.kind or first == second:
            continue
        as_is = _beside(claim, one, text, first) + _beside(claim, two, text, second)
        crossed = _beside(claim, one, text, second) + _beside(claim, two, text, first)
        if crossed >= as_is + CROSSED:
            said, words = claim[one.start : one.end], text[second.start : second.end]
            return [Difference("number", said, words, one.start)]
    return []


def _beside(claim: str, value: Value, text: str, told: Value) -> float:
    """Return how far the words beside a value in a claim are met beside one in a text."""
    own = [w for w in telling_words(_piece(claim, value)) if not w.isdigit()]
    passage = read_passage(_piece(text, told))
    if not own or not passage.clauses:
        return 0.0
    weights = weigh(own)
    return float(weights @ meet(own, passage).max(axis=1) / weights.sum())


def _piece(text: str, value: Value) -> str:
    """Return the words around a value up to the next comma, "and" or other value."""
    cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
    before = max(cut for cut in cuts if cut <= value.start)
    after = min(cut for cut in cuts if cut >= value.end)
    return f"{text[before : value.start]} {text[value.end : after]}"


def _other(told: Sequence[Value], held: Held, support: Support) -> Value | None:
    """Return the value that stands where the words of the claim are met, if it is another one."""
    mine = max(_met_at(v, held, support) for v in told)
    if other := _next_door(told, held, support):
        return other
    others = [
        v
        for v in values_of(support.passage.text)
        if v not in told and _alike(told[0], v) and not _says(support, v)
    ]
    best = max(others, key=lambda v: _met_at(v, held, support), default=None)
    if best is None or _met_at(best, held, support) < ENOUGH:
        return None
    return best if mine <= FAR * _met_at(best, held, support) else None


def _next_door(told: Sequence[Value], held: Held, support: Support) -> Value | None:
    """Return the value whose own clause has what is met, where that of a claim's has nothing.

    "Two thirds anchor, one third joint": each value stands with its own thing, and no other word.
    """
    if len(told) != 1 or not telling_words(_piece(support.passage.text, told[0])):
        return None  # what is counted stands in the question
    others = [
        v
        for v in values_of(support.passage.text)
        if v not in told
        and _alike(told[0], v)
        and abs(v.start - told[0].end) <= BESIDE
        and not _says(support, v)
    ]
    mine = _met_at(told[0], held, support, nearby=0)
    found = [
        v
        for v in others
        if (met := _met_at(v, held, support, nearby=0)) >= MOST
        and (mine <= NOTHING or met - mine >= APART)
    ]
    return found[0] if len(found) == 1 else None


def _alike(one: Value, other: Value) -> bool:
    """Whether two values answer the same question: both dates of a year, both of one unit."""
    if one.kind != other.kind or one.unit != other.unit:
        return False
    return one.kind != "date" or (len(str(one.amount)) >= 4 and len(str(other.amount)) >= 4)


def _says(support: Support, value: Value) -> bool:
    """Whether the claim tells the other value too."""
    text = support.passage.text
    return any(
        value in told_values(mine, held.text, text, None)
        for held in support.held
        for mine in values_of(held.text)
    )


def _met_at(value: Value, held: Held, support: Support, nearby: int = NEARBY) -> float:
    """Return how far the claim's own words are met in the clause of a value and those nearby."""
    clauses = support.passage.clauses
    place = next((i for i, c in enumerate(clauses) if c.start <= value.start < c.end), None)
    if place is None:
        return 0.0
    around = [
        i
        for i in range(max(0, place - nearby), min(len(clauses), place + nearby + 1))
        if clauses[i].sentence == clauses[place].sentence
    ]
    count = len(held.words)
    weights = held.weights[:count]
    met = held.shares[:count, around].max(axis=1)
    return float(np.dot(weights, met) / max(float(weights.sum()), 1e-6))
