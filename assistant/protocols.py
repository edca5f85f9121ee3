"""What the assistant needs from outside: a model to talk to, and the records of that talk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A call the model asks for."""

    id: str
    name: str
    arguments: Mapping[str, Any] | None
    """Parsed; None when what the model wrote is not a JSON object (never repaired)."""
    raw: str
    """What the model wrote."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the talk with a model."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    requests: tuple[ToolRequest, ...] = ()
    """Calls an assistant turn asked for."""
    answers: str | None = None
    """Id of the request that a tool turn answers."""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model is told of it."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    """JSON Schema of its arguments."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Some more of the reply's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What one exchange cost; None where the address does not say."""

    prompt_tokens: int | None
    completion_tokens: int | None


@dataclass(frozen=True, slots=True)
class Finish:
    """The reply is over: "stop", "tools", "length" (cut short), "refused" (content filter)."""

    reason: Literal["stop", "tools", "length", "refused"]


Piece = TextDelta | ToolRequest | Usage | Finish


class ChatModel(Protocol):
    """A model behind some address."""

    @property
    def name(self) -> str:
        """What the setting calls it."""

    @property
    def address(self) -> str:
        """Where texts go, without credentials."""

    @property
    def calls_tools(self) -> bool:
        """Whether tools can be offered; if not, the agent speaks a plain-text protocol."""

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Stream one reply: text and requests as they come, then usage, and Finish as the last.

        Raises:
            ModelError: unreachable, refused, rate limited, timed out, cut off, or not understood;
                text that had already come stays valid.
        """
