"""The flags by which `search` and `ask` are kept to some interviews, speakers, dates, languages."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

import click

from index.errors import UsageError
from index.fold import fold
from index.records import LANGUAGES, Filters

if TYPE_CHECKING:
    from index.search import Searcher

Command = Callable[..., Any]

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
FILTERS = ("interviews", "speakers", "tags", "since", "until", "language", "role")
"""What the options below are passed as."""
SHOWN = 8
"""Names listed in a complaint; more hide the line's point."""


def filter_options(command: Command) -> Command:
    """Add `--interview --speaker --tag --since --until --language --role`."""
    options = (
        click.option("--interview", "interviews", multiple=True, metavar="ID", help="Only in it."),
        click.option(
            "--speaker",
            "speakers",
            multiple=True,
            metavar="NAME",
            help="Only what they said; a part of the name is enough, in either script.",
        ),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only so tagged."),
        click.option("--since", metavar="DATE", help="Not before: 2024, 2024-05, 2024-05-01."),
        click.option("--until", metavar="DATE", help="Not after; a year or month to its end."),
        click.option("--language", type=click.Choice(LANGUAGES), help="Only texts in it."),
        click.option(
            "--role",
            type=click.Choice(("speech", "editor")),
            help="Only what was said, or what editors wrote about it.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def narrowed(searcher: "Searcher", **flags: Any) -> "Searcher":
    """Return the searcher kept to what the flags name.

    Raises:
        UsageError: a flag names nothing that is there, or no date.
    """
    return searcher.within(named_filters(searcher, **flags)) if any(flags.values()) else searcher


def named_filters(searcher: "Searcher", **flags: Any) -> Filters:
    """Return what the flags name, as the index writes it.

    Raises:
        UsageError: a flag names nothing that is there, or no date.
    """
    if not any(flags.values()):
        return Filters()
    summaries = searcher.store.rows.interviews()
    return Filters(
        interviews=_known(flags["interviews"], {s.id for s in summaries}, "interview"),
        speakers=_known_speakers(flags["speakers"], searcher),
        tags=_known(flags["tags"], {tag for s in summaries for tag in s.tags}, "tag"),
        since=_date(flags["since"], "--since"),
        until=_date(flags["until"], "--until"),
        language=flags["language"],
        role=flags["role"],
    )


def _known(names: Iterable[str], there: Collection[str], what: str) -> frozenset[str]:
    """Return the names as the index writes them, whatever their case and script."""
    found: set[str] = set()
    for name in names:
        same = {other for other in there if fold(other) == fold(name)}
        if not same:
            raise UsageError(f"no {what} is called {name!r}; there is: {_listed(there)}")
        found |= same
    return frozenset(found)


def _known_speakers(names: Iterable[str], searcher: "Searcher") -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        meant = searcher.speakers_like(name)
        if not meant:
            raise UsageError(
                f"nobody called {name!r} speaks; there is: {_listed(searcher.speakers)}"
            )
        found |= meant
    return frozenset(found)


def _date(date: str | None, flag: str) -> str | None:
    if date is not None and not _DATE.fullmatch(date):
        raise UsageError(f"{flag} {date!r} is no date; write 2024, 2024-05 or 2024-05-01")
    return date


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(sorted(names)[:SHOWN]) or "none"
    return f"{shown}, …" if len(names) > SHOWN else shown
