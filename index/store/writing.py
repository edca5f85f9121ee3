"""Interview and what was made of it → rows; inside one transaction that the caller commits."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.protocols import Matrix
from index.records import LANGUAGES, Chunk, Interview, Language, Paragraph, Section, SourceFile
from index.store.packing import (
    Counts,
    Ids,
    day_number,
    pack_sentences,
    pack_terms,
    unpack_terms,
    word_line,
)

TERMS_IN_MEMORY = 500_000
"""A hundred megabytes or so; beyond that they are looked up again."""


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """What the index keeps of one text besides its words."""

    terms: Mapping[str, int]
    """Each distinct term and how often it occurs."""
    windows: Sequence[tuple[int, int]]
    """Stretches of the text, in characters, that have a vector."""
    vectors: Matrix
    """One unit row a window."""
    length: int | None = None
    """How many terms count towards the length; None when all do."""
    sentences: Sequence[Ids] = ()
    """Of each sentence, the rows its words have in the bundled table, distinct, ascending."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names in it and how they sound, see `index.names`."""


Analysed = Mapping[tuple[str, Language], AnalysedText]
"""By paragraph id and language."""


class Writer:
    """Adds and removes whole interviews; remembers which vectors came and went."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms: dict[Language, dict[str, int]] = {language: {} for language in LANGUAGES}
        self._frequencies: Counter[int] = Counter()
        self._texts: Counter[Language] = Counter()
        self._lengths: Counter[Language] = Counter()
        self.removed_vectors: list[int] = []
        self.touched = False

    def add(
        self, interview: Interview, file: SourceFile, chunks: Sequence[Chunk], analysed: Analysed
    ) -> None:
        """Write one interview; its id must not be there yet."""
        self.touched = True
        row = self._add_interview(interview)
        position = 0
        for section in interview.sections:
            self._connection.execute(
                "INSERT INTO sections VALUES (?, ?, ?)", (row, section.index, section.heading)
            )
            for paragraph in section.paragraphs:
                self._add_paragraph(row, section, position, paragraph, analysed)
                position += 1
        self._add_surroundings(row, interview, analysed)
        self._connection.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
            [
                (c.id, row, c.section, c.language, c.tokens, json.dumps(_span_rows(c)))
                for c in chunks
            ],
        )
        self.remember_file(file, interview.id)

    def has(self, interview_id: str) -> bool:
        """Whether an interview of that id is stored."""
        found = self._connection.execute("SELECT 1 FROM interviews WHERE id = ?", (interview_id,))
        return found.fetchone() is not None

    def remove(self, interview_id: str) -> None:
        """Take one interview out: texts, words, vectors, manifest."""
        self.touched = True
        found = self._connection.execute(
            "SELECT row FROM interviews WHERE id = ?", (interview_id,)
        ).fetchone()
        if found is None:
            raise ValueError(f"no interview {interview_id!r}")
        (row,) = found
        texts = self._connection.execute(
            "SELECT row, language, length, terms FROM texts WHERE interview = ?", (row,)
        ).fetchall()
        for text_row, language, length, blob in texts:
            self._texts[language] -= 1
            self._lengths[language] -= length
            self._forget_words(text_row, language, blob)
        self._forget_vectors(row)
        for table in ("texts", "paragraphs", "sections", "chunks", "contexts", "names"):
            self._connection.execute(f"DELETE FROM {table} WHERE interview = ?", (row,))
        self._connection.execute("DELETE FROM interviews WHERE row = ?", (row,))
        self._connection.execute("DELETE FROM files WHERE interview = ?", (interview_id,))

    def remember_file(self, file: SourceFile, interview_id: str) -> None:
        """Note in the manifest what a file looked like when it was read."""
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (file.path, interview_id, file.size, file.mtime_ns, file.digest),
        )

    def move(self, interview_id: str, file: SourceFile, old_path: str) -> None:
        """Note that an interview's file has another path now."""
        self._connection.execute("DELETE FROM files WHERE path = ?", (old_path,))
        self._connection.execute(
            "UPDATE interviews SET path = ? WHERE id = ?", (file.path, interview_id)
        )
        self.remember_file(file, interview_id)

    def withdraw(self, interview_id: str, path: str, digest: str) -> None:
        """Remember that an interview may not come back by indexing its folder again."""
        self._connection.execute(
            "INSERT OR REPLACE INTO removed VALUES (?, ?, ?)", (interview_id, path, digest)
        )

    def readmit(self, interview_id: str) -> bool:
        """Let a withdrawn interview be indexed again; False when it was not withdrawn."""
        return (
            self._connection.execute(
                "DELETE FROM removed WHERE interview = ?", (interview_id,)
            ).rowcount
            > 0
        )

    def finish(self) -> None:
        """Write what was counted on the way; call once, before the commit."""
        self._write_frequencies()
        for name, counted in (("texts", self._texts), ("terms", self._lengths)):
            self._connection.executemany(
                "INSERT INTO meta VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = value + excluded.value",
                [(f"{name}_{language}", str(counted[language])) for language in LANGUAGES],
            )

    def _write_frequencies(self) -> None:
        self._connection.executemany(
            "UPDATE terms SET frequency = frequency + ? WHERE id = ?",
            [(change, term) for term, change in sorted(self._frequencies.items()) if change],
        )
        self._frequencies.clear()

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Write settings of the store itself."""
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def _add_interview(self, interview: Interview) -> int:
        cursor = self._connection.execute(
            "INSERT INTO interviews (id, title, date, day, source, path, speakers, languages,"
            " tags, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                interview.id,
                interview.title,
                interview.date,
                day_number(interview.date),
                interview.source,
                interview.path,
                json.dumps(interview.speakers, ensure_ascii=False),
                json.dumps(interview.languages),
                json.dumps(interview.tags, ensure_ascii=False),
                json.dumps(interview.metadata, ensure_ascii=False),
            ),
        )
        return _row(cursor)

    def _add_paragraph(
        self,
        interview: int,
        section: Section,
        position: int,
        paragraph: Paragraph,
        analysed: Analysed,
    ) -> None:
        row = _row(
            self._connection.execute(
                "INSERT INTO paragraphs (id, interview, section, position, role, speaker, time)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    paragraph.id,
                    interview,
                    section.index,
                    position,
                    paragraph.role,
                    paragraph.speaker,
                    paragraph.time,
                ),
            )
        )
        for language, text in paragraph.texts.items():
            made = analysed[paragraph.id, language]
            ids, counts = self._count_terms(language, made.terms)
            length = int(counts.sum()) if made.length is None else made.length
            self._texts[language] += 1
            self._lengths[language] += length
            text_row = _row(
                self._connection.execute(
                    "INSERT INTO texts (paragraph, interview, section, position, language, text,"
                    " length, terms, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        row,
                        interview,
                        section.index,
                        position,
                        language,
                        text,
                        length,
                        pack_terms(ids, counts),
                        pack_sentences(made.sentences),
                    ),
                )
            )
            self._connection.execute(
                f"INSERT INTO words_{language} (rowid, terms) VALUES (?, ?)",
                (text_row, word_line(ids)),
            )
            self._connection.executemany(
                "INSERT INTO vectors (text, language, start, stop, vector) VALUES (?, ?, ?, ?, ?)",
                [
                    (text_row, language, start, stop, np.asarray(vector, "<f4").tobytes())
                    for (start, stop), vector in zip(made.windows, made.vectors, strict=True)
                ],
            )

    def _add_surroundings(self, row: int, interview: Interview, analysed: Analysed) -> None:
        """Write what the interview as a whole is compared by: text vectors and names."""
        for language in interview.languages:
            made = [analysed[p.id, language] for p in interview.paragraphs if language in p.texts]
            vectors = np.stack([text_vector(text) for text in made])
            self._connection.execute(
                "INSERT INTO contexts VALUES (?, ?, ?)",
                (row, language, vectors.astype("<f2").tobytes()),
            )
            names = {name: sound for text in made for name, sound in text.names.items()}
            self._connection.executemany(
                "INSERT INTO names VALUES (?, ?, ?, ?)",
                [(row, language, name, sound) for name, sound in sorted(names.items())],
            )

    def _count_terms(self, language: Language, terms: Mapping[str, int]) -> tuple[Ids, Counts]:
        """Return the terms' numbers, ascending, and their counts; frequencies go up by one."""
        if len(self._frequencies) > TERMS_IN_MEMORY:
            self._write_frequencies()
        ids = np.array([self._term(language, term) for term in terms], np.uint32)
        counts = np.array([min(count, 65_535) for count in terms.values()], np.uint16)
        self._frequencies.update(ids.tolist())
        order = np.argsort(ids)
        return ids[order], counts[order]

    def _term(self, language: Language, term: str) -> int:
        """Return a term's number, giving it one if it has none."""
        numbers = self._terms[language]
        known = numbers.get(term)
        if known is not None:
            return known
        found = self._connection.execute(
            "SELECT id FROM terms WHERE language = ? AND term = ?", (language, term)
        ).fetchone()
        if len(numbers) > TERMS_IN_MEMORY:
            numbers.clear()
        numbers[term] = found[0] if found else self._new_term(language, term)
        return numbers[term]

    def _new_term(self, language: Language, term: str) -> int:
        return _row(
            self._connection.execute(
                "INSERT INTO terms (language, term, frequency) VALUES (?, ?, 0)", (language, term)
            )
        )

    def _forget_words(self, text_row: int, language: Language, blob: bytes) -> None:
        ids, _ = unpack_terms(blob)
        self._connection.execute(
            f"INSERT INTO words_{language} (words_{language}, rowid, terms)"
            " VALUES ('delete', ?, ?)",
            (text_row, word_line(ids)),
        )
        self._frequencies.subtract(ids.tolist())

    def _forget_vectors(self, interview_row: int) -> None:
        where = "text IN (SELECT row FROM texts WHERE interview = ?)"
        self.removed_vectors += [
            row
            for (row,) in self._connection.execute(
                f"SELECT row FROM vectors WHERE {where}", (interview_row,)
            )
        ]
        self._connection.execute(f"DELETE FROM vectors WHERE {where}", (interview_row,))


def erase_leftovers(connection: sqlite3.Connection) -> None:
    """Drop words that no text has any more, from the list of terms and from the word index.

    SQLite overwrites what it frees (`secure_delete`): nothing of a removed text stays in the file.
    """
    connection.execute("DELETE FROM terms WHERE frequency <= 0")
    for language in ("en", "zh"):
        connection.execute(f"INSERT INTO words_{language} (words_{language}) VALUES ('optimize')")


def text_vector(text: AnalysedText) -> Matrix:
    """Return the sum of a text's window vectors, each by the hundreds of characters it spans.

    Longer texts weigh more in what they are summed into; hundreds keep 16-bit floats in range.
    """
    spans = np.array([stop - start for start, stop in text.windows], np.float32)
    return np.asarray((spans / 100) @ text.vectors, np.float32)


def _span_rows(chunk: Chunk) -> list[tuple[str, int, int]]:
    return [(span.paragraph, span.start, span.end) for span in chunk.spans]


def _row(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise AssertionError("an insert gave no row")
    return cursor.lastrowid
