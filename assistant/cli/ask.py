"""`ask`: one question, one answer with its sources."""

from typing import Any

import click

from assistant import wiring
from assistant.cli.filters import filter_options, narrowed
from assistant.cli.options import (
    NOT_SAID,
    json_option,
    notice,
    print_json,
    read_question,
    settings_of,
    store_option,
)


@click.command(
    short_help="Answer a question by quoting, with sources.",
    epilog="""\b
Examples:
  interviews ask "Why did she leave the company?"
  interviews ask 他为什么说智能不是零和博弈？
  interviews ask "What did she say about tea?" --speaker maria --since 2024
  echo "What does it cost?" | interviews ask - --json
""",
)
@click.argument("question")
@filter_options
@store_option
@json_option
def ask(question: str, *, store: str | None, as_json: bool, **filters: Any) -> int:
    """Answer a QUESTION with sentences of the interviews, each with its source (- is stdin)."""
    from assistant.quote import answer_by_quoting
    from assistant.render import answer_page
    from assistant.values import answer_values

    asked = read_question(question)
    with wiring.opened_searcher(settings_of(store=store), notice) as searcher:
        answer = answer_by_quoting(asked, narrowed(searcher, **filters))
    if as_json:
        print_json(answer_values(answer))
    else:
        click.echo(answer_page(answer))
    return NOT_SAID if answer.outcome == "abstained" else 0
