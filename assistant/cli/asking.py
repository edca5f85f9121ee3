"""`ask` with a model: the agent's events → the terminal, a page, or JSON; and an exit code."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

import prompts
from assistant import wiring
from assistant.cli.filters import named_filters, narrowed
from assistant.cli.options import NOT_SAID, notice, print_json
from assistant.conversation import (
    Conversation,
    load_conversation,
    new_conversation,
    save_conversation,
)
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
from assistant.evidence_book import EvidenceBook
from assistant.protocols import ChatModel
from assistant.records import Answer
from assistant.redaction import secrets_of
from assistant.render import answer_page, printable
from assistant.runs import RecordingModel, RunFile
from assistant.settings import Settings, state_path
from assistant.values import answer_values
from index.search import Searcher


@dataclass(frozen=True, slots=True)
class Wish:
    """What one call asks for, beside the settings."""

    question: str
    as_json: bool
    continues: bool
    run_file: Path | None
    filters: Mapping[str, Any]


def ask_model(wish: Wish, settings: Settings) -> int:
    """Let the model of the settings answer; return the exit code.

    Raises:
        InterviewsError: the call is wrong, or the index cannot be read.
    """
    state = state_path(os.environ)
    with ExitStack() as stack:
        searcher = stack.enter_context(wiring.opened_searcher(settings, notice))
        model = wiring.make_model(settings)
        if model is None:
            raise ValueError("the settings name no model")
        conversation = (
            load_conversation(state, settings.store)
            if wish.continues
            else new_conversation(settings.store)
        )
        book = conversation.book(searcher.store.rows)
        scope = named_filters(searcher, **wish.filters)
        model, keep = stack.enter_context(saving(wish.run_file, wish.question, model))
        screen = Screen(is_live=sys.stdout.isatty() and not wish.as_json)
        notice(f"paragraphs go to {model.address} (model {model.name})")
        agent = wiring.make_agent(settings, model, searcher, scope)
        try:
            for event in agent.ask(wish.question, history=conversation.said(book), book=book):
                keep(event)
                screen.show(event)
        except KeyboardInterrupt:
            screen.break_off()
            raise
        return finish(wish, settings, screen, searcher, (state, conversation, book))


def finish(
    wish: Wish,
    settings: Settings,
    screen: "Screen",
    searcher: Searcher,
    told: tuple[Path, Conversation, EvidenceBook],
) -> int:
    """Print what it came to, and remember it."""
    state, conversation, book = told
    match screen.last:
        case Answered(answer) | Abstained(answer):
            conversation = conversation.after(answer, book, screen.usage)
            save_conversation(state, conversation)
            say(wish, answer, screen, conversation)
            return NOT_SAID if answer.outcome == "abstained" else 0
        case Failed(message, exit_code, partial):
            notice(message)
            if settings.fallback:
                return quote(wish, searcher)
            if partial is not None:
                say(wish, partial, screen, conversation)
            return exit_code
        case other:
            raise ValueError(f"the agent ended on {other}")


def quote(wish: Wish, searcher: Searcher) -> int:
    """Answer by quoting after all."""
    from assistant.quote import answer_by_quoting

    answer = answer_by_quoting(wish.question, narrowed(searcher, **wish.filters))
    if wish.as_json:
        print_json(answer_values(answer))
    else:
        click.echo(answer_page(answer))
    return NOT_SAID if answer.outcome == "abstained" else 0


def say(wish: Wish, answer: Answer, screen: "Screen", conversation: Conversation) -> None:
    """Print an answer, with what it cost."""
    if wish.as_json:
        print_json(answer_values(answer) | screen.values(conversation))
        return
    click.echo(answer_page(answer))
    if screen.is_live and screen.usage is not None:
        usage, spent = screen.usage, conversation.spent
        about = "about " if usage.is_estimated else ""
        notice(
            f"{usage.calls} calls, {about}{usage.prompt_tokens} tokens out,"
            f" {usage.completion_tokens} back; in this conversation"
            f" {spent.prompt_tokens + spent.completion_tokens}"
        )


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
            case TextWithdrawn() | Answered() | Abstained() | Failed():
                self._close()
            case _:
                self._step(event)

    def break_off(self) -> None:
        """Say that what stands there was never checked."""
        if self._is_open:
            self._close()
            notice("the text above was not checked")

    def values(self, conversation: Conversation) -> dict[str, Any]:
        """Return what `--json` adds to an answer of a model."""
        usage, spent = self.usage, conversation.spent
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


@contextmanager
def saving(
    path: Path | None, question: str, model: ChatModel
) -> Iterator[tuple[ChatModel, Callable[[Event], None]]]:
    """Save a run as it goes; yields the model to ask, and what takes each event.

    Raises:
        UsageError: the file cannot be written, or is there already.
    """
    if path is None:
        yield model, lambda _: None
        return
    with RunFile(path, secrets=secrets_of(os.environ)) as file:
        file.begin(model, question=question, prompts=prompts.fingerprints())
        yield RecordingModel(model, file.add_exchange), file.add_event
