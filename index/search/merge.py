"""Scores of two languages → one list of paragraphs: standardise, merge, fold copies, spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.search.collection import Collection
from index.search.score import Floats, Places

SAMPLE = 300
"""Best texts that a language's scores are measured by; 50 and less are too few (.05 of the first
places), all of a large collection no better.
"""

ANSWERS = 5
"""Best texts left out of the yardstick: they may be the answer, which must not measure itself."""

USUAL_MEAN, USUAL_DEVIATION = 0.35, 0.15
"""Of scores that answer nothing, over public question sets: what a few texts are measured by."""

USUAL_TEXTS = 4.0
"""How many texts the usual yardstick counts as."""

OVERLAP_COST = 0.15
"""Of a paragraph's score, lost where its window is that of a chosen one: one stretch of talk takes
one place or two, not all ten. Worth .05 of the first ten on meetings; twice as much costs .01 of
the first five where a reply stands beside its question.
"""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the scores of one language for one query are measured by."""

    mean: float
    deviation: float

    def measure(self, scores: Floats) -> Floats:
        """Return how many deviations scores stand above the mean."""
        return (scores - self.mean) / self.deviation


@dataclass(frozen=True, slots=True)
class Ranked:
    """Texts of both languages, one a paragraph; arrays of shape (n,), best first."""

    paragraphs: Places
    scores: Floats
    language: Places
    """Number of the language of the text that scored best."""
    place: Places
    """Of that text in its collection."""
    interviews: Places
    first: Places
    """Position in the interview where the text's window begins."""
    end: Places
    """One past the position where it ends."""


def yardstick(scores: Floats) -> Yardstick:
    """Return mean and deviation of the best scores without the very best.

    Of few texts, those of the usual case count besides.
    """
    best = np.sort(scores)[::-1][:SAMPLE]
    sample = best[ANSWERS:] if len(best) > 3 * ANSWERS else best
    count = len(sample) + USUAL_TEXTS
    mean = (sample.sum() + USUAL_TEXTS * USUAL_MEAN) / count
    squares = ((sample - mean) ** 2).sum()
    squares += USUAL_TEXTS * ((USUAL_MEAN - mean) ** 2 + USUAL_DEVIATION**2)
    return Yardstick(float(mean), float(np.sqrt(squares / count)))


def laid_out(number: int, collection: Collection, places: Places, scores: Floats) -> Ranked:
    """Return the texts at some places of a language, by its number, with their scores."""
    layout, windows = collection.layout, collection.windows
    return Ranked(
        layout.paragraphs[places],
        scores,
        np.full(len(places), number),
        places,
        layout.interviews[places],
        layout.positions[windows.first[places]],
        layout.positions[windows.end[places] - 1] + 1,
    )


def joined(lists: Sequence[Ranked]) -> Ranked:
    """Return all texts of some lists, in their order."""
    nothing = np.zeros(0, np.int64)
    empty = Ranked(nothing, nothing.astype(np.float64), *[nothing] * 5)
    columns = zip(*(_columns(texts) for texts in (empty, *lists)), strict=True)
    return Ranked(*(np.concatenate(column) for column in columns))


def one_place_each(texts: Ranked) -> Ranked:
    """Return the texts best first, of each paragraph only the better one; ties as given."""
    order = np.argsort(-texts.scores, kind="stable")
    _, first = np.unique(texts.paragraphs[order], return_index=True)
    return taken(texts, order[np.sort(first)])


def spread(texts: Ranked, k: int) -> tuple[list[int], list[float]]:
    """Return k texts, chosen one after the other, and their scores when they were chosen.

    Each text chosen takes from those whose windows overlap its own, by the shared part of the
    shorter window. Scores descend; ties go to the earlier one.

    Source: greedy re-ranking as in Carbonell & Goldstein, SIGIR 1998 (MMR), with overlap for
    likeness.
    """
    scores = texts.scores.astype(np.float64).copy()
    first, end, interviews = texts.first, texts.end, texts.interviews
    chosen: list[int] = []
    given: list[float] = []
    for _ in range(min(k, len(scores))):
        best = int(np.argmax(scores))
        chosen.append(best)
        given.append(float(scores[best]))
        scores[best] = -np.inf
        shared = np.minimum(end, end[best]) - np.maximum(first, first[best])
        shorter = np.minimum(end - first, end[best] - first[best])
        share = np.where(interviews == interviews[best], np.maximum(shared, 0) / shorter, 0.0)
        scores -= OVERLAP_COST * share * np.maximum(scores, 0)
    return chosen, given


def taken(texts: Ranked, order: Places | Sequence[int]) -> Ranked:
    """Return some of the texts, in an order."""
    return Ranked(*(column[order] for column in _columns(texts)))


def _columns(texts: Ranked) -> tuple[np.ndarray, ...]:
    return (
        texts.paragraphs,
        texts.scores,
        texts.language,
        texts.place,
        texts.interviews,
        texts.first,
        texts.end,
    )
