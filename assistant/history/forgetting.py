"""What happens when an interview is removed for good: what quotes it goes, now and later."""

import json
import sqlite3
from collections.abc import Iterable

from assistant.history.rows import pack
from assistant.history.schema import transaction
from assistant.records import Answer, Source
from index.fold import fold


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


def interview_of(paragraph: str) -> str:
    """Return the interview that a paragraph's id names."""
    return paragraph.rpartition(":")[0]


def quoted_by(answer: Answer) -> frozenset[str]:
    """Return the interviews whose words stand in an answer."""
    sources: list[Source] = [citation.source for citation in answer.citations]
    if answer.abstention is not None:
        sources += answer.abstention.nearest
    return frozenset(source.interview.id for source in sources)


def shown_to(connection: sqlite3.Connection, turn: int) -> frozenset[str]:
    """Return the interviews that a turn's conversation has numbers for."""
    (paragraphs,) = connection.execute(
        "SELECT c.paragraphs FROM conversations c JOIN turns t ON t.conversation = c.row"
        " WHERE t.id = ?",
        (turn,),
    ).fetchone()
    return frozenset(map(interview_of, json.loads(paragraphs)))


def is_forgotten(connection: sqlite3.Connection, turn: int, interviews: Iterable[str]) -> bool:
    """Whether one of the interviews was removed for good while the turn was being answered."""
    found = connection.execute(
        "SELECT 1 FROM forgotten f, turns t JOIN conversations c ON c.row = t.conversation"
        " WHERE t.id = ? AND f.store = c.store AND f.at >= t.asked"
        " AND f.interview IN (SELECT value FROM json_each(?))",
        (turn, pack(list(interviews))),
    )
    return found.fetchone() is not None


def note_quoted(connection: sqlite3.Connection, turn: int, interviews: Iterable[str]) -> None:
    """Remember whose words stand in a turn's answer."""
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
