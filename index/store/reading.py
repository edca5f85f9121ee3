"""Rows → records and arrays: all that listing, showing and searching read, in one snapshot."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.protocols import Matrix, Rows
from index.records import LANGUAGES, Filters, Interview, InterviewSummary, Language, SourceFile
from index.store import paragraphs
from index.store.filtering import conditions
from index.store.paragraphs import FoundParagraph

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """How much there is of one language."""

    texts: int
    mean_length: float
    """Terms a text has, on average; 1.0 where there are none."""


@dataclass(frozen=True, slots=True)
class Bags:
    """The terms of n texts, end to end."""

    offsets: NDArray[np.int64]
    """Where each text's terms begin, shape (n + 1,)."""
    terms: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.float32]
    """All terms of the text, repetitions counted, shape (n,)."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where n texts stand; arrays of shape (n,), in the order asked."""

    paragraphs: Rows
    interviews: Rows
    sections: Rows
    positions: Rows
    """Of the paragraph in its interview, from 0."""
    lengths: Rows
    speech: NDArray[np.bool_]
    """Whether the paragraph's role is "speech"."""


class Reader:
    """One snapshot of the store: what it saw first it sees until it is closed."""

    def __init__(self, connection: sqlite3.Connection, *, begun: bool = False) -> None:
        self._connection = connection
        if not begun:
            connection.execute("BEGIN")
        self.meta: Mapping[str, str] = dict(
            connection.execute("SELECT key, value FROM meta").fetchall()
        )

    def close(self) -> None:
        """Let go of the snapshot."""
        self._connection.close()

    # --- interviews

    def is_empty(self) -> bool:
        """Whether there is no interview at all."""
        return self._connection.execute("SELECT 1 FROM interviews LIMIT 1").fetchone() is None

    def interviews(self) -> list[InterviewSummary]:
        """Return all interviews, by id."""
        return list(paragraphs.summaries(self._connection, "").values())

    def interview(self, interview_id: str) -> Interview | None:
        """Return one interview with all its words; None when there is none of that id."""
        return paragraphs.interview(self._connection, interview_id)

    def files(self) -> dict[str, tuple[str, SourceFile]]:
        """Return the manifest: path to interview id and what the file looked like."""
        return {
            path: (interview, SourceFile(path, size, mtime, digest))
            for path, interview, size, mtime, digest in self._connection.execute(
                "SELECT path, interview, size, mtime_ns, digest FROM files"
            )
        }

    def withdrawn(self) -> dict[str, tuple[str, str]]:
        """Return the interviews that may not come back: id to path and digest."""
        return {
            interview: (path, digest)
            for interview, path, digest in self._connection.execute("SELECT * FROM removed")
        }

    def sizes(self) -> dict[str, int]:
        """Return how many rows each kind of thing has."""
        return {
            table: int(self._one(f"SELECT count(*) FROM {table}")[0])
            for table in ("interviews", "sections", "paragraphs", "texts", "chunks", "vectors")
        }

    def languages(self) -> dict[str, int]:
        """Return how many texts each language has."""
        found = self._connection.execute("SELECT language, count(*) FROM texts GROUP BY language")
        counts: dict[str, int] = dict(found.fetchall())
        return {language: counts.get(language, 0) for language in LANGUAGES}

    # --- words

    def collection(self, language: Language) -> Collection:
        """Return how many texts a language has, and their mean length."""
        texts = int(self.meta.get(f"texts_{language}", 0))
        terms = int(self.meta.get(f"terms_{language}", 0))
        return Collection(texts, max(terms / texts, 1.0) if texts else 1.0)

    def frequencies(self, language: Language, terms: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Return the number of each known term and how many texts have it."""
        return {
            term: (number, frequency)
            for term, number, frequency in self._connection.execute(
                "SELECT term, id, frequency FROM terms WHERE language = ? AND frequency > 0 AND"
                " term IN (SELECT value FROM json_each(?))",
                (language, json.dumps(list(terms))),
            )
        }

    def postings(self, language: Language, term: int) -> Rows:
        """Return the texts that have a term, by its number, ascending."""
        found = self._connection.execute(
            f"SELECT rowid FROM words_{language} WHERE words_{language} MATCH ?", (f'"{term:x}"',)
        ).fetchall()
        return np.fromiter((row for (row,) in found), np.int64, len(found))

    def bags(self, texts: Rows) -> Bags:
        """Return the terms of texts, in the order asked."""
        found = self._by_row("SELECT t.row, t.terms, t.length FROM texts t", "t.row", texts)
        blobs = [cast(bytes, found[row][0]) for row in texts.tolist()]
        sizes = np.array([len(blob) // 6 for blob in blobs], np.int64)
        return Bags(
            offsets=np.concatenate([[0], np.cumsum(sizes)]),
            terms=np.frombuffer(
                b"".join(blob[: 4 * n] for blob, n in zip(blobs, sizes, strict=True)), "<u4"
            ),
            counts=np.frombuffer(
                b"".join(blob[4 * n :] for blob, n in zip(blobs, sizes, strict=True)), "<u2"
            ),
            lengths=np.array([found[row][1] for row in texts.tolist()], np.float32),
        )

    def terms(self, language: Language, numbers: Iterable[int]) -> dict[int, str]:
        """Return the words behind term numbers."""
        return dict(
            self._connection.execute(
                "SELECT id, term FROM terms WHERE language = ? AND"
                " id IN (SELECT value FROM json_each(?))",
                (language, json.dumps([int(n) for n in numbers])),
            ).fetchall()
        )

    # --- texts

    def places(self, texts: Rows) -> Places:
        """Return where texts stand."""
        found = self._by_row(
            "SELECT t.row, t.paragraph, t.interview, t.section, t.position, t.length,"
            " p.role = 'speech' FROM texts t JOIN paragraphs p ON p.row = t.paragraph",
            "t.row",
            texts,
        )
        columns = np.array([found[row] for row in texts.tolist()], np.int64).reshape(-1, 6)
        paragraphs, interviews, sections, positions, lengths, speech = columns.T
        return Places(
            paragraphs, interviews, sections, positions, lengths, speech=speech.astype(np.bool_)
        )

    def around(self, texts: Rows, *, before: int, after: int) -> NDArray[np.int64]:
        """Return the texts standing around each one, in its interview and language.

        Shape (n, before + 1 + after); the text itself at column `before`; -1 where there is none.
        """
        out = np.full((len(texts), before + 1 + after), -1, np.int64)
        index = {row: i for i, row in enumerate(texts.tolist())}
        found = self._connection.execute(
            "SELECT t.row, n.row, n.position - t.position FROM json_each(?) AS asked"
            " JOIN texts t ON t.row = asked.value"
            " JOIN texts n ON n.interview = t.interview AND n.language = t.language"
            " AND n.position BETWEEN t.position - ? AND t.position + ?",
            (json.dumps(texts.tolist()), before, after),
        )
        for row, neighbour, step in found:
            out[index[row], before + step] = neighbour
        return out

    def words(self, texts: Rows) -> list[str]:
        """Return the words of texts, in the order asked."""
        found = self._by_row("SELECT t.row, t.text FROM texts t", "t.row", texts)
        return [cast(str, found[row][0]) for row in texts.tolist()]

    def survivors(self, filters: Filters, language: Language) -> Rows | None:
        """Return the texts that pass, ascending; None when nothing is filtered."""
        wanted, values = conditions(filters)
        if not wanted:
            return None
        found = self._connection.execute(
            "SELECT t.row FROM interviews i JOIN paragraphs p ON p.interview = i.row"
            " JOIN texts t ON t.paragraph = p.row"
            f" WHERE t.language = ? AND {' AND '.join(wanted)} ORDER BY t.row",
            (language, *values),
        ).fetchall()
        return np.fromiter((row for (row,) in found), np.int64, len(found))

    # --- vectors

    def texts_of_vectors(self, vectors: Rows) -> NDArray[np.int64]:
        """Return (text, start, stop) of each vector, in the order asked; -1 for a gone one."""
        found = self._by_row(
            "SELECT v.row, v.text, v.start, v.stop FROM vectors v", "v.row", vectors
        )
        gone = (-1, -1, -1)
        return np.array([found.get(row, gone) for row in vectors.tolist()], np.int64).reshape(-1, 3)

    def vectors_by_words(self, interview_id: str) -> dict[str, Matrix]:
        """Return the vector of each stretch of an interview's texts that has one."""
        return {
            text[start:stop]: np.frombuffer(blob, "<f4").astype(np.float32)
            for text, start, stop, blob in self._connection.execute(
                "SELECT t.text, v.start, v.stop, v.vector FROM interviews i"
                " JOIN texts t ON t.interview = i.row JOIN vectors v ON v.text = t.row"
                " WHERE i.id = ?",
                (interview_id,),
            )
        }

    def window_vectors(self, texts: Rows) -> tuple[NDArray[np.int64], Matrix]:
        """Return all windows of texts: (text, start, stop) rows and their vectors, row by row."""
        found = self._connection.execute(
            "SELECT text, start, stop, vector FROM vectors"
            " WHERE text IN (SELECT value FROM json_each(?)) ORDER BY text, start",
            (json.dumps(texts.tolist()),),
        ).fetchall()
        spans = np.array([row[:3] for row in found], np.int64).reshape(-1, 3)
        matrix = np.frombuffer(b"".join(row[3] for row in found), "<f4")
        return spans, matrix.reshape(len(found), -1) if found else np.zeros((0, 0), np.float32)

    # --- paragraphs

    def paragraphs(self, rows: Sequence[int]) -> list[FoundParagraph]:
        """Return paragraphs with their surroundings' names, in the order asked."""
        asked = json.dumps([int(row) for row in rows])
        where = "p.row IN (SELECT value FROM json_each(?))"
        found = {p.row: p for p in paragraphs.paragraphs(self._connection, where, asked)}
        return [found[row] for row in rows]

    def paragraph(self, paragraph_id: str) -> FoundParagraph | None:
        """Return one paragraph by id; None when there is none."""
        return next(iter(paragraphs.paragraphs(self._connection, "p.id = ?", paragraph_id)), None)

    def neighbours(self, row: int, *, before: int, after: int) -> list[FoundParagraph]:
        """Return the paragraphs around one, itself included, in order."""
        interview, position = self._one(
            "SELECT interview, position FROM paragraphs WHERE row = ?", row
        )
        where = "p.interview = ? AND p.position BETWEEN ? AND ?"
        values = (interview, position - before, position + after)
        return paragraphs.paragraphs(self._connection, where, *values)

    def _by_row(self, select: str, key: str, rows: Rows) -> dict[int, Row]:
        found = self._connection.execute(
            f"{select} WHERE {key} IN (SELECT value FROM json_each(?))",
            (json.dumps(rows.tolist()),),
        )
        return {row[0]: row[1:] for row in found}

    def _one(self, statement: str, *values: object) -> Row:
        return cast(Row, self._connection.execute(statement, values).fetchone())
