"""A store that is damaged is mended, one that is not ours is refused, and each in one line."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import EmptyStoreError, StoreError, StoreVersionError
from index.store import lock
from index.store.generations import Place
from index.store.opening import Store, open_store
from index.store.publishing import write_store
from index.store.schema import DATABASE
from tests.fakes import EMBEDDER, RECIPE, an_interview, put

Damage = Callable[[Path], None]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "store")
    words = ("fog", "ice", "tea", "rope", "wind")
    put(place, *(an_interview(w, {"en": f"{w} here", "zh": f"{w}雾"}) for w in words))
    return place


def generation(place: Place) -> Path:
    (folder,) = (place.folder / "chroma").iterdir()
    return folder


def found(store: Store) -> list[str]:
    rows, _ = store.nearest("en", EMBEDDER.embed(["ice here"])[0], 5)
    return store.rows.words(store.rows.texts_of_vectors(rows)[:, 0])


def empty_graph(folder: Path) -> None:
    for path in folder.rglob("*.bin"):
        path.write_bytes(b"")


def scribbled_metadata(folder: Path) -> None:
    for path in folder.rglob("*.pickle"):
        path.write_bytes(b"not a pickle")


def lost_rows(folder: Path) -> None:
    with sqlite3.connect(folder / "chroma.sqlite3") as connection:
        connection.execute("DELETE FROM embeddings WHERE embedding_id = '1'")
    connection.close()


def lost_collection(folder: Path) -> None:
    with sqlite3.connect(folder / "chroma.sqlite3") as connection:
        connection.execute("DELETE FROM collections WHERE name LIKE '%-en'")
    connection.close()


def scribbled_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"SQLite format 3\x00" + b"rubbish" * 1000)


DAMAGES = [
    pytest.param(shutil.rmtree, id="missing"),
    pytest.param(lambda folder: (folder / "chroma.sqlite3").unlink(), id="database missing"),
    pytest.param(scribbled_database, id="database scribbled over"),
    pytest.param(lost_rows, id="a row lost"),
    pytest.param(lost_collection, id="a collection lost"),
    pytest.param(empty_graph, id="graph emptied"),
    pytest.param(scribbled_metadata, id="graph metadata scribbled over"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_generation_is_mended_with_one_notice(place: Place, damage: Damage) -> None:
    with open_store(place.folder) as store:
        intact = found(store)
    damage(generation(place))
    notices: list[str] = []

    with open_store(place.folder, notice=notices.append) as store:
        assert found(store) == intact
    assert len(notices) == 1
    assert "made again" in notices[0]
    assert "\n" not in notices[0]

    with open_store(place.folder, notice=notices.append) as store:
        assert found(store) == intact
    assert len(notices) == 1


def test_a_mended_generation_is_held_for_its_reader(place: Place) -> None:
    shutil.rmtree(generation(place))

    with open_store(place.folder) as store:
        intact = found(store)
        put(place, an_interview("more", {"en": "more"}))
        put(place, an_interview("most", {"en": "most"}))
        assert found(store) == intact
        assert len(list((place.folder / "chroma").iterdir())) == 2


def test_while_another_process_writes_every_vector_is_compared(place: Place) -> None:
    with open_store(place.folder) as store:
        intact = found(store)
    shutil.rmtree(generation(place))
    notices: list[str] = []

    with (
        lock.writer_lock(place.folder),
        open_store(place.folder, notice=notices.append) as store,
    ):
        assert found(store) == intact
    assert len(notices) == 1
    assert "slower" in notices[0]


def test_writing_mends_too(place: Place) -> None:
    shutil.rmtree(generation(place))
    put(place, an_interview("more", {"en": "more"}))
    notices: list[str] = []

    with open_store(place.folder, notice=notices.append) as store:
        assert len(found(store)) == 5
    assert notices == []


@pytest.mark.parametrize("left", ["nothing", "an empty file", "a file without tables"])
def test_before_anything_was_indexed_the_command_to_run_is_named(tmp_path: Path, left: str) -> None:
    if left == "an empty file":
        (tmp_path / DATABASE).touch()
    elif left == "a file without tables":
        connection = sqlite3.connect(tmp_path / DATABASE)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()

    with pytest.raises(EmptyStoreError, match="interviews index FOLDER"), open_store(tmp_path):
        pass
    put(Place(tmp_path), an_interview("first", {"en": "first"}))
    with open_store(tmp_path) as store:
        assert len(store.rows.interviews()) == 1


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()

    with pytest.raises(StoreError, match=r"not a store: it holds 'thesis\.doc'"):
        put(Place(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()

    with pytest.raises(StoreError, match="is a file"):
        put(Place(path))
    with pytest.raises(StoreError, match="Not a directory"), open_store(path):
        pass


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreVersionError, match="not a store of this program"):
        put(Place(tmp_path))
    with pytest.raises(StoreVersionError, match="not a store"), open_store(tmp_path):
        pass
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("a novel, not a database " * 100)

    with pytest.raises(StoreError, match="not a database"):
        put(Place(tmp_path))
    with pytest.raises(StoreError, match="not a database"), open_store(tmp_path):
        pass


def test_another_versions_store_is_refused(place: Place) -> None:
    with sqlite3.connect(place.folder / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    for refused in (open_store(place.folder), write_store(place, RECIPE)):
        with pytest.raises(StoreVersionError, match="format is 99"), refused:
            pass


def test_a_store_whose_rows_are_damaged_says_so(place: Place) -> None:
    path = place.folder / DATABASE
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)

    with pytest.raises(StoreError, match="cannot be"), open_store(place.folder) as store:
        store.rows.interviews()
