"""Vectors in SQLite → a published Chroma generation that matches them.

A generation is a folder (or, behind a server, a pair of collections) that is filled while nobody
knows its name. Its name is written into SQLite in the same transaction as the rows it belongs to:
one commit publishes both, and a kill before it leaves the old ones as they were.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import StoreError
from index.protocols import Matrix, VectorIndex
from index.records import LANGUAGES, Language
from index.store import lock

# A copy with this share of its rows deleted or replaced is slower and larger than one made anew.
CHURN_LIMIT = 0.2


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
    """Open a published generation for reading."""
    from index.store import vectors  # chromadb takes half a second: only when vectors are asked for

    if place.server is not None:
        return vectors.open_server(place.server, generation)
    return vectors.open_folder(place.of(generation))


def publish(
    connection: sqlite3.Connection, place: Place, *, gone: Sequence[int], anew: bool = False
) -> str:
    """Build the generation that matches the rows of the open transaction, and name it in `meta`.

    The caller commits, then calls `sweep`.
    """
    from index.store import vectors

    meta = read_meta(connection)
    generation = f"g-{uuid.uuid4().hex[:12]}"
    base = meta.get("generation")
    churn = 0
    if place.server is not None:
        vectors.write_server(place.server, generation, StoredVectors(connection))
    elif base is None or anew or not _worth_copying(place, meta, gone):
        place.of(generation).mkdir(parents=True)
        vectors.write_folder(place.of(generation), StoredVectors(connection), after=0, gone=())
    else:
        _copy(place.of(base), place.of(generation))
        last = int(meta["last_vector"])
        vectors.write_folder(place.of(generation), StoredVectors(connection), after=last, gone=gone)
        churn = int(meta["churn"]) + len(gone)
    _write_meta(connection, generation, place, churn=churn)
    return generation


def sweep(connection: sqlite3.Connection, place: Place) -> None:
    """Remove generations that are not the published one and that nobody reads."""
    current = read_meta(connection).get("generation")
    for folder in sorted((place.folder / "chroma").glob("g-*")):
        if folder.name != current and lock.nobody_reads(folder):
            shutil.rmtree(folder, ignore_errors=True)


def disagreement(index: VectorIndex, meta: dict[str, str]) -> str | None:
    """Say how an opened generation differs from what SQLite published; None when it does not."""
    for language in LANGUAGES:
        expected, found = int(meta[f"vectors_{language}"]), index.count(language)
        if found != expected:
            return f"{found} of {expected} {language} vectors are there"
    return None


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the settings of the store itself."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _worth_copying(place: Place, meta: dict[str, str], gone: Sequence[int]) -> bool:
    total = sum(int(meta[f"vectors_{language}"]) for language in LANGUAGES)
    churn = len(gone) + int(meta["churn"])
    intact = (place.of(meta["generation"]) / "chroma.sqlite3").exists()
    return intact and total > 0 and churn <= CHURN_LIMIT * total


def _copy(old: Path, new: Path) -> None:
    try:
        shutil.copytree(old, new)
    except (OSError, shutil.Error) as error:
        raise StoreError(f"the vectors in {old} cannot be copied: {error}") from error


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
