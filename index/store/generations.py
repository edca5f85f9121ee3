"""Vectors in SQLite → a published Chroma generation that matches them.

A generation is a folder (or, behind a server, a pair of collections) that is filled while nobody
knows its name. Its name is written into SQLite in the same transaction as the rows it belongs to:
one commit publishes both, and a kill before it leaves the old ones as they were.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import StoreError
from index.protocols import Matrix, VectorIndex
from index.records import LANGUAGES, Language
from index.store import lock

# A copy with this share of its rows deleted or replaced is slower and larger than one made anew.
CHURN_LIMIT = 0.2
CHROMA_DATABASE = "chroma.sqlite3"
SERVER = "server"
"""File in a generation's folder that names the server its collections are on."""

Report = Callable[[int, int], None]
"""Hears how many vectors were written, of how many."""


def _ignore(_done: int, _total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where generations are kept."""

    folder: Path
    """The store's folder."""
    server: str | None = None
    """A Chroma server's address; None for files inside the folder."""

    def of(self, generation: str) -> Path:
        """Return the folder of an embedded generation."""
        return self.folder / "chroma" / generation


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """The vectors of SQLite, as batches."""

    connection: sqlite3.Connection

    def count(self, *, after: int) -> int:
        """Return how many vectors have a row over `after`."""
        (found,) = self.connection.execute(
            "SELECT count(*) FROM vectors WHERE row > ?", (after,)
        ).fetchone()
        return int(found)

    def batches(
        self, language: Language, *, after: int, size: int
    ) -> Iterator[tuple[list[int], Matrix]]:
        """Yield (rows, matrix) of all vectors whose row is over `after`, `size` at a time."""
        while True:
            found = self.connection.execute(
                "SELECT row, vector FROM vectors WHERE row > ? AND language = ? ORDER BY row"
                " LIMIT ?",
                (after, language, size),
            ).fetchall()
            if not found:
                return
            rows = [row for row, _ in found]
            matrix = np.frombuffer(b"".join(blob for _, blob in found), "<f4")
            yield rows, matrix.reshape(len(rows), -1).astype(np.float32)
            after = rows[-1]


def open_generation(place: Place, generation: str) -> VectorIndex:
    """Open a published generation for reading.

    Raises:
        StoreError: it is missing or damaged, or its server is gone.
    """
    from index.store import vectors  # chromadb takes half a second: only when vectors are asked for

    if place.server is not None:
        return vectors.open_server(place.server, generation)
    return vectors.open_folder(place.of(generation))


def publish(
    connection: sqlite3.Connection,
    place: Place,
    *,
    gone: Sequence[int],
    anew: bool = False,
    report: Report = _ignore,
) -> str:
    """Build the generation that matches the rows of the open transaction, and name it in `meta`.

    The caller commits, then calls `sweep`.

    Args:
        connection: where the transaction is open.
        place: where generations are kept.
        gone: rows of vectors that the published generation has and this one must not have.
        anew: copy nothing from the published generation.
        report: hears (written, in all) while vectors are written.

    Raises:
        StoreError: Chroma or the disk refused.
    """
    from index.store import vectors

    meta = read_meta(connection)
    generation = f"g-{uuid.uuid4().hex[:12]}"
    folder = place.of(generation)
    stored = StoredVectors(connection)
    base = None if anew else _base(place, meta, gone)
    after = int(meta["last_vector"]) if base else 0
    advance = _counted(stored.count(after=after), report)
    try:
        if place.server is not None:
            # The folder stands for the collections: readers hold it, and it names their server.
            folder.mkdir(parents=True)
            (folder / SERVER).write_text(place.server, encoding="utf-8")
            vectors.write_server(place.server, generation, stored, report=advance)
        else:
            _prepare(base, folder)
            dropped = gone if base else ()
            vectors.write_folder(folder, stored, after=after, gone=dropped, report=advance)
    except OSError as error:
        raise StoreError(f"the vectors in {folder} cannot be written: {error.strerror}") from error
    churn = int(meta["churn"]) + len(gone) if base else 0
    _write_meta(connection, generation, place, churn=churn)
    return generation


def sweep(connection: sqlite3.Connection, place: Place) -> bool:
    """Remove generations that are not the published one; False when readers hold some."""
    current = read_meta(connection).get("generation")
    clean = True
    for folder in sorted((place.folder / "chroma").glob("g-*")):
        if folder.name == current:
            continue
        with lock.nobody_reads(folder) as free:
            if free and _dropped_from_server(folder):
                shutil.rmtree(folder, ignore_errors=True)
        clean = clean and not folder.exists()
    return clean


def disagreement(index: VectorIndex, meta: dict[str, str]) -> str | None:
    """Say how an opened generation differs from what SQLite published; None when it does not."""
    for language in LANGUAGES:
        expected, found = int(meta[f"vectors_{language}"]), index.count(language)
        if found != expected:
            return f"of its {language} vectors {found} of {expected} are there"
    return None


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the settings of the store itself."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _base(place: Place, meta: dict[str, str], gone: Sequence[int]) -> Path | None:
    """Return the published generation's folder if a copy of it is worth bringing up to date."""
    if "generation" not in meta or meta["server"]:
        return None
    folder = place.of(meta["generation"])
    total = sum(int(meta[f"vectors_{language}"]) for language in LANGUAGES)
    churn = len(gone) + int(meta["churn"])
    intact = (folder / CHROMA_DATABASE).exists()
    return folder if intact and total > 0 and churn <= CHURN_LIMIT * total else None


def _prepare(base: Path | None, folder: Path) -> None:
    """Make a generation's folder, empty or as a copy that readers of the old one cannot disturb."""
    if base is None:
        folder.mkdir(parents=True)
        return
    try:
        shutil.copytree(base, folder, ignore=shutil.ignore_patterns(f"{CHROMA_DATABASE}*"))
    except shutil.Error as error:
        raise StoreError(f"the vectors in {base} cannot be copied: {error}") from error
    # A Chroma that opens the old folder writes a row into its database, perhaps at this moment:
    # only SQLite itself can copy that file whole. The graph files are never written again.
    old = sqlite3.connect(base / CHROMA_DATABASE, timeout=60)
    new = sqlite3.connect(folder / CHROMA_DATABASE)
    try:
        old.backup(new)
    finally:
        new.close()
        old.close()


def _dropped_from_server(folder: Path) -> bool:
    """Drop a generation's collections, if it has any on a server; False to try again later."""
    from index.store import vectors

    try:
        address = (folder / SERVER).read_text(encoding="utf-8")
    except OSError:
        return True
    try:
        vectors.drop_server(address, folder.name)
    except StoreError:
        return False
    return True


def _counted(total: int, report: Report) -> Callable[[int], None]:
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report(done, total)

    return advance


def _write_meta(
    connection: sqlite3.Connection, generation: str, place: Place, *, churn: int
) -> None:
    values = {"generation": generation, "server": place.server or "", "churn": churn}
    for language in LANGUAGES:
        (values[f"vectors_{language}"],) = connection.execute(
            "SELECT count(*) FROM vectors WHERE language = ?", (language,)
        ).fetchone()
    (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM vectors").fetchone()
    values["last_vector"] = last
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(key, str(value)) for key, value in values.items()],
    )
