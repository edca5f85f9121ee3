"""What happens in a conversation → rows; each function is one transaction."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.events import UsageCounted
from assistant.history.errors import HistoryError
from assistant.history.records import Numbers, Status
from assistant.history.rows import pack, storable
from assistant.history.schema import transaction
from assistant.history.words import folded, texts_of
from assistant.records import Answer, Source
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
        quoted = _quoted(ended.answer) if ended.answer else _shown(connection, turn)
        if _is_forgotten(connection, turn, quoted):
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
            _note_quoted(connection, turn, quoted)


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


def forget(connection: sqlite3.Connection, interview: str, store: str, now: str) -> int:
    """Take out every answer over a store that quotes an interview; returns how many.

    A text without an answer is taken out where the conversation was shown the interview at all:
    what such a text stands on is not known. Questions and the user's titles stay.
    """
    with transaction(connection):
        connection.execute(
            "INSERT OR REPLACE INTO forgotten VALUES (?, ?, ?)", (interview, store, now)
        )
        turns = {
            turn
            for (turn,) in connection.execute(
                "SELECT q.turn FROM quoted q JOIN turns t ON t.id = q.turn JOIN conversations c"
                " ON c.row = t.conversation WHERE q.interview = ? AND c.store = ?",
                (interview, store),
            )
        }
        for row, *numbers in connection.execute(
            "SELECT row, paragraphs, interviews FROM conversations WHERE store = ?", (store,)
        ).fetchall():
            ids, interviews = map(json.loads, numbers)
            if interview not in (*map(interview_of, ids), *interviews):
                continue
            turns |= _unanswered(connection, row)
            left = ["" if interview_of(key) == interview else key for key in ids]
            others = ["" if key == interview else key for key in interviews]
            connection.execute(
                "UPDATE conversations SET paragraphs = ?, interviews = ? WHERE row = ?",
                (pack(left), pack(others), row),
            )
        for turn in turns:
            _empty(connection, turn)
    return len(turns)


def cut_title(question: str) -> str:
    """Return a question as the name of its conversation: one line, cut."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"


def interview_of(paragraph: str) -> str:
    """Return the interview that a paragraph's id names."""
    return paragraph.rpartition(":")[0]


def _row_of(connection: sqlite3.Connection, key: str) -> int:
    found = connection.execute("SELECT row FROM conversations WHERE id = ?", (key,)).fetchone()
    if found is None:
        raise HistoryError(f"the history has no conversation {key} (any more)")
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


def _quoted(answer: Answer) -> frozenset[str]:
    """Return the interviews whose words stand in an answer."""
    sources: list[Source] = [citation.source for citation in answer.citations]
    if answer.abstention is not None:
        sources += answer.abstention.nearest
    return frozenset(source.interview.id for source in sources)


def _shown(connection: sqlite3.Connection, turn: int) -> frozenset[str]:
    (paragraphs,) = connection.execute(
        "SELECT c.paragraphs FROM conversations c JOIN turns t ON t.conversation = c.row"
        " WHERE t.id = ?",
        (turn,),
    ).fetchone()
    return frozenset(map(interview_of, json.loads(paragraphs)))


def _is_forgotten(connection: sqlite3.Connection, turn: int, interviews: Iterable[str]) -> bool:
    """Whether one of the interviews was removed for good while the turn was being answered."""
    found = connection.execute(
        "SELECT 1 FROM forgotten f, turns t JOIN conversations c ON c.row = t.conversation"
        " WHERE t.id = ? AND f.store = c.store AND f.at >= t.asked"
        " AND f.interview IN (SELECT value FROM json_each(?))",
        (turn, pack(list(interviews))),
    )
    return found.fetchone() is not None


def _note_quoted(connection: sqlite3.Connection, turn: int, interviews: Iterable[str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO quoted VALUES (?, ?)", [(turn, name) for name in interviews]
    )


def _unanswered(connection: sqlite3.Connection, row: int) -> set[int]:
    found = connection.execute(
        "SELECT id FROM turns WHERE conversation = ? AND answer IS NULL AND text <> ''", (row,)
    )
    return {turn for (turn,) in found}


def _empty(connection: sqlite3.Connection, turn: int) -> None:
    """Leave only the question of a turn."""
    (question,) = connection.execute("SELECT question FROM turns WHERE id = ?", (turn,)).fetchone()
    connection.execute(
        "UPDATE turns SET answer = NULL, text = '', message = '', words = ? WHERE id = ?",
        (fold(question), turn),
    )
    connection.execute("DELETE FROM quoted WHERE turn = ?", (turn,))
