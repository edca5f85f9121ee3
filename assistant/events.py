"""What an agent does, step by step, as records: the only way out of it.

A terminal, a screen and a recording read the same stream. It ends with `Answered`, `Abstained` or
`Failed`; everything before that is provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.plain import from_plain, to_plain
from assistant.records import Answer, Sentence, Source

Bound = Literal["steps", "tokens", "seconds"]


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with the number it has in the conversation."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class ModelAsked:
    """A request goes out to the model."""

    model: str
    address: str
    """Where the paragraphs go, without credentials."""
    call: int
    """From 1 in each answer."""


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The interviews are being searched."""

    query: str
    filters: Mapping[str, str]
    """What the search keeps to, as the model named it: language, speaker, interview, since, …"""


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """A search ended."""

    query: str
    found: tuple[Found, ...]
    new: int
    """How many of them had no number before."""


@dataclass(frozen=True, slots=True)
class SectionRead:
    """Paragraphs were read in order: around one, or a section."""

    interview: str
    """Its title."""
    section: int
    heading: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class InterviewsListed:
    """The model was told which interviews, or which sections of one, there are."""

    count: int


@dataclass(frozen=True, slots=True)
class NotFoundDeclared:
    """The model says that the interviews do not answer something."""

    missing: str


@dataclass(frozen=True, slots=True)
class ToolRefused:
    """A call was not made; the model was told why."""

    name: str
    arguments: str
    """As the model wrote them."""
    problem: str


@dataclass(frozen=True, slots=True)
class TextAdded:
    """Some more of the answer; provisional until its sentences are checked."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationMade:
    """The provisional text cites a paragraph."""

    number: int


@dataclass(frozen=True, slots=True)
class TextWithdrawn:
    """The provisional text so far is not the answer."""

    why: Literal["call", "empty", "refused", "cut", "revised", "failed"]


@dataclass(frozen=True, slots=True)
class SentenceChecked:
    """A sentence of the draft was held against what it cites."""

    sentence: Sentence
    draft: int
    """0 for the first draft, 1 for its first revision …"""


@dataclass(frozen=True, slots=True)
class Revised:
    """The draft goes back to the model, with what is wrong."""

    draft: int
    """Of the draft to come."""
    failing: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BoundReached:
    """No more may be looked up; the answer is made of what is there."""

    bound: Bound


@dataclass(frozen=True, slots=True)
class UsageCounted:
    """What the answer cost."""

    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    is_estimated: bool
    """Whether the address left tokens unsaid, so that some are counted by characters."""
    unknown_markers: int
    """Numbers the model cited that were never shown; removed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The end: an answer, whole or in part."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Abstained:
    """The end: the interviews do not say."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Failed:
    """The end: the model failed."""

    message: str
    """One line for a person; holds no key."""
    exit_code: int
    partial: Answer | None
    """The sentences that had come, checked; None when there are none."""


Event = (
    ModelAsked
    | SearchStarted
    | EvidenceFound
    | SectionRead
    | InterviewsListed
    | NotFoundDeclared
    | ToolRefused
    | TextAdded
    | CitationMade
    | TextWithdrawn
    | SentenceChecked
    | Revised
    | BoundReached
    | UsageCounted
    | Answered
    | Abstained
    | Failed
)
KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in Event.__args__}


def event_values(event: Event) -> dict[str, Any]:
    """Return an event as values that JSON knows."""
    return {"type": type(event).__name__, **to_plain(event)}


def read_event(values: Mapping[str, Any]) -> Event:
    """Return the event that `event_values` made these of.

    Raises:
        ValueError: they are no event.
    """
    kind = KINDS.get(str(values.get("type")))
    if kind is None:
        raise ValueError(f"there is no event {values.get('event')!r}")
    read: Event = from_plain(kind, {key: v for key, v in values.items() if key != "type"})
    return read
