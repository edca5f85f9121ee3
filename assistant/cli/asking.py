"""A question of `ask` → the events of its answer → the history, the terminal, and an exit code."""

import os
import sys
from contextlib import AbstractContextManager, ExitStack

import click

from assistant import wiring
from assistant.cli.following import Following, Past, Wish
from assistant.cli.options import NOT_SAID, notice, print_json
from assistant.cli.screen import Screen
from assistant.events import Abstained, Answered, Event, Failed
from assistant.evidence_book import EvidenceBook
from assistant.history.recording import Recorder
from assistant.history.records import Conversation
from assistant.history.store import History, history_path
from assistant.narrowing import named_filters
from assistant.records import Answer
from assistant.render import answer_page
from assistant.settings import Settings, state_path
from assistant.values import answer_values, failed_values
from index.errors import UsageError
from index.search import Searcher


def ask_once(wish: Wish, settings: Settings) -> int:
    """Answer one question, keep it, print it, and return the exit code.

    Raises:
        InterviewsError: the call is wrong, or the index cannot be read.
    """
    with ExitStack() as stack:
        history = stack.enter_context(opened_history(wish, settings))
        searcher = stack.enter_context(wiring.opened_searcher(settings, notice))
        past = go_on(wish, settings, history, searcher)
        recorder = Recorder(history, settings.store, notice, conversation=past.conversation)
        screen = Screen(is_live=bool(settings.model) and sys.stdout.isatty() and not wish.as_json)
        follow = Following(wish, past, recorder, screen)
        if settings.model is None:
            last = follow.to_the_end(
                wiring.make_quoter(searcher, named_filters(searcher, notice, **wish.filters)), None
            )
        else:
            from assistant.cli.modelled import ask_model

            last = ask_model(wish, settings, searcher, follow, stack)
        return finish(wish, settings, screen, last, recorder.conversation)


def opened_history(wish: Wish, settings: Settings) -> AbstractContextManager[History | None]:
    """Open the history; with --continue it must be there.

    Raises:
        UsageError: it is switched off, yet a conversation is to go on.
        HistoryError: it cannot be opened, yet a conversation is to go on.
    """
    if not wish.continues:
        return wiring.opened_history(settings, notice)
    if not settings.history:
        raise UsageError("--continue needs the history, which is switched off")
    return History.open(history_path(state_path(os.environ)))


def go_on(wish: Wish, settings: Settings, history: History | None, searcher: Searcher) -> Past:
    """Return the last conversation about the store; an empty one if none is to go on.

    Raises:
        UsageError: there is none to go on with.
    """
    if not wish.continues or history is None:
        return Past(None, [], EvidenceBook())
    last = history.last(settings.store)
    if last is None:
        raise UsageError(
            f"there is no conversation about the store {settings.store} to continue;"
            " ask without --continue"
        )
    rows = searcher.store.rows
    book = EvidenceBook.reopen(last.paragraphs, last.interviews, rows)
    return Past(last, history.turns(last.id), book)


def finish(
    wish: Wish,
    settings: Settings,
    screen: Screen,
    last: Event | None,
    conversation: Conversation | None,
) -> int:
    """Print what it came to; return the exit code."""
    match last:
        case Answered(answer) | Abstained(answer):
            say(wish, settings, answer, screen, conversation)
            return NOT_SAID if answer.outcome == "abstained" else 0
        case Failed(message, exit_code, partial):
            if wish.as_json:
                values = failed_values(wish.question, "agent", message, exit_code)
                if partial is not None:
                    values = answer_values(partial) | {"error": values["error"]}
                print_json(values | added(settings, screen, conversation))
            elif partial is not None:
                say(wish, settings, partial, screen, conversation)
            return exit_code
        case other:
            raise ValueError(f"the agent ended on {other}")


def say(
    wish: Wish,
    settings: Settings,
    answer: Answer,
    screen: Screen,
    conversation: Conversation | None,
) -> None:
    """Print an answer, with what it cost."""
    if wish.as_json:
        print_json(answer_values(answer) | added(settings, screen, conversation))
        return
    click.echo(answer_page(answer))
    if cost := screen.cost(conversation):
        notice(cost)


def added(
    settings: Settings, screen: Screen, conversation: Conversation | None
) -> dict[str, object]:
    """Return what `--json` adds to an answer: where it is kept, and what a model did for it."""
    kept = {"conversation": conversation and conversation.id}
    return kept | (screen.values(conversation) if settings.model else {})
