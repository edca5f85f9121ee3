"""Folded text → values said in a phrase of their own, and what only looks like a value."""

import functools
import re
from collections.abc import Iterator
from fractions import Fraction

from index.chinese_numerals import CHINESE, read_chinese
from index.units import Kind, find_unit

Phrase = tuple[Kind, Fraction, str | None, int, int]
"""Kind, amount, unit, and where it stands: characters start to end, end excluded."""

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
# What looks like a number and says none: what must be in the text, and the pattern. In the English
# phrases a blank stands for a blank or a hyphen.
_PHRASES = (
    "first of all|at first|first and foremost|first off|first name|firsthand|first hand"
    "|first principles?|ladies first|twenty four seven|nine to five|fifty fifty|square one|zero sum"
    "|zero day|ground zero|catch 22|seven eleven|one on one|one by one|on second thought"
    "|second guess|second hand|second nature|split second|third part(?:y|ies)|third world"
    "|the second (?:that|he|she|it|we|you|i|they)|for a second|every second|no one|one another"
    "|one day|(?:first|second|back|other|better|front|latter) half"
)
_HIDDEN = (
    ("://", r"\S+://\S+"),
    ("www.", r"www\.\S+"),
    ("@", r"\S+@\S+\.\w+"),
    (":", r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"),  # times of day and of recordings
    (".", r"(?<![\d.])(?!(?:19|20)\d\d\.)\d+(?:\.\d+){2,}"),  # versions, addresses
    ("0", r"(?<![\d.,/-])0\d+(?![.\d/-])(?! ?[年月日号])"),  # numbers that name things
    ("", r"\d{16,}"),
    ("]|)", r"\[\d+\]|\(\d{1,2}\)"),  # notes, items
    ("24/7|9/11|50/50|50-50|401", r"24/7|9/11|50/50|50-50|(?<!\d)401\(?k\)?"),
    ("d|p", r"(?<![\d.])\d+[dp](?![a-z])"),  # dimensions, lines of a screen
    (
        "first|second|third|one|zero|nine|fifty|eleven|twenty|catch|half",
        rf"(?<![a-z])(?:{_PHRASES.replace(' ', '[ -]')})(?![a-z])",
    ),
    (
        "万|千|百|十",
        r"万一(?!千|百|十|亿)|[千万](?:别|不[要能]|要(?!元|个)|得|记|小心)|十分(?!钟|之)|万分(?!之)|千万富翁"
        r"|[百亿]万富翁|(?<![一二两三四五六七八九])百度|千问|万科|万[能物事众岁圣]|百[姓货科]|千禧|千方百计|千千万万|成千上万|千变万化"
        r"|十全十美|千言万语|千辛万苦|十字",
    ),
    (
        "三|四|五|七|八|九|二|两|双",
        r"三星|三峡|三亚|三国|四川|五官|八卦|九州|三明治|张三|李四|王五|乱七八糟|七上八下|三心二意|五花八门"
        r"|四面八方|九牛一毛|三番五次|不三不四|四通八达|五湖四海|三言两语|三三两两|双十[一二]|三角"
        r"|两岸|二手|二维码|二次元|三农|三天两头|(?<![一二三四五六七八九十百千万])(?:四季|四处|四周(?![后前内岁年]))|三折叠",
    ),
    ("零|〇", r"[零〇][售件食散星钱碎头工距门部]|[归清打]零"),
    (
        "一",
        r"一[下些起样直定般切旦边面一]|一度(?!电)|一块(?!钱|[一二三四五六七八九](?![\u4e00-\u9fff]))|一点(?![零一二三四五六七八九])|一五一十|第一(?:性原理|手|时间)"
        r"|[有那这同某每哪]一[天年]|[有那这]一[周月]|新的一[天年]",
    ),
    ("几|数|元", r"几[乎何]|茶几|数[据学字]|[一二三多]元(?=[素方论对化结次思])"),
    ("半", r"半[导夜路径岛]|[多大]半|[大老好]半天|半年报|[上下前后]半[场生程]"),
)
_COUNTED: tuple[tuple[str, Kind, int, int, str], ...] = (
    ("百分百", "percent", 1, 1, "百分百"),
    ("半|折", "percent", 1, 2, "一半|半数|过半|对折|(?<=打)五折|半个(?![小月世多天钟])"),
    ("翻|倍", "multiple", 2, 1, "翻(?:了|上)?一?[倍番]|加倍|双倍"),
    ("翻", "multiple", 4, 1, "翻(?:了|上)?两番"),
    ("翻", "multiple", 8, 1, "翻(?:了|上)?三番"),
    (
        "twice|doubl",
        "multiple",
        2,
        1,
        r"twice|doubl(?:es|ed|ing|e(?![ -](?:down|check|click|edge|digit)))(?![a-z])",
    ),
    ("thrice|tripl", "multiple", 3, 1, r"thrice|tripl(?:es|ed|ing|e)(?![a-z])"),
    ("quadrupl", "multiple", 4, 1, r"quadrupl(?:es|ed|ing|e)(?![a-z])"),
    ("third of", "percent", 1, 3, r"(?<![a-z])an? third(?= of)"),
    ("quarter of", "percent", 1, 4, r"(?<![a-z])an? quarter(?= of (?!an? [a-z]*illion))"),
    ("fifth of", "percent", 1, 5, r"(?<![a-z])an? fifth(?= of)"),
    ("tenth of", "percent", 1, 10, r"(?<![a-z])an? tenth(?= of)"),
    ("首|头一", "ordinal", 1, 1, "首(?=[次个位款家批届])|头一[次个回]"),
)
_ORDINAL_ZH = rf"第 ?(?:(?P<digits>\d+)|(?P<zh>[{CHINESE}]+))"
_ORDINAL_DIGITS = (
    r"(?<![\d.,])(?P<digits>\d+)(?:st|nd|rd|th)(?![a-z])|(?<![a-z0-9])q(?P<quarter>[1-4])(?!\d)"
)
_ORDINAL_WORDS = (
    r"(?<![a-z])(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?(?P<word>"
    + _ORDINALS.replace(" ", "|")
    + r")(?:ly)?(?![a-z])"
)
_QUARTER_ZH = r"(?P<zh>[一二三四1-4])季度"
_DISCOUNT = (
    r"(?:(?P<zh>[一二三四五六七八九]{1,2})|(?P<digits>\d(?:\.\d)?|\d\d))折(?![叠磨腾射断旧扣])"
)
_AGE_DECADE = (
    r"(?<![a-z])(?:my|his|her|their|our|your) (?:early |late |mid-?)?'?"
    r"(?:(?P<tens>[2-9]0)'?s|(?P<words>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)(?![a-z])"
)
_BEFORE_SECOND = re.compile(r"(?:the|my|our|your|his|her|its|their|a|and) $")
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def hide_idioms(text: str, cased: str, original: str, offsets: list[int]) -> str:
    """Return the text with what only looks like a number struck out, its length unchanged."""
    characters = list(text)
    spans = [
        match.span()
        for hints, pattern in _hidden()
        if any(hint in text for hint in hints)
        for match in pattern.finditer(text)
    ]
    spans.extend(_find_names(text))
    spans.extend(_find_item_numbers(text, original, offsets))
    spans.extend(m.span() for m in re.finditer(r"(?<![\dA-Za-z])\dG(?![A-Za-z])", cased))
    for start, end in spans:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)


@functools.cache
def _hidden() -> list[tuple[list[str], re.Pattern[str]]]:
    return [(hints.split("|"), re.compile(pattern)) for hints, pattern in _HIDDEN]


def _find_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield digits that belong to a name: GPT-4, F-150; not 10k-20k, mid-2024."""
    for match in re.finditer(r"(?<![a-z0-9])([a-z][a-z0-9]*)-(\d[\d.,]*\d|\d)(?!\d)", text):
        if match[1] not in {"mid", "pre", "post", "early", "late", "sub", "non", "q1", "q2", "q3"}:
            yield match.span(2)


def _find_item_numbers(text: str, original: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of list items: at the beginning of a line, before a stop."""
    for match in re.finditer(r"(?<![^ \0])\d{1,2}[.)、](?!\d)", text):
        line = original[: offsets[match.start()]].rstrip(" \t*_#-")
        if not line or line.endswith("\n"):
            yield match.span()


def find_phrases(text: str) -> Iterator[Phrase]:
    """Yield the values that have words of their own: ordinals, twice, 翻番, 一半, 八折."""
    taken = text
    for finder in (_find_counted, _find_ordinals, _find_discounts, _find_ages):
        for phrase in finder(taken):
            start, end = phrase[3], phrase[4]
            taken = taken[:start] + "\0" * (end - start) + taken[end:]
            yield phrase


def _find_ordinals(text: str) -> Iterator[Phrase]:
    for match in re.finditer(f"{_ORDINAL_DIGITS}|{_ORDINAL_ZH.replace('digits', 'place')}", text):
        written = match["digits"] or match["quarter"] or match["place"]
        amount = Fraction(written) if written else read_chinese(match["zh"])
        if amount is not None:
            yield "ordinal", amount, None, *match.span()
    for match in re.finditer(rf"(?<!第){_QUARTER_ZH}", text):
        amount = Fraction(match["zh"]) if match["zh"].isdigit() else read_chinese(match["zh"])
        if amount is not None:
            yield "ordinal", amount, None, *match.span()
    for match in re.finditer(_ORDINAL_WORDS, text):
        if _is_ordinal(text, match):
            amount = Fraction(_ORDINALS.split(" ").index(match["word"]) + 1)
            if match["tens"]:
                amount += 10 * (_TENS.split(" ").index(match["tens"]) + 2)
            yield "ordinal", amount, None, *match.span()


def _is_ordinal(text: str, match: re.Match[str]) -> bool:
    """Whether the word tells a place: not the second that passes, nor a third of something."""
    word, before = match["word"], text[: match.start()]
    if re.match(
        r" of (?:the|an?|all|its|our|their|that|this|those|what|us)\b", text[match.end() :]
    ):
        return word == "first" or before.endswith("the ")
    if word == "second" and not match["tens"]:
        is_after_stop = not before.strip() or before.rstrip()[-1:] in ".,;:!?"
        return bool(_BEFORE_SECOND.search(before)) or is_after_stop
    # "One third" and "two fifths" are parts; parts are read with their numbers.
    return word == "first" or not re.search(r"(?:one|\d)[ -]$", before)


def _find_counted(text: str) -> Iterator[Phrase]:
    for hints, kind, above, below, pattern in _COUNTED:
        if any(hint in text for hint in hints.split("|")):
            for match in re.finditer(pattern, text):
                yield kind, Fraction(above, below), None, *match.span()
    if "a half" in text:
        yield from _find_one_and_a_half(text)


def _find_one_and_a_half(text: str) -> Iterator[Phrase]:
    """Yield "a year and a half", where "a" is the number."""
    for match in re.finditer(r"(?<![a-z])an? ([a-z]+) and a half(?![a-z])", text):
        unit = find_unit(text, match.start(1))
        if unit and unit.end == match.end(1):
            yield unit.kind, unit.factor * 3 / 2, unit.name, *match.span()


def _find_discounts(text: str) -> Iterator[Phrase]:
    """Yield 八折 and 九五折, which tell the part of the price that is paid."""
    for match in re.finditer(_DISCOUNT, text):
        written = match["digits"]
        amount = Fraction(written) if written else read_chinese(match["zh"])
        if amount:
            yield "percent", amount / (10 if amount < 10 else 100), None, *match.span()


def _find_ages(text: str) -> Iterator[Phrase]:
    for match in re.finditer(_AGE_DECADE, text):
        names = [name[:-1] for name in _TENS.split(" ")]
        words = match["tens"] or 10 * (names.index(match["words"]) + 2)
        start = match.start("tens" if match["tens"] else "words")
        yield "age", Fraction(words), "year", start, match.end()
