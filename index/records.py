"""What a transcript becomes: Interview > Section > Paragraph, and what is cut from and found in it.

Frozen records of plain values; no library's class, no behaviour beyond derived properties.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
Role = Literal["speech", "editor"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The smallest thing an answer may cite: one speaker's turn, or part of one."""

    id: str
    """`<interview>:<anchor>`; the anchor comes from the words, so it survives edits elsewhere."""
    texts: Mapping[Language, str]
    """Language to words: one paragraph, one or two texts, the one that stood first in the file first."""
    role: Role = "speech"
    """"speech" was said in the interview; "editor" was written about it and is never the guest's words."""
    speaker: str | None = None
    time: str | None = None
    """Where in the recording it begins, as the transcript wrote it: `00:12:40`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of paragraphs under one heading."""

    index: int
    """From 1 in file order; text before the first heading is section 0."""
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """One conversation, as one transcript file tells it."""

    id: str
    title: str
    path: str
    """The file it came from, absolute."""
    sections: tuple[Section, ...]
    date: str | None = None
    """As `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None when the file names none."""
    source: str | None = None
    """Where it was published: a link, if the file gives one."""
    speakers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """The front matter or label lines, whole, as text, lists and mappings."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in file order."""
        return tuple(p for section in self.sections for p in section.paragraphs)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages its paragraphs have, in fixed order."""
        present = {language for p in self.paragraphs for language in p.texts}
        return tuple(language for language in LANGUAGES if language in present)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text of one paragraph: characters start to end, end excluded."""

    paragraph: str
    language: Language
    start: int
    end: int
