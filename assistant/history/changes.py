"""Paragraphs cited once, and the store as it is now → which of them are not what they were."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

from assistant.history.records import Turn
from index.store.paragraphs import FoundParagraph, paragraphs
from index.store.schema import failures_named, open_reading

Change = Literal["changed", "gone"]


class Rows(Protocol):
    """What is used of an open store."""

    def paragraph(self, paragraph_id: str, /) -> FoundParagraph | None:
        """Return a paragraph; None when there is none of that id."""


class StoredParagraphs:
    """The paragraphs of a store, without what searching needs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def paragraph(self, paragraph_id: str, /) -> FoundParagraph | None:
        """Return a paragraph; None when there is none of that id."""
        return next(iter(paragraphs(self._connection, "p.id = ?", paragraph_id)), None)


@contextmanager
def opened_paragraphs(store: Path) -> Iterator[StoredParagraphs]:
    """Open a store for looking up paragraphs only, which is quick.

    Raises:
        StoreError: it cannot be read.
    """
    connection = open_reading(store)
    try:
        with failures_named(store, "read"):
            yield StoredParagraphs(connection)
    finally:
        connection.close()


def changed_paragraphs(turns: Iterable[Turn], rows: Rows) -> dict[str, Change]:
    """Return the cited paragraphs that have other words now, or are gone; by id."""
    changes: dict[str, Change] = {}
    for turn in turns:
        for citation in turn.answer.citations if turn.answer else ():
            cited = citation.source.paragraph
            found = rows.paragraph(cited.id)
            if found is None:
                changes[cited.id] = "gone"
            elif found.paragraph.texts != cited.texts:
                changes[cited.id] = "changed"
    return changes
