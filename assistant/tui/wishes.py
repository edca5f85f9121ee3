"""What a page asks of the app: records, so that a page knows nothing of the app."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a conversation."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A conversation has another name now."""

    conversation: str
    title: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A conversation is gone."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the questions to an interview or a speaker."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Read:
    """Open an interview."""

    interview: str
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class AskAbout:
    """Go to the prompt to ask about a section of one interview."""

    interview: str
    heading: str
    """"" where the section has none."""
    words: str = ""
    """The question, as far as it was typed."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy a text."""

    text: str
    what: str
    """In words of the interface."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Open a link outside."""

    link: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Remember whether two languages stand side by side."""

    is_beside: bool


Wish = Resume | Renamed | Deleted | Keep | Read | AskAbout | Copy | Visit | Beside
