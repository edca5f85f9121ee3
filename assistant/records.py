"""What a question becomes: sentences that stand on citations, or an abstention."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.records import InterviewSummary, Language, Paragraph

Verdict = Literal["supported", "partly", "unsupported", "unverifiable"]
Outcome = Literal["answered", "partial", "abstained"]
Mode = Literal["extractive", "agent"]
Said = tuple[str, str]
"""A question asked before, and what was answered."""
MAX_QUESTION = 20_000
"""Characters; a question longer than that is a document, and searching for it means nothing."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph and where it stands."""

    paragraph: Paragraph
    interview: InterviewSummary
    section: int
    heading: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source and the words of it that an answer uses."""

    number: int
    """What the marker `[n]` says, from 1."""
    source: Source
    quote: str
    """Verbatim from the paragraph."""
    language: Language
    """The text of the paragraph that the quote was taken from."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, and what it stands on."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    is_chosen: bool = False
    """Whether the program chose what it cites, since the model that wrote it cited nothing."""


@dataclass(frozen=True, slots=True)
class Abstention:
    """The interviews do not say: what was searched, and what came nearest."""

    searched: Mapping[str, int]
    """Language to how many paragraphs of it were looked through."""
    nearest: tuple[Source, ...]
    missing: str
    """What could not be found, in the language of the question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question came to."""

    question: str
    language: Language
    outcome: Outcome
    mode: Mode
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    abstention: Abstention | None
    seconds: float
