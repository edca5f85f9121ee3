"""Question × text → how far the text speaks of what is asked, word by word, across the languages.

A word of the question is met when the text has it, a translation of it, the same value in another
notation, or a word of near meaning. Nothing here decides whether that is enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.asked import Asked, Shares, tables
from assistant.kinds import values_of
from assistant.told import Spans, Told, read_told
from index.numbers import agrees
from index.words import is_chinese

NEAR = 0.35
"""Cosine from which two words of the bundled table say something alike; unrelated ones stay under.

Source: abstention over the `unanswerable` pack; .3 and .4 part the answerable from the others less.
"""
IN_PART = 0.8
"""What a Chinese compound counts whose characters all stand there, two by two, but apart."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One text, sentence by sentence, against one question."""

    spans: Spans
    """Characters of each sentence."""
    shares: NDArray[np.float32]
    """How far each word is met in each sentence, shape (sentences, words)."""

    @property
    def whole(self) -> Shares:
        """How far each word is met anywhere in the text."""
        return np.asarray(self.shares.max(axis=0), np.float32)


def cover(asked: Asked, text: str, *, is_one: bool = False) -> Covered:
    """Return how far each sentence of a text meets each word of a question.

    Args:
        asked: the question.
        text: as the paragraph has it.
        is_one: whether the text is taken for one sentence.
    """
    told = read_told(text, is_one=is_one)
    shares = _meanings(asked, told)
    rows = _rows_of(told.words)
    for place, word in enumerate(asked.words):
        for other, strength in ((word, 1.0), *asked.translations[place].items()):
            for row in _rows_with(other, told.folded, rows):
                shares[row, place] = max(shares[row, place], strength)
        _meet_in_part(asked, place, told.folded, shares)
    _meet_values(asked, text, told.spans, shares)
    return Covered(told.spans, shares)


def _meanings(asked: Asked, told: Told) -> NDArray[np.float32]:
    """Return how near the nearest word of each sentence comes to each word asked."""
    shares = np.zeros((len(told.spans), len(asked.words)), np.float32)
    if not told.content or not asked.words:
        return shares
    vectors, _ = tables()[1].vectors(told.content)
    near = np.clip((vectors @ asked.vectors.T - NEAR) / (1 - NEAR), 0, 1)
    for row, places in enumerate(told.of_sentence):
        if places:
            shares[row] = near[list(places)].max(axis=0)
    return shares


def _rows_of(told: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return the sentences each word stands in, ascending."""
    rows: dict[str, list[int]] = {}
    for row, sentence in enumerate(told):
        for word in sentence:
            rows.setdefault(word, []).append(row)
    return rows


def _rows_with(
    word: str, folded: Sequence[str], rows: Mapping[str, Sequence[int]]
) -> Sequence[int]:
    """Return the sentences that have a word; a Chinese one also where it was cut otherwise."""
    # A single character is looked for as a word: inside others it means something else.
    if len(word) == 1 or not is_chinese(word):
        return rows.get(word, ())
    return [row for row, sentence in enumerate(folded) if word in sentence]


def _meet_in_part(
    asked: Asked, place: int, folded: Sequence[str], shares: NDArray[np.float32]
) -> None:
    """Raise the shares of a compound that stands there in pieces, and of a name in Pinyin."""
    word = asked.words[place]
    for row, sentence in enumerate(folded):
        shares[row, place] = max(shares[row, place], _met_in_part(word, sentence))
        for pattern, strength in asked.spelled.get(place, ()):
            if shares[row, place] < strength and pattern.search(sentence):
                shares[row, place] = strength


def _met_in_part(word: str, sentence: str) -> float:
    """Return how far folded text meets a Chinese compound by its pairs of characters."""
    if len(word) < 3 or not is_chinese(word):
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return IN_PART * sum(pair in sentence for pair in pairs) / len(pairs)


def _meet_values(asked: Asked, text: str, spans: Spans, shares: NDArray[np.float32]) -> None:
    # What stands there as it was asked needs no reading of values, which is slow.
    missing = {i: value for i, value in asked.values.items() if shares[:, i].max(initial=0) < 1}
    told = values_of(text) if missing else ()
    for place, value in missing.items():
        for other in told:
            if agrees(value, other):
                row = next(i for i, (_, end) in enumerate(spans) if other.start < end)
                shares[row, place] = 1.0
