"""Vectors that arrived but are not published yet, kept on disk: a kill costs no second fee.

A file of SQLite beside the store: an embedder's fingerprint, a text's SHA-256 and its vector, but
no words. Vectors tell something of a text all the same, so they go when the store has them, and
when an interview is removed.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.errors import StoreError
from index.protocols import Embedder, Matrix

CACHE = "embeddings.sqlite"

_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (embedder, text)
) WITHOUT ROWID
"""


class BatchEmbedder(Embedder, Protocol):
    """An embedder whose vectors come in blocks."""

    def batches(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """Yield the rows of `embed`, in order, each block as soon as it is there."""

    @property
    def address(self) -> str | None:
        """Where texts go; None when they stay in this process."""


class CachedEmbedder:
    """Embeds each text once, however often it is asked and whatever ends the program in between.

    Args:
        embedder: gives the vectors.
        folder: the store's; it must exist when texts are embedded.
        notice: hears that a damaged cache was begun anew.
    """

    def __init__(
        self,
        embedder: BatchEmbedder,
        folder: Path,
        *,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self._embedder = embedder
        self._folder = folder
        self._notice = notice

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

    @property
    def address(self) -> str | None:
        """Where texts go; None when they stay in this process."""
        return self._embedder.address

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        Raises:
            EmbedderError: the embedder failed; what arrived before is kept.
            StoreError: the cache cannot be written.
        """
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        keys = [text_key(text) for text in texts]
        with self._opened() as connection:
            known = self._load(connection, set(keys))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            known |= self._fetch(connection, missing)
        return np.stack([known[key] for key in keys])

    def clear(self) -> None:
        """Forget everything."""
        clear_cache(self._folder)

    def _fetch(
        self, connection: sqlite3.Connection, missing: dict[bytes, str]
    ) -> dict[bytes, Matrix]:
        """Return the vectors of texts by key, each block written before the next is asked for."""
        keys = list(missing)
        found: dict[bytes, Matrix] = {}
        for block in self._embedder.batches(list(missing.values())):
            block_keys = keys[len(found) : len(found) + len(block)]
            rows = dict(zip(block_keys, block, strict=True))
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (self.fingerprint, key, row.astype("<f4").tobytes())
                        for key, row in rows.items()
                    ],
                )
            found |= rows
        return found

    def _load(self, connection: sqlite3.Connection, keys: set[bytes]) -> dict[bytes, Matrix]:
        size = 4 * self.dimension
        known: dict[bytes, Matrix] = {}
        for key in keys:
            row = connection.execute(
                "SELECT vector FROM vectors WHERE embedder = ? AND text = ?",
                (self.fingerprint, key),
            ).fetchone()
            if row is not None and isinstance(row[0], bytes) and len(row[0]) == size:
                known[key] = np.frombuffer(row[0], "<f4").astype(np.float32)
        return known

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        path = self._folder / CACHE
        with _failures_named(path):
            connection = self._connect(path)
            try:
                yield connection
            finally:
                connection.close()

    def _connect(self, path: Path) -> sqlite3.Connection:
        """Open the cache; one that is damaged is begun anew, for all in it can be had again."""
        try:
            return _open(path)
        except sqlite3.OperationalError as error:
            if "no such column" not in str(error):
                raise  # locked, read-only, full: removing would not help
        except sqlite3.DatabaseError:
            pass
        if self._notice is not None:
            self._notice(f"{path} was damaged and is begun anew")
        _remove(path)
        return _open(path)


def clear_cache(folder: Path) -> None:
    """Overwrite the vectors in a store's cache and make the file small. None there is fine.

    Safe while another process embeds: what it wrote so far is forgotten, and only that.

    Raises:
        StoreError: it cannot be written.
    """
    path = folder / CACHE
    if not path.exists():
        return
    with _failures_named(path):
        try:
            _overwrite(path)
        except sqlite3.OperationalError:
            raise  # locked, read-only, full
        except sqlite3.DatabaseError:
            _remove(path)


def text_key(text: str) -> bytes:
    """Return what a text is known by in the cache: 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(_TABLE)
        connection.execute("SELECT embedder, text, vector FROM vectors LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _overwrite(path: Path) -> None:
    connection = _open(path)
    try:
        # A journal on disk would keep what is being overwritten.
        connection.execute("PRAGMA journal_mode = MEMORY")
        with connection:
            connection.execute("DELETE FROM vectors")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _remove(path: Path) -> None:
    """Remove a file that is no cache; all that was in it can be had again."""
    try:
        for leftover in (path, path.with_name(f"{path.name}-journal")):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be removed: {error.strerror}") from error


@contextlib.contextmanager
def _failures_named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}, which keeps vectors until they are stored, cannot be written: {error}"
        ) from error
