"""The history as the program uses it: one file, several threads, several processes."""

import os
import secrets
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from assistant.events import UsageCounted
from assistant.history import alive, forgetting, reading, writing
from assistant.history.errors import HistoryError
from assistant.history.records import Conversation, Hit, Numbers, Status, Turn
from assistant.history.schema import FILE, connect, failures_named
from assistant.history.words import read_words
from assistant.records import Answer

PATIENCE_S = 5.0
"""How long to wait for another process that writes; it writes for milliseconds."""
EVER = sys.maxsize

Now = Callable[[], datetime]
Record = TypeVar("Record")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class History:
    """Every question and answer; a context manager, usable from several threads.

    Every method raises `HistoryError`, with one line for a person, when the file cannot be read or
    written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Now) -> None:
        self.path = path
        self._connection = connection
        self._now = now
        self._lock = threading.RLock()
        self._token = alive.new_token()
        self._mark: int | None = None
        self._file = path.stat()

    @classmethod
    def open(cls, path: Path, *, patience_s: float = PATIENCE_S, now: Now = _utc_now) -> "History":
        """Open the history, making or upgrading its file if need be.

        Args:
            path: of the file.
            patience_s: how long to wait, each time, for another process that writes.
            now: the time, with a zone.

        Raises:
            HistoryError: it is damaged, locked, a newer version's, or cannot be read or made.
        """
        return cls(connect(path, patience_s=patience_s), path, now)

    @property
    def is_gone(self) -> bool:
        """Whether the file was deleted or moved away, or another one put in its place."""
        try:
            return not os.path.samestat(self.path.stat(), self._file)
        except OSError:
            return True

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; turns of this object that still run read as stopped from now on."""
        with self._lock:
            self._connection.close()
            if self._mark is not None:
                alive.let_go(self._mark_of(self._token), self._mark)
                self._mark = None

    # --- writing, as it happens

    def start(self, store: Path) -> Conversation:
        """Begin a conversation about a store; it is listed from its first turn on."""
        with self._used("written") as connection:
            key = secrets.token_hex(4)
            writing.start(connection, key, _name(store), self._time())
            return _found(reading.conversation(connection, key))

    def begin(
        self, conversation: str, question: str, filters: Mapping[str, str], model: str | None
    ) -> Turn:
        """Begin a turn, which is "running" until it is finished or this process is gone.

        Raises:
            NoConversationError: it was deleted meanwhile.
        """
        with self._used("written") as connection:
            self._mark_writing()
            asked = writing.Asked(question, filters, model, self._token)
            turn = writing.begin(connection, conversation, asked, self._time())
            return _found(reading.turn(connection, turn, self._is_writing))

    def keep(self, turn: int, text: str, book: Numbers | None = None) -> None:
        """Keep the whole text that came of a running turn so far; a few times a second at most.

        Args:
            turn: its id.
            text: all of it, provisional.
            book: the numbers given so far, so that its markers mean something if it ends here.
        """
        with self._used("written") as connection:
            writing.keep(connection, turn, text, book)

    def finish(
        self,
        turn: int,
        status: Status,
        answer: Answer | None = None,
        *,
        text: str = "",
        message: str = "",
        usage: UsageCounted | None = None,
        book: Numbers | None = None,
    ) -> None:
        """End a turn.

        Nothing is kept of it when it was deleted meanwhile, and only that it was answered when an
        interview that it quotes was removed for good meanwhile.

        Args:
            turn: its id.
            status: what it came to.
            answer: with its evidence; also of a failed turn, what had come and was checked.
            text: what had come, where there is no answer.
            message: why it failed.
            usage: what it cost.
            book: the numbers given so far in the conversation.
        """
        with self._used("written") as connection:
            ended = writing.Ended(status, answer, text, message, usage)
            writing.finish(connection, turn, ended, book, self._time())

    def rename(self, conversation: str, title: str) -> None:
        """Name a conversation.

        Raises:
            NoConversationError: there is none of that id.
        """
        with self._used("written") as connection:
            writing.rename(connection, conversation, title)

    def delete(self, conversation: str) -> None:
        """Delete a conversation; its words leave the disk.

        Raises:
            NoConversationError: there is none of that id.
        """
        with self._used("written") as connection:
            writing.delete(connection, conversation)

    def forget_interview(self, interview: str, store: Path) -> int:
        """Take out the answers over a store that quote an interview; returns how many."""
        with self._used("written") as connection:
            return forgetting.forget(connection, interview, _name(store), self._time())

    # --- reading

    def conversations(self, store: Path | None = None, limit: int = 50) -> list[Conversation]:
        """Return conversations, of one store or of all, the one changed last first."""
        with self._used("read") as connection:
            return reading.conversations(connection, _name_of(store), limit)

    def conversation(self, conversation: str) -> Conversation | None:
        """Return one conversation; None when there is none of that id."""
        with self._used("read") as connection:
            return reading.conversation(connection, conversation)

    def last(self, store: Path) -> Conversation | None:
        """Return the conversation about a store that was changed last; None when there is none."""
        return next(iter(self.conversations(store, limit=1)), None)

    def turns(
        self, conversation: str, *, before: int | None = None, limit: int | None = None
    ) -> list[Turn]:
        """Return the turns of a conversation in order.

        Args:
            conversation: its id; there are no turns of one that does not exist.
            before: only those whose position is below; to page back from the end.
            limit: only the last so many.
        """
        with self._used("read") as connection:
            return reading.turns(
                connection,
                conversation,
                self._is_writing,
                before=EVER if before is None else before,
                limit=EVER if limit is None else limit,
            )

    def turn(self, turn: int) -> Turn | None:
        """Return one turn; None when there is none of that id."""
        with self._used("read") as connection:
            return reading.turn(connection, turn, self._is_writing)

    def search(self, words: str, limit: int = 50, store: Path | None = None) -> list[Hit]:
        """Return the turns in which all words stand, the one asked last first.

        Found are parts of words too, in questions, answers, quotes and the titles a user gave; in
        either script of Chinese, either width and either case. Words in quotes stand together.
        """
        with self._used("read") as connection:
            about = _name_of(store)
            return reading.search(connection, read_words(words), limit, about, self._is_writing)

    def questions(self, limit: int = 200) -> list[str]:
        """Return what was asked, each question once, the one asked last first."""
        with self._used("read") as connection:
            return reading.questions(connection, limit)

    # --- parts

    @contextmanager
    def _used(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._lock, failures_named(self.path, doing):
            if self.is_gone:  # SQLite would go on reading what nobody can see any more
                raise HistoryError(f"the history {self.path} is gone: it was deleted or moved")
            yield self._connection

    def _time(self) -> str:
        written = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        return written.replace("+00:00", "Z")

    def _mark_writing(self) -> None:
        if self._mark is None:
            try:
                self._mark = alive.hold(self._mark_of(self._token))
                alive.tidy(self.path.parent)
            except OSError as error:
                raise HistoryError(
                    f"the history {self.path} cannot be written: {error.strerror}"
                ) from error

    def _is_writing(self, token: str) -> bool:
        if token == self._token:
            return self._mark is not None
        return alive.is_held(self._mark_of(token))

    def _mark_of(self, token: str) -> Path:
        return alive.path_of(self.path.parent, token)


def history_path(state: Path) -> Path:
    """Return where the history is in the state folder."""
    return state / FILE


def _name(store: Path) -> str:
    return str(store.resolve())


def _name_of(store: Path | None) -> str | None:
    return None if store is None else _name(store)


def _found(record: Record | None) -> Record:
    if record is None:
        raise AssertionError("what was just written is there")
    return record
