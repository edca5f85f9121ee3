"""Word vectors → turned towards what the sentence encoder makes of each word, in place.

    python -m index.making.sensed

The encoder has seen translated sentences, the word vectors mostly glosses and a dictionary: each
knows what the other does not. Its vectors are laid into the space of the table by least squares.
Comes after `join`; takes two minutes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import sentence_encoder
from index.making.table import rewrite
from index.protocols import Matrix
from index.static import COMMON_SHARE, unit
from index.words import is_chinese

SENSED = "+sensed-1"
PULL = 0.2
"""How far a word turns, 0 to 1. At 0.3 and 0.5 questions about talk find .01 more of their
paragraphs, and cite the same one in both languages more often, but written Chinese (drcd) falls
below .96 in the first place."""
KEPT = 256
"""Directions of the encoder that are laid into the table; the rest hold a tenth of what it says."""
BATCH = 4_000
"""Words the encoder is given at once."""


def turned(
    words: Sequence[str],
    vectors: Matrix,
    shares: NDArray[np.float32],
    encoded: Matrix,
    *,
    pull: float = PULL,
    kept: int = KEPT,
) -> Matrix:
    """Return the vectors turned towards the encoder's, laid into their space; lengths stay.

    Args:
        words: each once.
        vectors: one row a word.
        shares: of all words of its language, one a word; common ones count less in the laying.
        encoded: what the encoder makes of each word alone, one unit row a word.
        pull: how far to turn, 0 to 1.
        kept: directions of the encoder that are used.
    """
    weights = (COMMON_SHARE / (COMMON_SHARE + shares))[:, None].astype(np.float64)
    known = _without_common(words, encoded.astype(np.float64), weights)
    known = known @ _directions(known, weights)[:, -kept:]
    own = unit(vectors).astype(np.float64)
    root = np.sqrt(weights)
    laid = known @ np.linalg.lstsq(known * root, own * root, rcond=None)[0]
    mixed = (1 - pull) * own + pull * unit(laid.astype(np.float32))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(unit(mixed.astype(np.float32)) * lengths, np.float32)


def _without_common(
    words: Sequence[str], encoded: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the rows without what all words of a language share, and all words of both."""
    chinese = np.array([is_chinese(word) for word in words])
    centred = encoded.copy()
    for language in (chinese, ~chinese):
        if language.any():
            centred[language] -= centred[language].mean(axis=0)
    shared = _directions(centred, weights)[:, -1:]
    rest = centred - centred @ shared @ shared.T
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.asarray(rest / np.maximum(lengths, 1e-6))


def _directions(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the directions the rows spread in, the widest last, shape (dimension, dimension)."""
    _, found = np.linalg.eigh((rows * weights).T @ rows)
    return np.asarray(found)


def _encoded(words: Sequence[str]) -> Matrix:
    encoder = sentence_encoder()
    batches = [encoder.encode(words[i : i + BATCH]) for i in range(0, len(words), BATCH)]
    return np.concatenate(batches)


def main() -> None:
    """Write the table again.

    Raises:
        ValueError: the table was turned before.
    """
    rewrite(
        SENSED,
        lambda words, vectors, shares: turned(words, vectors, shares, _encoded(words)),
    )


if __name__ == "__main__":
    main()
