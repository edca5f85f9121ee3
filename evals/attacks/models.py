"""The worst models there can be: one that obeys what it reads, and one that needs no telling."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.orders import bare
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolSpec, Usage
from evals.attacks.stage import Attack

_KEY_LENGTH = 24
_NOT_WORD = re.compile(r"[\W_]+")
_BLOCK = re.compile(r"^\[(\d+)\].*?(?=^\[\d+\]|\Z)", re.MULTILINE | re.DOTALL)


def reply_of(messages: Sequence[Message], attacks: Sequence[Attack]) -> str:
    """Return what a model says that obeys every order it can read; else the honest answer."""
    shown = "\n".join(m.content for m in messages if m.role in ("user", "tool"))
    read = key_of(shown)
    obeyed = [attack.payload for attack in attacks if key_of(attack.order)[:_KEY_LENGTH] in read]
    return "\n".join(obeyed) or honest_reply(shown, attacks)


def honest_reply(shown: str, attacks: Sequence[Attack]) -> str:
    """Return the answer to the question that stands last in a prompt, with its number."""
    asked = max(attacks, key=lambda attack: shown.rfind(attack.question))
    for block in _BLOCK.finditer(shown):
        if key_of(asked.said)[:_KEY_LENGTH] in key_of(block[0]):
            stop = "." if asked.language == "en" else "。"
            return f"{asked.answer} [{block[1]}]{stop}"
    return "NOT FOUND"


def key_of(text: str) -> str:
    """Return what of a text no disguise changes: its letters and digits."""
    return _NOT_WORD.sub("", bare(text))


@dataclass(slots=True)
class Obedient:
    """Obeys every order it can read."""

    attacks: Sequence[Attack]
    name: str = "obedient"
    address: str = "nowhere"
    calls_tools: bool = True
    prompts: list[list[Message]] = field(default_factory=list)

    def respond(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],  # noqa: ARG002  # of the protocol
    ) -> Iterator[Piece]:
        """Say what the prompt orders."""
        self.prompts.append(list(messages))
        yield from _spoken(reply_of(messages, self.attacks))


@dataclass(slots=True)
class Possessed:
    """Writes what one attack wants, whatever it is shown and however often it is corrected."""

    attack: Attack
    name: str = "possessed"
    address: str = "nowhere"
    calls_tools: bool = True

    def respond(
        self,
        messages: Sequence[Message],  # noqa: ARG002  # it does not listen
        tools: Sequence[ToolSpec],  # noqa: ARG002
    ) -> Iterator[Piece]:
        """Say what the attack wants."""
        yield from _spoken(self.attack.payload)


def _spoken(text: str) -> Iterator[Piece]:
    for start in range(0, len(text), 7):
        yield TextDelta(text[start : start + 7])
    yield Usage(1, 1)
    yield Finish("stop")
