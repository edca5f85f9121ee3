"""Question × text → how far the text speaks of what is asked, word by word, across the languages.

A word of the question is met when the text has it, a translation of it, the same value in another
notation, or a word of near meaning. Nothing here decides whether that is enough.
"""

from collections.abc import Sequence
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
    for place, word in enumerate(asked.words):
        for other, strength in ((word, 1.0), *asked.translations[place].items()):
            for row in _rows_with(other, told):
                shares[row, place] = max(shares[row, place], strength)
        _meet_in_part(asked, place, told, shares)
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


def _rows_with(word: str, told: Told) -> Sequence[int]:
    """Return the sentences that have a word; a Chinese one also where it was cut otherwise."""
    # A single character is looked for as a word: inside others it means something else.
    if len(word) == 1 or not is_chinese(word):
        return told.rows.get(word, ())
    if word not in told.whole:
        return ()
    return [row for row, sentence in enumerate(told.folded) if word in sentence]


def _meet_in_part(asked: Asked, place: int, told: Told, shares: NDArray[np.float32]) -> None:
    """Raise the shares of a compound that stands there in pieces, and of a name in Pinyin."""
    pairs = [pair for pair in asked.pairs[place] if pair in told.whole]
    patterns = [item for item in asked.spelled.get(place, ()) if item[0].search(told.whole)]
    if not pairs and not patterns:
        return
    for row, sentence in enumerate(told.folded):
        met = sum(pair in sentence for pair in pairs)
        share = IN_PART * met / len(asked.pairs[place]) if pairs else 0.0
        found = [strength for pattern, strength in patterns if pattern.search(sentence)]
        shares[row, place] = max(shares[row, place], share, *found)


def _meet_values(asked: Asked, text: str, spans: Spans, shares: NDArray[np.float32]) -> None:
    # What stands there as it was asked needs no reading of values, which is slow.
    missing = {i: value for i, value in asked.values.items() if shares[:, i].max(initial=0) < 1}
    told = values_of(text) if missing else ()
    for place, value in missing.items():
        for other in told:
            if agrees(value, other):
                row = next(i for i, (_, end) in enumerate(spans) if other.start < end)
                shares[row, place] = 1.0
