"""What one chunk of a model's stream carries, whoever sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.protocols import Usage


@dataclass(frozen=True, slots=True)
class CallScrap:
    """Some of a call; names and arguments may come in pieces, or again and again."""

    index: int | None
    """Which call of the reply it belongs to; not all addresses say, and some say wrongly."""
    id: str
    name: str
    arguments: str | Mapping[str, Any]
    """Some of the JSON text; an object where an address sends it parsed."""


@dataclass(frozen=True, slots=True)
class Scrap:
    """What one chunk carries."""

    text: str = ""
    calls: tuple[CallScrap, ...] = ()
    finish: str | None = None
    """As the address says it."""
    refused: bool = False
    """Whether the text is the model's refusal."""
    usage: Usage | None = None
    thinks: bool = False
    """Whether it carries reasoning that is not part of the reply."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing, as chunks do that only keep a connection open."""
        return not (self.text or self.calls or self.finish or self.usage or self.thinks)
