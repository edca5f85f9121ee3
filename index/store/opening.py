"""A store folder → one snapshot to read, its vectors checked against its rows, and mended."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.errors import StoreError, UsageError
from index.protocols import Matrix, Rows, VectorIndex
from index.records import Language
from index.store import lock
from index.store.generations import (
    Place,
    StoredVectors,
    disagreement,
    open_generation,
    read_meta,
)
from index.store.lookup import Lookup
from index.store.publishing import mend
from index.store.reading import Reader
from index.store.schema import failures_named, open_reading

EXACT_BATCH = 50_000
SNAPSHOT_TRIES = 20


def _ignore(_line: str) -> None:
    """Say nothing."""


class Store:
    """One snapshot to read: rows from SQLite, nearest neighbours from the generation it names."""

    def __init__(self, folder: Path, *, notice: Callable[[str], None] = _ignore) -> None:
        self.folder = folder
        self._notice = notice
        self._vectors: VectorIndex | None = None
        self._connection, self.rows, self._hold = _snapshot(folder)
        self.lookup = Lookup(self._connection)

    @property
    def meta(self) -> dict[str, str]:
        """The settings of the store itself."""
        return dict(self.rows.meta)

    def nearest(self, language: Language, vector: Matrix, k: int) -> tuple[Rows, Matrix]:
        """Return the rows of the k nearest vectors, nearest first, and their cosines (-1 to 1)."""
        if not int(self.rows.meta.get(f"vectors_{language}", 0)):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._vectors is None:
            self._vectors = self._open_vectors()
        try:
            return self._vectors.nearest(language, vector, k)
        except StoreError as error:
            # Damage to the graph shows only when it is asked.
            self._vectors.close()
            self._vectors = self._mended(error)
        return self._vectors.nearest(language, vector, k)

    def close(self) -> None:
        """Let go of snapshot, vectors and lock."""
        if self._vectors is not None:
            self._vectors.close()
        self.rows.close()
        lock.release(self._hold)

    @property
    def _place(self) -> Place:
        return Place(self.folder, self.rows.meta.get("server") or None)

    def _open_vectors(self) -> VectorIndex:
        """Open the generation; mend one that is damaged, or do without it."""
        try:
            return self._opened(self.rows.meta["generation"])
        except StoreError as error:
            return self._mended(error)

    def _opened(self, generation: str) -> VectorIndex:
        opened = open_generation(self._place, generation)
        wrong = disagreement(opened, self.meta)
        if wrong is not None:
            opened.close()
            raise StoreError(f"the vectors of {self.folder} are damaged: {wrong}")
        return opened

    def _mended(self, damage: StoreError) -> VectorIndex:
        """Build the generation again and open it, or compare with every vector; says which."""
        try:
            made = mend(self.folder, self._place, self.rows.meta["generation"])
            if made is not None:
                lock.release(self._hold)
                generation, self._hold = made
                vectors = self._opened(generation)
                self._notice(f"{damage}; made again from the store")
                return vectors
        except (StoreError, UsageError):
            pass  # one line is enough: the damage itself says what is wrong
        self._notice(f"{damage}; comparing with every stored vector instead, which is slower")
        return ExactVectors(StoredVectors(self._connection))


@contextmanager
def open_store(folder: Path, *, notice: Callable[[str], None] = _ignore) -> Iterator[Store]:
    """Open a store for reading.

    Raises:
        EmptyStoreError: nothing was indexed yet.
        StoreVersionError: another program or version wrote it.
        StoreError: it cannot be read.
    """
    with failures_named(folder, "read"):
        store = Store(folder, notice=notice)
        try:
            yield store
        finally:
            store.close()


class ExactVectors:
    """Nearest neighbours without Chroma: every vector is compared."""

    def __init__(self, source: StoredVectors) -> None:
        self._source = source

    def count(self, language: Language) -> int:
        """Return how many vectors there are in a language."""
        return sum(len(rows) for rows, _ in self._batches(language))

    def nearest(self, language: Language, vector: Matrix, k: int) -> tuple[Rows, Matrix]:
        """Return the rows of the k nearest vectors, nearest first, and their cosines."""
        rows, cosines = np.zeros(0, np.int64), np.zeros(0, np.float32)
        for batch, matrix in self._batches(language):
            rows = np.concatenate([rows, np.array(batch, np.int64)])
            cosines = np.concatenate([cosines, matrix @ vector])
            best = np.argsort(-cosines, kind="stable")[:k]
            rows, cosines = rows[best], cosines[best]
        return rows, cosines

    def close(self) -> None:
        """Nothing to let go of: the snapshot belongs to the store."""

    def _batches(self, language: Language) -> Iterator[tuple[list[int], Matrix]]:
        return self._source.batches(language, after=0, size=EXACT_BATCH)


def _snapshot(folder: Path) -> tuple[sqlite3.Connection, Reader, int | None]:
    """Open a snapshot and hold its generation; again, if that was replaced in between."""
    for _ in range(SNAPSHOT_TRIES):
        connection = open_reading(folder)
        rows = Reader(connection)
        generation = Place(folder).of(rows.meta.get("generation", "none"))
        hold = lock.hold_reading(generation)
        if hold is not None or _is_current(folder, generation.name):
            return connection, rows, hold
        rows.close()
    raise StoreError(f"the store {folder} keeps changing while it is opened; try again")


def _is_current(folder: Path, generation: str) -> bool:
    connection = open_reading(folder)
    try:
        return read_meta(connection).get("generation", "none") == generation
    finally:
        connection.close()
