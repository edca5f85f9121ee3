"""`ask`: one question, one answer with its sources."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from assistant import wiring
from assistant.cli.filters import FILTERS, filter_options, narrowed
from assistant.cli.modelling import model_options
from assistant.cli.options import (
    NOT_SAID,
    json_option,
    notice,
    print_json,
    read_question,
    settings_of,
    store_option,
)
from assistant.settings import Settings
from index.errors import UsageError


@click.command(
    short_help="Answer a question, with sources.",
    epilog="""\b
Examples:
  interviews ask "Why did she leave the company?"
  interviews ask 他为什么说智能不是零和博弈？
  interviews ask "What did she say about tea?" --speaker maria --since 2024
  echo "What does it cost?" | interviews ask - --json
  OPENAI_API_KEY=… interviews ask "What changed his mind?" --model NAME
  interviews ask 那2024年呢？ --model NAME --continue

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
    run_file: Path | None,
    **flags: Any,
) -> int:
    """Answer a QUESTION with sources (- is stdin).

    Without a model the answer is quoted: sentences of the interviews, as they stand. With one
    (--model, or `model` in the configuration) it searches, reads and writes, and every sentence
    is checked against the paragraph it cites; paragraphs then go to the address of the model.
    """
    asked = read_question(question)
    filters = {name: flags.pop(name) for name in FILTERS}
    settings = settings_of(fallback=fallback or None, **flags)
    if settings.model is not None:
        from assistant.cli.asking import Wish, ask_model

        return ask_model(Wish(asked, as_json, continues, run_file, filters), settings)
    if continues or run_file is not None:
        raise UsageError("--continue and --save-run need a model; name one with --model")
    return ask_by_quoting(asked, settings, filters, as_json=as_json)


def ask_by_quoting(
    question: str, settings: Settings, filters: Mapping[str, Any], *, as_json: bool
) -> int:
    """Answer with sentences of the interviews, print it, and return the exit code."""
    from assistant.quote import answer_by_quoting
    from assistant.render import answer_page
    from assistant.values import answer_values

    with wiring.opened_searcher(settings, notice) as searcher:
        answer = answer_by_quoting(question, narrowed(searcher, **filters))
    if as_json:
        print_json(answer_values(answer))
    else:
        click.echo(answer_page(answer))
    return NOT_SAID if answer.outcome == "abstained" else 0
