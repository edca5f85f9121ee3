"""A Chroma server as the place of the vectors: same answers, and a plain word when it is gone."""

import contextlib
import gc
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import chromadb
import pytest

from index.errors import StoreError, UsageError
from index.store.generations import Place
from index.store.opening import open_store
from index.store.publishing import write_store
from tests.fakes import EMBEDDER, RECIPE, an_interview, put

# Chroma's HTTP client leaves its connections to the garbage collector, which complains.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

INTERVIEWS = [an_interview(w, {"en": f"{w} here", "zh": f"{w}雾"}) for w in ("fog", "ice", "tea")]


@dataclass
class Server:
    """A `chroma run` of our own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        chroma = Path(sys.executable).with_name("chroma")
        self.process = subprocess.Popen(
            [chroma, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self.process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def collections(self) -> set[str]:
        client = chromadb.HttpClient("127.0.0.1", self.port)
        try:
            return {collection.name for collection in client.list_collections()}
        finally:
            client.close()  # type: ignore[attr-defined]  # on the class, not on its interface


@pytest.fixture(autouse=True)
def no_connection_left() -> Iterator[None]:
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Server(tmp_path_factory.mktemp("chroma"), port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def place(tmp_path: Path, server: Server) -> Place:
    if server.process is None:
        server.start()
    place = Place(tmp_path / "store", server.address)
    put(place, *INTERVIEWS)
    return place


def found(place: Place, say: Callable[[str], None] = lambda _: None) -> list[str]:
    with open_store(place.folder, notice=say) as store:
        rows, _ = store.nearest("zh", EMBEDDER.embed(["ice雾"])[0], 3)
        return store.rows.words(store.rows.texts_of_vectors(rows)[:, 0])


def test_it_answers_as_files_do(place: Place, tmp_path: Path) -> None:
    files = Place(tmp_path / "files")
    put(files, *INTERVIEWS)

    assert found(place) == found(files)
    assert found(place)[0] == "ice雾"


def test_a_change_drops_the_collections_before_it(place: Place, server: Server) -> None:
    before = server.collections()
    put(place, an_interview("more", {"en": "more"}), remove=["ice"])
    after = server.collections()

    assert len(after) == len(before)
    assert after != before
    assert "ice雾" not in found(place)


def test_a_reader_keeps_its_collections(place: Place, server: Server) -> None:
    with open_store(place.folder) as store:
        put(place, remove=["ice"])
        rows, _ = store.nearest("zh", EMBEDDER.embed(["ice雾"])[0], 3)
        assert len(rows) == 3
        during = server.collections()
    with write_store(place, RECIPE):
        pass
    assert len(server.collections()) == len(during) - 2


def test_a_store_moves_from_the_server_to_files_and_back(place: Place, server: Server) -> None:
    expected = found(place)
    before = len(server.collections())
    files = Place(place.folder)
    with write_store(files, RECIPE):
        pass
    assert found(files) == expected
    assert len(server.collections()) == before - 2

    with write_store(place, RECIPE):
        pass
    assert found(place) == expected
    assert len(server.collections()) == before


def test_collections_that_a_server_lost_are_made_again(place: Place, server: Server) -> None:
    expected = found(place)
    client = chromadb.HttpClient("127.0.0.1", server.port)
    for name in server.collections():
        client.delete_collection(name)
    client.close()  # type: ignore[attr-defined]  # on the class, not on its interface
    notices: list[str] = []

    assert found(place, notices.append) == expected
    assert len(notices) == 1
    assert "made again" in notices[0]
    assert found(place, notices.append) == expected
    assert len(notices) == 1


def test_without_its_server_a_store_is_still_read(place: Place, server: Server) -> None:
    expected = found(place)
    server.stop()
    notices: list[str] = []

    assert found(place, notices.append) == expected
    (line,) = notices
    assert f"no Chroma server answers at {server.address}" in line
    assert "slower" in line


def test_without_its_server_a_store_is_not_written(place: Place, server: Server) -> None:
    server.stop()

    with pytest.raises(StoreError, match="no Chroma server answers at"):
        put(place, remove=["ice"])

    with open_store(place.folder) as store:
        assert len(store.rows.interviews()) == 3


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://a:1", "http://", "chroma"])
def test_an_address_is_checked(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a Chroma server"):
        put(Place(tmp_path, address), *INTERVIEWS)
