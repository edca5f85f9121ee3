"""Candidates → the parts of their scores, from exact counts and exact vectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.protocols import Matrix
from index.search.candidates import Known, Standing, nearby, own
from index.search.collection import Collection
from index.search.query import parts
from index.search.score import (
    Floats,
    Places,
    best_of,
    compared,
    cosines,
    without_length,
)
from index.static import StaticEmbedder
from index.store.packing import Sentences
from index.store.reading import Bags

BRIEF = 12.0
"""Terms of a text that is short for an answer."""


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The q content words of a query as n rows of the bundled table."""

    rows: NDArray[np.int64]
    """Each word's own row, then those of its translations, shape (n,)."""
    scales: Floats
    """What likeness to each row counts, 0 to 1, shape (n,)."""
    starts: NDArray[np.int64]
    """Where the rows of each word begin, shape (q,)."""
    weights: Floats
    """How much each word says, shape (q,)."""

    @classmethod
    def of(cls, groups: Sequence[Mapping[int, float]], weights: Floats) -> "AskedWords":
        """Return words as columns.

        Args:
            groups: of each word, its rows with what likeness to them counts; none is empty.
            weights: of the words.
        """
        sizes = [len(group) for group in groups]
        return cls(
            np.array([row for group in groups for row in group], np.int64),
            np.array([scale for group in groups for scale in group.values()], np.float64),
            np.cumsum([0, *sizes])[:-1].astype(np.int64),
            weights,
        )

    def likeness(self, others: NDArray[np.integer], table: StaticEmbedder) -> Matrix:
        """Return how alike other rows of the table are to each word, shape (len(others), q).

        A word is as alike as the most similar of its rows.
        """
        cosines = table.unit_rows(others) @ table.unit_rows(self.rows).T
        scaled = cosines * self.scales.astype(np.float32)
        return np.maximum.reduceat(scaled, self.starts, axis=1)


def word_parts(
    standings: Sequence[Standing],
    counts: Floats,
    collection: Collection,
    places: Places,
) -> dict[str, Floats]:
    """Return the parts that words give, each 0 to about 2: shares of what could be attained.

    Args:
        standings: of the concepts.
        counts: exactly how much of each concept each text has, shape (concepts, texts).
        collection: the texts.
        places: which of them are scored.
    """
    inside, around, interview = (np.zeros(len(places)) for _ in range(3))
    attainable = sum(standing.weight for standing in standings)
    windows = collection.windows
    first, end = windows.first[places], windows.end[places]
    for standing, exact in zip(standings, counts, strict=True):
        beside = standing.between(first, end) - standing.at(places)
        inside += standing.weight * own(exact, collection, places)
        around += standing.weight * nearby(exact + beside, collection, places)
        interview += standing.interviews[collection.interview[places]]
    scale = 1 / max(attainable, 1e-6)
    return {
        "words": inside * scale,
        "words around": around * scale,
        "words of the interview": interview * scale,
    }


def exact_counts(standings: Sequence[Standing], bags: Bags, known: Known) -> Floats:
    """Return how much of each concept each text has, shape (concepts, texts).

    A concept's count is the sum of its terms' counts by their weights; a term of several parts is
    there as often as the rarest of them.
    """
    concepts = [standing.concept for standing in standings]
    wanted = {known[p][0] for c in concepts for t in c.terms for p in parts(t) if p in known}
    numbers = np.array(sorted(wanted), np.int64)
    texts = len(bags.lengths)
    table = np.zeros((len(numbers) + 1, texts))  # the last row: what no text has
    if len(numbers):
        at = np.searchsorted(numbers, bags.terms)
        hit = numbers[np.minimum(at, len(numbers) - 1)] == bags.terms
        owner = np.repeat(np.arange(texts), np.diff(bags.offsets))
        table[at[hit], owner[hit]] = bags.counts[hit]
    row = {number: i for i, number in enumerate(numbers.tolist())}
    counts = np.zeros((len(concepts), texts))
    for i, concept in enumerate(concepts):
        for term, weight in concept.terms.items():
            rows = [row[known[p][0]] if p in known else -1 for p in parts(term)]
            counts[i] += weight * table[rows].min(axis=0)
    return counts


def vector_parts(
    vector: Matrix,
    collection: Collection,
    places: Places,
    windows: tuple[NDArray[np.int64], Matrix],
) -> dict[str, Floats]:
    """Return the parts that vectors give: cosines, -1 to 1.

    Args:
        vector: of the query.
        collection: the texts.
        places: which of them are scored, ascending.
        windows: (text, start, stop) of their sentence windows, by text, and the vectors.
    """
    if not len(windows[0]) or not np.any(vector):
        zeros = np.zeros(len(places))
        return dict.fromkeys(("meaning", "meaning around", "meaning of the interview"), zeros)
    spans, matrix = windows
    texts = collection.layout.texts[places]
    offsets = np.append(np.searchsorted(spans[:, 0], texts), len(spans))
    around, whole = collection.vectors_around(places)
    return {
        "meaning": best_of(matrix @ vector, offsets),
        "meaning around": cosines(around, vector),
        "meaning of the interview": cosines(whole, vector),
    }


def comparison_parts(
    asked: AskedWords, words: Sentences, table: StaticEmbedder
) -> dict[str, Floats]:
    """Return the parts that comparing word by word gives, 0 to 1.

    The whole text without what mere length explains, and the sentence that has most of the query.
    """
    if not len(asked.rows) or not len(words.words):
        return dict.fromkeys(("word by word", "closest sentence"), np.zeros(len(words.distinct)))
    distinct, at = np.unique(words.words, return_inverse=True)
    similar = asked.likeness(distinct, table)
    sentences = best_of(similar[at], words.sentences)
    whole = compared(best_of(sentences, words.first), asked.weights)
    return {
        "word by word": without_length(whole, words.distinct.astype(np.float64)),
        "closest sentence": best_of(compared(sentences, asked.weights), words.first),
    }


def length_parts(collection: Collection, places: Places) -> dict[str, Floats]:
    """Return the part that length gives, 0 for a long text to 1 for an empty one.

    "Yes, of course." answers nothing by itself.
    """
    return {"brevity": np.exp(-collection.layout.lengths[places] / BRIEF)}


def total(found: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of parts."""
    summed: Floats = np.sum([weights[name] * values for name, values in found.items()], axis=0)
    return summed
