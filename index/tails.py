"""Folded text behind a unit → what it adds to the number: "and a half", 半, 三公里四."""

import re
from fractions import Fraction

from index.units import MEASURES, Unit

Tail = tuple[Fraction, int, str | None]
"""How much more of the unit, where it ends, and the unit's name: what has pence is money."""

_AND_A_HALF = re.compile(r" and a half(?![a-z])")
_HALVED = frozenset({"duration", "multiple", "mass"})
# A digit behind these is tenths; one that counts something itself (三米一根) is not.
_SPOKEN = re.compile(r"(?:公里|米|公斤|斤|块|镑|成|吨)$")
_TENTHS = re.compile(
    rf"[一二三四五六七八九](?![零〇一二三四五六七八九十百千万亿两点多几半毛厘米斤克吨月{MEASURES}])"
)
_CENTS = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_CENTS |= {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_PENCE = re.compile(rf" ({'|'.join(_CENTS)})(?![a-z-])")


def read_tail(text: str, unit: Unit, *, is_whole: bool) -> Tail:
    """Return what stands behind a unit and belongs to its number; nothing is 0 at the unit's end.

    Args:
        text: folded.
        unit: as found.
        is_whole: whether the number has no part yet: 三个半小时 takes no other half.
    """
    if more := _AND_A_HALF.match(text, unit.end):
        return Fraction(1, 2), more.end(), unit.name
    if not is_whole:
        return Fraction(0), unit.end, unit.name
    if text[unit.end : unit.end + 1] == "半" and unit.kind in _HALVED:
        return Fraction(1, 2), unit.end + 1, unit.name
    tenths = _TENTHS.match(text, unit.end)
    if tenths and _SPOKEN.search(text, 0, unit.end):
        return Fraction("零一二三四五六七八九".index(tenths[0]), 10), tenths.end(), unit.name
    pence = _PENCE.match(text, unit.end) if unit.name == "lb" else None
    if pence:
        return Fraction(_CENTS[pence[1]], 100), pence.end(), "GBP"
    return Fraction(0), unit.end, unit.name
