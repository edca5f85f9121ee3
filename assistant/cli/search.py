"""`search`: paragraphs for a query, or for every line of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from assistant import wiring
from assistant.cli.filters import filter_options
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
from index.records import Filters, SearchHit

if TYPE_CHECKING:
    from index.search import Searcher


HEADING = 200
"""Characters of a query shown above what it found."""


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
    from assistant.narrowing import named_filters

    asked = None if query is None else read_question(query, "query")
    with wiring.opened_searcher(settings_of(store=store), notice) as whole:
        scope = named_filters(whole, notice, **filters)
        found = Finder(whole.within(scope), scope, k=k, explain=explain)
        if asked is not None:
            found.print(asked, as_json=as_json)
        for number, line in enumerate(read_lines(batch, "batch") if batch else (), start=1):
            if not as_json:
                print_heading(line, is_first=number == 1)
            try:
                found.print(check_question(line, f"query in line {number}"), as_json=as_json)
            except UsageError as error:
                # One line in, one object out: what cannot be asked finds nothing.
                notice(str(error))
                if as_json:
                    print_hits(line, [], as_json=True)


@dataclass(frozen=True, slots=True)
class Finder:
    """Searches within filters, and says why nothing was found."""

    searcher: "Searcher"
    scope: Filters
    k: int
    explain: bool

    def print(self, query: str, *, as_json: bool) -> None:
        """Search and print; without a hit, say why there is none."""
        from assistant.scope import nothing_left
        from index.language import detect_language

        hits = self.searcher.search(query, k=self.k, explain=self.explain)
        rows = self.searcher.store.rows
        why = None if hits else nothing_left(self.scope, rows, detect_language(query))
        print_hits(query, hits, as_json=as_json)
        if why is not None:
            notice(why)
        elif not hits and not as_json:
            notice(f"nothing found for: {query}")


def print_hits(query: str, hits: Sequence[SearchHit], *, as_json: bool) -> None:
    """Print one search for people, or as one line of JSON."""
    from assistant.render import hits_page
    from assistant.values import search_values
    from index.language import detect_language

    if as_json:
        print_json(search_values(query, hits))
    elif hits:
        click.echo(hits_page(hits, detect_language(query)))


def print_heading(query: str, *, is_first: bool) -> None:
    """Print which query of several the paragraphs below are for."""
    from assistant.render import printable

    blank = "" if is_first else "\n"
    shown = query if len(query) <= HEADING else f"{query[:HEADING]}…"
    click.echo(f"{blank}# {printable(shown)}\n")
