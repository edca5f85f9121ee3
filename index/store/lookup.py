"""Rows → arrays over all texts of a language: what a search knows before it reads any text."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.protocols import Matrix, Rows
from index.records import LANGUAGES, Filters, Language
from index.store.filtering import conditions
from index.store.packing import Sentences, unpack_sentences


@dataclass(frozen=True, slots=True)
class Layout:
    """Where all n texts of one language stand; arrays of shape (n,), ascending in `texts`.

    The texts of an interview are neighbours, in order of position.
    """

    texts: Rows
    paragraphs: Rows
    interviews: Rows
    positions: Rows
    """Of the paragraph in its interview, from 0."""
    lengths: NDArray[np.float64]
    """Terms that count, see `AnalysedText.length`."""


class Lookup:
    """What a search reads of one snapshot, in few statements."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def layouts(self) -> dict[Language, Layout]:
        """Return where all texts stand, by language; the index on places alone answers it."""
        found = self._connection.execute(
            "SELECT language, row, paragraph, interview, position, length FROM texts"
            " INDEXED BY texts_by_place"
        ).fetchall()
        by_language: dict[Language, list[tuple[int, ...]]] = {
            language: [] for language in LANGUAGES
        }
        for language, *places in found:
            by_language[language].append(tuple(places))
        return {language: _layout(places) for language, places in by_language.items()}

    def postings(self, language: Language, terms: Iterable[int]) -> list[Rows]:
        """Return the texts that have each term, by its number, ascending."""
        statement = f"SELECT rowid FROM words_{language} WHERE words_{language} MATCH ?"
        lists = (self._connection.execute(statement, (f'"{term:x}"',)).fetchall() for term in terms)
        return [np.fromiter((row for (row,) in found), np.int64, len(found)) for found in lists]

    def contexts(self, language: Language, interviews: Rows) -> Mapping[int, Matrix]:
        """Return the vectors of all texts of interviews, by interview, one row a text in order."""
        return {
            row: np.frombuffer(blob, "<f2").reshape(count, -1).astype(np.float32)
            for row, blob, count in self._connection.execute(
                "SELECT c.interview, c.vectors, (SELECT count(*) FROM texts t"
                " WHERE t.interview = c.interview AND t.language = c.language) FROM contexts c"
                " WHERE c.language = ? AND c.interview IN (SELECT value FROM json_each(?))",
                (language, json.dumps(interviews.tolist())),
            )
        }

    def sentences(self, texts: Rows) -> Sentences:
        """Return the words of texts' sentences as rows of the bundled table, in the order asked."""
        found = dict(
            self._connection.execute(
                "SELECT row, words FROM texts WHERE row IN (SELECT value FROM json_each(?))",
                (json.dumps(texts.tolist()),),
            )
        )
        return unpack_sentences([found[row] for row in texts.tolist()])

    def interviews(self, filters: Filters) -> Rows:
        """Return the interviews that pass filters of whole interviews, ascending."""
        wanted, values = conditions(filters)
        found = self._connection.execute(
            f"SELECT i.row FROM interviews i WHERE {' AND '.join(wanted)} ORDER BY i.row", values
        ).fetchall()
        return np.fromiter((row for (row,) in found), np.int64, len(found))

    def speakers(self) -> list[str]:
        """Return everybody who speaks in an interview, sorted."""
        found = self._connection.execute(
            "SELECT DISTINCT speaker FROM paragraphs WHERE speaker IS NOT NULL ORDER BY speaker"
        )
        return [speaker for (speaker,) in found]

    def speaking(self) -> dict[int, frozenset[str]]:
        """Return who speaks in each interview, by its row."""
        found = self._connection.execute("SELECT row, speakers FROM interviews")
        return {row: frozenset(json.loads(speakers)) for row, speakers in found}

    def names(self, language: Language) -> dict[str, str]:
        """Return the names of a language's texts and how they sound, each once."""
        return dict(
            self._connection.execute(
                "SELECT DISTINCT name, sound FROM names WHERE language = ? ORDER BY name",
                (language,),
            )
        )


def _layout(places: list[tuple[int, ...]]) -> Layout:
    columns = np.array(sorted(places), np.int64).reshape(-1, 5).T
    texts, paragraphs, interviews, positions, lengths = columns
    return Layout(texts, paragraphs, interviews, positions, lengths.astype(np.float64))
