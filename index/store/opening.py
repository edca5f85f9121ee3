"""A store folder → something to read from or to write to; agreement checked, one commit for all."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import StoreError, StoreVersionError
from index.protocols import Matrix, Rows, VectorIndex
from index.records import Language
from index.store import lock
from index.store.generations import (
    Place,
    StoredVectors,
    disagreement,
    open_generation,
    publish,
    read_meta,
    sweep,
)
from index.store.reading import Reader
from index.store.schema import failures_named, open_reading, open_writing
from index.store.writing import Writer, erase_leftovers

EXACT_BATCH = 50_000
SNAPSHOT_TRIES = 5


def _ignore(_line: str) -> None:
    """Say nothing."""


class Store:
    """One snapshot to read: rows from SQLite, nearest neighbours from the generation it names."""

    def __init__(self, folder: Path, *, notice: Callable[[str], None] = _ignore) -> None:
        self.folder = folder
        self._notice = notice
        self._vectors: VectorIndex | None = None
        self._connection, self.rows, self._hold = _snapshot(folder)

    @property
    def meta(self) -> dict[str, str]:
        """The settings of the store itself."""
        return dict(self.rows.meta)

    def nearest(self, language: Language, vector: Matrix, k: int) -> tuple[Rows, Matrix]:
        """Return the rows of the k nearest vectors, nearest first, and their cosines (-1 to 1)."""
        if self._vectors is None:
            self._vectors = self._open_vectors()
        if not int(self.meta[f"vectors_{language}"]):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
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
            self._notice(f"{error}; making the vectors again from the store")
        try:
            generation = repair(self.folder, self._place)
            if generation is not None:
                return self._opened(generation)
        except StoreError as error:
            self._notice(f"{error}; comparing with every vector instead, which is slower")
        return ExactVectors(StoredVectors(self._connection))

    def _opened(self, generation: str) -> VectorIndex:
        opened = open_generation(self._place, generation)
        wrong = disagreement(opened, self.meta)
        if wrong is not None:
            opened.close()
            raise StoreError(f"the vectors of {self.folder} are damaged: {wrong}")
        return opened


def _snapshot(folder: Path) -> tuple[sqlite3.Connection, Reader, int | None]:
    """Open a snapshot and hold its generation; again, if that was replaced in between."""
    for _ in range(SNAPSHOT_TRIES):
        connection = open_reading(folder)
        rows = Reader(connection)
        generation = Place(folder).of(rows.meta.get("generation", "none"))
        hold = lock.hold_reading(generation)
        if rows.meta.get("server") or hold is not None or _is_current(folder, generation.name):
            return connection, rows, hold
        rows.close()
    raise StoreError(f"the store {folder} keeps changing while it is opened; try again")


def _is_current(folder: Path, generation: str) -> bool:
    connection = open_reading(folder)
    try:
        return read_meta(connection).get("generation", "none") == generation
    finally:
        connection.close()


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


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made the words and vectors of a store; another recipe makes others."""

    embedder: str
    """The setting: `bundled`, `openai:text-embedding-3-small`."""
    fingerprint: str
    dimension: int
    analysis: str
    """Version of the terms."""

    def as_meta(self) -> dict[str, str]:
        """Return it as settings of the store."""
        return {
            "embedder": self.embedder,
            "fingerprint": self.fingerprint,
            "dimension": str(self.dimension),
            "analysis": self.analysis,
        }


@dataclass(frozen=True, slots=True)
class Session:
    """A store held for writing: the rows as they are, and what writes them."""

    rows: Writer
    stored: Reader


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


@contextmanager
def write_store(
    place: Place,
    recipe: Recipe | None,
    *,
    waiting: Callable[[], None] = lambda: None,
    erase: bool = False,
    anew: bool = False,
) -> Iterator[Session]:
    """Hold a store for writing; everything done inside is published by one commit, or nothing is.

    Args:
        place: the store's folder and, perhaps, a Chroma server.
        recipe: what makes words and vectors now; None when nothing is added.
        waiting: called once if another process is writing.
        erase: leave no trace of what was removed; the vectors are built anew.
        anew: the recipe may differ from the store's, because all of it is being made again.

    Raises:
        StoreVersionError: another program, version, embedder or analysis wrote the store.
        StoreError: it cannot be written.
    """
    open_writing(place.folder).close()
    with lock.writer_lock(place.folder, waiting=waiting), failures_named(place.folder, "written"):
        connection = open_writing(place.folder)
        try:
            connection.execute("BEGIN IMMEDIATE")
            meta = read_meta(connection)
            if recipe is not None:
                check_recipe(meta, recipe, place.folder, anew=anew)
            session = Session(Writer(connection), Reader(connection, begun=True))
            yield session
            if session.rows.touched:
                _finish(connection, place, session.rows, recipe, anew=erase or anew)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        finally:
            sweep(connection, place)
            connection.close()


def repair(folder: Path, place: Place) -> str | None:
    """Build the vectors again from SQLite and publish them; None while somebody else writes.

    Raises:
        StoreError: the store cannot be written.
    """
    with lock.writer_lock_if_free(folder) as held:
        if not held:
            return None
        with failures_named(folder, "mended"):
            connection = open_writing(folder)
            try:
                connection.execute("BEGIN IMMEDIATE")
                generation = publish(connection, place, gone=(), anew=True)
                connection.execute("COMMIT")
                sweep(connection, place)
            finally:
                connection.close()
    return generation


def check_recipe(meta: dict[str, str], recipe: Recipe, folder: Path, *, anew: bool) -> None:
    """Refuse to mix the words and vectors of two recipes in one store."""
    if not meta or anew:
        return
    if meta["fingerprint"] != recipe.fingerprint:
        raise StoreVersionError(
            f"the store {folder} was embedded with {meta['embedder']}, not {recipe.embedder};"
            " run: interviews index --rebuild, or name that embedder in the configuration"
        )
    if meta["analysis"] != recipe.analysis:
        raise StoreVersionError(
            f"the store {folder} was indexed by another version of the word rules;"
            " run: interviews index --rebuild"
        )


def _finish(
    connection: sqlite3.Connection,
    place: Place,
    writer: Writer,
    recipe: Recipe | None,
    *,
    anew: bool,
) -> None:
    writer.finish()
    if recipe is not None:
        writer.set_meta(recipe.as_meta())
    if anew:
        erase_leftovers(connection)
    publish(connection, place, gone=writer.removed_vectors, anew=anew)
