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
    """Language to words: one or two texts, the one that stood first in the file first."""
    role: Role = "speech"
    """"speech" was said in the interview; "editor" was written about it by somebody else."""
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

    @property
    def summary(self) -> "InterviewSummary":
        """The interview without its words."""
        return InterviewSummary(
            id=self.id,
            title=self.title,
            path=self.path,
            date=self.date,
            source=self.source,
            speakers=self.speakers,
            languages=self.languages,
            tags=self.tags,
            sections=len(self.sections),
            paragraphs=len(self.paragraphs),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text of one paragraph: characters start to end, end excluded."""

    paragraph: str
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring words of one section in one language, within the token budget."""

    id: str
    """`<interview>#<section>.<part>.<language>`: a place, not an anchor; nothing cites a chunk."""
    section: int
    language: Language
    spans: tuple[Span, ...]
    """What it holds, in file order: whole paragraphs, or a run of sentences of a long one."""
    tokens: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What the manifest remembers of a file, to see whether it changed."""

    path: str
    size: int
    mtime_ns: int
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """One line of `list`: an interview without its words."""

    id: str
    title: str
    path: str
    date: str | None
    source: str | None
    speakers: tuple[str, ...]
    languages: tuple[Language, ...]
    tags: tuple[str, ...]
    sections: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; empty sets and None restrict nothing."""

    interviews: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    since: str | None = None
    """First day, month or year that passes: `2024-05-01`, `2024-05`, `2024`."""
    until: str | None = None
    language: Language | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One word of a query and what it met in a text."""

    query: str
    found: str
    how: Literal["word", "translation", "name", "number", "meaning"]
    weight: float
    """Its share of the score, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit stands where it stands."""

    parts: Mapping[str, float]
    """What each part of the scoring gave, on the scale of the final score."""
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A paragraph that a search found, before anyone trusts it."""

    rank: int
    score: float
    paragraph: Paragraph
    interview: InterviewSummary
    section: int
    heading: str
    position: int
    """Of the paragraph in its interview, from 0."""
    language: Language
    """The text that matched best."""
    explanation: Explanation | None = None
