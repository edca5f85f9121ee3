"""Counts and vectors → the parts of a score; pure functions of arrays.

Word parts are shares of what a text could attain, cosines stay as they are: natural units, so that
parts add up with fixed weights whatever the query.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.protocols import Matrix

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

PSEUDO_TEXTS = 300.0
"""Imagined texts of ordinary language beside those there are, so that a small collection knows
which words are common everywhere. Chosen on public question sets; 100 to 1,000 differ by .003.
"""

TEXT_TERMS = 100.0
"""Terms of an imagined text: about a paragraph."""

WEIGHTS: Mapping[str, float] = {
    "words": 0.5,
    "words around": 0.5,
    "words of the interview": 0.5,
    "meaning": 0.35,
    "meaning around": 0.35,
    "meaning of the interview": 0.17,
    "word by word": 1.0,
    "closest sentence": 0.5,
    "brevity": -0.2,
}
"""What each part counts. Chosen on one half of public question sets, see the README.

The same within a language and across the two: fitted apart, on questions held out, no weight found
more than .01. Brevity was worth .01 of the first five on the bundled questions, nothing elsewhere.
"""


def chance(share: float) -> float:
    """Return how likely an ordinary text has a word with that share of all words, 0 to 1."""
    return float(1 - np.exp(-share * TEXT_TERMS))


def rarity(texts: float, having: float, likely: float = 0.0) -> float:
    """Return the weight of a concept (inverse document frequency).

    Args:
        texts: how many there are.
        having: how many have it; a weighted sum for a concept of several terms.
        likely: how likely an ordinary text has it, 0 to 1.

    Source: Robertson & Spärck Jones, in the form Lucene uses, over real and imagined texts.
    """
    rest = texts + PSEUDO_TEXTS - having - PSEUDO_TEXTS * likely
    return float(np.log(1 + max(rest + 0.5, 0.0) / (having + PSEUDO_TEXTS * likely + 0.5)))


def plain_rarity(texts: float, having: float) -> float:
    """Return the weight of a concept without imagined texts, for whole interviews."""
    return float(np.log(1 + (texts - having + 0.5) / (having + 0.5)))


def saturated(counts: Floats, lengths: Floats, mean: float, *, k1: float, b: float) -> Floats:
    """Return what counts are worth, 0 to k1 + 1 (BM25).

    Source: Robertson & Zaragoza, Foundations and Trends in IR, 2009.
    """
    return counts * (k1 + 1) / (counts + k1 * (1 - b + b * lengths / mean))


def best_of(values: Floats | Matrix, offsets: Places) -> Floats:
    """Return the largest value of each stretch of rows; 0 for an empty one.

    Shape (len(offsets) - 1, …): of a matrix, the largest in each column.
    """
    best = np.zeros((len(offsets) - 1, *values.shape[1:]))
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        best[filled] = np.maximum.reduceat(values, offsets[filled], axis=0)
    return best


def cosines(matrix: Matrix, vector: Matrix) -> Floats:
    """Return the cosine of each row with a unit vector; 0 for a row of zeros."""
    lengths = np.linalg.norm(matrix, axis=1)
    return np.asarray(matrix @ vector / np.where(lengths > 0, lengths, 1), np.float64)


def compared(best: Floats, weights: Floats) -> Floats:
    """Return, for each stretch of words, the weighted mean over query words of its most similar.

    Args:
        best: the highest cosine of each stretch with each word of the query, shape (n, q).
        weights: of the query's words, shape (q,).

    Returns:
        The means, 0 to 1, shape (n,).
    """
    means: Floats = np.clip(best, 0, 1) @ weights / max(weights.sum(), 1e-9)
    return means


def without_length(values: Floats, sizes: Floats) -> Floats:
    """Return what is left of values after the part that grows with the logarithm of size.

    A long text has a word like any other. The line is fitted to the texts themselves, together
    with `_PRIOR` points of the line usual elsewhere, so that a few texts do not explain themselves
    away.
    """
    logs = np.log1p(sizes)
    filled = sizes > 0
    x = np.concatenate([logs[filled], _USUAL_LOGS])
    y = np.concatenate([values[filled], _USUAL_VALUES])
    slope, intercept = np.polyfit(x, y, 1)
    return np.where(filled, values - (slope * logs + intercept), 0.0)


# The line over the paragraphs of public question sets: five texts of usual lengths.
_USUAL_LOGS = np.array([2.0, 3.0, 3.5, 4.0, 5.0])
_USUAL_VALUES = 0.19 + 0.075 * _USUAL_LOGS
