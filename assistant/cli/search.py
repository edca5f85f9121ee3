"""`search`: paragraphs for a query, or for every line of a file."""

from collections.abc import Sequence
from typing import Any

import click

from assistant import wiring
from assistant.cli.filters import filter_options, narrowed
from assistant.cli.options import (
    check_question,
    json_option,
    notice,
    print_json,
    read_lines,
    read_question,
    settings_of,
    store_option,
)
from index.errors import UsageError
from index.records import SearchHit


@click.command(
    short_help="Find paragraphs in both languages.",
    epilog="""\b
Examples:
  interviews search "grid storage" -k 5
  interviews search 加速计算 --json
  interviews search "export rules" --speaker jensen --since 2024 --language zh
  interviews search --batch queries.txt --json
""",
)
@click.argument("query", required=False)
@click.option(
    "-k", "k", default=10, show_default=True, type=click.IntRange(1, 1000), help="Paragraphs."
)
@click.option(
    "--batch",
    metavar="FILE",
    help="Search for each line of a file, one process for all (- is stdin).",
)
@click.option("--explain", is_flag=True, help="Say why each paragraph was found.")
@filter_options
@store_option
@json_option
def search(
    query: str | None,
    *,
    k: int,
    batch: str | None,
    explain: bool,
    store: str | None,
    as_json: bool,
    **filters: Any,
) -> None:
    """Find paragraphs, in both languages, for a QUERY in either (- is stdin)."""
    if (query is None) == (batch is None):
        raise UsageError("give a query, or --batch FILE")
    asked = None if query is None else read_question(query, "query")
    print_hits = hits_as_json if as_json else hits_as_text
    with wiring.opened_searcher(settings_of(store=store), notice) as whole:
        searcher = narrowed(whole, **filters)
        if asked is not None:
            print_hits(asked, searcher.search(asked, k=k, explain=explain))
        for number, line in enumerate(read_lines(batch, "batch") if batch else (), start=1):
            hits, text = [], line
            try:
                text = check_question(line, f"query in line {number}")
                hits = searcher.search(text, k=k, explain=explain)
            except UsageError as error:
                # One line in, one object out: what cannot be asked finds nothing.
                notice(str(error))
            print_hits(text, hits)


def hits_as_json(query: str, hits: Sequence[SearchHit]) -> None:
    """Print one search as one line of JSON."""
    from assistant.values import search_values

    print_json(search_values(query, hits))


def hits_as_text(query: str, hits: Sequence[SearchHit]) -> None:
    """Print one search for people."""
    from assistant.render import hits_page
    from index.language import detect_language

    if hits:
        click.echo(hits_page(hits, detect_language(query)))
    else:
        notice(f"nothing found for: {query}")
