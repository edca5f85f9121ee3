"""The chat in a real browser, Chinese typed and read."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.history.store import History, history_path
from tests.browser import Browser, free_port, is_here
from tests.processes import Program

pytestmark = pytest.mark.slow

ENTER = "\ue007"
PATIENCE_S = 60.0


def wait_until(holds: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.fixture
def address(tmp_path: Path, sample_store: Path) -> Iterator[str]:
    with Program() as program:
        process = program.start(
            "chat", "--serve", "--port", str(free_port()), "--store", sample_store
        )
        assert process.stderr is not None
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found is not None
        yield found[0]
        assert not (tmp_path / "state" / "crashes").exists()


def asked(tmp_path: Path) -> list[tuple[str, str]]:
    path = history_path(tmp_path / "state")
    if not path.exists():
        return []
    with History.open(path) as history:
        return [
            (turn.question, turn.status)
            for conversation in history.conversations()
            for turn in history.turns(conversation.id)
        ]


@pytest.mark.skipif(not is_here(), reason="chromium and chromedriver are not installed")
def test_a_question_is_asked_and_answered_in_a_browser(address: str, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile") as browser:
        browser.go(address)
        wait_until(lambda: browser.run("return document.body.className.includes('-first-byte')"))
        before = browser.picture()
        browser.run("document.querySelector('textarea').focus()")
        browser.type(f"录音师为什么说噪音就是地址？{ENTER}")
        wait_until(lambda: [status for _, status in asked(tmp_path)] == ["answered"])
        after = browser.picture()
        loaded = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")

    assert asked(tmp_path) == [("录音师为什么说噪音就是地址？", "answered")]
    assert before != after
    root = address.partition("?")[0]
    assert loaded
    assert [name for name in loaded if not name.startswith((root, "data:"))] == []
