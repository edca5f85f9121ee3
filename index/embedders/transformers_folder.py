"""A model folder of sentence-transformers → an embedder; the only module that knows that library.

It is an extra (it brings torch, some gigabytes), so this module is imported only when named.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedders.folder import fingerprint_weights, read_prefixes
from index.embedders.rows import in_batches, unit_rows
from index.errors import EmbedderError, UsageError
from index.plurals import counted
from index.protocols import Matrix

BATCH = 32
_OFF = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
_PROBE = "How long is a vector? 向量有多长？"


class Encoder(Protocol):
    """What is used of a loaded model."""

    def encode(
        self,
        sentences: list[str],
        *,
        prompt: str,
        batch_size: int,
        show_progress_bar: bool,
        convert_to_numpy: bool,
    ) -> NDArray[np.float32]:
        """Return one row a sentence."""


class TransformersEmbedder:
    """Embeds texts on this machine with a model of the user's.

    A text of blanks has a zero row. A text of more tokens than the model takes is embedded by its
    beginning.

    Args:
        folder: the model's.
        encoder: the model loaded from it (`load_encoder`).
        asking: texts are queries, not passages; some models want to be told.

    Raises:
        UsageError: the folder holds no model.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, asking: bool = False) -> None:
        self._folder = folder
        self._encoder = encoder
        prefixes = read_prefixes(folder)
        self._prompt = prefixes.query if asking else prefixes.passage
        self._fingerprint = fingerprint_weights(folder)
        self._dimension = int(self._run([_PROBE], dimension=None).shape[1])

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return f"sentence-transformers:{self._folder}"

    @property
    def address(self) -> None:
        """Texts stay here."""

    @property
    def fingerprint(self) -> str:
        """Changes with the model's files, not with their place."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        Raises:
            EmbedderError: the model failed on a text.
        """
        blocks = list(self.batches(texts))
        return np.concatenate(blocks) if blocks else np.zeros((0, self.dimension), np.float32)

    def batches(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """Return the rows of `embed`, in order, `BATCH` at a time.

        Raises:
            EmbedderError: the model failed on a text.
        """
        run = partial(self._run, dimension=self.dimension)
        return in_batches(texts, run, size=BATCH, dimension=self.dimension)

    def _run(self, texts: Sequence[str], *, dimension: int | None) -> Matrix:
        try:
            found = self._encoder.encode(
                [text.encode("utf-8", "replace").decode() for text in texts],
                prompt=self._prompt,
                batch_size=BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise EmbedderError(
                f"the model in {self._folder} failed on {counted(len(texts), 'text')}:"
                f" {_line(error)}"
            ) from error
        where = f"the model in {self._folder}"
        return unit_rows(found, count=len(texts), dimension=dimension, where=where)


def load_encoder(folder: Path) -> Encoder:
    """Load the model of a folder; looks for it nowhere else and runs none of its code.

    Raises:
        UsageError: the library is not installed, or the folder holds no model it can load.
    """
    fingerprint_weights(folder)
    # Read by the libraries while they are imported; for this process only.
    os.environ.update(_OFF)
    try:
        import sentence_transformers  # noqa: PLC0415  # after the environment was set
    except ImportError as error:
        raise UsageError(
            f"the embedder sentence-transformers:{folder} needs a library that is not installed;"
            " run: pip install 'interviews[sentence-transformers]'"
        ) from error
    try:
        encoder: Encoder = sentence_transformers.SentenceTransformer(
            str(folder), local_files_only=True, trust_remote_code=False
        )
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, ImportError) as error:
        raise UsageError(f"the model in {folder} cannot be loaded: {_line(error)}") from error
    return encoder


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
