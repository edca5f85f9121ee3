"""`list`, `show` and `status`: what is in the store."""

import click

from assistant import wiring
from assistant.cli.options import (
    json_option,
    notice,
    print_json,
    read_text,
    readable,
    settings_of,
    store_option,
)
from assistant.records import MAX_QUESTION
from index.errors import UsageError

EMPTY = "the store {folder} holds no interview; run: interviews index FOLDER"


@click.command("list", epilog="\b\nExamples:\n  interviews list\n  interviews list --json\n")
@store_option
@json_option
def list_interviews(*, store: str | None, as_json: bool) -> None:
    """List the interviews of the index."""
    from assistant.render import interviews_page
    from assistant.values import summary_values

    settings = settings_of(store=store)
    with wiring.opened_store(settings, notice) as opened:
        interviews = opened.rows.interviews()
    if as_json:
        print_json({"schema": 1, "interviews": [summary_values(i) for i in interviews]})
    elif interviews:
        click.echo(interviews_page(interviews))
    else:
        notice(EMPTY.format(folder=settings.store))


@click.command(
    short_help="Show an interview or a paragraph.",
    epilog="""\b
Examples:
  interviews show talk-2031
  interviews show talk-2031:7f3a90c1
  interviews search tea --json -k 1 | jq -r .hits[0].paragraph | interviews show -
""",
)
@click.argument("name", metavar="INTERVIEW|PARAGRAPH")
@store_option
@json_option
def show(name: str, *, store: str | None, as_json: bool) -> None:
    """Show one interview, or one paragraph with what stands around it (- reads its id)."""
    from assistant.render import around_page, interview_page
    from assistant.values import around_values, interview_values

    if name == "-":
        name = read_text("-", "name", most=MAX_QUESTION).strip()
    name = readable(name)
    with wiring.opened_store(settings_of(store=store), notice) as opened:
        interview = opened.rows.interview(name)
        if interview is not None:
            if as_json:
                print_json(interview_values(interview))
            else:
                click.echo(interview_page(interview))
            return
        paragraph = opened.rows.paragraph(name)
        if paragraph is None:
            raise UsageError(f"nothing is called {name!r}; see: interviews list")
        around = opened.rows.neighbours(paragraph.row, before=2, after=2)
    if as_json:
        print_json(around_values(paragraph, around))
    else:
        click.echo(around_page(paragraph, around))


@click.command(epilog="\b\nExamples:\n  interviews status\n  interviews status --json\n")
@store_option
@json_option
def status(*, store: str | None, as_json: bool) -> None:
    """Say what the index holds and what made it."""
    from assistant.render import status_page
    from assistant.values import status_values

    settings = settings_of(store=store)
    with wiring.opened_store(settings, notice) as opened:
        values = status_values(settings.store, opened.rows)
    if as_json:
        print_json(values)
    else:
        click.echo(status_page(values))
    if not values["totals"]["interviews"] and not as_json:
        notice(EMPTY.format(folder=settings.store))
