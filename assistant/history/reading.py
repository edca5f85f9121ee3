"""Rows → conversations, turns and hits."""

import sqlite3
from collections.abc import Callable, Sequence

from assistant.history.records import Conversation, Excerpt, Field, Hit, Turn
from assistant.history.rows import CONVERSATION, TURN, read_conversation, read_turn
from assistant.history.words import find, texts_of

IsWriting = Callable[[str], bool]
"""Whether a writer, by its token, is still there."""


def conversations(
    connection: sqlite3.Connection, store: str | None, limit: int
) -> list[Conversation]:
    """Return conversations with at least one turn, the one changed last first."""
    rows = connection.execute(
        f"{CONVERSATION} WHERE ? IS NULL OR c.store = ? GROUP BY c.row HAVING count(t.id)"
        " ORDER BY c.changed DESC, c.row DESC LIMIT ?",
        (store, store, limit),
    )
    return [read_conversation(row) for row in rows.fetchall()]


def conversation(connection: sqlite3.Connection, key: str) -> Conversation | None:
    """Return one conversation; None when there is none of that id."""
    row = connection.execute(f"{CONVERSATION} WHERE c.id = ? GROUP BY c.row", (key,)).fetchone()
    return row and read_conversation(row)


def turns(
    connection: sqlite3.Connection, key: str, is_writing: IsWriting, *, before: int, limit: int
) -> list[Turn]:
    """Return the last turns of a conversation before a position, in order."""
    rows = connection.execute(
        f"{TURN} WHERE c.id = ? AND t.position < ? ORDER BY t.position DESC LIMIT ?",
        (key, before, limit),
    ).fetchall()
    return [read_turn(row, is_writing) for row in reversed(rows)]


def turn(connection: sqlite3.Connection, key: int, is_writing: IsWriting) -> Turn | None:
    """Return one turn; None when there is none of that id."""
    row = connection.execute(f"{TURN} WHERE t.id = ?", (key,)).fetchone()
    return row and read_turn(row, is_writing)


def questions(connection: sqlite3.Connection, limit: int) -> list[str]:
    """Return what was asked, each question once, the one asked last first."""
    rows = connection.execute(
        "SELECT question FROM turns GROUP BY question ORDER BY max(id) DESC LIMIT ?", (limit,)
    )
    return [question for (question,) in rows.fetchall()]


def search(
    connection: sqlite3.Connection,
    words: Sequence[str],
    limit: int,
    store: str | None,
    is_writing: IsWriting,
) -> list[Hit]:
    """Return the turns in which all words stand, the one asked last first.

    A name that the user gave a conversation counts for its first turn.

    Args:
        connection: to the history.
        words: folded; none find nothing.
        limit: most hits.
        store: only conversations about it; None takes all.
        is_writing: as everywhere.
    """
    if not words:
        return []
    has_word = "(instr(t.words, ?) OR (t.position = 1 AND instr(c.named, ?)))"
    rows = connection.execute(
        f"{TURN} WHERE (? IS NULL OR c.store = ?) AND {' AND '.join([has_word] * len(words))}"
        " ORDER BY t.id DESC LIMIT ?",
        (store, store, *(word for word in words for _ in range(2)), limit),
    ).fetchall()
    hits = []
    for found in (read_turn(row, is_writing) for row in rows):
        about = conversation(connection, found.conversation)
        place = about and _place(about, found, words)
        if about and place:
            hits.append(Hit(about, found, *place))
    return hits


def _place(about: Conversation, found: Turn, words: Sequence[str]) -> tuple[Field, Excerpt] | None:
    texts = list(texts_of(found.question, found.text, found.answer))
    # A name that is only the first question cut would hide the question itself.
    own: list[tuple[Field, str]] = [("title", about.title)] if found.position == 1 else []
    return find([*texts, *own], words)
