"""An embedder at an OpenAI-compatible address: texts → batches → requests → checked unit rows."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from index.embedders.answers import read_vectors
from index.embedders.batching import USUAL_SIZE, BatchSize, batch_end
from index.embedders.endpoint import Endpoint, RefusedTextsError
from index.embedders.names import OPENAI_ADDRESS, RemoteName
from index.embedders.patience import FOR_BUILDING, Patience
from index.embedders.prefixes import prefixes_of
from index.protocols import Matrix, Progress

FORMAT = 1
"""Raise it whenever the same text would be sent or read differently."""

# Source: OpenAI's list of embedding models.
_DIMENSIONS = {
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
    "text-embedding-ada-002": 1536,
}
_PROBE = "How long is a vector? 向量有多长？"
_SHORTEST = 64  # characters; whoever refuses even these does not refuse them for their length
_LENGTH_WORDS = ("token", "length", "too long", "too large", "context", "exceed")


class RemoteEmbedder:
    """Embeds texts with a model at an address; not for several threads at once.

    A text of blanks is not sent; its row is zero. A text longer than the model takes is embedded
    by its beginning, which is said.

    Args:
        name: model and address.
        key: what to show at the door; never part of a message.
        key_variable: where the user would put a key.
        dimension: numbers a vector has, where that is known already; else one short text of ours
            is sent to learn it.
        asking: texts are queries, not passages; some models want to be told.
        patience: how long to wait, how often to ask again.
        size: limits of one request; lowered when the address refuses as many.
        progress: hears after each batch how many of the texts of one call are embedded.
        notice: hears of texts that were cut.
    """

    def __init__(
        self,
        name: RemoteName,
        *,
        key: str | None = None,
        key_variable: str = "INTERVIEWS_EMBEDDER_KEY",
        dimension: int | None = None,
        asking: bool = False,
        patience: Patience = FOR_BUILDING,
        size: BatchSize = USUAL_SIZE,
        progress: Progress | None = None,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        prefixes = prefixes_of(name.model)
        self._remote = name
        self._endpoint = Endpoint(name, key=key, key_variable=key_variable, patience=patience)
        self._dimension = name.dimensions or dimension or _known_dimension(name)
        self._passage_prefix = prefixes.passage
        self._prefix = prefixes.query if asking else prefixes.passage
        self._size = size
        self._progress = progress
        self._notice = notice
        self._shortened = 0

    @property
    def name(self) -> str:
        """What the setting calls it, with the address if that is not OpenAI's."""
        return str(self._remote)

    @property
    def address(self) -> str:
        """Where texts go."""
        return self._remote.address

    @property
    def fingerprint(self) -> str:
        """Changes with address, model, dimension and what is put before passages."""
        parts = [
            "remote",
            FORMAT,
            self.address,
            self._remote.model,
            self.dimension,
            self._passage_prefix,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    @property
    def dimension(self) -> int:
        """Numbers a vector has; asked of the address once if nothing else tells.

        Raises:
            EmbedderError: it gave no vector.
        """
        if self._dimension is None:
            self._dimension = int(self._send([_PROBE]).shape[1])
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        Raises:
            EmbedderError: the address gave no vectors, or wrong ones.
        """
        blocks = list(self.batches(texts))
        return np.concatenate(blocks) if blocks else np.zeros((0, self.dimension), np.float32)

    def batches(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """Yield the rows of `embed`, in order, each block as soon as it was answered.

        Raises:
            EmbedderError: the address gave no vectors, or wrong ones.
        """
        start = 0
        while start < len(texts):
            end = batch_end(texts, start, self._size)
            yield self._rows(texts[start:end])
            start = end
            if self._progress is not None:
                self._progress.advance(end, len(texts), f"texts to {self.address}")

    def close(self) -> None:
        """Let go of the connections."""
        self._endpoint.close()

    def _rows(self, texts: Sequence[str]) -> Matrix:
        filled = [i for i, text in enumerate(texts) if text.strip()]
        found = self._send([texts[i] for i in filled]) if filled else None
        rows = np.zeros((len(texts), self.dimension), np.float32)
        if found is not None:
            rows[filled] = found
        return rows

    def _send(self, texts: Sequence[str]) -> Matrix:
        """Return the rows of texts with words, in smaller requests if the address wants that."""
        try:
            return self._post(texts)
        except RefusedTextsError as refusal:
            if len(texts) == 1:
                return self._send_beginning(texts[0], refusal)
        half = len(texts) // 2
        before = self._shortened
        rows = np.concatenate([self._send(texts[:half]), self._send(texts[half:])])
        if self._shortened == before:
            # No text was too long, so there were too many of them: not again.
            self._size = BatchSize(min(self._size.texts, half), self._size.characters)
        return rows

    def _send_beginning(self, text: str, refusal: RefusedTextsError) -> Matrix:
        """Return the row of the longest half, quarter, eighth … of a text that is not refused."""
        piece = text
        while len(piece) > _SHORTEST and _is_about_length(refusal.reason):
            piece = piece[: len(piece) // 2]
            try:
                rows = self._post([piece])
            except RefusedTextsError as again:
                refusal = again
                continue
            self._shortened += 1
            if self._notice is not None:
                self._notice(
                    f"a text of {len(text)} characters is too long for {self.name};"
                    f" its first {len(piece)} stand for it"
                )
            return rows
        raise refusal

    def _post(self, texts: Sequence[str]) -> Matrix:
        # Lone surrogates, which no encoding can send, become question marks.
        sent = [(self._prefix + text).encode("utf-8", "replace").decode() for text in texts]
        answer = self._endpoint.post(sent)
        rows = read_vectors(
            answer, count=len(texts), dimension=self._dimension, where=f"the embedder {self.name}"
        )
        self._dimension = int(rows.shape[1])
        return rows


def _known_dimension(name: RemoteName) -> int | None:
    return _DIMENSIONS.get(name.model) if name.address == OPENAI_ADDRESS else None


def _is_about_length(reason: str) -> bool:
    return any(word in reason.lower() for word in _LENGTH_WORDS)
