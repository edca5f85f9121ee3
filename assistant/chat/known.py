"""A filter as it was typed → what is wrong with it, before any question is kept to it."""

import datetime
import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from assistant.chat.labels import Say
from assistant.chat.scope import Scope
from assistant.render import printable
from index.fold import fold
from index.pinyin import romanised, spelt_like

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.session import Holdings

SHOWN = 4
"""Names told in place of one that is not there; a complaint is a line or two."""
NEAR = 0.5
"""Likeness of letters, 0 to 1, from which a name may have been meant."""
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def problem_with(
    name: str, value: str, scope: Scope, holdings: "Holdings | None", say: Say
) -> str | None:
    """Return why a filter cannot be set, in words of the interface; None when it can.

    Args:
        name: of the filter.
        value: as it was typed.
        scope: the filters that are set.
        holdings: what there is; None while that is unknown, when every name may be.
        say: says labels.
    """
    if name in ("since", "until"):
        return _problem_with_date(name, value, scope, say)
    if holdings is None:
        return None
    if name == "speaker":
        there: Collection[str] = holdings.speakers
        is_there = any(_is_part(value, other) for other in there) or _is_spelt(value, there)
    else:
        there = _names(name, holdings)
        is_there = name not in ("interview", "tag") or fold(value) in map(fold, there)
    if is_there:
        return None
    missing = say(f"no_such_{name}", value=printable(value))
    return printable(f"{missing}{say('clause')}{_instead(value, there, say)}")


def _names(name: str, holdings: "Holdings") -> set[str]:
    if name == "interview":
        return {interview.id for interview in holdings.interviews}
    return {tag for interview in holdings.interviews for tag in interview.tags}


def _problem_with_date(name: str, value: str, scope: Scope, say: Say) -> str | None:
    if not _is_date(fold(value)):
        return say("no_date", value=printable(value))
    dates = {chip: fold(date) for chip, date in scope} | {name: fold(value)}
    since, until = dates.get("since", ""), dates.get("until", "")
    # A year or a month ends no earlier than any day of it.
    if since and until and since[: len(until)] > until[: len(since)]:
        return say("dates_cross", since=since, until=until)
    return None


def _is_date(written: str) -> bool:
    """Whether it is a year, a month or a day of the calendar."""
    if not _DATE.fullmatch(written):
        return False
    try:
        datetime.date.fromisoformat(written + "-01-01"[len(written) - 4 :])
    except ValueError:
        return False  # the thirty-first of February
    return True


def _is_part(name: str, other: str) -> bool:
    """Whether a person has the name, or words of theirs are it."""
    asked, said = fold(name), fold(other)
    if not asked.isascii():
        return asked in said
    return bool(asked) and set(asked.split()) <= set(said.split())


def _is_spelt(name: str, there: Iterable[str]) -> bool:
    """Whether somebody has the name in the other script."""
    return bool(spelt_like(name, list(there)))


def _instead(name: str, there: Collection[str], say: Say) -> str:
    """Return the names nearest to one that is not there; if none are near, some that are there."""
    by_letters = {romanised(other).replace(" ", ""): other for other in sorted(there)}
    near = get_close_matches(romanised(name).replace(" ", ""), by_letters, SHOWN, NEAR)
    names = [by_letters[letters] for letters in near] or sorted(there)[:SHOWN]
    return say("nearest_names" if near else "there_is", names=say("comma").join(names) or "—")
