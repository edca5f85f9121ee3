"""`ask` with a model: which model, whether the run is saved, and what happens when it fails."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import prompts
from assistant import wiring
from assistant.cli.following import Following, Wish
from assistant.cli.options import notice
from assistant.events import Event, Failed
from assistant.narrowing import named_filters
from assistant.protocols import ChatModel
from assistant.redaction import secrets_of
from assistant.runs import RecordingModel, ReplayModel, RunFile, load_run
from assistant.settings import Settings
from index.errors import UsageError
from index.search import Searcher


def ask_model(
    wish: Wish, settings: Settings, searcher: Searcher, follow: Following, stack: ExitStack
) -> Event | None:
    """Let the model of the settings answer; return the last event.

    Raises:
        InterviewsError: the call is wrong, or the index cannot be read.
    """
    model = wish.played or wiring.make_model(settings)
    if model is None:
        raise ValueError("the settings name no model")
    scope = named_filters(searcher, notice, **wish.filters)
    model, follow.keep = stack.enter_context(saving(wish.run_file, wish.question, model))
    follow.falls_back = settings.fallback
    if wish.played is None:
        notice(f"paragraphs go to {model.address} (model {model.name})")
    else:
        notice(f"replayed: what the model {model.name} said then; nothing is sent")
    agent = wiring.make_agent(settings, model, searcher, scope)
    last = follow.to_the_end(agent, model.name)
    if isinstance(last, Failed):
        notice(last.message)
        if settings.fallback:
            last = follow.to_the_end(wiring.make_quoter(searcher, scope), None)
    return last


def replayed(path: Path, question: str) -> ReplayModel:
    """Return what plays a kept run.

    Raises:
        UsageError: it is none, or it answers another question.
    """
    run = load_run(path)
    if run.head.get("question") != question:
        raise UsageError(f"the run {path} answers another question: {run.head.get('question')}")
    return ReplayModel(run)


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
