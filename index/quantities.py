"""Folded text → its numbers with what they count: units, currencies and parts, shared by ranges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from index.numerals import Numeral, find_numerals
from index.tails import read_tail
from index.units import MEASURES, Kind, find_unit

Quantity = tuple[Kind, Fraction, str | None, int, int, bool]
"""Kind, amount, unit; start and end (excluded); whether only its order of magnitude is told."""

_CURRENCY = re.compile(
    r"(?P<USD>(?:us ?)?\$|usd ?|美元)|(?P<HKD>hk ?\$|hkd ?|港币)|(?P<TWD>nt ?\$|台币)"
    r"|(?P<CNY>¥|rmb ?|cny ?|人民币)|(?P<EUR>€|eur ?)|(?P<GBP>£|gbp ?)|(?P<KRW>₩)|(?P<INR>₹)"
)
_BEFORE = 8  # characters looked at before a number; the longest words for a currency have six
_JOINED = re.compile(r" ?(?:-|~|to|or|through|到|至|或者?|、|,? or) ?")
_BOTH = re.compile(r" ?(?:and|和|与|跟) ?")
_BETWEEN = re.compile(r"(?:between |介于|在|从)$")
_OF = re.compile(r" ?分之 ?")
_PARTS_OF = re.compile(
    r"[ -](hal(?:f|ves)|thirds?|quarters?(?= of)|(?<=three.)quarters|fourths?|fifths?|sixths?"
    r"|sevenths?|eighths?|ninths?|tenths?|hundredths?)(?![a-z])"
)
_DENOMINATORS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "sev": 7, "eig": 8}
_DENOMINATORS |= {"nin": 9, "ten": 10, "hun": 100}
_HALF_OF = re.compile(
    r"[ -](?:of|the|an?|as|my|our|your|their|his|her|its|that|this|those)(?![a-z])"
)
_AGE_BEFORE = re.compile(r"(?<![a-z])aged? (?:of )?$")
_NUMBER_BEFORE = re.compile(r"(?:(?<![a-z])(?:number|no\.?) ?|#)$")
_SPARE = re.compile("[多余来]?[个]?")
_RATIO = re.compile(r"[一二两三四五六七八九十]比[一二两三四五六七八九十]")
_COUNTED = re.compile(
    r" ?[个位名家支台部架只辆艘套座份件张块颗枚本篇箱瓶袋盒人]"
    r"| (?:people|copies|doses|units|deliveries|households|pieces|items|bottles|tickets)\b"
)
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A number on its way to a value: what was written, what it counts once that is known."""

    numeral: Numeral
    amount: Fraction
    start: int
    end: int
    kind: Kind | None = None
    unit: str | None = None
    factor: Fraction = Fraction(1)


def find_quantities(text: str, cased: str) -> Iterator[Quantity]:
    """Yield the numbers of a folded text that count something, in order.

    Args:
        text: folded text, without its dates and set phrases.
        cased: the same characters before folding took their capitals; 5G is no weight.
    """
    drafts = list(_join_fractions(text, find_numerals(text)))
    drafts = _drop_inner([_attach(text, cased, draft) for draft in drafts])
    for place in range(len(drafts) - 2, -1, -1):
        drafts[place] = _share(text, drafts[place], drafts[place + 1])
    for place in range(1, len(drafts)):
        drafts[place] = _share_before(text, drafts[place - 1], drafts[place])
    for draft in drafts:
        if quantity := _finish(text, draft):
            yield quantity


def _drop_inner(drafts: list[_Draft]) -> list[_Draft]:
    """Drop what a longer number before it has taken in: the 半 of 三个半小时."""
    kept: list[_Draft] = []
    for draft in drafts:
        if not kept or draft.start >= kept[-1].end or draft.start == kept[-1].start:
            kept.append(draft)
    return kept


def _join_fractions(text: str, numerals: list[Numeral]) -> Iterator[_Draft]:
    """Join 三分之一, 百分之三十, 1/3 and "two thirds" into one number each."""
    place = 0
    while place < len(numerals):
        one = numerals[place]
        other = numerals[place + 1] if place + 1 < len(numerals) else None
        place += 1
        between = text[one.end : other.start] if other else ""
        if other and _OF.fullmatch(between) and one.amount:
            amount = other.amount / one.amount
            yield _Draft(replace(other, vague=other.vague), amount, one.start, other.end, "percent")
            place += 1
        elif other and _is_fraction(text, one, other):
            yield _Draft(one, one.amount / other.amount, one.start, other.end, "percent")
            place += 1
        elif parts := _PARTS_OF.match(text, one.end):
            amount = one.amount / _DENOMINATORS[parts[1][:3]]
            yield _Draft(one, amount, one.start, parts.end(), "percent")
        else:
            yield _Draft(one, one.amount, one.start, one.end)


def _is_fraction(text: str, one: Numeral, other: Numeral) -> bool:
    """Whether 1/3 is a third; 24/7 is not, nor is a date."""
    around = text[one.start - 1 : one.start] + text[other.end : other.end + 1]
    return (
        text[one.end : other.start] == "/"
        and 0 < one.amount < other.amount <= 100
        and "/" not in around
    )


def _attach(text: str, cased: str, draft: _Draft) -> _Draft:
    """Give the number the unit written after it or the currency before it."""
    if draft.kind:
        return draft
    half, place = _read_half(text, draft)
    unit = find_unit(text, place)
    if unit and unit.name == "g" and cased[unit.end - 1] == "G":
        unit = None  # a generation of networks
    if unit is None and draft.amount == Fraction(1, 2):
        return _attach_half(text, draft)
    currency = _currency_before(text, draft.start)
    if currency:
        end = unit.end if unit and unit.name == currency[0] else draft.end
        start = draft.start - len(currency[1])
        return replace(draft, start=start, end=end, kind="money", unit=currency[0])
    if unit is None:
        return draft
    more, end, name = read_tail(text, unit, is_whole=draft.amount.denominator == 1 and not half)
    if draft.numeral.vague:
        more, end, name = Fraction(0), unit.end, unit.name
    amount = draft.amount + half + more
    if unit.kind == "multiple" and amount == 1 and text[unit.end - 1] == "倍":
        amount = Fraction(2)  # growing by once as much is doubling
    kind: Kind = "money" if name == "GBP" else unit.kind
    return replace(draft, amount=amount, end=end, kind=kind, unit=name, factor=unit.factor)


def _read_half(text: str, draft: _Draft) -> tuple[Fraction, int]:
    """Read what may stand between a number and its unit: 三个半小时, half a year, 10 多公里."""
    if text.startswith("个半", draft.end):
        return Fraction(1, 2), draft.end + 2
    if draft.numeral.vague or draft.amount == Fraction(1, 2):
        article = re.compile(r" (?:an? |of )").match(text, draft.end)
        if article:
            return Fraction(0), article.end() - 1
    return Fraction(0), draft.end


def _attach_half(text: str, draft: _Draft) -> _Draft:
    word = text[draft.start : draft.end]
    if word.endswith("half") and (word != "half" or _HALF_OF.match(text, draft.end)):
        return replace(draft, kind="percent")
    return draft


def _currency_before(text: str, start: int) -> tuple[str, str] | None:
    before = text[max(0, start - _BEFORE) : start]
    for match in _CURRENCY.finditer(before):
        if match.end() == len(before) and match.lastgroup:
            return match.lastgroup, match[0]
    return None


def _share(text: str, draft: _Draft, following: _Draft) -> _Draft:
    """Give the first of a range what only the second says: 3 to 5 billion dollars."""
    if not _is_range(text, draft, following):
        return draft
    if draft.amount.denominator == 1 and int(draft.amount) in _YEARS:
        return draft
    scale = following.numeral.scale
    if (
        draft.numeral.scale == 1
        and scale >= 100
        and draft.start != following.start
        and draft.amount < following.amount / scale
    ):
        draft = replace(draft, amount=draft.amount * scale)
    if draft.kind is None:
        draft = replace(draft, kind=following.kind, unit=following.unit, factor=following.factor)
    return draft


def _share_before(text: str, before: _Draft, draft: _Draft) -> _Draft:
    """Give the second of a range what only the first says: $3 to 5 billion, 百分之三到五."""
    if draft.kind or before.kind not in {"money", "percent"} or not _is_range(text, before, draft):
        return draft
    if before.kind == "percent" and _OF.search(text, before.start, before.end):
        above = before.numeral.amount / before.amount
        return replace(draft, amount=draft.amount / above, kind="percent")
    if before.kind == "money" and text[before.start] in "$¥€£":
        return replace(draft, kind="money", unit=before.unit)
    return draft


def _is_range(text: str, one: _Draft, other: _Draft) -> bool:
    if one.start == other.start:
        return True
    between = text[one.end : other.start].removesuffix("$")
    if one.amount > other.amount * max(other.numeral.scale, 1):
        return False
    follows = other.amount in {one.amount + 1, (one.amount + 1) * other.numeral.scale}
    return bool(
        _JOINED.fullmatch(between)
        or (between in {" ", ", ", ","} and (follows or other.kind == "percent"))
        or (_BOTH.fullmatch(between) and _BETWEEN.search(text[max(0, one.start - 9) : one.start]))
    )


def _finish(text: str, draft: _Draft) -> Quantity | None:
    """Return the quantity, None where the word was no number after all."""
    numeral, kind, unit, end = draft.numeral, draft.kind, draft.unit, draft.end
    is_place = bool(_NUMBER_BEFORE.search(text[max(0, draft.start - 8) : draft.start]))
    if numeral.needs == "unit" and not (is_place or _is_counted(text, draft)):
        return None
    if kind is None and numeral.needs == "measure" and not _has_measure(text, draft.start, end):
        return None
    amount = draft.amount * draft.factor
    if _AGE_BEFORE.search(text[max(0, draft.start - 8) : draft.start]) and kind is None:
        kind, unit = "age", "year"
    if kind is None and is_place and amount < 100:
        kind = "ordinal"
    if kind is None and _is_year(text, draft):
        kind = "date"
    return kind or "number", amount, unit, draft.start, end, numeral.vague


def _is_counted(text: str, draft: _Draft) -> bool:
    """Whether 一, 万 or "one" counts something: 一年, 到一; not 一个, nor the 亿 of 亿美元级."""
    if draft.start == draft.numeral.start and text[draft.start] in "百千万亿":
        return draft.kind == "multiple"
    is_end = text[draft.start - 1 : draft.start] in {"到", "至"}
    return draft.kind is not None or (is_end and not text[draft.end : draft.end + 1].isalpha())


def _has_measure(text: str, start: int, end: int) -> bool:
    if _RATIO.search(text, max(0, start - 2), end + 2):
        return True
    following = _SPARE.match(text, end)
    place = following.end() if following else end
    if place > end or text[end : end + 1] in MEASURES + "到至":
        return True
    # Said for itself: 从零到一, 三 (not the 五 of 三毛五).
    return not text[end : end + 1].isalpha() and text[start - 1 : start] in "到至从是为等于 "


def _is_year(text: str, draft: _Draft) -> bool:
    words = text[draft.start : draft.end]
    is_written = words.isdigit() and len(words) == 4 and words[-3:] != "000"
    return is_written and int(words) in _YEARS and not _COUNTED.match(text, draft.end)
