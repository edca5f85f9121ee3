"""Rows and vectors are published together, or not at all, and readers keep what they opened."""

import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from index.errors import EmptyStoreError, StoreError, StoreVersionError
from index.records import Language
from index.store import lock
from index.store.generations import Place
from index.store.opening import Store, open_store
from index.store.publishing import write_store
from index.store.recipe import Recipe
from tests.fakes import EMBEDDER, RECIPE, an_interview, put

TEXTS: dict[str, Mapping[Language, str]] = {
    "ferry": {"en": "The ferry waited for the fog."},
    "tea": {"zh": "茶树长在云雾里。"},
    "both": {"en": "The harbour froze.", "zh": "港口结了冰。"},
}


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "chroma").iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "chroma.sqlite3"
    }


def letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def reachable(store: Store) -> dict[str, set[str]]:
    """Return the texts that a search through every vector comes to, by language."""
    found = {}
    for language in ("en", "zh"):
        rows, _ = store.nearest(language, EMBEDDER.embed(["any 字"])[0], 10_000)
        found[language] = set(store.rows.words(store.rows.texts_of_vectors(rows)[:, 0]))
    return found


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "store")
    put(place, *(an_interview(name, text) for name, text in TEXTS.items()))
    return place


def test_every_vector_is_reachable_after_every_kind_of_change(place: Place) -> None:
    put(place, an_interview("new", {"en": "A new one.", "zh": "新的。"}))
    put(place, an_interview("ferry", {"en": "The ferry left."}), remove=["ferry"])
    put(place, remove=["tea"])

    with open_store(place.folder) as store:
        assert reachable(store) == {
            "en": {"The ferry left.", "The harbour froze.", "A new one."},
            "zh": {"港口结了冰。", "新的。"},
        }


def test_a_copied_generation_holds_what_one_made_anew_holds(place: Place) -> None:
    many = [
        an_interview(f"i{n}", {"en": f"fog {letters(n)}"}, {"zh": f"雾{chr(0x5000 + n)}"})
        for n in range(60)
    ]
    put(place, *many)
    for n in range(0, 8, 2):  # below the share of changes at which a copy is given up
        put(place, an_interview(f"extra{n}", {"en": f"extra {letters(n)}"}), remove=[f"i{n}"])

    with open_store(place.folder) as store:
        assert store.meta["churn"] != "0"
        copied = reachable(store)
    with write_store(place, RECIPE, anew=True):
        pass
    with open_store(place.folder) as store:
        assert store.meta["churn"] == "0"
        assert reachable(store) == copied


def test_the_nearest_comes_first_with_its_cosine(place: Place) -> None:
    with open_store(place.folder) as store:
        rows, cosines = store.nearest("en", EMBEDDER.embed(["the harbour froze"])[0], 2)

        assert store.rows.words(store.rows.texts_of_vectors(rows)[:, 0])[0] == "The harbour froze."
        assert cosines[0] == pytest.approx(1, abs=1e-5)
        assert cosines[0] > cosines[1]


def test_without_a_change_nothing_is_published(place: Place) -> None:
    before = generations(place.folder)

    with write_store(place, RECIPE):
        pass

    assert generations(place.folder) == before


def test_a_failure_inside_leaves_everything_as_it_was(place: Place) -> None:
    before = generations(place.folder)

    def fail() -> None:
        with write_store(place, RECIPE) as session:
            session.rows.remove("ferry")
            raise StoreError("half way")

    with pytest.raises(StoreError, match="half way"):
        fail()

    assert generations(place.folder) == before
    with open_store(place.folder) as store:
        assert len(reachable(store)["en"]) == 2


def test_only_the_published_generation_stays(place: Place) -> None:
    leftover = place.of("g-killed")
    shutil.copytree(place.of(generations(place.folder)[0]), leftover)

    with write_store(place, RECIPE):
        pass

    assert "g-killed" not in generations(place.folder)
    assert len(generations(place.folder)) == 1


def test_a_reader_keeps_its_snapshot_and_its_vectors(place: Place) -> None:
    with open_store(place.folder) as early:
        put(place, an_interview("late", {"en": "Too late for you."}), remove=["ferry"])
        put(place, remove=["tea"])

        assert {s.id for s in early.rows.interviews()} == TEXTS.keys()
        assert reachable(early)["en"] == {"The ferry waited for the fog.", "The harbour froze."}
        assert len(generations(place.folder)) == 2  # its own, and the newest
    with write_store(place, RECIPE):
        pass

    assert len(generations(place.folder)) == 1


def test_readers_leave_the_graph_files_alone(place: Place) -> None:
    folder = place.of(generations(place.folder)[0])
    before = contents(folder)

    for _ in range(2):
        with open_store(place.folder) as store:
            reachable(store)

    assert contents(folder) == before


def test_a_folder_about_to_be_removed_is_not_given_to_a_reader(tmp_path: Path) -> None:
    folder = tmp_path / "g-1"
    folder.mkdir()
    taken: list[int | None] = []
    with lock.nobody_reads(folder) as free:
        assert free
        reader = threading.Thread(target=lambda: taken.append(lock.hold_reading(folder)))
        reader.start()
        shutil.rmtree(folder)
    reader.join()

    assert taken == [None]


def test_a_folder_in_use_is_not_removed(tmp_path: Path) -> None:
    hold = lock.hold_reading(tmp_path)
    with lock.nobody_reads(tmp_path) as free:
        assert not free
    lock.release(hold)
    with lock.nobody_reads(tmp_path) as free:
        assert free


def test_writers_wait_for_each_other_and_say_so_once(place: Place) -> None:
    waited: list[str] = []
    inside = threading.Event()
    go_on = threading.Event()

    def first() -> None:
        with write_store(place, RECIPE):
            inside.set()
            go_on.wait()

    def second() -> None:
        inside.wait()

        def say() -> None:
            waited.append("waiting")
            go_on.set()

        with write_store(place, RECIPE, waiting=say) as session:
            session.rows.remove("ferry")

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert waited == ["waiting"]
    with open_store(place.folder) as store:
        assert len(store.rows.interviews()) == 2


def test_progress_of_the_vectors_is_reported(tmp_path: Path) -> None:
    place = Place(tmp_path / "store")
    put(place)
    heard: list[tuple[int, int]] = []
    with write_store(
        place, RECIPE, anew=True, publishing=lambda done, total: heard.append((done, total))
    ):
        pass
    assert heard == []
    put(place, *(an_interview(name, text) for name, text in TEXTS.items()))

    with write_store(
        place, RECIPE, anew=True, publishing=lambda done, total: heard.append((done, total))
    ):
        pass

    assert heard == [(2, 4), (4, 4)]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        pytest.param(Recipe("bundled", "hash-2", 16, "1"), "another version of 'bundled'", id="v"),
        pytest.param(Recipe("openai:x", "x", 16, "1"), "'bundled', not with 'openai:x'", id="name"),
        pytest.param(Recipe("bundled", "hash-1", 16, "2"), "word rules", id="analysis"),
    ],
)
def test_two_recipes_are_never_mixed(place: Place, other: Recipe, words: str) -> None:
    with pytest.raises(StoreVersionError, match=words), write_store(place, other):
        pass
    with write_store(place, other, anew=True):
        pass
    with open_store(place.folder) as store:
        assert store.meta["fingerprint"] == other.fingerprint


def test_nothing_is_made_when_there_is_nothing_to_add(tmp_path: Path) -> None:
    place = Place(tmp_path / "store")

    with pytest.raises(EmptyStoreError, match="interviews index"), write_store(place, None):
        pass

    assert not place.folder.exists()


def test_vectors_of_zeros_do_no_harm(place: Place) -> None:
    with open_store(place.folder) as store:
        rows, cosines = store.nearest("en", np.zeros(16, np.float32), 5)

        assert len(rows) == len(cosines)
