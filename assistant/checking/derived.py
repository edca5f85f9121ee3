"""A value of a claim × a text → whether the text's values come to it, though it writes another.

Whoever sums up rounds (将近一小时 of fifty-two minutes), says the order only (几百万 of 3.8
million), adds, and says two amounts as a share (three quarters of 800 and 600). What is not said to
be rounded must be exact, up to how shares are spoken.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations

from assistant.checking.values import values_of
from index.numbers import Value

BREATH = 5
"""Characters between the parts of one amount: " and "."""
ABOUT = 14
"""Characters before a value in which a word may say that it is rounded."""
BEHIND = 8
"""Characters after it in which one may."""
ORDER = 10
"""How often the amount goes into what has the same order: 几百 is 100 to 999."""
DAYS_OF_MONTH = Fraction(3044, 100)
SECONDS_OF_DAY = 86_400
ROUGH_SHARE = Fraction(4, 100)
"""How far two amounts may be off a share that is said to be rounded, of 1."""
SPOKEN_SHARE = Fraction(2, 100)
"""The same where nothing says so: 23 of 34 are two thirds in speech."""
MORE = Fraction(3, 2)
"""How far above "twice" what is called so may be."""
SHARE_KINDS = frozenset({"percent", "multiple"})

Bounds = tuple[Fraction, Fraction]
"""Least and most of what is told, as parts of what is said."""

_UP_TO: Bounds = (Fraction(75, 100), Fraction(101, 100))
_BELOW: Bounds = (Fraction(1, 2), Fraction(1))
_ABOVE: Bounds = (Fraction(1), Fraction(3, 2))
_AROUND: Bounds = (Fraction(86, 100), Fraction(114, 100))
_ROUNDINGS: tuple[tuple[re.Pattern[str], Bounds], ...] = (
    (
        re.compile(
            r"\b(?:nearly|almost|close to|approaching|not quite)\b|将近|接近|[近快](?=\W*$)"
        ),
        _UP_TO,
    ),
    (re.compile(r"\b(?:less than|fewer than|under|below|short of)\b|不到|不足|未满"), _BELOW),
    (
        re.compile(
            r"\b(?:over|more than|above|upwards of|at least|exceeding)\b|超过|超出|至少|不止"
        ),
        _ABOVE,
    ),
    (
        re.compile(
            r"\b(?:about|around|roughly|some|approximately|circa|decades?)\b|大约|大概|约|差不多"
        ),
        _AROUND,
    ),
)
_BEHIND = (
    (
        re.compile(r"^\W*(?:or so|odd|ish|or thereabouts|[a-z]* or so)\b|^.{0,2}(?:左右|上下)"),
        _AROUND,
    ),
    (re.compile(r"^(?:\W*or more\b|[^\W\d]?(?:多|余|有余|以上|出头))"), _ABOVE),
    (re.compile(r"^.{0,2}(?:不到|以下)"), _BELOW),
)
_INSIDE = (
    (re.compile("来"), _AROUND),
    (re.compile("[多余]"), _ABOVE),
    (re.compile("decade"), _AROUND),
)
_AMONG = re.compile(
    r"^\W*(?:out of|of|in)(?: every| the| those| each)?\W*$"
    r"|^\W*[个位次]?[^\W\d]{0,3}[里中][^\W\d]{0,3}$"
)
_ONE_IN = re.compile(r"\b(?:one|an?)\W+(?:out of|in)(?: every)?\W+$", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:more|again|over|above|higher|beyond|extra|grew|rose|up)\b|[多超高涨增贵]"
)
_SHORT_OF = re.compile(
    r"\b(?:less|fewer|lower|below|fell|down|cut|cheaper|off)\b|[少低跌降减省便砍裁]"
)


def is_derived(value: Value, claim: str, text: str) -> bool:
    """Whether the values of a text come to a value that it does not write."""
    if value.kind == "date":
        return _is_decade(str(value.amount), text)
    if isinstance(value.amount, str):
        return False
    if shares := list(_shares(value, claim)):
        return any(_is_share(share, claim, text, first) for share, first in shares)
    if value.kind in SHARE_KINDS and _is_share(value.amount, claim, text, value):
        return True
    return _sums_up(value, text) or _is_rounded(value, claim, text)


def _is_decade(date: str, text: str) -> bool:
    """Whether a text tells a year of the decade: 1974 of the seventies."""
    years = [str(v.amount) for v in values_of(text) if v.kind == "date"]
    return date.endswith("0s") and any(year[:3] == date[:3] for year in years)


def _is_rounded(value: Value, claim: str, text: str) -> bool:
    """Whether a told amount lies where the claim's word of rounding, or of order, says."""
    low, high = (Fraction(1), Fraction(ORDER)) if value.approximate else _bounds(value, claim)
    amount = _common(value)
    return low != high and any(
        _is_of_kind(value, told) and low * amount <= _common(told) <= high * amount
        for told in values_of(text)
    )


def _bounds(value: Value, claim: str) -> Bounds:
    """Return between which parts of a value the told one may lie; twice 1 if it is not rounded."""
    before = claim[max(0, value.start - ABOUT) : value.start].lower()
    said = claim[value.start : value.end].lower()
    behind = claim[value.end : value.end + BEHIND].lower()
    for rules, where in ((_INSIDE, said), (_BEHIND, behind), (_ROUNDINGS, before)):
        for pattern, bounds in rules:
            if pattern.search(where):
                return bounds
    return Fraction(1), Fraction(1)


def _common(value: Value) -> Fraction:
    """Return an amount, that of a duration in seconds whatever it is told in."""
    amount = Fraction(value.amount)
    return amount * DAYS_OF_MONTH * SECONDS_OF_DAY if value.unit == "month" else amount


def _is_of_kind(value: Value, told: Value) -> bool:
    if isinstance(told.amount, str) or told.kind in {"ordinal", "date"}:
        return False
    if value.kind == told.kind == "duration":
        return True
    return value.kind == told.kind and value.unit == told.unit


def _sums_up(value: Value, text: str) -> bool:
    """Whether two amounts said in one breath make the value: nine hours and twenty minutes."""
    if value.kind not in {"duration", "length"}:
        return False
    same = [v for v in values_of(text) if v.unit == value.unit and isinstance(v.amount, Fraction)]
    return any(
        two.start - one.end <= BREATH
        and Fraction(one.amount) + Fraction(two.amount) == value.amount
        for one, two in pairwise(same)
    )


def _shares(value: Value, claim: str) -> Iterator[tuple[Fraction, Value]]:
    """Yield the shares that a number of a claim is part of, each with the number it begins with.

    Seven of every ten, one in five, 十个里有七个.
    """
    if value.kind != "number":
        return
    if _ONE_IN.search(claim[: value.start]) and Fraction(value.amount) > 1:
        yield 1 / Fraction(value.amount), value
    numbers = [v for v in values_of(claim) if v.kind == "number" and Fraction(v.amount) > 0]
    for one, two in pairwise(numbers):
        between = claim[one.end : two.start].lower()
        if value in (one, two) and one.amount != two.amount and _AMONG.search(between):
            low, high = sorted((Fraction(one.amount), Fraction(two.amount)))
            yield low / high, one


def _is_share(share: Fraction, claim: str, text: str, value: Value) -> bool:
    """Whether two amounts of a text stand to each other as a claim says: half, twice, 30% more.

    "More than twice" is told by two and a half times; a text may put it the other way round.
    """
    bounds = _bounds(value, claim)
    told = [v for v in values_of(text) if isinstance(v.amount, Fraction) and v.amount > 0]
    said = [Fraction(v.amount) for v in told if v.kind in SHARE_KINDS]
    if any(_is_near(share, other, bounds) or share * other == 1 for other in said):
        return True
    return any(_is_near(share, ratio, bounds) for ratio in _ratios(claim, told))


def _ratios(claim: str, told: Sequence[Value]) -> Iterator[Fraction]:
    """Yield how amounts of one sort stand to each other, as far as the claim's words ask for it."""
    amounts = [(v, _common(v)) for v in told if v.kind not in {"ordinal", "date", *SHARE_KINDS}]
    for (one, first), (two, second) in permutations(amounts, 2):
        if not (_is_of_kind(one, two) or _is_bare(one) or _is_bare(two)) or first == second:
            continue
        yield first / second
        if first > second and _BEYOND.search(claim):
            yield (first - second) / second
        if first < second and _SHORT_OF.search(claim):
            yield (second - first) / second


def _is_bare(value: Value) -> bool:
    """Whether a number is told without its unit, as the second of two amounts often is."""
    return value.kind == "number"


def _is_near(share: Fraction, ratio: Fraction, bounds: Bounds) -> bool:
    """Whether a ratio is what is said, as near as one speaks of shares."""
    if share > 1 and share <= ratio < share * MORE:
        return True
    low, high = bounds
    if low != high:
        return low * share <= ratio <= high * share or abs(ratio - share) <= ROUGH_SHARE
    return abs(ratio - share) <= SPOKEN_SHARE * max(share, Fraction(1))
