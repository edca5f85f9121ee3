"""A history that cannot be used is one clear line; an older one is brought up to date."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.history.errors import HistoryError
from assistant.history.schema import APPLICATION_ID, STEPS, connect
from assistant.history.store import History
from tests.assistant.history.turns import FOG, an_answer
from tests.processes import ROOT, Program, as_anybody, with_small_files

READER = """
import sys
from pathlib import Path
from assistant.history.errors import HistoryError
from assistant.history.store import History
try:
    with History.open(Path(sys.argv[1])) as history:
        print(*(c.title for c in history.conversations()))
        history.start(Path("store"))
except HistoryError as error:
    print(error)
"""


def start(program: Program, path: Path, limit: Callable[[], None]) -> str:
    """Return what the reader says, in a process that may not do everything."""
    command = [sys.executable, "-c", READER, str(path)]
    done = subprocess.run(
        command,
        cwd=program.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=limit,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.fixture
def written(path: Path, talks_store: Path) -> Path:
    """Return the file of a history that holds a turn."""
    with History.open(path) as history:
        turn = history.begin(history.start(talks_store).id, "Q?", {}, None)
        history.finish(turn.id, "answered", an_answer("Q?", (1, FOG)))
    return path


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")


def newer(path: Path) -> None:
    with closing(connect(path, patience_s=0)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")


def damaged(path: Path) -> None:
    path.write_bytes(b"no database at all, " * 100)


def torn(path: Path) -> None:
    with closing(connect(path, patience_s=0)) as connection, connection:
        connection.execute("CREATE TABLE filler AS SELECT hex(randomblob(20000)) AS text")
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (foreign, "not a history of this program"),
        (newer, "newer version"),
        (damaged, "damaged; move it away"),
        (torn, "damaged; move it away"),
        (lambda path: path.mkdir(), "may not be opened"),
    ],
    ids=["foreign", "newer", "damaged", "torn", "folder"],
)
def test_what_cannot_be_used_is_one_clear_line(
    path: Path, make: Callable[[Path], None], words: str
) -> None:
    path.parent.mkdir()
    make(path)
    before = None if path.is_dir() else path.read_bytes()

    with pytest.raises(HistoryError, match=words) as caught, History.open(path) as history:
        history.conversations()

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_one_that_another_process_holds_is_one_clear_line(written: Path) -> None:
    with closing(sqlite3.connect(written, isolation_level=None)) as holding:
        holding.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HistoryError, match="another process holds it"):
            History.open(written, patience_s=0)


def test_writing_waits_for_who_writes_and_reading_for_nobody(
    written: Path, talks_store: Path
) -> None:
    with (
        History.open(written, patience_s=0) as history,
        closing(sqlite3.connect(written, isolation_level=None)) as holding,
    ):
        holding.execute("BEGIN IMMEDIATE")
        assert len(history.conversations()) == 1
        with pytest.raises(HistoryError, match="another process holds it"):
            history.start(talks_store)
        holding.execute("ROLLBACK")
        history.start(talks_store)


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(HistoryError, match="cannot be made"):
        History.open(tmp_path / "file" / "history.sqlite")


def test_a_folder_that_may_not_be_written_can_be_read(written: Path, program: Program) -> None:
    written.chmod(0o400)
    written.parent.chmod(0o500)
    try:
        out = start(program, written, as_anybody)
    finally:
        written.parent.chmod(0o700)

    assert out.splitlines()[0] == "Q?"
    assert "may not be written" in out.splitlines()[1]


def test_a_folder_where_nothing_can_be_made_is_one_clear_line(
    tmp_path: Path, program: Program
) -> None:
    folder = tmp_path / "shut"
    folder.mkdir(mode=0o500)

    out = start(program, folder / "history.sqlite", as_anybody)

    assert "cannot be made: Permission denied" in out


def test_a_full_disk_is_one_clear_line_and_loses_nothing(written: Path, program: Program) -> None:
    before = written.read_bytes()

    out = start(program, written, with_small_files(100))

    assert "cannot be written" in out
    assert written.read_bytes() == before


def test_an_older_one_is_brought_up_to_date_step_by_step(path: Path) -> None:
    steps = [
        "CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n",
        "ALTER TABLE a ADD y;\nUPDATE a SET y = x + 1;\n",
        "ALTER TABLE a ADD z;\nUPDATE a SET z = y + 1;\n",
    ]
    connect(path, patience_s=0, steps=steps[:1]).close()

    with closing(connect(path, patience_s=0, steps=steps)) as connection:
        assert connection.execute("SELECT * FROM a").fetchall() == [(1, 2, 3)]
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    steps = ["CREATE TABLE a (x);\n", "ALTER TABLE a ADD y;\nno SQL at all;\n"]
    connect(path, patience_s=0, steps=steps[:1]).close()

    with pytest.raises(HistoryError, match="cannot be opened"):
        connect(path, patience_s=0, steps=steps)

    with closing(connect(path, patience_s=0, steps=steps[:1])) as connection:
        assert [row[1] for row in connection.execute("PRAGMA table_info(a)")] == ["x"]


def test_a_copy_is_a_history_too(written: Path, tmp_path: Path) -> None:
    """Nothing beside the file belongs to it."""
    copy = Path(shutil.copy(written, tmp_path / "copy.sqlite"))

    with History.open(copy) as history:
        assert [c.title for c in history.conversations()] == ["Q?"]
