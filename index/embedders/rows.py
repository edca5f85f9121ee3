"""Numbers somebody else computed → unit rows, or one line about what is wrong with them."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from index.errors import EmbedderError
from index.plurals import counted
from index.protocols import Matrix


def unit_rows(values: ArrayLike, *, count: int, dimension: int | None, where: str) -> Matrix:
    """Return `count` rows of length 1; rows of zeros stay zero.

    Args:
        values: numbers of shape (count, dimension).
        count: how many rows are due.
        dimension: numbers a row must have; None takes any.
        where: who computed them, for the message.

    Raises:
        EmbedderError: another shape, another type, or numbers that are not finite.
    """
    matrix = as_numbers(values)
    if matrix is None or matrix.ndim != 2 or not matrix.shape[1]:
        raise EmbedderError(f"{where} gave something that is not vectors of numbers")
    if matrix.shape[0] != count:
        given = counted(matrix.shape[0], "vector")
        raise EmbedderError(f"{where} gave {given} for {counted(count, 'text')}")
    if dimension is not None and matrix.shape[1] != dimension:
        raise EmbedderError(
            f"{where} gave vectors of {counted(matrix.shape[1], 'number')}"
            f" where {dimension} are due;"
            " is it still the same model? if another is wanted: interviews index --rebuild"
        )
    if not np.isfinite(matrix).all():
        raise EmbedderError(f"{where} gave numbers that are not finite (NaN or infinite)")
    # Divided by the largest number first: squares of very large or small ones leave float64.
    largest = np.abs(matrix).max(axis=1, keepdims=True)
    scaled = matrix / np.where(largest > 0, largest, 1)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def as_numbers(values: ArrayLike) -> NDArray[np.float64] | None:
    """Return values as numbers; None for text, nothing, truth values, or rows of unequal length."""
    try:
        array = np.asarray(values)
    except (ValueError, OverflowError):
        return None
    return array.astype(np.float64) if array.dtype.kind in "fiu" else None


def in_batches(
    texts: Sequence[str], run: Callable[[Sequence[str]], Matrix], *, size: int, dimension: int
) -> Iterator[Matrix]:
    """Yield what a model makes of texts, in order, `size` at a time; zeros for blank ones."""
    for start in range(0, len(texts), size):
        batch = texts[start : start + size]
        filled = [i for i, text in enumerate(batch) if text.strip()]
        rows = np.zeros((len(batch), dimension), np.float32)
        if filled:
            rows[filled] = run([batch[i] for i in filled])
        yield rows
