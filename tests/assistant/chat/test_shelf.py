import json
import threading
from pathlib import Path

import pytest

from assistant.chat.shelf import Shelf
from assistant.history.errors import HistoryError
from assistant.history.store import History
from assistant.settings import Settings
from index.errors import InterviewsError, UsageError
from index.store.generations import Place
from tests.fakes import an_interview, put

FERRY = an_interview("ferry", {"en": "Fog.", "zh": "雾。"}, title="渡口 Ferry")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    put(Place(tmp_path / "store"), FERRY)
    return tmp_path / "store"


def shelf_with(store: Path, history: History | None) -> Shelf:
    return Shelf(Settings(store=store), history)


def asked(history: History, store: Path, question: str) -> str:
    """Keep a question, and return its conversation."""
    conversation = history.start(store).id
    history.begin(conversation, question, {}, None)
    return conversation


def test_interviews_are_those_of_the_store_as_it_is_now(store: Path) -> None:
    shelf = shelf_with(store, None)

    assert [each.title for each in shelf.interviews()] == ["渡口 Ferry"]
    assert shelf.interview("ferry") == FERRY
    put(Place(store), an_interview("mill", {"en": "Stones."}))
    assert [each.id for each in shelf.interviews()] == ["ferry", "mill"]
    assert shelf.interview("nobody") is None


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InterviewsError):
        shelf_with(tmp_path / "none", None).interviews()


def test_conversations_are_of_this_store_or_of_all(tmp_path: Path, store: Path) -> None:
    with History.open(tmp_path / "history.sqlite") as history:
        here = asked(history, store, "雾有多大？")
        there = asked(history, tmp_path / "other", "How thick was the fog?")
        shelf = shelf_with(store, history)

        assert [c.id for c in shelf.conversations(everywhere=False)] == [here]
        assert {c.id for c in shelf.conversations(everywhere=True)} == {here, there}
        assert [h.conversation.id for h in shelf.search("有多", everywhere=False)] == [here]
        assert shelf.search("thick", everywhere=False) == []
        assert [h.conversation.id for h in shelf.search("thick", everywhere=True)] == [there]


def test_it_may_be_used_in_another_thread(tmp_path: Path, store: Path) -> None:
    found: list[object] = []
    with History.open(tmp_path / "history.sqlite") as history:
        key = asked(history, store, "雾")
        shelf = shelf_with(store, history)

        def use() -> None:
            shelf.rename(key, "大雾")
            found.extend([shelf.interviews(), shelf.conversations(everywhere=False)[0].title])

        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert found[1] == "大雾"


@pytest.mark.parametrize("name", ["a.md", "a.json", "A.JSON", "雾"])
def test_a_file_is_written_once(tmp_path: Path, store: Path, name: str) -> None:
    path = tmp_path / name
    with History.open(tmp_path / "history.sqlite") as history:
        key = asked(history, store, "雾有多大？")
        shelf = shelf_with(store, history)

        assert shelf.export(key, path)
        written = path.read_text(encoding="utf-8")
        assert not shelf.export(key, path)
        assert path.read_text(encoding="utf-8") == written

    assert "雾有多大？" in written
    assert not name.lower().endswith(".json") or json.loads(written)


def test_what_cannot_be_written_is_said(tmp_path: Path, store: Path) -> None:
    with History.open(tmp_path / "history.sqlite") as history:
        key = asked(history, store, "雾")
        shelf = shelf_with(store, history)

        with pytest.raises(UsageError, match="cannot be written"):
            shelf.export(key, tmp_path / "no" / "folder.md")
        with pytest.raises(UsageError, match="cannot be written"):
            shelf.export(key, tmp_path / "nul\0.md")
        shelf.delete(key)
        with pytest.raises(HistoryError, match="no conversation"):
            shelf.export(key, tmp_path / "gone.md")
    assert not (tmp_path / "gone.md").exists()


def test_without_a_history_nothing_is_listed(store: Path) -> None:
    with pytest.raises(HistoryError):
        shelf_with(store, None).conversations(everywhere=True)
