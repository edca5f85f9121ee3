"""Two texts → how near lies what they say, whatever their words and languages.

Looks at sentences and at a few neighbouring ones together. What it says of numbers, names and
denials is nothing: those have rules of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.encoder import sentence_encoder
from index.protocols import Matrix
from index.sentences import split_sentences
from index.static import unit

QUESTION = ("?", "？")
CLOSING = "\"'”’」』）)] "
TOGETHER = 3
"""Neighbouring sentences that may say something together."""
REMEMBERED = 1 << 11
"""Texts of a conversation; some 10 MB for paragraphs of ten sentences."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a text says, sentence by sentence."""

    spans: tuple[tuple[int, int], ...]
    """Characters of each sentence."""
    sentences: Matrix
    """A unit row each, shape (n, dimension)."""
    runs: Matrix
    """The same, and the means of each two and three neighbours."""
    whole: Matrix
    """What all of it says, shape (dimension,)."""


@lru_cache(maxsize=REMEMBERED)
def sense_of(text: str) -> Sense:
    """Return what a text says; zeros for what is no word.

    Raises:
        UsageError: the installation lacks the encoder's tables.
    """
    spans = tuple(split_sentences(text))
    sentences = sentence_encoder().encode([text[start:end] for start, end in spans])
    runs = [sentences]
    for length in range(2, min(TOGETHER, len(sentences)) + 1):
        count = len(sentences) - length + 1
        summed = np.sum([sentences[i : i + count] for i in range(length)], axis=0)
        runs.append(unit(summed))
    return Sense(spans, sentences, np.concatenate(runs), unit(sentences.sum(axis=0)[None])[0])


@lru_cache(maxsize=REMEMBERED)
def sense_of_one(text: str) -> Matrix:
    """Return what a text says as a whole, shape (dimension,)."""
    row: Matrix = sentence_encoder().encode([text])[0]
    return row


def nearness(one: str, text: str) -> float:
    """Return how near some neighbouring sentences of a text come to another text, -1 to 1."""
    return float((sense_of(text).runs @ sense_of_one(one)).max(initial=0.0))


def told_nearness(one: str, text: str) -> float:
    """Return the same without the sentences that only ask: a question tells nothing."""
    sense = sense_of(text)
    asks = [text[start:end].rstrip(CLOSING).endswith(QUESTION) for start, end in sense.spans]
    if not any(asks):
        return nearness(one, text)
    counts = [i for i in range(len(sense.runs)) if not any(_part(asks, i, len(asks)))]
    return float((sense.runs[counts] @ sense_of_one(one)).max(initial=0.0))


def _part(marks: list[bool], run: int, sentences: int) -> list[bool]:
    """Return the marks of the sentences that a run is made of."""
    length, first = 1, run
    while first >= sentences - length + 1:
        first -= sentences - length + 1
        length += 1
    return marks[first : first + length]


def by_sentence(one: str, text: str) -> Matrix:
    """Return how near each sentence of a text comes to another text, shape (sentences,)."""
    found: Matrix = sense_of(text).sentences @ sense_of_one(one)
    return found


def likeness(one: str, text: str) -> float:
    """Return how near all that a text says comes to another text, -1 to 1."""
    return float(sense_of(text).whole @ sense_of_one(one))


def nearest(one: str, texts: Iterable[str]) -> float:
    """Return how near the nearest of some texts comes; 0 without any."""
    return max((nearness(one, text) for text in texts), default=0.0)
