import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedders.batching import BatchSize
from index.embedders.cache import CACHE, CachedEmbedder, clear_cache
from index.embedders.names import RemoteName
from index.embedders.patience import Patience
from index.embedders.remote import RemoteEmbedder
from index.errors import EmbedderError, StoreError
from tests.servers import DIMENSION, OpenAIServer, Reply

TEXTS = ["tea", "茶", "old cable 老电缆", "tea", "robot", ""]
ONE_TRY = Patience(tries=1)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


def cached(
    address: str, folder: Path, *, model: str = "toy", notices: list[str] | None = None
) -> CachedEmbedder:
    remote = RemoteEmbedder(
        RemoteName(address, model), dimension=DIMENSION, patience=ONE_TRY, size=BatchSize(texts=2)
    )
    return CachedEmbedder(remote, folder, notice=None if notices is None else notices.append)


def flat(batches: Sequence[Sequence[str]]) -> list[str]:
    return [text for batch in batches for text in batch]


def test_each_text_is_paid_for_once(server: OpenAIServer, tmp_path: Path) -> None:
    first = cached(server.address, tmp_path).embed(TEXTS)
    assert flat(server.sent) == ["tea", "茶", "old cable 老电缆", "robot"]

    again = cached(server.address, tmp_path).embed([*TEXTS, "weather"])
    assert np.array_equal(again[:-1], first)
    assert flat(server.sent)[4:] == ["weather"]
    assert cached(server.address, tmp_path).embed([]).shape == (0, DIMENSION)


def test_what_arrived_before_a_failure_is_kept(server: OpenAIServer, tmp_path: Path) -> None:
    server.script(Reply(), Reply(401, "no"))
    with pytest.raises(EmbedderError):
        cached(server.address, tmp_path).embed(TEXTS)

    server.requests.clear()
    rows = cached(server.address, tmp_path).embed(TEXTS)
    assert flat(server.sent) == ["old cable 老电缆", "robot"]
    assert [bool(row.any()) for row in rows] == [True] * 5 + [False]


KILLED = """
import os, signal, sys
from pathlib import Path
from index.embedders.batching import BatchSize
from index.embedders.cache import CachedEmbedder
from index.embedders.names import RemoteName
from index.embedders.remote import RemoteEmbedder

class KillAfterFour:
    def advance(self, done, total, what):
        if done == 4:
            os.kill(os.getpid(), signal.SIGKILL)

remote = RemoteEmbedder(
    RemoteName(sys.argv[1], "toy"), dimension=8, size=BatchSize(texts=2), progress=KillAfterFour()
)
CachedEmbedder(remote, Path(sys.argv[2])).embed([f"tea 茶 {i}" for i in range(10)])
"""


def test_a_kill_costs_no_second_fee(server: OpenAIServer, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, server.address, str(tmp_path)], timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL
    texts = [f"tea 茶 {i}" for i in range(10)]
    assert flat(server.sent) == texts[:4]

    cached(server.address, tmp_path).embed(texts)
    # The progress is told after a block was handed on: what it killed had been written.
    assert sorted(flat(server.sent)) == sorted(texts)


def test_another_embedder_has_its_own_vectors(server: OpenAIServer, tmp_path: Path) -> None:
    cached(server.address, tmp_path).embed(["tea"])
    cached(server.address, tmp_path, model="other").embed(["tea"])
    assert flat(server.sent) == ["tea", "tea"]


def test_no_words_are_kept_and_nothing_after_clearing(server: OpenAIServer, tmp_path: Path) -> None:
    embedder = cached(server.address, tmp_path)
    row = embedder.embed(["a secret about tea 茶叶的秘密"])[0]
    content = (tmp_path / CACHE).read_bytes()
    assert row.tobytes() in content
    assert b"secret" not in content
    assert "秘密".encode() not in content

    embedder.clear()
    assert row.tobytes() not in (tmp_path / CACHE).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [CACHE]
    embedder.embed(["tea"])
    assert len(flat(server.sent)) == 2


def test_clearing_makes_the_file_small(server: OpenAIServer, tmp_path: Path) -> None:
    cached(server.address, tmp_path).embed([f"tea {i}" for i in range(500)])
    before = (tmp_path / CACHE).stat().st_size
    clear_cache(tmp_path)
    assert (tmp_path / CACHE).stat().st_size < before / 4


def test_clearing_nothing_or_a_damaged_cache_is_fine(tmp_path: Path) -> None:
    clear_cache(tmp_path)
    clear_cache(tmp_path / "none")
    (tmp_path / CACHE).write_bytes(b"not a database" * 100)
    clear_cache(tmp_path)
    assert not list(tmp_path.iterdir())


def test_clearing_while_another_embeds_loses_no_vector_of_its_answer(
    server: OpenAIServer, tmp_path: Path
) -> None:
    embedder = cached(server.address, tmp_path)

    class ClearsBetween:
        def advance(self, *_: object) -> None:
            clear_cache(tmp_path)

    remote = RemoteEmbedder(
        RemoteName(server.address, "toy"),
        dimension=DIMENSION,
        size=BatchSize(texts=1),
        progress=ClearsBetween(),
    )
    rows = CachedEmbedder(remote, tmp_path).embed(TEXTS)
    assert np.array_equal(rows, embedder.embed(TEXTS))


@pytest.mark.parametrize("content", [b"not a database" * 100, b"", b"SQLite format 3\x00junk"])
def test_a_damaged_cache_is_begun_anew(
    server: OpenAIServer, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / CACHE).write_bytes(content)
    notices: list[str] = []
    embedder = cached(server.address, tmp_path, notices=notices)
    assert embedder.embed(TEXTS).shape == (6, DIMENSION)
    assert len(notices) == (1 if content else 0)
    embedder.embed(TEXTS)
    assert len(flat(server.sent)) == 4


def test_another_table_in_the_cache_is_begun_anew(server: OpenAIServer, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / CACHE) as connection:
        connection.execute("CREATE TABLE vectors (x)")
    connection.close()
    assert cached(server.address, tmp_path).embed(TEXTS).shape == (6, DIMENSION)


def test_a_vector_of_another_length_is_asked_for_again(
    server: OpenAIServer, tmp_path: Path
) -> None:
    cached(server.address, tmp_path).embed(["tea"])
    with sqlite3.connect(tmp_path / CACHE) as connection:
        connection.execute("UPDATE vectors SET vector = x'00'")
    connection.close()
    cached(server.address, tmp_path).embed(["tea"])
    assert flat(server.sent) == ["tea", "tea"]


def test_a_folder_that_is_not_there_is_one_clear_line(server: OpenAIServer, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        cached(server.address, tmp_path / "none").embed(["tea"])
    assert not server.requests


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_clear_line(
    server: OpenAIServer, tmp_path: Path
) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            cached(server.address, tmp_path).embed(["tea"])
    finally:
        tmp_path.chmod(stat.S_IRWXU)
    assert not server.requests


def test_it_is_the_same_embedder_to_others(server: OpenAIServer, tmp_path: Path) -> None:
    embedder = cached(server.address, tmp_path)
    assert embedder.name == f"{server.address}#toy"
    assert embedder.address == server.address
    assert embedder.dimension == DIMENSION
    assert len(embedder.fingerprint) == 16
