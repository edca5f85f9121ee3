"""The tables, and opening the file that holds them, one version after the other."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.history.errors import HistoryError

APPLICATION_ID = 0x494E5448  # "INTH": tells our file from anybody else's SQLite
FILE = "history.sqlite"

STEPS: tuple[str, ...] = (
    # The long columns come last, so that what lists and searches does not read past them.
    """
CREATE TABLE conversations (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    named TEXT NOT NULL, store TEXT NOT NULL, started TEXT NOT NULL, changed TEXT NOT NULL,
    paragraphs TEXT NOT NULL, interviews TEXT NOT NULL
);
CREATE INDEX conversations_by_change ON conversations (changed);

CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (row) ON DELETE CASCADE,
    position INTEGER NOT NULL, asked TEXT NOT NULL, status TEXT NOT NULL, writer TEXT NOT NULL,
    model TEXT, calls INTEGER, prompt_tokens INTEGER, completion_tokens INTEGER,
    is_estimated INTEGER, unknown_markers INTEGER,
    filters TEXT NOT NULL, message TEXT NOT NULL, question TEXT NOT NULL,
    words TEXT NOT NULL, text TEXT NOT NULL, answer TEXT,
    UNIQUE (conversation, position)
);

CREATE TABLE quoted (
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE, interview TEXT NOT NULL,
    PRIMARY KEY (turn, interview)
) WITHOUT ROWID;
CREATE INDEX quoted_by_interview ON quoted (interview);

CREATE TABLE forgotten (
    interview TEXT NOT NULL, store TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (interview, store)
) WITHOUT ROWID;
""",
)
"""What makes version 1 of nothing, version 2 of version 1 …; a step that was released stays."""


def connect(path: Path, *, patience_s: float, steps: Sequence[str] = STEPS) -> sqlite3.Connection:
    """Open the history, making or upgrading it if need be.

    Args:
        path: of the file; its folder is made if there is none.
        patience_s: how long to wait, each time, for another process that writes.
        steps: of the schema.

    Raises:
        HistoryError: it is another program's, a newer version's, damaged, locked, or cannot be
            read or made.
    """
    _make(path)
    with failures_named(path, "opened"):
        connection = sqlite3.connect(
            path, timeout=patience_s, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in ("secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY"):
                connection.execute(f"PRAGMA {pragma}")
            # As one: between two readings, another process may be making it.
            connection.execute("BEGIN")
            version = version_of(connection, path, steps)
            connection.execute("COMMIT")
            if version < len(steps):
                upgrade(connection, path, steps)
        except BaseException:
            connection.close()
            raise
    return connection


def _make(path: Path) -> None:
    """Make the file, for its user only, before SQLite would make it for everybody."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file():
            _shut(path)
            return
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise HistoryError(f"the history {path} cannot be made: {error.strerror}") from error


def _shut(path: Path) -> None:
    """Let nobody else read a file that was copied here with another mode, if it is ours."""
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):
            path.chmod(0o600)


def version_of(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> int:
    """Return the version of the file, 0 while it is empty.

    Raises:
        HistoryError: it is another program's, or a newer version's.
    """
    (program,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and program != APPLICATION_ID:
        raise HistoryError(f"{path} is not a history of this program; move it away")
    if version > len(steps):
        raise HistoryError(
            f"the history {path} was written by a newer version of this program (its format is"
            f" {version}, this one's is {len(steps)}); use that version, or move the file away"
        )
    return int(version)


def upgrade(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Bring the file to the newest version, each step whole or not at all."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again: another process may have done it while we waited.
            version = version_of(connection, path, steps)
            if version == len(steps):
                return
            for statement in _statements(steps[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would commit what was begun."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


_WHAT_TO_DO = {
    sqlite3.SQLITE_BUSY: "another process holds it; try again",
    sqlite3.SQLITE_LOCKED: "another process holds it; try again",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CORRUPT: "it is damaged; move it away, and a new one is begun",
    sqlite3.SQLITE_NOTADB: "it is damaged; move it away, and a new one is begun",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it may not be opened",
}


@contextmanager
def failures_named(path: Path, doing: str) -> Iterator[None]:
    """Turn SQLite's errors about the history into one line of ours."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of error; none where the module itself complains.
        kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        why = _WHAT_TO_DO.get(kind, str(error))
        raise HistoryError(f"the history {path} cannot be {doing}: {why}") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Write all or nothing; the lock is taken at once, so that waiting for it is possible."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
