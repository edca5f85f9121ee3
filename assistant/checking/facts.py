"""The values of a claim × the values of some texts → those that no text has, or texts differ in."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from assistant.checking.derived import is_derived
from assistant.checking.records import Code, Difference
from assistant.checking.told import told_values, years_of
from assistant.checking.values import bare_number, values_of
from index.fold import fold
from index.numbers import Value

_ONE_OF = re.compile(
    r"(?<![第零〇一二两三四五六七八九十百千万亿\d每另同唯这那某])一(?P<measure>[脚次回刀枪棵辆艘架台件处袋盏枚颗])"
)
_ONE = re.compile(r"(?:an?|one|一)\b|一[天年周个]", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|\w{2,}er)\b|\bby (?:about )?\w|\bdifference\b|比|[高低多少差早晚]",
    re.IGNORECASE,
)


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
        if _needs_no_telling(value, claim, texts, date):
            continue
        if _COMPARES.search(claim) and any(_is_difference(value, said, text) for text in texts):
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
    for match in _ONE_OF.finditer(claim):
        measure = match["measure"]
        if any(re.search(f"(?<![十百千万])一{measure}", fold(text)) for text in texts):
            continue
        told = [
            t[v.start : v.end + 1]
            for t in texts
            for v in values_of(t)
            if fold(t[v.end : v.end + 1]) == measure
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


def _needs_no_telling(value: Value, claim: str, texts: Sequence[str], date: str | None) -> bool:
    said = claim[value.start : value.end]
    if value.kind == "date" and _is_known_date(str(value.amount), texts, date):
        return True
    if value.kind in {"number", "ordinal"} and value.amount in {1, 2} and not value.approximate:
        return True  # articles and pairs: "one of them", "the two", 一个
    if value.kind == "duration" and _ONE.match(said.strip()):
        return True  # "a day", 一天
    return any(is_derived(value, claim, text) for text in texts)


def _is_known_date(said: str, texts: Sequence[str], date: str | None) -> bool:
    """Whether the interview's date, or two values together, tell a date."""
    return said in years_of(texts, date) or _in_two_parts(said, texts)


def is_difference_told(claim: str, text: str) -> bool:
    """Whether a claim that compares says by how much two values of a text differ."""
    compares = _COMPARES.search(claim) is not None
    return compares and any(
        _is_difference(value, claim[value.start : value.end], text) for value in values_of(claim)
    )


def _is_difference(value: Value, said: str, text: str) -> bool:
    """Whether two values of one text differ by an amount: 1,131 and 1,124 metres by seven."""
    if isinstance(value.amount, str):
        return False
    told = [v for v in values_of(text) if isinstance(v.amount, Fraction)]
    for one, two in combinations(told, 2):
        if one.unit == two.unit or "percent" in {one.kind, two.kind}:
            first, second = _as_share(one, value), _as_share(two, value)
            if abs(first - second) == value.amount > 0:
                return True
        elif "number" in {one.kind, two.kind}:  # "thirty years, the others twenty"
            bare = [bare_number(text[v.start : v.end]) for v in (one, two)]
            amounts = [Fraction(number.amount) for number in bare if number is not None]
            by = bare_number(said)
            if by is not None and len(amounts) == 2 and abs(amounts[0] - amounts[1]) == by.amount:
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


def _nearest(value: Value, told: Sequence[tuple[Value, str]]) -> tuple[Value, str] | None:
    """Return the told value that stands in the place of a claim's: its amount, its kind."""
    amounts = [(v, text) for v, text in told if v.amount == value.amount]
    kinds = [(v, text) for v, text in told if v.kind == value.kind and v.unit == value.unit]
    if not kinds and value.kind in {"number", "age"}:
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
