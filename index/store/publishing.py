"""A store folder → something to write to: one writer, one commit for rows and vectors together."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import EmptyStoreError
from index.store import lock
from index.store.generations import Place, publish, read_meta, sweep
from index.store.reading import Reader
from index.store.recipe import Recipe, check_recipe
from index.store.schema import (
    DATABASE,
    EMPTY,
    failures_named,
    make_folder,
    open_writing,
)
from index.store.writing import Writer, erase_leftovers

TRACES = "traces"
"""Key in `meta` while something removed for good may still have bytes in some file."""

READERS_MS = 2_000
"""How long to wait for readers to finish before giving up on removing traces at once."""


def _ignore() -> None:
    """Say nothing."""


def _uncounted(_done: int, _total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Session:
    """A store held for writing: the rows as they are, and what writes them."""

    rows: Writer
    stored: Reader


@contextmanager
def write_store(
    place: Place,
    recipe: Recipe | None,
    *,
    waiting: Callable[[], None] = _ignore,
    publishing: Callable[[int, int], None] = _uncounted,
    lingering: Callable[[], None] = _ignore,
    erase: bool = False,
    anew: bool = False,
) -> Iterator[Session]:
    """Hold a store for writing; everything done inside is published by one commit, or nothing is.

    Args:
        place: the store's folder and, perhaps, a Chroma server.
        recipe: what makes words and vectors now; None when nothing is added, and then the store
            must be there.
        waiting: called once if another process is writing.
        publishing: hears (done, total) while vectors go to Chroma.
        lingering: called when traces of what was removed stay on disk because somebody is reading
            it; the next call after that overwrites them.
        erase: leave no trace of what was removed; the vectors are built anew.
        anew: the recipe may differ from the store's, because all of it is being made again.

    Raises:
        EmptyStoreError: there is no store, and nothing to add.
        StoreVersionError: another program, version, embedder or analysis wrote the store.
        StoreError: it cannot be written.
    """
    if recipe is not None:
        make_folder(place.folder)
    elif not (place.folder / DATABASE).exists():
        raise EmptyStoreError(EMPTY.format(folder=place.folder))
    with lock.writer_lock(place.folder, waiting=waiting), failures_named(place.folder, "written"):
        connection = open_writing(place.folder)
        try:
            connection.execute("BEGIN IMMEDIATE")
            meta = read_meta(connection)
            if recipe is not None and not anew:
                check_recipe(meta, recipe, place.folder)
            session = Session(Writer(connection), Reader(connection, begun=True))
            yield session
            if session.rows.touched or anew or _has_moved(meta, place):
                _finish(session, connection, recipe, erase=erase)
                publish(
                    connection,
                    place,
                    gone=session.rows.removed_vectors,
                    anew=anew or erase,
                    report=publishing,
                )
            connection.execute("COMMIT")
            clean = sweep(connection, place)
            if (erase or TRACES in meta) and not _erase_traces(connection, clean=clean):
                lingering()
        except BaseException:
            connection.rollback()
            sweep(connection, place)
            raise
        finally:
            connection.close()


def mend(folder: Path, place: Place, generation: str) -> tuple[str, int | None] | None:
    """Build a damaged generation again from SQLite and publish it under another name.

    Returns:
        The new generation's name and the handle that holds it for reading (see `lock.release`);
        None while somebody else writes, or when another generation was published meanwhile.

    Raises:
        StoreError: the store cannot be written.
    """
    with lock.writer_lock_if_free(folder) as held, failures_named(folder, "mended"):
        if not held:
            return None
        connection = open_writing(folder)
        try:
            connection.execute("BEGIN IMMEDIATE")
            if read_meta(connection).get("generation") != generation:
                return None
            mended = publish(connection, place, gone=(), anew=True)
            connection.execute("COMMIT")
            return mended, lock.hold_reading(place.of(mended))
        finally:
            connection.rollback()
            sweep(connection, place)
            connection.close()


def _has_moved(meta: Mapping[str, str], place: Place) -> bool:
    """Whether the vectors are elsewhere than they should be now: a server was set, or no more."""
    return "generation" in meta and meta["server"] != (place.server or "")


def _finish(
    session: Session, connection: sqlite3.Connection, recipe: Recipe | None, *, erase: bool
) -> None:
    session.rows.finish()
    if recipe is not None:
        session.rows.set_meta(recipe.as_meta())
    if erase:
        session.rows.set_meta({TRACES: "1"})
        erase_leftovers(connection)


def _erase_traces(connection: sqlite3.Connection, *, clean: bool) -> bool:
    """Write the database anew, without what was removed; False when a reader holds the old one.

    What SQLite frees it overwrites, but cells it moves between pages leave copies behind (seen in
    one removal of ten): only a database written from its rows holds nothing else.
    """
    connection.execute("VACUUM")
    connection.execute(f"PRAGMA busy_timeout = {READERS_MS}")
    ((busy, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if busy or not clean:
        return False
    connection.execute("DELETE FROM meta WHERE key = ?", (TRACES,))
    return True
