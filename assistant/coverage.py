"""Question × text → how far the text speaks of what is asked, word by word, across the languages.

A word of the question is met when the text has it, a translation of it, the same value in another
notation, or a word of near meaning. Nothing here decides whether that is enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.asked import Asked, Shares, tables
from index.fold import fold
from index.numbers import Value, agrees, find_values
from index.sentences import split_sentences
from index.words import is_chinese, stop_words, words

NEAR = 0.35
"""Cosine from which two words of the bundled table say something alike; unrelated ones stay under.

Source: abstention over the `unanswerable` pack; .3 and .4 part the answerable from the others less.
"""
IN_PART = 0.8
"""What a Chinese compound counts whose characters all stand there, two by two, but apart."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One text, sentence by sentence, against one question."""

    spans: tuple[tuple[int, int], ...]
    """Characters of each sentence."""
    shares: NDArray[np.float32]
    """How far each word is met in each sentence, shape (sentences, words)."""

    @property
    def whole(self) -> Shares:
        """How far each word is met anywhere in the text."""
        return np.asarray(self.shares.max(axis=0), np.float32)


def cover(asked: Asked, text: str, spans: Sequence[tuple[int, int]] = ()) -> Covered:
    """Return how far each sentence of a text meets each word of a question.

    Args:
        asked: the question.
        text: as the paragraph has it.
        spans: the sentences, if they are known.
    """
    spans = spans or split_sentences(text)
    folded = [fold(text[start:end]) for start, end in spans]
    told = [words(sentence) for sentence in folded]
    shares = _meanings(asked, told)
    rows = _rows_of(told)
    for place, word in enumerate(asked.words):
        for other, strength in ((word, 1.0), *asked.translations[place].items()):
            for row in _rows_with(other, folded, rows):
                shares[row, place] = max(shares[row, place], strength)
        for row, sentence in enumerate(folded):
            shares[row, place] = max(shares[row, place], _met_in_part(word, sentence))
    _meet_values(asked, text, spans, shares)
    return Covered(tuple(spans), shares)


def _meanings(asked: Asked, told: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Return how near the nearest word of each sentence comes to each word asked."""
    # Function words come near to everything and mean nothing.
    sentences = [[word for word in sentence if word not in stop_words()] for sentence in told]
    distinct = list(dict.fromkeys(word for sentence in sentences for word in sentence))
    shares = np.zeros((len(told), len(asked.words)), np.float32)
    if not distinct or not asked.words:
        return shares
    places = {word: place for place, word in enumerate(distinct)}
    vectors, _ = tables()[1].vectors(distinct)
    near = np.clip((vectors @ asked.vectors.T - NEAR) / (1 - NEAR), 0, 1)
    for row, sentence in enumerate(sentences):
        if sentence:
            shares[row] = near[[places[word] for word in sentence]].max(axis=0)
    return shares


def _rows_of(told: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return the sentences each word stands in, ascending."""
    rows: dict[str, list[int]] = {}
    for row, sentence in enumerate(told):
        for word in dict.fromkeys(sentence):
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


def _met_in_part(word: str, sentence: str) -> float:
    """Return how far folded text meets a Chinese compound by its pairs of characters."""
    if len(word) < 3 or not is_chinese(word):
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return IN_PART * sum(pair in sentence for pair in pairs) / len(pairs)


def _meet_values(
    asked: Asked, text: str, spans: Sequence[tuple[int, int]], shares: NDArray[np.float32]
) -> None:
    # What stands there as it was asked needs no reading of values, which is slow.
    missing = {i: value for i, value in asked.values.items() if shares[:, i].max(initial=0) < 1}
    told = _values_of(text) if missing else ()
    for place, value in missing.items():
        for other in told:
            if agrees(value, other):
                row = next(i for i, (_, end) in enumerate(spans) if other.start < end)
                shares[row, place] = 1.0


@lru_cache(maxsize=1 << 10)
def _values_of(text: str) -> tuple[Value, ...]:
    """Return the values of a text; the same paragraphs come again in a conversation."""
    return tuple(find_values(text))
