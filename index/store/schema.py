"""The tables, and opening the file that holds them.

Every row number is AUTOINCREMENT: a number that a reader remembers never comes to mean another row.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import EmptyStoreError, StoreError, StoreVersionError

APPLICATION_ID = 0x494E5456  # "INTV": tells our file from anybody else's SQLite
SCHEMA_VERSION = 1
DATABASE = "interviews.sqlite"
PARTS = ("interviews.sqlite", "embeddings.sqlite", "chroma", "lock")
"""What the names in a store folder begin with; an embedder keeps vectors that cost money there."""

BUSY_S = 60
"""How long to wait while another process has the database to itself; it never has it for long."""

EMPTY = (
    "nothing was indexed yet in {folder}; run: interviews index FOLDER"
    " (or try the bundled samples: interviews index --sample)"
)

DAMAGED = (
    "; if it was an index of this program, move that folder away and run: interviews index FOLDER,"
    " which reads your transcripts again"
)

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE files (
    path TEXT PRIMARY KEY, interview TEXT NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE removed (
    interview TEXT PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE interviews (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    date TEXT, day INTEGER, source TEXT, path TEXT NOT NULL, speakers TEXT NOT NULL,
    languages TEXT NOT NULL, tags TEXT NOT NULL, metadata TEXT NOT NULL
);

CREATE TABLE sections (
    interview INTEGER NOT NULL, number INTEGER NOT NULL, heading TEXT NOT NULL,
    PRIMARY KEY (interview, number)
) WITHOUT ROWID;

CREATE TABLE paragraphs (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, interview INTEGER NOT NULL,
    section INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL,
    speaker TEXT, time TEXT
);
CREATE INDEX paragraphs_by_place ON paragraphs (interview, position);

CREATE TABLE texts (
    row INTEGER PRIMARY KEY AUTOINCREMENT, paragraph INTEGER NOT NULL, interview INTEGER NOT NULL,
    section INTEGER NOT NULL, position INTEGER NOT NULL, language TEXT NOT NULL,
    text TEXT NOT NULL, length INTEGER NOT NULL, terms BLOB NOT NULL, words BLOB NOT NULL
);
CREATE INDEX texts_by_paragraph ON texts (paragraph);
-- Holds all that a search must know of every text, so that it reads no text for it.
CREATE INDEX texts_by_place ON texts (interview, language, position, paragraph, length);

-- The vectors of an interview's texts in one language, in order of position, as 16-bit floats.
CREATE TABLE contexts (
    interview INTEGER NOT NULL, language TEXT NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (interview, language)
) WITHOUT ROWID;

CREATE TABLE names (
    interview INTEGER NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, sound TEXT NOT NULL,
    PRIMARY KEY (interview, language, name)
) WITHOUT ROWID;

CREATE TABLE chunks (
    id TEXT PRIMARY KEY, interview INTEGER NOT NULL, section INTEGER NOT NULL,
    language TEXT NOT NULL, tokens INTEGER NOT NULL, spans TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX chunks_by_interview ON chunks (interview, section);

CREATE TABLE vectors (
    row INTEGER PRIMARY KEY AUTOINCREMENT, text INTEGER NOT NULL, language TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX vectors_by_text ON vectors (text, language);

CREATE TABLE terms (
    id INTEGER PRIMARY KEY, language TEXT NOT NULL, term TEXT NOT NULL,
    frequency INTEGER NOT NULL, UNIQUE (language, term)
);

-- Each row is the numbers of a text's distinct terms, in hexadecimal: any term fits, and a row can
-- be taken out again by writing the same numbers (SQLite 3.40 cannot delete without them).
CREATE VIRTUAL TABLE words_en USING fts5 (terms, content='', tokenize='ascii', detail=none);
CREATE VIRTUAL TABLE words_zh USING fts5 (terms, content='', tokenize='ascii', detail=none);
"""


@contextmanager
def failures_named(folder: Path, doing: str) -> Iterator[None]:
    """Turn SQLite's errors about the store in `folder` into one line of ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind of error
        advice = DAMAGED if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else ""
        raise StoreError(f"the store {folder} cannot be {doing}: {error}{advice}") from error


def open_reading(folder: Path) -> sqlite3.Connection:
    """Open a store's database for reading, checked to be ours and of this version.

    Raises:
        EmptyStoreError: there is none yet.
        StoreVersionError: it is another program's or another version's.
        StoreError: SQLite cannot read it.
    """
    path = folder / DATABASE
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        size = 0
    except OSError as error:
        raise StoreError(f"the store {folder} cannot be read: {error.strerror}") from error
    with failures_named(folder, "read"):
        if not size:  # a writer that was killed at its very beginning leaves an empty file
            raise EmptyStoreError(EMPTY.format(folder=folder))
        connection = connect_reading(path)
        try:
            check_filled(connection, folder)
            check_version(connection, folder)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_reading(path: Path) -> sqlite3.Connection:
    """Connect without writing; a folder that may not be written at all is read as it lies there."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = _connect(address)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        # The low byte is the kind of error: SQLite could not make the files readers share.
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        connection = _connect(f"{address}&immutable=1")
    return tuned(connection)


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, check_same_thread=False, timeout=BUSY_S)


def make_folder(folder: Path) -> None:
    """Make a store's folder if there is none.

    Raises:
        StoreError: it belongs to something else, or cannot be made.
    """
    try:
        check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the store folder {folder} cannot be made: {error.strerror};"
            " name a folder you may write with --store"
        ) from error


def open_writing(folder: Path) -> sqlite3.Connection:
    """Open a store's database for writing, making its tables if there are none.

    The caller holds the writer's lock.

    Raises:
        StoreVersionError: the database is another program's or another version's.
        StoreError: it cannot be written.
    """
    with failures_named(folder, "written"):
        connection = sqlite3.connect(folder / DATABASE, timeout=BUSY_S, isolation_level=None)
        try:
            tuned(connection)
            if is_blank(connection):
                create_tables(connection)
            check_version(connection, folder)
        except BaseException:
            connection.close()
            raise
    return connection


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether a database has no table at all."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,))


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of a new store, all or none."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(
        f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def tuned(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Set what every connection needs; deleted words are overwritten, not just unlinked."""
    for pragma in ("secure_delete = ON", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def check_folder(folder: Path) -> None:
    """Refuse a folder that already belongs to something else."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"the store {folder} is a file, not a folder; name another with --store")
    if folder.is_dir() and not (folder / DATABASE).exists():
        stranger = next((e.name for e in folder.iterdir() if not e.name.startswith(PARTS)), None)
        if stranger is not None:
            raise StoreError(
                f"{folder} is not a store: it holds {stranger!r};"
                " name an empty or new folder with --store"
            )


def check_filled(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse a database that a writer only began to make."""
    if is_blank(connection):
        raise EmptyStoreError(EMPTY.format(folder=folder))


def check_version(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse another program's database, and another version's."""
    program = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if program != APPLICATION_ID:
        raise StoreVersionError(
            f"{folder / DATABASE} is not a store of this program; name another folder with --store"
        )
    if version != SCHEMA_VERSION:
        raise StoreVersionError(
            f"the store {folder} was written by another version"
            f" (its format is {version}, this program's is {SCHEMA_VERSION});"
            " index into a new folder with --store, or use the version that wrote it"
        )
