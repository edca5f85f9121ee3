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


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a query is compared with vectors."""

    vector: Matrix
    """Of the whole query, from the store's embedder; zeros where it knows nothing."""
    rows: NDArray[np.int64]
    """Of the bundled table, one for each of its content words."""
    weights: Floats
    """Of those rows: how much each word says."""


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
    asked: Asked,
    collection: Collection,
    places: Places,
    windows: tuple[NDArray[np.int64], Matrix],
) -> dict[str, Floats]:
    """Return the parts that vectors give: cosines, -1 to 1.

    Args:
        asked: the query.
        collection: the texts.
        places: which of them are scored, ascending.
        windows: (text, start, stop) of their sentence windows, by text, and the vectors.
    """
    if not len(windows[0]) or not np.any(asked.vector):
        zeros = np.zeros(len(places))
        return dict.fromkeys(("meaning", "meaning around", "meaning of the interview"), zeros)
    spans, matrix = windows
    texts = collection.layout.texts[places]
    offsets = np.append(np.searchsorted(spans[:, 0], texts), len(spans))
    around, whole = collection.vectors_around(places)
    return {
        "meaning": best_of(matrix @ asked.vector, offsets),
        "meaning around": cosines(around, asked.vector),
        "meaning of the interview": cosines(whole, asked.vector),
    }


def comparison_parts(asked: Asked, words: Sentences, table: StaticEmbedder) -> dict[str, Floats]:
    """Return the parts that comparing word by word gives, 0 to 1.

    The whole text without what mere length explains, and the sentence that has most of the query.
    """
    if not len(asked.rows) or not len(words.words):
        return dict.fromkeys(("word by word", "closest sentence"), np.zeros(len(words.distinct)))
    distinct, at = np.unique(words.words, return_inverse=True)
    similar = table.unit_rows(distinct) @ table.unit_rows(asked.rows).T
    sentences = best_of(similar[at], words.sentences)
    whole = compared(best_of(sentences, words.first), asked.weights)
    return {
        "word by word": without_length(whole, words.distinct.astype(np.float64)),
        "closest sentence": best_of(compared(sentences, asked.weights), words.first),
    }


def total(found: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the weighted sum of parts."""
    summed: Floats = np.sum([weights[name] * values for name, values in found.items()], axis=0)
    return summed
