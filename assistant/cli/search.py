"""`search`: paragraphs for a query, or for every line of a file."""

import click

from assistant import wiring
from assistant.cli.options import (
    check_question,
    json_option,
    notice,
    print_json,
    read_question,
    read_text,
    settings_of,
    store_option,
)
from index.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  interviews search "grid storage" -k 5
  interviews search 加速计算 --json
  interviews search --batch queries.txt --json
"""
)
@click.argument("query", required=False)
@click.option(
    "-k", "k", default=10, show_default=True, type=click.IntRange(1, 1000), help="Paragraphs."
)
@click.option("--batch", metavar="FILE", help="Search for each line of a file (- is stdin).")
@click.option("--explain", is_flag=True, help="Say why each paragraph was found.")
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
) -> None:
    """Find paragraphs, in both languages, for a QUERY in either (- is stdin)."""
    from assistant.render import hits_page, search_values
    from index.language import detect_language

    queries = _queries(query, batch)
    with wiring.opened_searcher(settings_of(store=store), notice) as searcher:
        for asked in queries:
            hits = searcher.search(asked, k=k, explain=explain)
            if as_json:
                print_json(search_values(asked, hits))
            elif hits:
                click.echo(hits_page(hits, detect_language(asked)))
            else:
                notice(f"nothing found for: {asked}")


def _queries(query: str | None, batch: str | None) -> list[str]:
    if (query is None) == (batch is None):
        raise UsageError("give a query, or --batch FILE")
    if batch is None:
        return [read_question(query or "", "query")]
    lines = read_text(batch, "batch").splitlines()
    return [check_question(line, f"query in line {n}") for n, line in enumerate(lines, start=1)]
