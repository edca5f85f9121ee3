"""What the engine's thread has to say to the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.events import Event
from assistant.history.records import Conversation, Turn

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.session import Holdings
    from assistant.tui.turn import TurnView


@dataclass
class Happened(Message):
    """The agent did something."""

    turn: "TurnView"
    event: Event


@dataclass
class Ended(Message):
    """An answer ended, or was stopped."""

    turn: "TurnView"
    conversation: Conversation | None


@dataclass
class Opened(Message):
    """The store was opened."""

    holdings: "Holdings"
    recalled: Sequence[str]
    """Earlier questions, the last first."""


@dataclass
class Resumed(Message):
    """A conversation that was kept is gone on with; none is a new one."""

    conversation: Conversation | None
    turns: Sequence[Turn]


@dataclass
class Titled(Message):
    """The conversation has another name."""

    conversation: Conversation | None


@dataclass
class Looked(Message):
    """Something was looked up that the screen can show."""

    show: Callable[[], object]


@dataclass
class Noticed(Message):
    """Something is to be said beside the conversation."""

    words: str
    is_problem: bool = True


@dataclass
class Broke(Message):
    """A thread ended by a bug of ours."""

    error: BaseException
