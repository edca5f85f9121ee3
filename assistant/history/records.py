"""What is kept: conversations, their turns, and where words were found in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.events import UsageCounted
from assistant.records import Answer

Status = Literal["running", "answered", "partial", "abstained", "stopped", "failed"]
Field = Literal["title", "question", "answer", "quote"]


class Numbers(Protocol):
    """What is kept of an `EvidenceBook`: which number means which paragraph and interview."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Paragraph ids in the order of their numbers, from 1."""

    @property
    def interviews(self) -> tuple[str, ...]:
        """Interview ids in the order of their numbers, from 1."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a conversation has cost."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that belong together, without the turns."""

    id: str
    """8 hexadecimal digits."""
    title: str
    """The first question, cut, or what the user named it; "" before the first question."""
    store: str
    """Absolute folder of the index it is about."""
    started: str
    """When, in UTC: `2024-05-01T08:30:00.125Z`."""
    changed: str
    turns: int
    """How many."""
    spent: Spent = Spent()
    paragraphs: tuple[str, ...] = ()
    """Ids in the order of their numbers, from 1; "" where one was removed for good."""
    interviews: tuple[str, ...] = ()
    """Likewise."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, and what came of it."""

    id: int
    conversation: str
    position: int
    """In its conversation, from 1."""
    question: str
    filters: Mapping[str, str]
    """What the question was kept to, as shown: `{"speaker": "Mira"}`."""
    asked: str
    """When, in UTC."""
    status: Status
    """"stopped" also where the process that was answering is gone."""
    text: str
    """What had come of the text, where there is no answer."""
    answer: Answer | None
    """With its evidence as it was. Of a turn that "failed": what had come, checked."""
    model: str | None
    """None where the interviews were quoted."""
    usage: UsageCounted | None
    message: str
    """Why it failed: one line."""

    @property
    def is_forgotten(self) -> bool:
        """Whether there was an answer, which quoted an interview that was removed for good."""
        return self.answer is None and self.status in ("answered", "partial", "abstained")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some text around what was looked for."""

    text: str
    """One line."""
    spans: tuple[tuple[int, int], ...]
    """Where in the text the words stand: start and end (excluded), in order, apart."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn in which all words of a search were found."""

    conversation: Conversation
    turn: Turn
    field: Field
    """Where the excerpt is from: of the turn, or its conversation's title."""
    excerpt: Excerpt
