"""A store built with an embedder at an address: paid once, searched with the same, never mixed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analyse import ANALYSIS
from index.build import Builder, build
from index.embedders.cache import CACHE
from index.embedders.choose import Use, make_embedder
from index.embedders.names import Access
from index.embedders.patience import Patience
from index.errors import EmbedderError, StoreVersionError
from index.search import Searcher
from index.store.generations import Place
from index.store.opening import open_store
from index.store.recipe import Recipe, check_recipe
from tests.servers import OpenAIServer, Reply

ENGLISH = (
    "**Ada:** I have grown tea on that slope for years.\n\n**Ada:** The cable was cut twice.\n"
)
CHINESE = "**顾：** 那年的天气一直很坏。\n\n**顾：** 医院离这里很远，要走一天。\n"
ONE_TRY = Use(patience=Patience(tries=1))


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    transcripts = tmp_path / "transcripts"
    transcripts.mkdir()
    (transcripts / "a.md").write_text(ENGLISH, encoding="utf-8")
    (transcripts / "b.md").write_text(CHINESE, encoding="utf-8")
    return transcripts


class Silence:
    """A progress nobody watches."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Do nothing."""


def index(folder: Path, address: str, *, model: str = "toy", use: Use = ONE_TRY) -> Place:
    """Build the store beside a folder of transcripts, as the program does."""
    place = Place(folder.parent / "store")
    embedder = make_embedder(f"{address}#{model}", use=use, cache=place.folder)
    build([folder], place, Builder(embedder, 512), progress=Silence())
    return place


def found(place: Place, query: str) -> list[str]:
    """Return the words found, with the embedder the store names."""
    with open_store(place.folder) as store:
        use = Use(asking=True, dimension=int(store.meta["dimension"]))
        embedder = make_embedder(store.meta["embedder"], Access(), use, stored=True)
        recipe = Recipe(embedder.name, embedder.fingerprint, embedder.dimension, ANALYSIS)
        check_recipe(store.meta, recipe, place.folder)
        hits = Searcher(store, embedder).search(query, k=1)
        return [text for hit in hits for text in hit.paragraph.texts.values()]


def sent(server: OpenAIServer) -> list[str]:
    return [text for texts in server.sent for text in texts]


def test_a_question_of_one_language_finds_the_other(server: OpenAIServer, folder: Path) -> None:
    place = index(folder, server.address)
    assert "茶" not in "".join(sent(server))
    assert "tea" in found(place, "茶")[0]
    assert "天气" in found(place, "weather")[0]
    assert "医院" in found(place, "Which hospital?")[0]
    assert "cable" in found(place, "电缆")[0]


def test_nothing_is_sent_again_after_a_failure_or_for_no_change(
    server: OpenAIServer, folder: Path
) -> None:
    server.script(Reply(), Reply(), Reply(500, "no"))  # the dimension, one transcript, no more
    with pytest.raises(EmbedderError, match="failed"):
        index(folder, server.address)
    before = set(sent(server)[1:3])
    assert len(before) == 2

    server.requests.clear()
    place = index(folder, server.address)
    assert len(sent(server)) == 3  # the dimension, and the other transcript
    assert not before & set(sent(server))

    with sqlite3.connect(place.folder / CACHE) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
    connection.close()
    assert kept in (0, 4)  # whoever publishes decides when they go

    server.requests.clear()
    index(folder, server.address)
    assert len(sent(server)) <= 1


def test_a_store_of_another_embedder_is_left_alone(server: OpenAIServer, folder: Path) -> None:
    place = index(folder, server.address)
    with pytest.raises(StoreVersionError, match="--rebuild"):
        index(folder, server.address, model="other")
    with OpenAIServer() as other, pytest.raises(StoreVersionError, match="--rebuild"):
        index(folder, other.address)
    assert "tea" in found(place, "tea")[0]


def test_a_query_that_is_answered_wrongly_is_one_clear_line(
    server: OpenAIServer, folder: Path
) -> None:
    place = index(folder, server.address)
    server.script(Reply(body={"data": [{"embedding": [1.0, 2.0]}]}))
    with pytest.raises(EmbedderError, match="gave vectors of 2 numbers where 8 are due"):
        found(place, "tea")


def test_a_correction_costs_only_the_corrected_words(server: OpenAIServer, folder: Path) -> None:
    place = index(folder, server.address)
    server.requests.clear()
    (folder / "a.md").write_text(ENGLISH.replace("twice", "three times"), encoding="utf-8")
    index(folder, server.address)
    assert [text for text in sent(server) if "long is" not in text] == [
        "The cable was cut three times."
    ]
    assert "three times" in found(place, "电缆")[0]
    assert "tea" in found(place, "茶")[0]
