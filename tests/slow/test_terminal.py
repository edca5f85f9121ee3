"""The chat in a real terminal: keys in, screen out."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.history.store import History, history_path
from tests.processes import COMMAND
from tests.terminal import Terminal, is_here

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_here(), reason="tmux is not installed"),
]

NOISE = "录音师为什么说噪音就是地址？"
KEPT = ("INTERVIEWS_STATE", "INTERVIEWS_CONFIG")


@contextmanager
def chatting(
    folder: Path, store: Path, *flags: str, size: tuple[int, int] = (100, 30), **variables: str
) -> Iterator[Terminal]:
    command = [*COMMAND, "chat", "--store", store, *flags]
    environment = {name: os.environ[name] for name in KEPT} | variables
    with Terminal(folder, command, size, environment) as terminal:
        yield terminal


def test_a_question_in_chinese_is_typed_answered_and_its_paragraph_opened(
    tmp_path: Path, sample_store: Path
) -> None:
    with chatting(tmp_path, sample_store, size=(80, 24), LC_ALL="zh_CN.UTF-8") as terminal:
        terminal.wait_for("18篇访谈", "F1 帮助")
        terminal.type(NOISE)  # 14 characters in one piece, as an input method commits them
        terminal.wait_for(NOISE)
        terminal.press("Enter")
        terminal.wait_for(f"> {NOISE}", "[1]")
        terminal.press("M-1")
        terminal.wait_for("Ines Calloway", "2020-09-22")
        terminal.press("Escape")
        terminal.wait_for(f"> {NOISE}")
        terminal.press("C-q")
        terminal.wait_for("LEFT WITH 0")
        terminal.type("还能打字")
        terminal.press("Enter")
        terminal.wait_for("READ 还能打字")


def test_any_size_is_borne(tmp_path: Path, sample_store: Path) -> None:
    with chatting(tmp_path, sample_store, "--ui-lang", "en", size=(140, 45)) as terminal:
        terminal.wait_for("18 interviews", "F1 help")
        terminal.type("Why does she never let a program clean a recording?")
        terminal.press("Enter")
        terminal.wait_for("2020-09-22")
        for size in ((20, 5), (80, 24), (300, 80), (99, 24), (140, 45)):
            terminal.resize(*size)
        terminal.wait_for("2020-09-22", "F1 help")
        terminal.press("C-q")
        terminal.wait_for("LEFT WITH 0")


def test_a_conversation_outlives_a_kill_and_is_gone_on_with(
    tmp_path: Path, sample_store: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with chatting(first, sample_store, "--ui-lang", "zh") as terminal:
        terminal.wait_for("18篇访谈")
        terminal.type(NOISE)
        terminal.press("Enter")
        terminal.wait_for(f"> {NOISE}", "[1]")
        found = subprocess.run(
            ["pgrep", "-f", f"^{sys.executable} .*chat --store {sample_store}"],
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        for process in found.stdout.split():
            os.kill(int(process), signal.SIGKILL)
        terminal.wait_until(lambda seen: "LEFT WITH 137" in seen, "its end")
    with History.open(history_path(Path(os.environ["INTERVIEWS_STATE"]))) as history:
        (conversation,) = history.conversations()
        assert [turn.question for turn in history.turns(conversation.id)] == [NOISE]
    with chatting(second, sample_store, "--ui-lang", "zh", "--continue") as terminal:
        terminal.wait_for(f"> {NOISE}", "[1]")


def test_a_bug_leaves_the_terminal_the_conversation_and_a_report(
    tmp_path: Path, sample_store: Path
) -> None:
    code = (
        "import assistant.tui.app as app\n"
        "def broken(chat, order): raise RuntimeError('a bug, key sk-abcdefghij0123456789')\n"
        "app.carry_out = broken\n"
        "from assistant.cli import main\nmain()"
    )
    command = [sys.executable, "-c", code, "chat", "--store", sample_store, "--ui-lang", "zh"]
    environment = {name: os.environ[name] for name in KEPT}
    with Terminal(tmp_path, command, (100, 30), environment) as terminal:
        terminal.wait_for("18篇访谈")
        terminal.type(NOISE)
        terminal.press("Enter")
        terminal.wait_for(f"> {NOISE}", "[1]")
        terminal.press("F2")
        terminal.wait_for("LEFT WITH 70", "the chat broke")
        terminal.type("还能打字")
        terminal.press("Enter")
        seen = terminal.wait_for("READ 还能打字")
    assert "Traceback" not in seen
    state = Path(os.environ["INTERVIEWS_STATE"])
    (report,) = (state / "crashes").iterdir()
    assert "RuntimeError: a bug" in report.read_text(encoding="utf-8")
    assert "sk-abc" not in report.read_text(encoding="utf-8")
    with History.open(history_path(state)) as history:
        (conversation,) = history.conversations()
        assert [t.status for t in history.turns(conversation.id)] == ["answered"]


def test_without_a_terminal_it_points_to_ask(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "chat"], check=False, capture_output=True, encoding="utf-8", cwd=tmp_path
    )

    assert done.returncode == 2
    assert "interviews ask" in done.stderr
    assert len(done.stderr.splitlines()) == 1
