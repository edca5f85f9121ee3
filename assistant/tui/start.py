"""What a chat begins with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.chat.choices import Choices
from assistant.chat.scope import Scope
from index.records import Language

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.session import Session

Notice = Callable[[str], None]


def _keep_nothing(_: Choices) -> None:
    """Forget what was chosen."""


@dataclass(frozen=True, slots=True)
class Start:
    """All that the screen is given."""

    make_session: "Callable[[Notice], Session]"
    """Called in the engine's thread."""
    language: Language
    """Of the interface."""
    keys: Mapping[str, str]
    """Command to key."""
    answers: str = ""
    """Who answers, and where, in words; "" when nobody but the interviews do."""
    choices: Choices = field(default_factory=Choices)
    keep_choices: Callable[[Choices], None] = _keep_nothing
    scope: Scope = field(default_factory=Scope)
    resume: str | None = None
    """Conversation to go on with."""
