"""The values of a claim × the values of a text → those that the text does not have.

Numbers, dates, units and percentages are equal by value, whatever the notation and the language.
What a speaker took back ("2018, no, wait, 2019") is no longer told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise

from assistant.checking.clock import hide_times
from assistant.checking.records import Code, Difference
from index.fold import fold
from index.numbers import Value, agrees, find_values

_PART_OF_MONTH = re.compile(r"(?<=[\d一二三四五六七八九十]月)[底初中末](?!旬|学|国)")
_TAKEN_BACK = re.compile(
    r"^[,，、.…。\s]*(?:(?:no|sorry|wait)\b[,，\s]|哦?不对|不[,，、]|不是[,，、])", re.IGNORECASE
)
_RELATIVE = (
    (re.compile(r"\b(?:last year|last \w+|of last year)\b|去年", re.IGNORECASE), -1),
    (re.compile(r"\b(?:the year before last|two years ago)\b|前年", re.IGNORECASE), -2),
    (re.compile(r"\b(?:next year|next spring)\b|明年", re.IGNORECASE), 1),
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
_COUNTED = re.compile(
    r"(?<![第零〇一二两三四五六七八九十百千万亿\d])[两三四五六七八九十百千]{1,4}(?=[处块件根颗座扇滴步袋盒壶杯盘比]\w)"
    r"|(?<=[一二三四五六七八九十]比)[一二三四五六七八九十]{1,3}"
)
_TENTHS = re.compile(
    r"[一二三四五六七八九](?![零〇一二三四五六七八九十百千万亿点个分米斤成道位名家])"
)
_SPOKEN = re.compile(r"(?:公里|米|公斤|斤|块|成|吨)$")
# Pounds of any country, which are no unit of their own.
_POUNDS = re.compile(r"\s*(?:[A-Z]\w+ )?pounds?\b|\w{0,4}镑")
_PERCENT = re.compile(r"%|％|per ?cent|百分之", re.IGNORECASE)
_ONE_OF = re.compile(
    r"(?<![第零〇一二两三四五六七八九十百千万亿\d每另同唯这那某])一(?P<measure>[脚次回刀枪棵辆艘架台件处袋盏枚颗])"
)
_ONE = re.compile(r"(?:an?|one|一)\b|一[天年周个]", re.IGNORECASE)
_OF_A = re.compile(r"\s+of an?\s+([A-Za-z]+)")
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|\w{2,}er) than\b|\bby (?:about )?\w|\bdifference\b|比|[高低多少差早晚]",
    re.IGNORECASE,
)
_MEASURED = frozenset({"money", "mass", "length", "power", "energy", "frequency", "temperature"})
_COUNTER = re.compile(
    r"\s*(?:decibels?|people|copies|deliveries|hours?|minutes?|days?)\b|[分单份个架台家人户次支张位名趟处只条]"
)


BREATH = 5
"""Characters between the parts of one amount: " and "."""


@lru_cache(maxsize=1 << 12)
def values_of(text: str) -> tuple[Value, ...]:
    """Return the values a text tells, without times of day and without what it takes back."""
    plain = _DAY_OF_MONTH.sub(_day_of_month, _PART_OF_MONTH.sub("份", hide_times(text)))
    found = [_of_a_unit(_with_tenths(v, text), text) for v in find_values(plain)]
    found += _counted(plain, found)
    found.sort(key=lambda value: value.start)
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


def _counted(text: str, found: Sequence[Value]) -> list[Value]:
    """Return the small Chinese numbers before a measure word that are in no value yet."""
    counted = []
    for match in _COUNTED.finditer(text):
        if not any(v.start < match.end() and match.start() < v.end for v in found):
            number = _whole_number(match[0])
            if number is not None:
                counted.append(Value("number", Fraction(number), None, *match.span()))
    return counted


def _whole_number(words: str) -> int | None:
    found = find_values(f"{words}个人")
    amount = found[0].amount if found else None
    return int(amount) if isinstance(amount, Fraction) and amount.denominator == 1 else None


def _day_of_month(match: re.Match[str]) -> str:
    """Write "the ninth of" as "9", as long as it was."""
    day = _ORDINALS.index(match["day"].lower()) + 1
    return str(day).rjust(len(match[0]) - 1) + " "


def _with_tenths(value: Value, text: str) -> Value:
    """Return a value with the tenths that Chinese says behind the unit: 十一公里六 is 11.6 km."""
    behind = _TENTHS.match(text, value.end)
    if behind is None or isinstance(value.amount, str) or not _SPOKEN.search(text[: value.end]):
        return value
    bare = _bare(text[value.start : value.end])
    if bare is None or isinstance(bare.amount, str) or not bare.amount:
        return value
    tenths = Fraction("一二三四五六七八九".index(behind[0]) + 1, 10)
    amount = value.amount / bare.amount * (bare.amount + tenths)
    return replace(value, amount=amount, end=value.end + 1)


def missing_values(claim: str, texts: Sequence[str], date: str | None) -> list[Difference]:
    """Return the values of a claim that no text tells, each with the nearest that one does.

    Args:
        claim: one sentence.
        texts: all texts of the paragraphs.
        date: of the interview, which "last year" and a bare year of the claim may refer to.
    """
    told = [(value, text) for text in texts for value in values_of(text)]
    missing = _single_counts(claim, texts)
    for value in values_of(claim):
        if any(told_values(value, claim, text, date) for text in texts):
            continue
        said = claim[value.start : value.end]
        if _needs_no_telling(value, said, texts, date):
            continue
        if _COMPARES.search(claim) and any(_is_difference(value, text) for text in texts):
            continue
        near = _nearest(value, told)
        words = near[1][near[0].start : near[0].end] if near else ""
        missing.append(Difference(_code(value, near), said, words, value.start))
    return missing


def _single_counts(claim: str, texts: Sequence[str]) -> list[Difference]:
    """Return the 一 of a claim before a measure word that every text has with other numbers.

    一 is as often an article, so nothing is made of it where a text has it too.
    """
    missing = []
    texts = [fold(text) for text in texts]
    for match in _ONE_OF.finditer(claim):
        measure = match["measure"]
        if any(re.search(f"(?<![十百千万])一{measure}", text) for text in texts):
            continue
        told = [
            t[v.start : v.end + 1]
            for t in texts
            for v in values_of(t)
            if t[v.end : v.end + 1] == measure
        ]
        if told:
            missing.append(Difference("number", match[0], told[0], match.start()))
    return missing


def disputed_values(claim: str, texts: Sequence[str], date: str | None) -> list[Difference]:
    """Return the values of a claim that one text of a paragraph tells and another tells otherwise.

    Otherwise means: it has a value of the same unit that the first text lacks. A value that is
    only missing was put in words ("twice", 两回).
    """
    wrong = []
    for value in values_of(claim):
        telling = [text for text in texts if told_values(value, claim, text, date)]
        for text in texts:
            if not telling or text in telling:
                continue
            others = [
                other
                for other in values_of(text)
                if other.kind == value.kind
                and other.unit == value.unit
                and value.kind not in {"number", "ordinal"}
                and not told_values(other, text, telling[0], date)
            ]
            if others:
                words = text[others[0].start : others[0].end]
                said = claim[value.start : value.end]
                wrong.append(Difference("texts_differ", said, words, value.start))
    return wrong


@lru_cache(maxsize=1 << 12)
def told_values(value: Value, claim: str, text: str, date: str | None) -> tuple[Value, ...]:
    """Return the values of a text that a value of a claim could be, in order."""
    years = _years((text,), date)
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
    if agrees(value, other):
        return True
    # A unit that was not understood (十一分二十秒) leaves a plain number behind.
    if value.kind != "number" and other.kind != "number":
        return False
    if "percent" in {value.kind, other.kind}:
        return _is_bare_percent(value, claim, other) or _is_bare_percent(other, text, value)
    mine = _bare(claim[value.start : value.end])
    theirs = _bare(text[other.start : other.end])
    return mine is not None and theirs is not None and mine.amount == theirs.amount


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


def _needs_no_telling(value: Value, said: str, texts: Sequence[str], date: str | None) -> bool:
    if value.kind == "date":
        return str(value.amount) in _years(texts, date) or _in_two_parts(str(value.amount), texts)
    if value.kind in {"number", "ordinal"} and value.amount in {1, 2} and not value.approximate:
        return True  # articles and pairs: "one of them", "the two", 一个
    if value.kind == "duration" and _ONE.match(said.strip()):
        return True  # "a day", 一天
    return any(_sums_up(value, text) for text in texts)


def is_difference_told(claim: str, text: str) -> bool:
    """Whether a claim that compares says by how much two values of a text differ."""
    compares = _COMPARES.search(claim) is not None
    return compares and any(_is_difference(value, text) for value in values_of(claim))


def _is_difference(value: Value, text: str) -> bool:
    """Whether two values of one text differ by an amount: 1,131 and 1,124 metres by seven."""
    if isinstance(value.amount, str):
        return False
    told = [v for v in values_of(text) if isinstance(v.amount, Fraction)]
    for one, two in combinations(told, 2):
        if one.unit != two.unit and not {"percent", "number"} & {one.kind, two.kind}:
            continue
        first, second = _as_share(one, value), _as_share(two, value)
        if abs(first - second) == value.amount > 0:
            return True
    return False


def _as_share(value: Value, like: Value) -> Fraction:
    """Return an amount, that of a bare number as percent when a share is compared with."""
    amount = Fraction(value.amount)
    return amount / 100 if like.kind == "percent" and value.kind == "number" else amount


def _in_two_parts(date: str, texts: Sequence[str]) -> bool:
    """Whether one text tells the year and another the month, as question and reply do."""
    told = {str(v.amount) for text in texts for v in values_of(text) if v.kind == "date"}
    return date[:4] in told and any(t.startswith("--") and date[4:].startswith(t[1:]) for t in told)


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


def _years(texts: Sequence[str], date: str | None) -> frozenset[str]:
    """Return the years an interview's date lets its texts speak of without naming them."""
    if date is None or not date[:4].isdigit():
        return frozenset()
    year = int(date[:4])
    shifts = [shift for pattern, shift in _RELATIVE if any(pattern.search(t) for t in texts)]
    return frozenset(str(year + shift) for shift in (0, *shifts)) | {date, date[:7]}


@lru_cache(maxsize=1 << 12)
def _bare(words: str) -> Value | None:
    """Return the number that the words of a value begin with, without its unit."""
    for end in range(len(words), 0, -1):
        found = find_values(words[:end])
        if len(found) == 1 and found[0].kind == "number":
            return found[0]
    return None


def _sums_up(value: Value, text: str) -> bool:
    """Whether two amounts said in one breath make the value: nine hours and twenty minutes."""
    if value.kind not in {"duration", "length"} or isinstance(value.amount, str):
        return False
    same = [v for v in values_of(text) if v.unit == value.unit and isinstance(v.amount, Fraction)]
    return any(
        two.start - one.end <= BREATH and one.amount + two.amount == value.amount
        for one, two in pairwise(same)
        if isinstance(one.amount, Fraction) and isinstance(two.amount, Fraction)
    )


def _nearest(value: Value, told: Sequence[tuple[Value, str]]) -> tuple[Value, str] | None:
    """Return the told value that stands in the place of a claim's: its amount, its kind."""
    amounts = [(v, text) for v, text in told if v.amount == value.amount]
    kinds = [(v, text) for v, text in told if v.kind == value.kind and v.unit == value.unit]
    if not kinds and value.kind == "number":
        kinds = [(v, text) for v, text in told if v.kind not in {"date", "ordinal"}]
    return min([*amounts, *kinds], key=lambda pair: _distance(value, pair[0]), default=None)


def _distance(one: Value, other: Value) -> float:
    if isinstance(one.amount, str) or isinstance(other.amount, str):
        return 0.0 if one.amount == other.amount else 1.0
    low, high = sorted((abs(float(one.amount)), abs(float(other.amount))))
    return 0.0 if low == high else 1 - low / high


def _code(value: Value, near: tuple[Value, str] | None) -> Code:
    if value.kind == "date":
        return "date"
    if near is not None and near[0].amount == value.amount:
        return "unit"
    return "number"
