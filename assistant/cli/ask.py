"""`ask`: one question, one answer with its sources."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from assistant.cli.filters import FILTERS, filter_options
from assistant.cli.modelling import model_options
from assistant.cli.options import (
    json_option,
    print_json,
    read_question,
    readable,
    settings_of,
    store_option,
)
from assistant.records import Mode
from index.errors import InterviewsError, UsageError


@click.command(
    short_help="Answer a question, with sources.",
    epilog="""\b
Examples:
  interviews ask "Why did she leave the company?"
  interviews ask 他为什么说智能不是零和博弈？
  interviews ask "What did she say about tea?" --speaker maria --since 2024
  echo "What does it cost?" | interviews ask - --json
  OPENAI_API_KEY=… interviews ask "What changed his mind?" --model NAME
  interviews ask 那2024年呢？ --continue

\b
Exit codes with a model, beside those of every command:
  0    answered, wholly or in part
  3    the interviews do not say
  8    the model cannot be reached, or broke off
  9    it takes no more requests for now
  10   it was silent too long
  11   it refuses the key, the name, the size or the content, or gives no answer
With --fallback these four quote the interviews instead.
""",
)
@click.argument("question")
@click.option(
    "--continue",
    "continues",
    is_flag=True,
    help="Ask on in the last conversation about the store, also one of the chat.",
)
@click.option("--no-history", is_flag=True, help="Keep neither question nor answer.")
@model_options
@filter_options
@store_option
@json_option
def ask(
    question: str,
    *,
    as_json: bool,
    continues: bool,
    fallback: bool,
    no_history: bool,
    replay: Path | None,
    run_file: Path | None,
    **flags: Any,
) -> int:
    """Answer a QUESTION with sources (- is stdin).

    Without a model the answer is quoted: sentences of the interviews, as they stand. With one
    (--model, or `model` in the configuration) it searches, reads and writes, and every sentence
    is checked against the paragraph it cites; paragraphs then go to the address of the model.

    Question and answer are kept, for you only; see: interviews history --help.
    """
    from assistant.cli.asking import ask_once
    from assistant.cli.following import Wish

    with told_in_json(question, has_model=bool(flags["model"] or replay), as_json=as_json):
        asked = read_question(question)
        filters = {name: flags.pop(name) for name in FILTERS}
        keeps = False if no_history or replay else None
        settings = settings_of(fallback=fallback or None, history=keeps, **flags)
        played = None
        if replay is not None:
            from assistant.cli.modelled import replayed

            played = replayed(replay, asked)
            settings = replace(settings, model=played.name)
        if run_file is not None and settings.model is None:
            raise UsageError("--save-run needs a model; name one with --model")
        return ask_once(Wish(asked, as_json, continues, run_file, filters, played), settings)


@contextmanager
def told_in_json(question: str, *, has_model: bool, as_json: bool) -> Iterator[None]:
    """Print what goes wrong before there is any answer as JSON, too, where that is wanted."""
    from assistant.values import failed_values

    try:
        yield
    except InterviewsError as error:
        if as_json:
            mode: Mode = "agent" if has_model else "extractive"
            print_json(failed_values(readable(question), mode, str(error), error.exit_code))
        raise
