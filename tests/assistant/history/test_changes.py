"""An answer says which of its paragraphs are not what they were."""

from pathlib import Path

import pytest

from assistant.history.changes import changed_paragraphs, opened_paragraphs
from assistant.history.records import Turn
from assistant.library import source_of
from assistant.records import Source
from index.errors import StoreError
from index.store.generations import Place
from index.store.opening import open_store
from tests.assistant.history.turns import an_answer
from tests.fakes import an_interview, put


def turns_on(place: Place, *paragraphs: str) -> list[Turn]:
    """Return a turn whose answer cites paragraphs as they are now."""
    with open_store(place.folder) as store:
        sources: list[Source] = []
        for key in paragraphs:
            found = store.rows.paragraph(key)
            assert found
            sources.append(source_of(found))
    answer = an_answer("Q?", *enumerate(sources, start=1))
    return [Turn(1, "4f2a81c0", 1, "Q?", {}, "", "answered", "", answer, None, None, "")]


def test_changed_and_gone_paragraphs_are_told_from_the_others(tmp_path: Path) -> None:
    place = Place(tmp_path / "s", None)
    put(
        place,
        an_interview("ferry", {"en": "We waited."}, {"en": "It lifted."}),
        an_interview("茶", {"zh": "茶要慢慢喝。"}),
    )
    turns = turns_on(place, "ferry:0", "ferry:1", "茶:0")
    now = an_interview("ferry", {"en": "We waited."}, {"en": "It lifted.", "zh": "雾散了。"})
    put(place, now, remove=["ferry", "茶"])

    with opened_paragraphs(place.folder) as rows:
        found = changed_paragraphs(turns, rows)
    with open_store(place.folder) as store:
        assert changed_paragraphs(turns, store.rows) == found

    assert found == {"ferry:1": "changed", "茶:0": "gone"}


def test_nothing_is_known_without_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError), opened_paragraphs(tmp_path / "none"):
        pass
