"""Text → the values in it, each in one notation, whatever the language and the way of writing.

4000亿美元, $400B and "400 billion dollars" are one value; so are 三分之一 and "one third". What
only looks like a number (一些, "no one", H100, 12:40) is none. Arithmetic is exact.
"""

import functools
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from index.dates import find_dates
from index.fold import fold_with_offsets
from index.numerals import MEGA, PARTS, TERA
from index.phrases import find_phrases, hide_idioms
from index.quantities import find_quantities
from index.units import Kind

# Marks of notes, exponents and list items, which folding would make digits.
_NOTE_MARKS = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹₀-₉]+|[①-⓿❶-➓]")
# Without any of these a text holds no value, as most short texts do not.
_HINT = re.compile(
    r"[\d〇零一二两兩三四五六七八九十百千万萬亿億壹贰叁肆伍陆柒捌玖拾貳參陸几幾数數半首倍双雙½-¾⅐-⅞翻折]"
    r"|one|two|thr|thi|four|forty|fif|fiv|six|seven|eight|nin|ten|elev|twe|twi|ties|hund|thous"
    r"|illion|doze|half|quarter|third|couple|few|several|first|second|doub|trip|quadr|jan|feb|mar|apr|may|jun|jul"
    r"|aug|sep|oct|nov|dec"
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as a text tells it."""

    kind: Kind
    amount: Fraction | str
    """In the unit; 30% is 3/10. Text for dates: 2021, 2021-03, --03, 1990s, C20 (a century)."""
    unit: str | None
    """The one unit of its sort, after conversion: W, m, g, s, month, USD; None when it has none."""
    start: int
    end: int
    """Characters of the text, end excluded."""
    approximate: bool = False
    """Only the order of magnitude is told (几百, dozens); the amount is that power of ten."""


def find_values(text: str) -> list[Value]:
    """Return the values of the text, in order.

    A range is its two ends, each with the unit they share. Hedges (about, over, 大约, 多) are not
    part of a value; signs are not either, for "fell 5%" and -5% are the same news.
    """
    if not _HINT.search(text.lower()):
        return []
    folded, cased, offsets = _prepare(text)
    hidden = hide_idioms(folded, cased, text, offsets)
    found: list[Value] = []
    for date, start, end in find_dates(hidden, cased):
        found.append(Value("date", date, None, start, end))
    hidden = _hide(hidden, found)
    for kind, amount, unit, start, end in find_phrases(hidden):
        found.append(Value(kind, amount, unit, start, end))
    hidden = _hide(hidden, found)
    for kind, number, unit, start, end, vague in find_quantities(hidden, cased):
        written = str(number) if kind == "date" else number
        found.append(Value(kind, written, unit, start, end, vague))
    found.sort(key=lambda value: (value.start, value.end))
    return [replace(v, start=offsets[v.start], end=_end(text, offsets, v.end)) for v in found]


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are equal, across notations, units and languages."""
    return value_key(one) == value_key(other)


def agrees(one: Value, other: Value) -> bool:
    """Whether the two could be the same said with and without the unit: 400 billion and $400B."""
    return same_value(one, other) or (
        one.amount == other.amount
        and one.approximate == other.approximate
        and "number" in {one.kind, other.kind}
    )


def value_key(value: Value) -> str:
    """Return one word for the value, the same for equal values; ASCII, without blanks.

    A year is the number it is written with, so 2026 needs no deciding.
    """
    vague = "~" if value.approximate else ""
    if value.kind in {"date", "number"}:
        return f"{vague}{value.amount}"
    return f"{vague}{value.amount}:{value.unit or value.kind}"


def _prepare(text: str) -> tuple[str, str, list[int]]:
    """Return the folded text, the same characters with their capitals, and where each stood."""
    marked = _NOTE_MARKS.sub(lambda match: " " * len(match[0]), text.translate(_parts()))
    folded, offsets = fold_with_offsets(marked)
    cased = "".join(map(text.__getitem__, offsets[:-1]))
    for letter, mark in (("M", MEGA), ("T", TERA)):
        capitals = [m.start() for m in re.finditer(rf"(?<=\d){letter}(?![A-Za-z0-9])", cased)]
        for place in capitals:
            folded = folded[:place] + mark + folded[place + 1 :]
    return re.sub(r"(?<=[$€£¥])([\d.,]+)m(?![a-z])", rf"\g<1>{MEGA}", folded), cased, offsets


@functools.cache
def _parts() -> dict[int, str]:
    return {ord(mark): place for mark, place in PARTS.items()}


def _hide(text: str, values: list[Value]) -> str:
    characters = list(text)
    for value in values:
        characters[value.start : value.end] = "\0" * (value.end - value.start)
    return "".join(characters)


def _end(text: str, offsets: list[int], end: int) -> int:
    place = offsets[end]
    return len(text[:place].rstrip())
