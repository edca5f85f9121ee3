"""What `chat` says before it begins, and how it talks in lines."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.chat.labels import labels
from assistant.chat.scope import Scope
from assistant.cli.chat import Wanted, beginning
from assistant.history.errors import HistoryError
from assistant.history.store import History
from assistant.settings import Settings
from index.records import LANGUAGES, Language
from tests.conftest import Run

Call = Callable[..., Run]


@pytest.fixture
def history_path() -> Path:
    path = Path(os.environ["INTERVIEWS_STATE"], "history.sqlite")
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (("--serve", "--plain"), ("--serve", "--plain")),
        (("--continue", "--resume", "4f2a81c0"), ("--continue", "--resume")),
    ],
)
def test_flags_that_exclude_each_other_are_named(
    call: Call, flags: tuple[str, ...], named: tuple[str, ...]
) -> None:
    found = call("chat", *flags)

    assert found.code == 2
    assert all(name in found.complaint for name in named)


def test_a_damaged_history_is_what_keeps_from_going_on(call: Call, history_path: Path) -> None:
    history_path.write_bytes(b"no database at all, " * 100)

    for flags in (("--continue",), ("--resume", "4f2a81c0")):
        found = call("chat", "--plain", *flags)
        assert found.code == 5
        assert "damaged" in found.err


def test_there_must_be_a_conversation_to_go_on_with(call: Call, history_path: Path) -> None:
    with History.open(history_path):
        pass

    found = call("chat", "--plain", "--continue")
    assert (found.code, "no conversation to continue" in found.complaint) == (2, True)
    for key in ("\udcff", "对话\udcff"):
        found = call("chat", "--plain", "--resume", key)
        assert found.code == 2
        assert "there is no conversation" in found.complaint


@pytest.mark.parametrize("flags", [("--continue",), ("--resume", "4f2a81c0")])
def test_nothing_is_gone_on_with_where_nothing_is_kept(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("history = false\n")
    monkeypatch.setenv("INTERVIEWS_CONFIG", str(config))

    found = call("chat", "--plain", *flags)

    assert found.code == 2
    assert "switched off" in found.complaint


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_is_opened_after_the_first_paint(
    tmp_path: Path, history_path: Path, language: Language
) -> None:
    history_path.write_bytes(b"no database at all, " * 100)
    told: list[str] = []

    start = beginning(
        Settings(store=tmp_path / "store"), Wanted(Scope(), language, None, continues=False)
    )
    session = start.make_session(told.append)

    assert session.history is None
    (notice,) = told
    assert notice.startswith(labels(language)("no_history", problem="the history"))
    session.close()


def test_pages_say_that_the_file_is_gone(tmp_path: Path, history_path: Path) -> None:
    settings = Settings(store=tmp_path / "store")
    start = beginning(settings, Wanted(Scope(), "zh", None, continues=False))
    session = start.make_session(print)
    history_path.unlink()

    with pytest.raises(HistoryError, match="is gone"):
        start.make_session(print).shelf().conversations(everywhere=True)
    assert session.history is not None
    session.history.close()
