"""A text → the values it tells: numbers, dates, units, without times of day.

What a speaker took back ("2018, no, wait, 2019") is no longer told.
"""

import re
from dataclasses import replace
from functools import lru_cache

from assistant.checking.clock import hide_times
from index.numbers import Value, find_values

_PART_OF_MONTH = re.compile(r"(?<=[\d一二三四五六七八九十]月)[底初中末](?!旬|学|国)")
_TAKEN_BACK = re.compile(
    r"^[,，、.…。\s]*(?:(?:sorry|wait)\b[,，\s]|no[,，]? (?:sorry|wait)\b|no[,，] "
    r"|哦?不对|不[,，、]|不是[,，、])",
    re.IGNORECASE,
)
_ORDINAL_WORDS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
    "|twenty-second|twenty-third|twenty-fourth|twenty-fifth|twenty-sixth|twenty-seventh"
    "|twenty-eighth|twenty-ninth|thirtieth|thirty-first"
)
_ORDINALS = _ORDINAL_WORDS.split("|")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_OF_MONTH = re.compile(
    rf"\b(?P<day>{'|'.join(reversed(_ORDINALS))}) of (?=(?:{_MONTHS})\b)", re.IGNORECASE
)
_OF_A = re.compile(r"\s+of an?\s+([A-Za-z]+)")


@lru_cache(maxsize=1 << 12)
def values_of(text: str) -> tuple[Value, ...]:
    """Return the values a text tells, without times of day and without what it takes back."""
    plain = _DAY_OF_MONTH.sub(_day_of_month, _PART_OF_MONTH.sub("份", hide_times(text)))
    found = [_of_a_unit(value, text) for value in find_values(plain)]
    return tuple(v for v in found if not _TAKEN_BACK.match(text[v.end : v.end + 12]))


def _of_a_unit(value: Value, text: str) -> Value:
    """Return a share of a unit as an amount of it: four tenths of a millimetre."""
    behind = _OF_A.match(text, value.end)
    if value.kind != "percent" or behind is None or isinstance(value.amount, str):
        return value
    (unit,) = find_values(f"1 {behind[1]}")[:1] or (None,)
    if unit is None or unit.unit is None or isinstance(unit.amount, str):
        return value
    amount = value.amount * unit.amount
    return replace(value, kind=unit.kind, unit=unit.unit, amount=amount, end=behind.end())


def _day_of_month(match: re.Match[str]) -> str:
    """Write "the ninth of" as "9", as long as it was."""
    day = _ORDINALS.index(match["day"].lower()) + 1
    return str(day).rjust(len(match[0]) - 1) + " "


@lru_cache(maxsize=1 << 12)
def bare_number(words: str) -> Value | None:
    """Return the number that the words of a value begin with, without its unit."""
    for end in range(len(words), 0, -1):
        found = find_values(words[:end])
        if len(found) == 1 and found[0].kind == "number":
            return found[0]
    return None
