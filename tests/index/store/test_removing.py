"""What is removed for good is in no file of the store any more."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.records import Language
from index.store.generations import Place
from index.store.opening import open_store
from index.store.publishing import write_store
from tests.fakes import EMBEDDER, RECIPE, an_interview, put

SECRET = "zephyrine quandary"
GEHEIM = "鱻灥"


def every_byte(folder: Path) -> bytes:
    """Return what all files hold, but for room that Chroma's graph has not used yet.

    It writes that room as it finds it in memory, where this process itself has the secret; how a
    process of its own leaves every file is asked in `test_removal`.
    """
    return b"".join(
        path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "data_level0.bin"
    )


def traces(folder: Path) -> list[str]:
    """Return which words of the secret texts some file still has."""
    there = every_byte(folder)
    words = [*SECRET.split(), *GEHEIM, SECRET, GEHEIM, "Nobody Knows", "hidden-heading"]
    return [word for word in words if word.encode() in there]


def long_text(dice: random.Random) -> Mapping[Language, str]:
    return {"en": f"word{dice.randint(0, 9999)} " * dice.randint(1, 900)}


def secret(count: int = 3) -> list[Mapping[Language, str]]:
    return [{"en": f"{SECRET} {n} {'pad ' * n}", "zh": f"{GEHEIM}{n}雾"} for n in range(count)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "store")
    others = [
        an_interview(f"i{n}", {"en": f"plain words {n} " * n, "zh": f"平常的话{n}"})
        for n in range(9)
    ]
    put(
        place,
        *others,
        an_interview("gone", *secret(), title="Nobody Knows", tags=("hidden-heading",)),
    )
    return place


def test_the_secret_was_there(place: Place) -> None:
    assert SECRET in traces(place.folder)


def test_no_file_has_a_word_of_it(place: Place) -> None:
    put(place, remove=["gone"], erase=True)

    assert traces(place.folder) == []


def test_its_vectors_are_gone_from_rows_and_from_chroma(place: Place) -> None:
    blobs = [EMBEDDER.embed([text[language]]).tobytes() for text in secret() for language in text]
    put(place, remove=["gone"], erase=True)

    there = every_byte(place.folder)
    assert not any(blob in there for blob in blobs)
    with open_store(place.folder) as store:
        rows, _ = store.nearest("en", EMBEDDER.embed([SECRET])[0], 1000)
        assert len(rows) == 9
        assert -1 not in store.rows.texts_of_vectors(rows)


def test_words_that_others_have_too_stay(place: Place) -> None:
    put(place, an_interview("friend", {"en": "zephyrine indeed"}))
    put(place, remove=["gone"], erase=True)

    with open_store(place.folder) as store:
        assert {"zephyrine"} == store.rows.frequencies("en", SECRET.split()).keys()
    assert traces(place.folder) == ["zephyrine"]


def test_old_versions_of_it_go_too(place: Place) -> None:
    put(place, an_interview("gone", {"en": "harmless now"}), remove=["gone"])
    put(place, remove=["gone"], erase=True)

    assert traces(place.folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_nothing_stays_behind_however_the_pages_were_moved(tmp_path: Path, seed: int) -> None:
    """Without writing the database anew, about one removal of ten left a copy of a cell behind."""
    dice = random.Random(seed)
    place = Place(tmp_path / "store")
    for step in range(6):
        kept = an_interview(
            f"k{step}",
            *(long_text(dice) for _ in range(20)),
        )
        put(place, kept, remove=[f"k{step - 2}"] if step > 1 else [])
        put(place, an_interview("gone", *secret(dice.randint(1, 40))))
        put(place, remove=["gone"], erase=True)

        assert traces(place.folder) == []


def test_a_reader_delays_it_until_the_next_call(place: Place) -> None:
    said: list[str] = []
    with open_store(place.folder):
        with write_store(place, None, erase=True, lingering=lambda: said.append("held")) as session:
            session.rows.remove("gone")
        assert said == ["held"]
        assert traces(place.folder)

    with write_store(place, RECIPE, lingering=lambda: said.append("again")):
        pass

    assert said == ["held"]
    assert traces(place.folder) == []
