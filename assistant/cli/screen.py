"""What a terminal shows of an answer while it is made, and what is left to say at its end."""

import sys
from dataclasses import dataclass, field
from typing import Any

import click

from assistant.cli.options import notice
from assistant.events import (
    Abstained,
    Answered,
    BoundReached,
    Event,
    EvidenceFound,
    Failed,
    SearchStarted,
    SectionRead,
    TextAdded,
    TextWithdrawn,
    ToolRefused,
    UsageCounted,
)
from assistant.history.records import Conversation, Spent
from assistant.render import printable
from index.plurals import counted


@dataclass(slots=True)
class Screen:
    """What is shown while an answer is made, and what is left to say at its end."""

    is_live: bool
    """Whether somebody watches; if not, nothing is shown that was not checked."""
    usage: UsageCounted | None = None
    last: Event | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    _is_open: bool = False
    """Whether provisional text stands on the current line."""
    _unshown: str = ""
    """Provisional text that nobody watched come."""

    def show(self, event: Event) -> None:
        """Take the next event."""
        self.last = event
        match event:
            case UsageCounted():
                self.usage = event
            case TextAdded(text) if self.is_live:
                self._is_open = True  # before: it may be interrupted in the middle
                click.echo(click.style(printable(text), dim=True), nl=False)
                sys.stdout.flush()
            case TextAdded(text):
                self._unshown += text
            case TextWithdrawn() | Answered() | Abstained() | Failed():
                self._unshown = ""
                self._close()
            case _:
                self._step(event)

    def break_off(self) -> None:
        """Say that what stands there was never checked; what was not shown is told beside."""
        if self._is_open:
            self._close()
            notice("the text above was not checked")
        elif self._unshown:
            notice(f"broken off, and not checked: {printable(self._unshown)}")

    def values(self, conversation: Conversation | None) -> dict[str, Any]:
        """Return what `--json` adds to an answer of a model."""
        usage, spent = self.usage, self._spent(conversation)
        counted = usage and {
            "calls": usage.calls,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "estimated": usage.is_estimated,
            "conversation": {
                "calls": spent.calls,
                "prompt_tokens": spent.prompt_tokens,
                "completion_tokens": spent.completion_tokens,
            },
        }
        return {"model": usage and usage.model, "usage": counted, "steps": self.steps}

    def cost(self, conversation: Conversation | None) -> str:
        """Return what it cost, on one line for who watches; "" when nobody does."""
        if not self.is_live or self.usage is None:
            return ""
        usage, spent = self.usage, self._spent(conversation)
        about = "about " if usage.is_estimated else ""
        return (
            f"{counted(usage.calls, 'call')}, {about}{usage.prompt_tokens} tokens out,"
            f" {usage.completion_tokens} back; in this conversation"
            f" {spent.prompt_tokens + spent.completion_tokens}"
        )

    def _spent(self, conversation: Conversation | None) -> Spent:
        """Return what the conversation has cost; only this answer where none is kept."""
        if conversation is not None:
            return conversation.spent
        usage = self.usage
        return (
            Spent(usage.calls, usage.prompt_tokens, usage.completion_tokens) if usage else Spent()
        )

    def _step(self, event: Event) -> None:
        step = step_values(event)
        if step is None:
            return
        self.steps.append(step)
        if self.is_live:
            self._close()
            words = " ".join(str(v) for k, v in step.items() if k != "evidence" and v)
            notice(printable(words))

    def _close(self) -> None:
        if self._is_open:
            click.echo()
            self._is_open = False


def step_values(event: Event) -> dict[str, Any] | None:
    """Return a step as `--json` gives it; None for events that are no step."""
    match event:
        case SearchStarted(query, filters):
            return {"step": "search", "query": query, "filters": dict(filters)}
        case EvidenceFound(_, found, _):
            return {"step": "found", "evidence": [each.number for each in found]}
        case SectionRead(interview, section, _, found):
            numbers = [each.number for each in found]
            return {"step": "read", "of": interview, "section": section, "evidence": numbers}
        case ToolRefused(name, _, problem):
            return {"step": "refused", "tool": name, "problem": problem}
        case BoundReached(bound):
            return {"step": "bound", "bound": bound}
        case _:
            return None
