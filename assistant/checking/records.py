"""What a checked sentence is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.records import Source, Verdict
from index.records import Language

Code = Literal[
    "number",
    "date",
    "unit",
    "name",
    "quote",
    "speaker",
    "premise",
    "negation",
    "comparison",
    "word",
    "extent",
    "order",
    "opinion",
    "hypothetical",
    "part",
    "not_said",
    "not_found",
    "other_words",
    "no_statement",
    "texts_differ",
    "citation",
]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft, without its markers."""

    text: str
    markers: tuple[int, ...]
    """The numbers its markers say, each once, in order."""
    paragraphs: tuple[str, ...] = ()
    """Paragraph ids that stand in its markers in place of numbers."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence was judged as it was."""

    code: Code
    words: str
    """One line for people, in the language of the sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one sentence came to."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    paragraph: str | None
    """Id of the paragraph it stands on, or comes nearest to; None without any."""
    language: Language | None
    """The text of the paragraph that it was held against."""
    differs: tuple[str, ...]
    """Words of the sentence that the paragraph does not bear out."""
    quote: str
    """The sentence of the paragraph that comes nearest, verbatim."""
    score: float
    """How far its words are met, 0 to 1."""
    sense: float = 0.0
    """How near the paragraph comes to what it says, -1 to 1."""

    @property
    def closeness(self) -> float:
        """Which of two paragraphs that bear it out comes closer, by words and by sense."""
        return self.score + self.sense


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft and its verdict."""

    claim: Claim
    check: Check
    source: Source | None
    """Where the paragraph of the check stands."""


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, one paragraph, and the others cited beside it."""

    claim: str
    source: Source
    beside: Sequence[Source]
    """All sources cited, this one among them: a value may stand in any."""
    question: str
    """What the claim answers; names in it need no source."""
    asked: Sequence[str] = ()
    """What the interviewer asked just before, as far as the reply takes it up."""
    is_found: bool = False
    """Whether nobody cited the paragraph: it is what a search found."""

    @property
    def texts(self) -> list[str]:
        """All texts that may tell a detail of the claim."""
        told = [text for source in self.beside for text in source.paragraph.texts.values()]
        return [*told, *self.asked]


@dataclass(frozen=True, slots=True)
class Difference:
    """One detail in which a sentence departs from a text."""

    code: Code
    said: str
    """The sentence's words."""
    told: str
    """The paragraph's words; empty when it has none in their place."""
    place: int
    """Of the detail in the sentence, in characters."""
