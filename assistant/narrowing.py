"""Names, tags and dates as a reader gives them → filters as the index writes them."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from typing import Any

from index.errors import UsageError
from index.fold import fold
from index.names import chinese_names
from index.pinyin import romanised, spelt_like
from index.records import Filters
from index.search import Searcher
from index.words import is_chinese

Notice = Callable[[str], None]

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
SHOWN = 8
"""Names listed in a complaint; more hide the line's point."""
NEAR = 0.5
"""Likeness of letters, 0 to 1, from which a name may have been meant."""


def named_filters(searcher: Searcher, notice: Notice, **flags: Any) -> Filters:
    """Return what flags of the command line name.

    Args:
        searcher: over the store they are about.
        notice: is told who is taken for whom, where nobody has the name.
        flags: `interviews`, `speakers`, `tags`, `since`, `until`, `language`, `role`.

    Raises:
        UsageError: a flag names nothing that is there, or no date.
    """
    if not any(flags.values()):
        return Filters()
    summaries = searcher.store.rows.interviews()
    since, until = _date(flags["since"], "--since"), _date(flags["until"], "--until")
    if since and until and _whole(since, "01-01") > _whole(until, "12-31"):
        raise UsageError(f"--since {since} is later than --until {until}; nothing can pass both")
    return Filters(
        interviews=_known(flags["interviews"], {s.id for s in summaries}, "interview"),
        speakers=_known_speakers(flags["speakers"], searcher, notice),
        tags=_known(flags["tags"], {tag for s in summaries for tag in s.tags}, "tag"),
        since=since,
        until=until,
        language=flags["language"],
        role=flags["role"],
    )


def _known(names: Iterable[str], there: Collection[str], what: str) -> frozenset[str]:
    """Return the names as the index writes them, whatever their case and script."""
    found: set[str] = set()
    for name in names:
        same = {other for other in there if fold(other) == fold(name)}
        if not same:
            raise UsageError(f"no {what} is called {name!r}; {_nearest(name, there)}")
        found |= same
    return frozenset(found)


def _known_speakers(names: Iterable[str], searcher: Searcher, notice: Notice) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        meant = _meant(name, searcher)
        if not meant:
            raise UsageError(f"nobody called {name!r} speaks; {_instead_of(name, searcher)}")
        if not any(_is_certain(name, other) for other in meant):
            notice(f"nobody called {name!r} speaks; taken for {_listed(meant)}")
        found |= meant
    return frozenset(found)


def _instead_of(name: str, searcher: Searcher) -> str:
    """Return what to try for a name that no words are marked with."""
    there = [
        summary.id
        for summary in searcher.store.rows.interviews()
        if fold(name) and any(_is_certain(name, other) for other in summary.speakers)
    ]
    if there:
        return f"whose words they are is not marked in {_listed(there)} (--interview keeps to it)"
    return _nearest(name, searcher.speakers)


def _meant(name: str, searcher: Searcher) -> frozenset[str]:
    """Return the speakers a name means; a guess counts only where nobody is meant for certain."""
    alike = searcher.speakers_like(name) if fold(name) else frozenset()
    certain = frozenset(
        other
        for other in (*alike, *spelt_like(name, searcher.speakers))
        if _is_certain(name, other)
    )
    return certain or frozenset(other for other in alike if _is_likely(name, other))


def _is_certain(name: str, other: str) -> bool:
    """Whether a speaker has the name, or a part of theirs is it, in either script."""
    asked, said = fold(name), fold(other)
    is_part = asked in said if is_chinese(asked) else set(asked.split()) <= set(said.split())
    return is_part or bool(spelt_like(name, [other]))


def _is_likely(name: str, other: str) -> bool:
    """Whether a guess is worth a search: by sound only foreign names in characters are told."""
    if is_chinese(fold(name)) == is_chinese(fold(other)):
        return True
    written = fold(name) if is_chinese(fold(name)) else fold(other)
    return chinese_names([written]) == [written]


def _date(date: str | None, flag: str) -> str | None:
    """Return a date as the index writes it; it must be one of the calendar."""
    if date is None:
        return None
    folded = fold(date)
    try:
        if _DATE.fullmatch(folded):
            datetime.date.fromisoformat(_whole(folded, "01-01"))
            return folded
    except ValueError:
        pass  # the thirty-first of February
    raise UsageError(f"{flag} {date!r} is no date; write 2024, 2024-05 or 2024-05-01")


def _whole(date: str, rest: str) -> str:
    """Return a year or a month with the month and day that it lacks."""
    return "-".join([*date.split("-"), *rest.split("-")[date.count("-") :]])


def _nearest(name: str, there: Collection[str]) -> str:
    """Return the names that look or sound like one that is not there; if none do, some that are."""
    by_letters = {romanised(other).replace(" ", ""): other for other in sorted(there)}
    letters = romanised(name).replace(" ", "")
    near = get_close_matches(letters, by_letters, SHOWN, NEAR)
    if near:
        return f"nearest: {', '.join(by_letters[found] for found in near)}"
    return f"there is: {_listed(there)}"


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(sorted(names)[:SHOWN]) or "none"
    return f"{shown}, …" if len(names) > SHOWN else shown
