"""What the pipeline needs from outside, as small as it can be said."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.records import Language

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]


class Embedder(Protocol):
    """Turns texts into vectors; the same words always into the same ones."""

    @property
    def name(self) -> str:
        """What the setting calls it, with the address or the whole path.

        `bundled`, `openai:text-embedding-3-small`, `http://localhost:11434/v1#bge-m3`,
        `onnx:/models/bge`.
        """

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another vector."""

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension); zeros where nothing is known.

        Raises:
            EmbedderError: it could not be reached, or what came back is not such a matrix.
        """


class VectorIndex(Protocol):
    """Nearest neighbours among the vectors of one published generation."""

    def count(self, language: Language) -> int:
        """Return how many vectors it holds in a language."""

    def nearest(self, language: Language, vector: Matrix, k: int) -> tuple[Rows, Matrix]:
        """Return the rows of the k nearest vectors, nearest first, and their cosines (-1 to 1)."""

    def close(self) -> None:
        """Let go of its files or its connection."""


class VectorBatches(Protocol):
    """Where vectors come from when a generation is built."""

    def batches(
        self, language: Language, *, after: int, size: int
    ) -> Iterator[tuple[list[int], Matrix]]:
        """Yield (rows, matrix) of all vectors whose row is over `after`, `size` at a time."""


class Progress(Protocol):
    """Hears how far a long job has come."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Called after each step: `done` of `total`, the last one being `what`."""
