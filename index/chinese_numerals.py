"""Chinese numerals → exact amounts: 一百二十万, 三点五亿, 二〇二六, 三四百."""

import re
from collections.abc import Iterator
from fractions import Fraction

CHINESE_DIGITS = {character: n for n, character in enumerate("零一二三四五六七八九")}
CHINESE_DIGITS |= {"〇": 0, "两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# The forms of cheques, which no stroke can alter.
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"

_SIDE_BY_SIDE = re.compile("(.*?)([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)")


def read_chinese(text: str) -> Fraction | None:
    """Return the amount of a Chinese numeral, None when it is not one.

    Reads digits one by one (二〇二六), places (一百二十万), a spoken last place (一百二 is 120)
    and decimals (三点五亿).
    """
    text = text.translate(FORMAL)
    if match := re.fullmatch(r"(.+)点([零〇一二三四五六七八九]+)([十百千万亿]*)", text):
        whole = read_chinese(match[1])
        digits = "".join(str(CHINESE_DIGITS[d]) for d in match[2])
        part = Fraction(int(digits), 10 ** len(digits))
        return None if whole is None else (whole + part) * scale_of(match[3])
    if len(text) > 1 and all(c in CHINESE_DIGITS and c != "两" for c in text):
        return Fraction(int("".join(str(CHINESE_DIGITS[c]) for c in text)))
    for big in "亿万":
        if big in text:
            before, _, after = text.rpartition(big)
            high = read_chinese(before) if before else Fraction(1)
            low = _read_rest(after, _CHINESE_SCALES[big])
            return None if high is None or low is None else high * _CHINESE_SCALES[big] + low
    return _read_below_ten_thousand(text)


def _read_below_ten_thousand(text: str) -> Fraction | None:
    for scale in "千百十":
        if scale in text:
            before, _, after = text.partition(scale)
            if before and before not in CHINESE_DIGITS:
                return None
            low = _read_rest(after, _CHINESE_SCALES[scale])
            high = CHINESE_DIGITS[before] if before else 1
            return None if low is None else high * _CHINESE_SCALES[scale] + low
    return Fraction(CHINESE_DIGITS[text]) if text in CHINESE_DIGITS else None


def _read_rest(text: str, above: int) -> Fraction | None:
    """Read what follows a place: nothing, lower places, or one spoken digit (两万五)."""
    if not text:
        return Fraction(0)
    if len(text) == 1 and text in CHINESE_DIGITS:
        return Fraction(CHINESE_DIGITS[text] * above, 10)
    low = read_chinese(text.lstrip("零〇"))
    return low if low is not None and low < above else None


def scale_of(characters: str) -> int:
    """Return the product of scale characters: 万亿 is a trillion, none is 1."""
    scale = 1
    for character in characters:
        scale *= _CHINESE_SCALES[character]
    return scale


def read_side_by_side(run: str) -> Iterator[Fraction]:
    """Read 三四百, 十二三, 三五十 and 六七八 as the numbers that stand side by side in them."""
    digits = [CHINESE_DIGITS.get(c, -9) for c in run]
    if len(run) > 2 and digits == list(range(digits[0], digits[0] + len(run))):
        yield from map(Fraction, digits)
        return
    match = _SIDE_BY_SIDE.fullmatch(run)
    if not match or (match[1] and match[1][-1] in CHINESE_DIGITS) or match[2] == "一":
        return
    low, high = CHINESE_DIGITS[match[2]], CHINESE_DIGITS[match[3]]
    if high - low == 1 or (low, high) == (3, 5):
        for digit in (match[2], match[3]):
            amount = read_chinese(match[1] + digit + match[4])
            if amount is not None:
                yield amount
