"""Nearest neighbours in Chroma: one collection a language, only row numbers and vectors in it.

The only module that knows chromadb. Where Chroma keeps its files it is never written while anybody
may be reading (its embedded form loses vectors then): `write_folder` fills a folder that nobody has
opened. Behind a server, `write_server` fills collections whose names nobody knows yet.
"""

import contextlib
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import chromadb.errors
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings

from index.errors import StoreError, UsageError
from index.protocols import Matrix, Rows, VectorBatches
from index.records import LANGUAGES, Language

BATCH = 5_000  # Chroma refuses more than 5,461 rows a call
# Of the 40 nearest of 67,000 windows of talk this finds 98.7 % in 2.6 ms; Chroma's own defaults of
# 16 neighbours and a breadth of 100 find 87 % in 2.5 ms, and for some queries none at all.
# With a threshold of 1 each batch ends in files: otherwise the last rows stay in a log, and every
# reader makes graph files of its own in the folder that others read (measured with 1.5.9).
HNSW = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "ef_search": 400,
        "max_neighbors": 32,
        "sync_threshold": 1,
    }
}
CONNECT_S = 5.0
"""How long a server may take to accept a connection; Chroma's own client waits for ever."""

Report = Callable[[int], None]
"""Hears how many vectors were written since it was last called."""


class ServerGoneError(StoreError):
    """No Chroma server answers at the address."""


class ChromaVectors:
    """The vectors of one generation, opened for reading."""

    def __init__(self, client: ClientAPI, prefix: str, where: str) -> None:
        self._client = client
        self._where = where
        try:
            self._collections = {
                language: client.get_collection(f"{prefix}-{language}", embedding_function=None)
                for language in LANGUAGES
            }
        except BaseException:
            _close(client)
            raise

    def count(self, language: Language) -> int:
        """Return how many vectors it holds in a language.

        Raises:
            StoreError: Chroma cannot say.
        """
        with _chroma_named(self._where):
            return self._collections[language].count()

    def nearest(self, language: Language, vector: Matrix, k: int) -> tuple[Rows, Matrix]:
        """Return the rows of the k nearest vectors, nearest first, and their cosines.

        Raises:
            StoreError: Chroma's files are damaged, or the server is gone.
        """
        with _chroma_named(self._where):
            found = self._collections[language].query(
                query_embeddings=vector[None, :], n_results=k, include=["distances"]
            )
        distances = found["distances"] or [[]]
        rows = np.array([int(i) for i in found["ids"][0]], np.int64)
        return rows, 1 - np.array(distances[0], np.float32)

    def close(self) -> None:
        """Let go of the files or the connection."""
        _close(self._client)


def open_folder(folder: Path) -> ChromaVectors:
    """Open an embedded generation for reading.

    Raises:
        StoreError: it is missing or Chroma cannot read it.
    """
    if not (folder / "chroma.sqlite3").exists():
        raise StoreError(f"the vectors of the store are missing from {folder}")
    with _chroma_named(str(folder)):
        return ChromaVectors(_folder_client(folder), "vectors", str(folder))


def open_server(address: str, prefix: str) -> ChromaVectors:
    """Open a generation on a Chroma server.

    Raises:
        StoreError: the server cannot be reached or has no such collections.
    """
    with _chroma_named(address):
        return ChromaVectors(_server_client(address), prefix, address)


def write_folder(
    folder: Path, source: VectorBatches, *, after: int, gone: Sequence[int], report: Report
) -> None:
    """Bring the Chroma files in `folder` up to date: drop the rows `gone`, add those over `after`.

    Raises:
        StoreError: Chroma or the disk refused.
    """
    with _chroma_named(str(folder)):
        client = _folder_client(folder)
        try:
            _write(client, "vectors", source, after=after, gone=gone, report=report)
        finally:
            _close(client)


def write_server(address: str, prefix: str, source: VectorBatches, *, report: Report) -> None:
    """Fill new collections on a Chroma server with all vectors.

    Raises:
        StoreError: the server cannot be reached or refused.
    """
    with _chroma_named(address):
        client = _server_client(address)
        try:
            _write(client, prefix, source, after=0, gone=(), report=report)
        finally:
            _close(client)


def drop_server(address: str, prefix: str) -> None:
    """Remove a generation's collections from a server; a server without them is content.

    Raises:
        StoreError: the server cannot be reached or refused.
    """
    with _chroma_named(address):
        client = _server_client(address)
        try:
            for language in LANGUAGES:
                with contextlib.suppress(chromadb.errors.NotFoundError):
                    client.delete_collection(f"{prefix}-{language}")
        finally:
            _close(client)


def _write(
    client: ClientAPI,
    prefix: str,
    source: VectorBatches,
    *,
    after: int,
    gone: Sequence[int],
    report: Report,
) -> None:
    for language in LANGUAGES:
        collection = client.get_or_create_collection(
            f"{prefix}-{language}",
            embedding_function=None,
            configuration=HNSW,  # type: ignore[arg-type]  # a TypedDict over there
        )
        _delete(collection, gone)
        for rows, matrix in source.batches(language, after=after, size=BATCH):
            collection.upsert(ids=[str(row) for row in rows], embeddings=matrix)
            report(len(rows))


def _delete(collection: Collection, gone: Sequence[int]) -> None:
    for start in range(0, len(gone), BATCH):
        collection.delete(ids=[str(row) for row in gone[start : start + BATCH]])


def _folder_client(folder: Path) -> ClientAPI:
    return chromadb.PersistentClient(str(folder), settings=_quiet())


def _server_client(address: str) -> ClientAPI:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{address!r} is not the address of a Chroma server (http://host:port)")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    try:
        socket.create_connection((parts.hostname, port), timeout=CONNECT_S).close()
    except OSError as error:
        raise ServerGoneError(f"no Chroma server answers at {address}: {error}") from error
    return chromadb.HttpClient(
        host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=_quiet()
    )


def _quiet() -> Settings:
    """Return settings of one client: clients write into what they are given."""
    return Settings(anonymized_telemetry=False)


def _close(client: ClientAPI) -> None:
    client.close()  # type: ignore[attr-defined]  # on the class, not on its interface


@contextlib.contextmanager
def _chroma_named(where: str) -> Iterator[None]:
    """Turn Chroma's many ways of failing into one line of ours."""
    try:
        yield
    except (chromadb.errors.ChromaError, ValueError, OSError, RuntimeError) as error:
        raise _failure(where, error) from error
    except BaseException as error:
        # A panic of Chroma's Rust half is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _failure(where, error) from error


def _failure(where: str, error: BaseException) -> StoreError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return StoreError(f"Chroma failed at {where}: {reason}")
