"""Rows → interviews and paragraphs, with the names of what they stand in."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.records import Interview, InterviewSummary, Paragraph, Section


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    """A paragraph with the interview and section it stands in."""

    row: int
    paragraph: Paragraph
    interview: InterviewSummary
    section: int
    heading: str
    position: int


def summaries(
    connection: sqlite3.Connection, where: str, *values: object
) -> dict[int, InterviewSummary]:
    """Return interviews by row, in order of their ids; `where` speaks of interviews `i`."""
    return {
        row[0]: _summary(*row[1:])
        for row in connection.execute(
            "SELECT i.row, i.id, i.title, i.path, i.date, i.source, i.speakers, i.languages,"
            " i.tags, (SELECT count(*) FROM sections s WHERE s.interview = i.row),"
            " (SELECT count(*) FROM paragraphs p WHERE p.interview = i.row)"
            f" FROM interviews i {where} ORDER BY i.id",
            values,
        )
    }


def interview(connection: sqlite3.Connection, interview_id: str) -> Interview | None:
    """Return one interview with all its words; None when there is none of that id."""
    for row, summary in summaries(connection, "WHERE i.id = ?", interview_id).items():
        (metadata,) = connection.execute(
            "SELECT metadata FROM interviews WHERE row = ?", (row,)
        ).fetchone()
        return Interview(
            id=summary.id,
            title=summary.title,
            path=summary.path,
            sections=tuple(_sections(connection, row)),
            date=summary.date,
            source=summary.source,
            speakers=summary.speakers,
            tags=summary.tags,
            metadata=json.loads(metadata),
        )
    return None


def paragraphs(connection: sqlite3.Connection, where: str, *values: object) -> list[FoundParagraph]:
    """Return paragraphs in order of interview and place; `where` speaks of paragraphs `p`."""
    found = connection.execute(
        "SELECT p.row, p.id, p.role, p.speaker, p.time, p.section, s.heading, p.position,"
        " p.interview, (SELECT json_group_array(json_array(language, text)) FROM"
        " (SELECT language, text FROM texts t WHERE t.paragraph = p.row ORDER BY t.row))"
        " FROM paragraphs p JOIN sections s ON s.interview = p.interview"
        f" AND s.number = p.section WHERE {where} ORDER BY p.interview, p.position",
        values,
    ).fetchall()
    interviews = summaries(
        connection,
        "WHERE i.row IN (SELECT value FROM json_each(?))",
        json.dumps(sorted({row[8] for row in found})),
    )
    return [
        FoundParagraph(
            row=row,
            paragraph=Paragraph(
                id=key, texts=dict(json.loads(texts)), role=role, speaker=speaker, time=time
            ),
            interview=interviews[interview_row],
            section=section,
            heading=heading,
            position=position,
        )
        for row, key, role, speaker, time, section, heading, position, interview_row, texts in found
    ]


def _sections(connection: sqlite3.Connection, interview_row: int) -> Iterator[Section]:
    inside: dict[int, list[Paragraph]] = {}
    for found in paragraphs(connection, "p.interview = ?", interview_row):
        inside.setdefault(found.section, []).append(found.paragraph)
    for number, heading in connection.execute(
        "SELECT number, heading FROM sections WHERE interview = ? ORDER BY number",
        (interview_row,),
    ):
        yield Section(number, heading, tuple(inside.get(number, ())))


def _summary(*values: Any) -> InterviewSummary:
    key, title, path, date, source, speakers, languages, tags, sections, count = values
    return InterviewSummary(
        id=key,
        title=title,
        path=path,
        date=date,
        source=source,
        speakers=tuple(json.loads(speakers)),
        languages=tuple(json.loads(languages)),
        tags=tuple(json.loads(tags)),
        sections=sections,
        paragraphs=count,
    )
