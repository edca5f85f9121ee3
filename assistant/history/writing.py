"""What happens in a conversation → rows; each function is one transaction."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from assistant.events import UsageCounted
from assistant.history.errors import NoConversationError
from assistant.history.forgetting import is_forgotten, note_quoted, quoted_by, shown_to
from assistant.history.records import Numbers, Status
from assistant.history.rows import pack, storable
from assistant.history.schema import transaction
from assistant.history.words import folded, texts_of
from assistant.records import Answer
from index.fold import fold

TITLE = 60
"""Characters of the first question that name a conversation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a turn when it begins."""

    question: str
    filters: Mapping[str, str]
    model: str | None
    writer: str
    """Token of the process."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is known of a turn when it ends."""

    status: Status
    answer: Answer | None = None
    text: str = ""
    message: str = ""
    usage: UsageCounted | None = None


def start(connection: sqlite3.Connection, key: str, store: str, now: str) -> None:
    """Begin a conversation."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO conversations (id, title, named, store, started, changed, paragraphs,"
            " interviews) VALUES (?, '', '', ?, ?, ?, '[]', '[]')",
            (key, storable(store), now, now),
        )


def begin(connection: sqlite3.Connection, key: str, asked: Asked, now: str) -> int:
    """Begin a turn, and return its id."""
    question = storable(asked.question)
    with transaction(connection):
        row = _row_of(connection, key)
        connection.execute(
            "UPDATE conversations SET changed = ?, title = iif(title = '', ?, title) WHERE row = ?",
            (now, cut_title(question), row),
        )
        added = connection.execute(
            "INSERT INTO turns (conversation, position, asked, status, writer, model, filters,"
            " message, question, words, text) SELECT ?, coalesce(max(position), 0) + 1, ?,"
            " 'running', ?, ?, ?, '', ?, ?, '' FROM turns WHERE conversation = ?",
            (
                row,
                now,
                asked.writer,
                asked.model,
                pack(asked.filters),
                question,
                fold(question),
                row,
            ),
        )
    if added.lastrowid is None:
        raise AssertionError("a row that was added has a number")
    return added.lastrowid


def keep(connection: sqlite3.Connection, turn: int, text: str, book: Numbers | None) -> None:
    """Keep what came of a turn so far; nothing when it has ended."""
    text = storable(text)
    with transaction(connection):
        found = connection.execute(
            "SELECT question FROM turns WHERE id = ? AND status = 'running'", (turn,)
        ).fetchone()
        if found is None:
            return
        words = folded(texts_of(found[0], text, None))
        connection.execute("UPDATE turns SET text = ?, words = ? WHERE id = ?", (text, words, turn))
        _keep_numbers(connection, turn, book)


def finish(
    connection: sqlite3.Connection, turn: int, ended: Ended, book: Numbers | None, now: str
) -> None:
    """End a turn; nothing when it was deleted meanwhile."""
    with transaction(connection):
        found = connection.execute("SELECT question FROM turns WHERE id = ?", (turn,)).fetchone()
        if found is None:
            return
        _keep_numbers(connection, turn, book)
        quoted = quoted_by(ended.answer) if ended.answer else shown_to(connection, turn)
        if is_forgotten(connection, turn, quoted):
            ended = replace(ended, answer=None, text="", message="")
            quoted = frozenset()
        answer, text = ended.answer, "" if ended.answer else storable(ended.text)
        usage = ended.usage
        connection.execute(
            "UPDATE turns SET status = ?, text = ?, answer = ?, message = ?, words = ?,"
            " model = coalesce(?, model), calls = ?, prompt_tokens = ?, completion_tokens = ?,"
            " is_estimated = ?, unknown_markers = ? WHERE id = ?",
            (
                ended.status,
                text,
                pack(answer) if answer else None,
                storable(ended.message),
                storable(folded(texts_of(found[0], text, answer))),
                usage and usage.model,
                usage and usage.calls,
                usage and usage.prompt_tokens,
                usage and usage.completion_tokens,
                usage and usage.is_estimated,
                usage and usage.unknown_markers,
                turn,
            ),
        )
        connection.execute(
            "UPDATE conversations SET changed = ? WHERE row ="
            " (SELECT conversation FROM turns WHERE id = ?)",
            (now, turn),
        )
        if answer:
            note_quoted(connection, turn, quoted)


def rename(connection: sqlite3.Connection, key: str, title: str) -> None:
    """Name a conversation; it is found by the name too."""
    title = storable(" ".join(title.split()))
    with transaction(connection):
        row = _row_of(connection, key)
        connection.execute(
            "UPDATE conversations SET title = ?, named = ? WHERE row = ?", (title, fold(title), row)
        )


def delete(connection: sqlite3.Connection, key: str) -> None:
    """Delete a conversation with its turns."""
    with transaction(connection):
        row = _row_of(connection, key)
        connection.execute("DELETE FROM conversations WHERE row = ?", (row,))


def cut_title(question: str) -> str:
    """Return a question as the name of its conversation: one line, cut."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"


def _row_of(connection: sqlite3.Connection, key: str) -> int:
    found = connection.execute("SELECT row FROM conversations WHERE id = ?", (key,)).fetchone()
    if found is None:
        raise NoConversationError(f"the history has no conversation {key} (any more)")
    return int(found[0])


def _keep_numbers(connection: sqlite3.Connection, turn: int, book: Numbers | None) -> None:
    """Keep what the numbers mean; one that was given already never comes to mean another."""
    if book is None:
        return
    row, *kept = connection.execute(
        "SELECT c.row, c.paragraphs, c.interviews FROM conversations c JOIN turns t"
        " ON t.conversation = c.row WHERE t.id = ?",
        (turn,),
    ).fetchone()
    paragraphs, interviews = map(json.loads, kept)
    connection.execute(
        "UPDATE conversations SET paragraphs = ?, interviews = ? WHERE row = ?",
        (pack(_grown(paragraphs, book.ids)), pack(_grown(interviews, book.interviews)), row),
    )


def _grown(kept: list[str], now: Collection[str]) -> list[str]:
    return [*kept, *(key for key in list(now)[len(kept) :] if key not in kept)]
