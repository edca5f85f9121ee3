"""Concepts → where they stand, from the postings alone, and the texts worth a closer look.

Postings say only whether a text has a term; what stands around a text and in its whole interview is
told well enough by that. Terms are read rarest first within a budget, so that a query of common
words costs no more than another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from index.protocols import Rows
from index.search.collection import Collection
from index.search.query import Concept, parts
from index.search.score import Floats, Places, chance, plain_rarity, rarity, saturated

BUDGET = 40_000
"""Postings read for one language: some 15 ms. Words beyond it are in most texts anyway."""

CANDIDATES = 200
"""Texts that words propose; as many windows again are proposed by vectors."""

HAS_IT = 0.3
"""Weighted count from which an interview has a concept; weaker translations are chance."""

Known = Mapping[str, tuple[int, int]]
"""Term to its number and how many texts have it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one concept stands among the texts of a language."""

    concept: Concept
    weight: float
    """Its rarity."""
    places: Places
    """Texts that have it, ascending."""
    values: Floats
    """How much of it each has: the weights of the terms there, each counted once."""
    interviews: Floats
    """What it gives every interview as a whole."""

    def between(self, first: Places, end: Places) -> Floats:
        """Return how much of it stands in stretches of texts, `end` excluded."""
        sums = np.concatenate([[0.0], np.cumsum(self.values)])
        found: Floats = (
            sums[np.searchsorted(self.places, end)] - sums[np.searchsorted(self.places, first)]
        )
        return found

    def at(self, places: Places) -> Floats:
        """Return how much of it texts have."""
        return self.between(places, places + 1)


def stand(
    concepts: Sequence[Concept],
    known: Known,
    shares: Mapping[str, float],
    collection: Collection,
) -> list[Standing]:
    """Return where concepts stand.

    Args:
        concepts: of the query.
        known: the parts of their terms that some text has.
        shares: of all words of the language, for each term of the concepts.
        collection: the texts.
    """
    numbers = affordable(known)
    postings = collection.postings(numbers)
    return [_stand(concept, known, shares, postings, collection) for concept in concepts]


def affordable(known: Known, budget: int = BUDGET) -> list[int]:
    """Return the numbers of the terms whose postings are read: the rarest, up to the budget.

    Ties go to the lower number. At least one term is read.
    """
    ranked = sorted((having, number) for number, having in set(known.values()))
    sums = np.cumsum([having for having, _ in ranked])
    count = max(int(np.searchsorted(sums, budget, "right")), 1)
    return [number for _, number in ranked[:count]]


def propose(
    standings: Sequence[Standing], collection: Collection, allowed: Places | None, most: int
) -> Places:
    """Return the places that words speak for, at most `most`, in no order.

    Args:
        standings: of the concepts.
        collection: the texts.
        allowed: the only places to choose from, None for all.
        most: how many are wanted.
    """
    windows = collection.windows
    total = np.zeros(len(collection))
    interviews = np.zeros(len(collection.interviews))
    for standing in standings:
        if not len(standing.places):
            continue
        counts = np.zeros(len(collection))
        counts[standing.places] = standing.values
        sums = np.concatenate([[0.0], np.cumsum(counts)])
        around = sums[windows.end] - sums[windows.first]
        total += standing.weight * (own(counts, collection) + nearby(around, collection))
        interviews += standing.interviews
    total += interviews[collection.interview]
    among = np.flatnonzero(total) if allowed is None else allowed[total[allowed] > 0]
    return among[highest(total[among], most)]


def highest(scores: Floats, most: int) -> Places:
    """Return where the `most` highest scores are, in no order; all of them if there are fewer."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.argpartition(-scores, most - 1)[:most].astype(np.int64)


def own(counts: Floats, collection: Collection, places: Places | slice = slice(None)) -> Floats:
    """Return what counts are worth in the texts themselves; constants usual for BM25."""
    lengths = collection.layout.lengths[places]
    return saturated(counts, lengths, collection.mean_length, k1=1.2, b=0.75)


def nearby(counts: Floats, collection: Collection, places: Places | slice = slice(None)) -> Floats:
    """Return what counts are worth in windows; their lengths differ little, so they matter less."""
    lengths = collection.windows.lengths[places]
    mean = max(float(WINDOW_MEAN), collection.mean_length)
    return saturated(counts, lengths, mean, k1=1.2, b=0.4)


WINDOW_MEAN = 250
"""Terms a window usually has: it was grown to that."""


def _stand(
    concept: Concept,
    known: Known,
    shares: Mapping[str, float],
    postings: Mapping[int, Places],
    collection: Collection,
) -> Standing:
    having, likely = 0.0, 0.0
    found: list[tuple[Places, float]] = []
    for term, weight in concept.terms.items():
        likely += weight * chance(shares[term])
        numbers = [known[part] for part in parts(term) if part in known]
        if len(numbers) < len(parts(term)):
            continue
        places = _all_of([postings.get(number) for number, _ in numbers])
        # A term beyond the budget keeps its rarity, and is looked for in the candidates only.
        having += weight * (len(places) if len(numbers) > 1 else numbers[0][1])
        found.append((places, weight))
    places, values = _summed(found)
    return Standing(
        concept,
        rarity(len(collection), having, min(likely, 1.0)),
        places,
        values,
        _of_interviews(places, values, collection),
    )


def _all_of(lists: Sequence[Places | None]) -> Places:
    """Return the places that are in all lists; a list that was not read holds everything."""
    read = [places for places in lists if places is not None]
    return reduce(np.intersect1d, read) if read else np.zeros(0, np.int64)


def _summed(found: Sequence[tuple[Places, float]]) -> tuple[Places, Floats]:
    if not found:
        return np.zeros(0, np.int64), np.zeros(0)
    places = np.concatenate([places for places, _ in found])
    weights = np.concatenate([np.full(len(places), weight) for places, weight in found])
    distinct, at = np.unique(places, return_inverse=True)
    return distinct, np.bincount(at, weights, len(distinct)).astype(np.float64)


def _of_interviews(places: Places, values: Floats, collection: Collection) -> Floats:
    """Return what a concept gives interviews: its texts counted, by the interviews' lengths."""
    count = len(collection.interviews)
    if not len(places):
        return np.zeros(count)
    sums = np.bincount(collection.interview[places], values, count).astype(np.float64)
    weight = plain_rarity(count, float(np.count_nonzero(sums > HAS_IT)))
    lengths: Floats = collection.interview_lengths
    return weight * saturated(sums, lengths, float(lengths.mean()), k1=2.0, b=0.5)


def merged(*lists: Rows) -> Places:
    """Return all places of some lists, each once, ascending."""
    return np.unique(np.concatenate(lists)).astype(np.int64)
