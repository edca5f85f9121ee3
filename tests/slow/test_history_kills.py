"""A writer killed at any moment loses nothing of what it had written."""

import random
import signal
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.history.store import History
from tests.chat import ChatReply, chunk
from tests.processes import Program
from tests.servers import OpenAIServer

pytestmark = pytest.mark.slow

KILLS = 25
LONGEST_S = 1.2

# Says what is kept once it is: a turn and how much of its text, or that it has ended.
WRITER = """
import sys
from pathlib import Path
from assistant.history.store import History
from tests.assistant.history.turns import FOG, an_answer

with History.open(Path(sys.argv[1])) as history:
    conversation = history.start(Path("store"))
    print("conversation", conversation.id, flush=True)
    for number in range(10_000):
        turn = history.begin(conversation.id, f"Why 雾 {number}?", {}, "m")
        print("begun", turn.id, 0, flush=True)
        for size in range(500, 3_000, 500):
            history.keep(turn.id, "雾" * size)
            print("kept", turn.id, size, flush=True)
        history.finish(turn.id, "answered", an_answer("Why?", (1, FOG)))
        print("ended", turn.id, 0, flush=True)
"""


def killed_after(program: Program, path: Path, seconds: float) -> list[list[str]]:
    """Start a writer, kill it, and return what it said."""
    writer = program.python(WRITER, path)
    assert writer.stdout is not None
    first = writer.stdout.readline()  # it has begun
    timer = threading.Timer(seconds, lambda: writer.send_signal(signal.SIGKILL))
    timer.start()
    said = first + writer.stdout.read()
    timer.join()
    assert writer.wait() == -signal.SIGKILL
    # The last line may have been cut in the middle.
    return [line.split() for line in said[: said.rfind("\n")].split("\n")]


def test_a_kill_at_any_moment_loses_nothing(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "state" / "history.sqlite"
    dice = random.Random(7)
    seen = set()
    for _ in range(KILLS):
        said = killed_after(program, path, dice.uniform(0, LONGEST_S))

        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with History.open(path) as history:
            turns = {turn.id: turn for turn in history.turns(said[0][1])}
            for what, key, size in said[1:]:
                turn = turns[int(key)]
                assert turn.status in ("stopped", "answered")
                assert turn.status == "answered" or len(turn.text) >= int(size)
                assert what != "ended" or turn.answer is not None
            assert [t.position for t in turns.values()] == list(range(1, len(turns) + 1))
            assert all(turn.status == "answered" for turn in list(turns.values())[:-1])
            seen |= {turn.status for turn in turns.values()}
            assert len(history.search("雾", limit=1)) == 1 or not turns
            assert {oct(p.stat().st_mode & 0o777) for p in path.parent.iterdir()} == {"0o600"}
            # Whoever asks next tidies up after the dead.
            history.begin(history.start(tmp_path).id, "Why?", {}, None)
        assert {p.name for p in path.parent.iterdir()} == {path.name}

    assert seen == {"stopped", "answered"}


def test_one_who_asks_on_sees_what_the_dead_had_said(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with History.open(path) as reader:
        writer = program.python(WRITER, path)
        assert writer.stdout is not None
        key = writer.stdout.readline().split()[1]
        line = next(line for line in map(str.split, writer.stdout) if line[0] == "kept")
        writer.send_signal(signal.SIGSTOP)
        running = reader.turns(key)[-1]
        assert running.status in ("running", "answered")
        writer.send_signal(signal.SIGKILL)
        writer.wait()

        left = reader.turns(key)[-1]
        assert left.status in ("stopped", "answered")
        assert left.answer is not None or len(left.text) >= int(line[2])


def test_the_program_that_is_killed_in_mid_answer_is_found_in_the_history(
    program: Program, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    program.run("index", "--sample", "--store", store, check=True)
    said = ["Old ", "Zhao ", "said "] * 100
    with OpenAIServer() as server:
        server.say(
            ChatReply(
                chunks=[chunk({"role": "assistant", "content": piece}) for piece in said],
                between_s=0.05,
            )
        )
        there = {
            "OPENAI_API_KEY": "sk-test-0123456789abcdefghijklmnop",
            "OPENAI_BASE_URL": server.address,
        }
        asking = program.start("ask", "Why?", "--model", "toy", "--store", store, environment=there)
        with History.open(tmp_path / "state" / "history.sqlite") as history:
            while not history.search("Zhao"):
                assert asking.poll() is None, asking.communicate()
            asking.send_signal(signal.SIGKILL)
            asking.wait()
            (turn,) = history.turns(history.conversations()[0].id)

    assert (turn.status, turn.question) == ("stopped", "Why?")
    assert "Zhao" in turn.text
