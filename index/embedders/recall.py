"""Vectors a store has already → an embedder that does not ask for them again.

An interview of a thousand turns of which one was corrected costs one text, not a thousand.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from index.protocols import Embedder, Matrix


class RecallingEmbedder:
    """Embeds what is not known yet, and takes the rest from what is.

    Args:
        embedder: gives the vectors that are missing.
        known: text to unit row, made by the same embedder (its fingerprint says so).
    """

    def __init__(self, embedder: Embedder, known: Mapping[str, Matrix]) -> None:
        self._embedder = embedder
        self._known = known

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """The embedder's own."""
        return self._embedder.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        Raises:
            EmbedderError: the embedder failed.
        """
        missing = [i for i, text in enumerate(texts) if text not in self._known]
        rows = np.zeros((len(texts), self.dimension), np.float32)
        if missing:
            rows[missing] = self._embedder.embed([texts[i] for i in missing])
        for i, text in enumerate(texts):
            if text in self._known:
                rows[i] = self._known[text]
        return rows
