"""A value of a claim × a text → the values of the text that it could be.

Equal by value, whatever the notation and the language.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from assistant.checking.values import bare_number, values_of
from index.numbers import Value, agrees

_RELATIVE = (
    (re.compile(r"\b(?:last year|last \w+|of last year)\b|去年", re.IGNORECASE), -1),
    (re.compile(r"\b(?:the year before last|two years ago)\b|前年", re.IGNORECASE), -2),
    (re.compile(r"\b(?:next year|next spring)\b|明年", re.IGNORECASE), 1),
)
# Pounds of any country, which are no unit of their own.
_POUNDS = re.compile(r"\s*(?:[A-Z]\w+ )?pounds?\b|\w{0,4}镑")
MONTHS = 12
"""Of a year."""
POUNDS = {"GBP", "lb"}
"""Both are called pounds, and only what costs them tells which."""
_PERCENT = re.compile(r"%|％|per ?cent|百分之|成", re.IGNORECASE)
_MEASURED = frozenset({"money", "mass", "length", "power", "energy", "frequency", "temperature"})
_COUNTER = re.compile(
    r"\s*(?:decibels?|people|copies|deliveries|hours?|minutes?|days?)\b|[分单份个架台家人户次支张位名趟处只条]"
)


@lru_cache(maxsize=1 << 12)
def told_values(value: Value, claim: str, text: str, date: str | None) -> tuple[Value, ...]:
    """Return the values of a text that a value of a claim could be, in order."""
    years = years_of((text,), date)
    if _is_counted(value, claim, text):
        return ()
    return tuple(
        other
        for other in values_of(text)
        if _same(value, other, claim, text)
        or (value.kind == "date" and _date_within(str(value.amount), other, years))
    )


def _is_counted(value: Value, claim: str, text: str) -> bool:
    """Whether the text first tells a measured amount of a claim as a count: 960万单, then 960万."""
    equal = [v for v in values_of(text) if v.amount == value.amount]
    if value.kind not in _MEASURED or any(v.kind == value.kind for v in equal):
        return False
    return bool(equal) and _counts_something_else(value, equal[0], claim, text)


def _same(value: Value, other: Value, claim: str, text: str) -> bool:
    if _counts_something_else(value, other, claim, text):
        return False
    if agrees(value, other) or (
        {value.unit, other.unit} == POUNDS and value.amount == other.amount
    ):
        return True
    # A unit that was not understood (十一分二十秒) leaves a plain number behind.
    if value.kind != "number" and other.kind != "number":
        return False
    if "percent" in {value.kind, other.kind}:
        return _is_bare_percent(value, claim, other) or _is_bare_percent(other, text, value)
    mine = bare_number(claim[value.start : value.end])
    theirs = bare_number(text[other.start : other.end])
    return mine is not None and theirs is not None and mine.amount == theirs.amount


def _is_age(age: Value, other: Value) -> bool:
    """Whether years old are said as years: a page that is 一百五十年."""
    if age.kind != "age" or other.kind != "duration" or other.unit != "month":
        return False
    return age.amount == Fraction(other.amount) / MONTHS


def _is_bare_percent(percent: Value, text: str, number: Value) -> bool:
    """Whether a number is a percentage said without its sign: "mine is seventy-two"."""
    if percent.kind != "percent" or isinstance(percent.amount, str) or number.kind != "number":
        return False
    written = _PERCENT.search(text[percent.start : percent.end])
    return written is not None and number.amount == percent.amount * 100


def _counts_something_else(value: Value, other: Value, claim: str, text: str) -> bool:
    """Whether what stands behind the two numbers tells them apart, though units do not."""
    for typed, plain, words in ((value, other, text), (other, value, claim)):
        if typed.kind in _MEASURED and plain.kind == "number":
            behind = words[plain.end :]
            pounds = typed.kind == "money" and typed.unit != "GBP" and _POUNDS.match(behind)
            return bool(pounds or _COUNTER.match(behind))
    return False


def _date_within(date: str, other: Value, years: frozenset[str]) -> bool:
    """Whether a date is told in part or in whole; its year may be one the text only refers to."""
    if other.kind not in {"date", "number"}:
        return False
    told = str(other.amount)
    if told.startswith(f"{date}-") or (date.startswith("--") and told[4:].startswith(date[1:])):
        return True
    if told.startswith("--") and not date.startswith("--"):
        return date[4:].startswith(told[1:]) and date[:4] in years
    return told.startswith("--") and date.startswith(told)


def years_of(texts: Sequence[str], date: str | None) -> frozenset[str]:
    """Return the years an interview's date lets its texts speak of without naming them."""
    if date is None or not date[:4].isdigit():
        return frozenset()
    year = int(date[:4])
    shifts = [shift for pattern, shift in _RELATIVE if any(pattern.search(t) for t in texts)]
    return frozenset(str(year + shift) for shift in (0, *shifts)) | {date, date[:7]}
