"""From nothing to the chat's first paint, and a long conversation opened again."""

import asyncio
import fcntl
import os
import pty
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.chat.keymap import keys_of
from assistant.chat.session import Session
from assistant.history.store import History
from assistant.quote import answer_by_quoting
from assistant.settings import load_settings
from assistant.tui.app import ChatApp
from assistant.tui.start import Start
from assistant.wiring import build_index, opened_searcher, sample_folder
from evals.bench.timing import Timing, python, table

INTERVIEWS = "from assistant.cli import main; main()"
TURNS = 500
PATIENCE_S = 60.0


def run(*, runs: int) -> str:
    """Return the times of a cold start and of opening a conversation of 500 turns."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = load_settings({"store": str(Path(scratch, "store"))})
        build_index(
            [sample_folder()],
            settings,
            progress=_Silent(),
            waiting=_nothing,
            notice=_ignore,
            rebuild=False,
        )
        command = python(
            "-c", INTERVIEWS, "chat", "--ui-lang", "en", "--store", f"{settings.store}"
        )
        environment = {"INTERVIEWS_STATE": scratch, "TERM": "xterm-256color"}
        painted: list[float] = []
        imported: list[float] = []
        for _ in range(runs):
            painted.append(_until_seen(command, b"Ask the interviews", environment))
            imported.append(
                _until_seen(python("-c", "import textual.app; print('here')"), b"here", {})
            )
        opened = asyncio.run(_open_long(Path(scratch), settings.store))
    timings = [
        Timing("import textual", tuple(imported)),
        Timing("chat, first paint", tuple(painted)),
        Timing(f"a conversation of {TURNS} turns", (opened,)),
    ]
    return table(timings, yardstick="import textual")


def _until_seen(command: Sequence[str], words: bytes, environment: dict[str, str]) -> float:
    """Return the seconds until a command shows some words on a terminal of its own."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=os.environ | environment
    )
    os.close(follower)
    seen = b""
    try:
        while words not in seen:
            seen += os.read(leader, 65536)
            if time.perf_counter() - began > PATIENCE_S:
                raise RuntimeError(f"{words!r} is never shown")
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(leader)


async def _open_long(folder: Path, store: Path) -> float:
    """Return the seconds from asking for a long conversation to seeing its end."""
    settings = load_settings({"store": str(store)})
    with History.open(folder / "long" / "history.sqlite") as history:
        conversation = history.start(store)
        with opened_searcher(settings, _ignore) as searcher:
            answer = answer_by_quoting("录音师为什么说噪音就是地址？", searcher)
        for number in range(TURNS):
            turn = history.begin(conversation.id, f"第{number}个问题？", {}, None)
            history.finish(turn.id, answer.outcome, answer)
        start = Start(lambda notice: Session(settings, history, notice), "zh", keys_of({}))
        app = ChatApp(start)
        async with app.run_test(size=(140, 45)) as pilot:
            while app.holdings is None:
                await pilot.pause(0.01)
            began = time.perf_counter()
            app.asking.resume(conversation.id)
            while not app.desk.conversation.turns:
                await pilot.pause(0.005)
            await pilot.pause()
            return time.perf_counter() - began


class _Silent:
    """Progress that says nothing."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


def _nothing() -> None:
    """Wait without a word."""


def _ignore(_line: str) -> None:
    """Say nothing."""
