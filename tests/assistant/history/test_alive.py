"""Who is still there is told from who is gone."""

import signal
from pathlib import Path

from assistant.history import alive
from tests.processes import Program

HOLDER = """
import signal, sys
from pathlib import Path
from assistant.history import alive
alive.hold(Path(sys.argv[1]))
print("held", flush=True)
signal.pause()
"""


def test_a_file_is_held_until_its_process_is_gone(program: Program, tmp_path: Path) -> None:
    path = alive.path_of(tmp_path, alive.new_token())
    holder = program.python(HOLDER, path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"

    assert alive.is_held(path)
    alive.tidy(tmp_path)
    assert path.exists()

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert not alive.is_held(path)
    assert not path.exists()


def test_letting_go_leaves_nothing(tmp_path: Path) -> None:
    path = alive.path_of(tmp_path, alive.new_token())
    handle = alive.hold(path)
    assert alive.is_held(path)

    alive.let_go(path, handle)

    assert not alive.is_held(path)
    assert list(tmp_path.iterdir()) == []


def test_only_files_of_writers_are_tidied_away(tmp_path: Path) -> None:
    for name in ("history.sqlite", "history.txt", "history.sqlite.bak", "history.abc.writing"):
        (tmp_path / name).touch()
    dead = alive.path_of(tmp_path, alive.new_token())
    dead.touch()

    alive.tidy(tmp_path)

    assert len(list(tmp_path.iterdir())) == 4
    assert not dead.exists()
