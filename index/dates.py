"""Folded text → the dates in it: years, months, days, decades and centuries, in one notation.

Notations: 2021, 2021-03, 2021-03-05, --03 (a month of no year), --03-05, 1990s, C20.
"""

import functools
import re
from collections.abc import Iterator

from index.chinese_numerals import read_chinese
from index.english_numerals import SMALL, WordReader

Date = tuple[str, int, int]
"""A date in the one notation, and where it stands: characters start to end, end excluded."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_TENS = "twenties thirties forties fifties sixties seventies eighties nineties"
_CENTURIES = "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"

_ZH = "〇零一二三四五六七八九"
_CENTURY = _CENTURIES.replace("-", "[ -]").replace("h ", "h|")
_YEAR = r"(?P<year>(?!1000)(?:1\d|2[01])\d\d(?!\d))"
_EITHER = r"(?:(?P<year>(?:1[5-9]|20)\d\d(?!\d))|'(?P<short>\d\d)(?!\d))"
_SHORT_ZH = rf"(?P<short>\d\d|[〇零九八][{_ZH}]|[一二][零〇])"
_MONTH_ZH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月份?"
_DAY_ZH = rf"(?P<day>[0-3]?\d|[{_ZH}十]{{1,3}}) ?[日号]"
_MONTH = (
    r"(?<![a-z])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,.]*\d|%)"
_NOT_A_DAY = r"(?! ?(?:percent|[a-z]*illion|thousand|hundred|times|[a-z]+watt|people|years|days))"
_PART_OF_TIME = r"(?:(?<=the )|(?<=early )|(?<=late )|(?<=mid )|(?<=mid-))"
_IN_TIME = (
    r"(?:(?<=in )|(?<=of )|(?<=by )|(?<=since )|(?<=until )|(?<=from )|(?<=before )|(?<=after )"
    r"|(?<=last )|(?<=next )|(?<=this )|(?<=early )|(?<=late )|(?<=mid-)|(?<=to )|(?<=through ))"
)
_MONTH_HINT = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What must be in the text, and the pattern. The longer first: what one has taken, the next ones no
# longer see.
_PATTERNS = (
    # 2021年3月5日, 二〇二六年; but 2000年来 is how long.
    (
        "年",
        rf"(?<![\d.])(?:{_YEAR}|(?P<said>[{_ZH}]{{4}})) ?年(?!级|代|来|的?历史|之久)"
        rf"(?: ?{_MONTH_ZH}(?: ?{_DAY_ZH})?)?",
    ),
    # 23年3月, 23年底, 从23年, 九八年: two digits are a year only where the words around say so.
    (
        "年",
        rf"(?<![\d.{_ZH}十百千万亿]){_SHORT_ZH} ?年"
        rf"(?:{_MONTH_ZH}(?:{_DAY_ZH})?|(?=[初底末春夏秋冬]|[上下]半年|的时候))",
    ),
    ("年", r"(?:(?<=从)|(?<=自)|(?<=早在)|(?<=回到))(?P<short>\d\d) ?年(?![里内间前多来以之后])"),
    ("年", rf"(?<![\d{_ZH}十百千万亿])(?P<short>[九〇零][{_ZH}]|0\d) ?年"),
    ("年", r"(?<![\d.])(?P<short>8[1-9]|9[1-9]) ?年(?![前后里内间多来以之的历级代])"),
    # 20世纪90年代, 上世纪九十年代, 1990年代
    (
        "年代",
        r"(?:(?P<century>\d\d|[一二十]+) ?世纪|上个?世纪)? ?"
        r"(?<!\d)(?P<tens>\d0|[二三四五六七八九]十) ?年代",
    ),
    ("年代", r"(?<!\d)(?P<decade>(?:1[5-9]|20)\d0) ?年代"),
    (
        "世纪",
        r"(?<![\d.个])(?P<century>\d\d?|[一二三四五六七八九十]{1,3})"
        r"(?: ?世纪|(?=[和至到、-]\d\d? ?世纪))",
    ),
    ("公元", r"(?:(?<=公元)|(?<=公元前)|(?<=公元 )|(?<=公元前 ))(?P<plain>\d{1,4}) ?年"),
    # 1576-77; what ends in 01 to 12 is a month
    ("1|2", r"(?<=[12]\d\d\d-)(?P<ending>1[3-9]|[2-9]\d)(?![\d.,%])(?: ?年)?"),
    ("月", rf"(?<![\d{_ZH}十百千万亿个几数]){_MONTH_ZH}(?: ?{_DAY_ZH})?(?![亮球饼票薪底嫂])"),
    (
        "19|20",
        rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark){_DAY}(?![/.-]\d)",
    ),
    ("19|20", rf"(?<![\d/.-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![/-]|\.?\d)"),
    (_MONTH_HINT, rf"{_MONTH} (?:the )?{_DAY},? (?:of )?{_EITHER}"),
    (_MONTH_HINT, rf"(?<![\d.,]){_DAY} (?:of )?{_MONTH}(?:,? (?:of )?{_EITHER})?"),
    (_MONTH_HINT, rf"{_MONTH},? (?:of )?{_EITHER}"),
    (_MONTH_HINT, rf"{_MONTH} (?:the )?{_DAY}{_NOT_A_DAY}"),
    (_MONTH_HINT, _MONTH),
    # 1990s, the '90s, the nineties
    ("0s|0's", r"(?<![\d.,])(?P<decade>(?:1[5-9]|20)\d0)'?s(?![a-z])"),
    ("0s|0's", rf"{_PART_OF_TIME}'?(?P<tens>[2-9]0|[01]0)'?s(?![a-z])"),
    ("0s", r"(?<![\w'])'(?P<tens>\d0)s(?![a-z])"),
    ("ties", rf"{_PART_OF_TIME}(?:nineteen )?(?P<tens>{_TENS.replace(' ', '|')})(?![a-z])"),
    (
        "centur",
        r"(?<![\d.,])(?P<century>\d\d?)(?:st|nd|rd|th)"
        r"(?:[ -]centur(?:y|ies)|(?=(?: and | to | or |-)(?:the )?\d\d?(?:st|nd|rd|th)[ -]centur))",
    ),
    ("centur", rf"(?<![a-z])(?P<century>{_CENTURY})[ -]centur(?:y|ies)"),
    ("'", r"(?<![\w'])'(?P<short>\d\d)(?![\w'%])"),
    # nineteen eighty-four, twenty twenty-six
    (
        "nineteen|twenty",
        rf"(?<![a-z-])(?P<spoken>(?:nineteen|twenty) (?:{'|'.join(list(SMALL)[10:])})"
        rf"(?:[ -](?:{'|'.join(list(SMALL)[1:10])}))?)(?![a-z])(?! (?:percent|dollars|hundred))",
    ),
)


def find_dates(text: str, cased: str) -> Iterator[Date]:
    """Yield the dates of a folded text; the longest one wherever several could be read.

    Args:
        text: folded text.
        cased: the same characters before folding took their capitals; a month is May, not may.
    """
    for pattern in _patterns(text):
        for match in pattern.finditer(text):
            groups = {name: words for name, words in match.groupdict().items() if words}
            if "ending" in groups:
                groups = {"year": text[match.start() - 5 : match.start() - 3] + groups["ending"]}
            if not _is_month(match, groups, cased):
                continue
            if date := _write(groups):
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
                yield date, *match.span()


def _patterns(text: str) -> list[re.Pattern[str]]:
    """Return the patterns worth trying: most texts lack the characters most of them need."""
    return [pattern for hints, pattern in _compiled() if any(hint in text for hint in hints)]


@functools.cache
def _compiled() -> list[tuple[list[str], re.Pattern[str]]]:
    return [(hints.split("|"), re.compile(pattern)) for hints, pattern in _PATTERNS]


def _is_month(match: re.Match[str], groups: dict[str, str], cased: str) -> bool:
    """Whether a Latin word is a month: it has a year, or a capital; may and march need more."""
    month = groups.get("month", "")
    if not month.isalpha() or not month.isascii() or "year" in groups or "short" in groups:
        return True
    if not cased[match.start("month")].isupper():
        return False
    is_common = len(month) == 3 or month == "march"
    return not is_common or "day" in groups or bool(_is_in_time(match.string, match.start()))


def _is_in_time(text: str, place: int) -> bool:
    return bool(re.compile(_IN_TIME).match(text, place))


def _write(groups: dict[str, str]) -> str | None:
    """Write what a pattern found in the one notation; None when it is no date after all."""
    if "century" in groups and "tens" not in groups:
        century = _number(groups["century"])
        return f"C{century}" if 0 < century <= 21 else None
    if "tens" in groups or "decade" in groups:
        return f"{_decade(groups)}s"
    if "spoken" in groups:
        first, _, rest = groups["spoken"].partition(" ")
        return f"{SMALL[first]}{_spoken(rest):02}"
    parts = [_year(groups)]
    if "month" in groups:
        parts.append(f"{_month(groups['month']):02}")
    if "day" in groups:
        day = _number(groups["day"])
        if not 1 <= day <= 31:
            return None
        parts.append(f"{day:02}")
    return "-".join(parts)


def _year(groups: dict[str, str]) -> str:
    if "year" in groups or "plain" in groups:
        return groups.get("year") or groups["plain"]
    if "said" in groups:
        return str(_number(groups["said"]))
    if "short" in groups:
        digits = _number(groups["short"])
        return str(2000 + digits if digits < 40 else 1900 + digits)
    return "-"


def _decade(groups: dict[str, str]) -> int:
    if "decade" in groups:
        return int(groups["decade"])
    tens = groups["tens"]
    names = _TENS.split(" ")
    decade = 10 * (names.index(tens) + 2) if tens in names else _number(tens)
    if "century" in groups:
        return 100 * (_number(groups["century"]) - 1) + decade
    return 1900 + decade if decade >= 20 else 2000 + decade


def _month(word: str) -> int:
    return (
        _MONTHS.split(" ").index(word[:3]) + 1
        if word.isascii() and word.isalpha()
        else _number(word)
    )


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    names = _CENTURIES.split(" ")
    if words.replace(" ", "-") in names:
        return names.index(words.replace(" ", "-")) + 15
    return int(read_chinese(words) or 0)


def _spoken(words: str) -> int:
    reader = WordReader(words, 0)
    reader.read()
    return int(reader.amount)
