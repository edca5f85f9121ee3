"""Folded text → the numerals in it: digits, English words and Chinese characters, as exact amounts.

A numeral is only how much; what it counts is found elsewhere. Where a word is a number only in
company (三, 一, "one"), `needs` says what must follow.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from index.chinese_numerals import (
    CHINESE,
    CHINESE_DIGITS,
    FORMAL,
    read_chinese,
    read_side_by_side,
    scale_of,
)
from index.english_numerals import FEW, HALVES, PLURALS, SCALES, SMALL, WordReader

MEGA, TERA = "\ue000", "\ue001"
"""Stand for M and T after a digit, which mean million and trillion in capitals only."""
PARTS = {
    mark: chr(0xE010 + n)
    for n, mark in enumerate("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")  # private characters, which folding lets pass
}
_PARTS = {
    place: Fraction(*map(int, unicodedata.normalize("NFKC", mark).split("\u2044")))
    for mark, place in PARTS.items()
}

_SHORT = {"k": 10**3, MEGA: 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, TERA: 10**12}
_SHORT |= {"tn": 10**12}

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_PART = "[" + "".join(_PARTS) + "]"
_WORDS = "|".join([*SMALL, *SCALES, *PLURALS, *FEW, *HALVES])
_START = re.compile(
    rf"(?P<digits>(?<![a-z0-9_])(?<!\d[.,]){DIGITS}(?![.,]?\d))"
    rf"|(?P<words>(?<![a-z'])(?:an? )?(?:{_WORDS})(?=fold|(?![a-z'])))"
    rf"|(?P<vague>(?:好几|[几数]|上(?=[百千万亿]))(?P<scales>[十百千万亿]+))"
    rf"|(?P<zh>[{CHINESE}]+)|(?P<few>几)|(?P<half>(?<![上下前后])半)|(?P<part>{_PART})"
)
_SHORT_SCALE = re.compile(rf"(k|{MEGA}|mn|bn?|{TERA}|tn)(?![a-z0-9])")
_CHINESE_SCALE = re.compile(r" ?(?:[多余来几](?=[个十百千万亿]))?([十百千万亿]+)")
_LOWER_PLACE = re.compile(r"(\d+)([百千万])|(\d)(?![\d.,%a-z年月日号])")
_MORE = re.compile(r"[多余来几](?!少)")

Needs = Literal["nothing", "measure", "unit"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: characters start to end, end excluded."""

    amount: Fraction
    start: int
    end: int
    scale: int = 1
    """The scale word it ends in, which the number before it may share: 3 to 5 billion."""
    vague: bool = False
    """Only the order of magnitude is told (几百, dozens); the amount is that power of ten."""
    needs: Needs = "nothing"
    """What must follow to make it a number: a measure word or unit (三个), or a unit (一年)."""


def find_numerals(text: str) -> list[Numeral]:
    """Return the numerals of a folded text, in order and without overlaps.

    Numbers left side by side (三四百, "six seven") are numerals each, at the same place if written
    with one scale.
    """
    numerals: list[Numeral] = []
    place = 0
    while match := _START.search(text, place):
        found = list(_read(text, match))
        numerals.extend(found)
        place = max([match.end(), *(numeral.end for numeral in found)])
    return numerals


def _read(text: str, match: re.Match[str]) -> Iterator[Numeral]:
    start, end = match.span()
    if match["digits"]:
        yield _read_digits(text, start, end)
    elif match["words"]:
        yield from _read_words(text, start)
    elif match["vague"]:
        yield Numeral(Fraction(scale_of(match["scales"])), start, end, vague=True)
    elif match["zh"]:
        yield from _read_run(text, start, end)
    elif match["few"]:
        yield Numeral(Fraction(1), start, end, vague=True, needs="unit")
    elif match["half"]:
        yield Numeral(Fraction(1, 2), start, end, needs="unit")
    else:
        yield Numeral(_PARTS[match["part"]], start, end)


def _read_digits(text: str, start: int, end: int) -> Numeral:
    amount = Fraction(text[start:end].replace(",", ""))
    if part := re.compile(_PART).match(text, end):
        amount, end = amount + _PARTS[part[0]], part.end()
    if short := _SHORT_SCALE.match(text, end):
        scale = _SHORT[short[1]]
        return Numeral(amount * scale, start, short.end(), scale)
    if big := _CHINESE_SCALE.match(text, end):
        scale, end = scale_of(big[1]), big.end()
        amount *= scale
        if lower := _LOWER_PLACE.match(text, end):
            below = int(lower[1]) * scale_of(lower[2]) if lower[1] else int(lower[3]) * scale // 10
            if below < scale:
                return Numeral(amount + below, start, lower.end())
        return Numeral(amount, start, _past_more(text, end), scale)
    reader = WordReader(text, end, Fraction(amount))
    reader.read()
    if reader.end == end:
        reader.end = _past_more(text, end) if amount % 10 == 0 else end
    end = reader.end
    return Numeral(reader.amount, start, end, reader.scale)


def _past_more(text: str, end: int) -> int:
    more = _MORE.match(text, end)
    return more.end() if more else end


def _read_words(text: str, start: int) -> Iterator[Numeral]:
    reader = WordReader(text, start)
    reader.read()
    if reader.end == start:
        return
    words = set(text[start : reader.end].split(" ")) - {"a", "an"}
    is_loose = len(words) == 1 and words <= {"one", *HALVES, *FEW}
    needs: Needs = "unit" if is_loose or reader.is_bare else "nothing"
    yield Numeral(reader.amount, start, reader.end, reader.scale, reader.vague, needs)


_DECIMALS = re.compile(r"点([零〇一二三四五六七八九]+)([十百千万亿]*)")
_MORE_AND_SCALE = re.compile(r"[多余来几](?!少)([万亿]*)")

# What one costs: 九万八一架 is 98,000 for one, not 90,081.
_PRICE = re.compile(r"[一二两三四五六七八九十百千万亿]*[百千万][一二三四五六七八九]一")


def _read_run(text: str, start: int, end: int) -> Iterator[Numeral]:
    """Read a run of Chinese numeral characters."""
    run = text[start:end].translate(FORMAL)
    if _PRICE.fullmatch(run) and text[end : end + 1].isalpha():
        run, end = run[:-1], end - 1
    if decimals := _DECIMALS.match(text, end):
        amount = read_chinese(run + decimals[0])
        if amount is not None:
            yield Numeral(amount, start, decimals.end(), scale_of(decimals[2]))
            return
    pair = list(read_side_by_side(run))
    if pair:
        needs: Needs = "measure" if len(run) == len(pair) else "nothing"
        for amount in pair:
            yield Numeral(amount, start, end, needs=needs)
    elif run in {"一两", "一二"}:
        yield Numeral(Fraction(1), start, end, vague=True, needs="unit")
    elif (amount := read_chinese(run)) is not None and not _is_loose(run):
        scale = scale_of(re.findall("[百千万亿]*$", run)[0])
        more = _MORE_AND_SCALE.match(text, end) if run[-1] in "十百千万亿" else None
        if more:
            amount, end, scale = amount * scale_of(more[1]), more.end(), scale_of(more[1])
        yield Numeral(amount, start, end, scale, needs=_needs(run) if not more else "nothing")


def _is_loose(run: str) -> bool:
    """Whether these are two digits side by side that make no number: 九六."""
    return len(run) == 2 and all(c in CHINESE_DIGITS for c in run)


def _needs(run: str) -> Needs:
    if run in {"一", "百", "千", "万", "亿"}:
        return "unit"
    return "measure" if len(run) == 1 else "nothing"
