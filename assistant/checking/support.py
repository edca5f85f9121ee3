"""A claim × one passage → clause by clause, how far its words are met, and where.

Values and names are left to their own rules; what is weighed here are the other words.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from assistant.checking.meaning import (
    Clause,
    Passage,
    Shares,
    meet,
    read_passage,
    telling_words,
    weigh,
)
from assistant.checking.told import told_values
from assistant.checking.values import values_of
from assistant.sense import told_nearness
from index.fold import fold
from index.words import stem, words

WINDOW = 5
"""Neighbouring clauses that may bear one clause of a claim together."""
LOCAL = 0.75
"""Share of the score that must be met in one place; the rest may be met anywhere in the text."""
CONTEXT = 0.6
"""How far a word is met that stands only in the heading, the title or a speaker's name."""
TOPIC = 2.0
"""How much more of a clause may be met with heading and title than by the text alone."""
VALUE = 1.2
"""What a value says that the text tells too; small numbers, which are everywhere, half of it."""
LEAST = 2
"""Words of its own that a part of a claim must have to be judged by itself."""

_JOIN = re.compile(
    r"(?<!\d)[,，]|[,，](?!\d)|[;；]|\s(?=(?:and|but|while|although|though|because|since|whereas)\s)"
    r"|(?=而且|并且|但是|可是|不过|后来|因为|所以)"
)
_COUNTING = frozenset("台条部号箱支架只头名位把份张枚颗盒袋盏座艘辆件副")
# A part that only says whose word the rest is.
_ONLY_TELLS = re.compile(
    r"^\W*(?:according to .{1,40}|in .{1,30} (?:view|opinion|words|telling))[,，]?\s*$"
    r"|^(?:在.{1,16}(?:看来|眼里|口中)|[据按照].{1,12}(?:说|的说法|介绍|回忆))[,，]?\s*$"
    r"|^.{1,16}(?:说|认为|表示|觉得|称|指出|透露|承认|回忆|坚持|强调)(?:过|道)?[,，]?\s*$"
    r"|^[^,]{1,40}\b(?:says?|said|thinks?|admits?|adds?|recalls?|explains?)(?: that)?[,，]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Held:
    """One clause of a claim against one passage."""

    text: str
    start: int
    """In the claim, in characters."""
    words: tuple[str, ...]
    """Its own words; the rows after theirs are its values that the text tells."""
    weights: Shares
    shares: Shares
    """How far each word is met in each clause of the passage, shape (words, clauses)."""
    score: float
    """How far the clause is met, 0 to 1; 1 for one of values and names alone."""
    window: tuple[int, int]
    """The clauses of the passage that meet it best, end excluded."""
    sense: float
    """How near the passage comes to what the clause says, -1 to 1."""

    @property
    def has_values(self) -> bool:
        """Whether it has values, and the passage tells some."""
        return len(self.weights) > len(self.words)

    @property
    def weight(self) -> float:
        """What the words of the clause say together."""
        return float(self.weights.sum())


@dataclass(frozen=True, slots=True)
class Support:
    """A whole claim against one passage."""

    passage: Passage
    held: tuple[Held, ...]
    score: float
    """Mean of the clauses by weight."""
    sense: float
    """How near the passage comes to what the whole claim says, -1 to 1."""

    def told(self, held: Held) -> tuple[Clause, ...]:
        """Return the clauses of the passage that meet a clause of the claim."""
        return self.passage.clauses[slice(*held.window)]

    @property
    def quote(self) -> str:
        """The sentence of the passage that meets the claim best."""
        if not self.passage.clauses:
            return ""
        totals = sum((h.weights @ h.shares for h in self.held), np.zeros(len(self.passage.clauses)))
        sums = np.zeros(len(self.passage.sentences))
        for place, clause in enumerate(self.passage.clauses):
            sums[clause.sentence] = max(sums[clause.sentence], totals[place])
        start, end = self.passage.sentences[int(sums.argmax())]
        return self.passage.text[start:end]


def best_clause(support: Support, held: Held) -> Clause:
    """Return the clause of the passage that meets a claim's clause best, the first of equal."""
    return support.passage.clauses[int((held.weights @ held.shares).argmax())]


def best_sentence(support: Support, held: Held) -> str:
    """Return the sentence that the best clause stands in, as written."""
    start, end = support.passage.sentences[best_clause(support, held).sentence]
    return support.passage.text[start:end]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every clause of a claim is held against."""

    passage: Passage
    left: frozenset[str]
    """Words that other rules look after."""
    around: Passage
    """The heading, the title, and who spoke."""
    date: str | None


def hold(
    claim: str,
    text: str,
    *,
    names: Collection[str] = (),
    context: str = "",
    date: str | None = None,
) -> Support:
    """Hold a claim against a text.

    Args:
        claim: one sentence, without markers.
        text: the paragraph's, in either language.
        names: words of the claim that name somebody or something.
        context: who spoke and under which heading.
        date: of the interview.
    """
    passage = read_passage(text)
    around = read_passage(context)
    left = frozenset(stem(word) for name in names for word in words(fold(name)))
    setting = _Setting(passage, left, around, date)
    held = tuple(_hold(claim[start:end], start, setting) for start, end in claim_clauses(claim))
    weight = sum(h.weight for h in held)
    score = sum(h.score * h.weight for h in held) / weight if weight else 1.0
    return Support(passage, held, score, told_nearness(claim, text))


@lru_cache(maxsize=1 << 10)
def claim_clauses(claim: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the parts of a claim that say something each; short ones join."""
    spans: list[tuple[int, int]] = []
    begin = 0
    values = values_of(claim)
    for match in _JOIN.finditer(claim):
        inside = any(v.start < match.end() and match.start() < v.end for v in values)
        if match.end() <= begin or inside:
            continue
        if _says_enough(claim[begin : match.start()]) and _says_enough(claim[match.end() :]):
            spans.append((begin, match.end()))
            begin = match.end()
    return (*spans, (begin, len(claim)))


def _says_enough(part: str) -> bool:
    if _ONLY_TELLS.search(part):
        return False
    own, values = len(_own_words(part)), values_of(part)
    return own >= LEAST or bool(values and (own or any(v.unit for v in values)))


def _own_words(part: str) -> list[str]:
    """Return the words of a part that are neither values nor words of telling."""
    spans = [(v.start, v.end) for v in values_of(part)]
    pieces, place = [], 0
    for start, end in spans:
        pieces.append(part[place:start])
        # The measure word behind a number says nothing of its own: 七箱, 第二条.
        place = end + (part[end : end + 1] in _COUNTING)
    rest = " , ".join([*pieces, part[place:]])
    return [word for word in telling_words(rest) if not word.isdigit()]


def _hold(part: str, start: int, setting: _Setting) -> Held:
    passage = setting.passage
    sense = told_nearness(part, passage.text)
    own = [word for word in _own_words(part) if word not in setting.left]
    if len(own) < LEAST:  # little but names: those that the text has tell of it too
        names = [word for word in _own_words(part) if word in setting.left]
        own += [word for word in names if any(word in c.words for c in passage.clauses)]
    value_weights, value_shares = _met_values(part, passage, setting.date)
    weights = np.concatenate([weigh(own), value_weights])
    shares = np.concatenate([meet(own, passage), value_shares])
    if not len(weights) or not passage.clauses:
        window = (0, min(WINDOW, len(passage.clauses)))
        return Held(part, start, tuple(own), weights, shares, 0.0, window, sense)
    known = np.zeros(len(weights), np.float32)
    if own and setting.around.clauses:
        known[: len(own)] = CONTEXT * meet(own, setting.around).max(axis=1)
    window, local = _best_window(weights, np.maximum(shares, known[:, None]))
    anywhere = float(weights @ np.maximum(shares.max(axis=1), known) / weights.sum())
    alone = float(weights @ shares.max(axis=1) / weights.sum())
    score = min(LOCAL * local + (1 - LOCAL) * anywhere, TOPIC * alone)
    return Held(part, start, tuple(own), weights, shares, score, window, sense)


def _met_values(part: str, passage: Passage, date: str | None) -> tuple[Shares, Shares]:
    """Return weight and shares of the values of a clause that the passage tells."""
    weights: list[float] = []
    rows: list[list[float]] = []
    for value in values_of(part):
        told = told_values(value, part, passage.text, date)
        if told:
            small = isinstance(value.amount, Fraction) and value.amount <= 3 and value.unit is None
            weights.append(VALUE / 2 if small else VALUE)
            rows.append(
                [float(any(c.start <= v.start < c.end for v in told)) for c in passage.clauses]
            )
    empty = np.zeros((0, len(passage.clauses)), np.float32)
    return np.array(weights, np.float32), np.array(rows, np.float32) if rows else empty


def _best_window(weights: Shares, shares: Shares) -> tuple[tuple[int, int], float]:
    """Return the fewest neighbouring clauses that meet the words best, and how far."""
    best, window = -1.0, (0, 1)
    count = shares.shape[1]
    for length in range(1, min(WINDOW, count) + 1):
        for begin in range(count - length + 1):
            met = float(weights @ shares[:, begin : begin + length].max(axis=1) / weights.sum())
            # A longer window must earn its clauses.
            if met - 0.02 * length > best - 0.02 * (window[1] - window[0]) + 1e-9:
                best, window = met, (begin, begin + length)
    return window, best
