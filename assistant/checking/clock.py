"""Text → the times of day in it, equal across notations: 3:40, 三点四十分, twenty to four.

A day has two halves here, for many speakers do not say which they mean.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checking.records import Difference
from index.numbers import find_values

HALF_A_DAY = 720
"""Minutes."""

_HAN = "零〇一二两三四五六七八九十"
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOURS = _HOUR.split("|")
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "half": 30}
_TENS = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_PART_OF_DAY = "早上|上午|中午|下午|晚上|夜里|凌晨|半夜|傍晚"
_DIGITS = re.compile(
    r"(?<![\d.,:])(?P<h>\d{1,2})[:：](?P<m>\d{2})(?![\d:])"
    rf"|(?P<zh>[{_HAN}\d]{{1,3}})点(?:(?P<half>半)|(?P<zm>[{_HAN}\d]{{1,3}})分"
    rf"|(?P<tens>[二三四五]?十[一二三四五六七八九]?)(?![{_HAN}\d百千万亿]|[吨米公级倍个]))"
    rf"|(?<={_PART_OF_DAY})(?P<full>[{_HAN}\d]{{1,3}})点"
)
_ENGLISH = re.compile(
    # "From one pound twenty to three pounds" tells no time.
    rf"(?<!pound )(?<!pounds )\b(?P<minute>five|ten|quarter|twenty|half) (?P<side>to|past)"
    rf" (?P<hour>{_HOUR}|midnight|midday|noon)\b(?! pounds?\b)",
    re.IGNORECASE,
)
_ENGLISH_FULL = re.compile(
    rf"(?<!to )(?<!past )\b(?<![\d:.])(?P<hour>{_HOUR}|\d{{1,2}})(?= (?:o'clock|at night"
    r"|in the (?:morning|afternoon|evening)"
    r"|(?:the )?(?:next|following) morning))"
    rf"|(?:(?<=at |by )|\b(?=[a-z]+-))(?P<spoken>{_HOUR})[- ](?P<tens>(?:twenty|thirty|forty|fifty)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|ten|fifteen)\b",
    re.IGNORECASE,
)


def missing_times(claim: str, texts: Sequence[str]) -> list[Difference]:
    """Return the times of day of a claim that differ from all those told, if any are told."""
    told = [(time, text[start:end]) for text in texts for time, start, end in find_times(text)]
    known = {time for time, _ in told}
    return [
        Difference("number", claim[start:end], told[0][1], start)
        for time, start, end in find_times(claim)
        if told and time not in known
    ]


def hide_times(text: str) -> str:
    """Return a text with blanks in place of its times of day."""
    for _, start, end in find_times(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=1 << 11)
def find_times(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the times of day of a text as minutes of half a day, with their places."""
    return tuple(sorted({*_digits(text), *_english(text)}, key=lambda found: found[1]))


def _digits(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _DIGITS.finditer(text):
        hour = _whole(match["h"] or match["zh"] or match["full"])
        minute = match["m"] or match["zm"] or match["tens"] or "0"
        minutes = 30 if match["half"] else _whole(minute)
        if hour is not None and minutes is not None and hour <= 24 and minutes < 60:
            yield (hour * 60 + minutes) % HALF_A_DAY, *match.span()


def _english(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _ENGLISH.finditer(text):
        shift = _MINUTES[match["minute"].lower()] * (1 if match["side"].lower() == "past" else -1)
        yield (_hour(match["hour"]) * 60 + shift) % HALF_A_DAY, *match.span()
    for match in _ENGLISH_FULL.finditer(text):
        hour = _hour(match["hour"] or match["spoken"])
        tens, _, units = (match["tens"] or "").lower().partition("-")
        minutes = _TENS.get(tens, 0) + (_hour(units) if units else 0)
        yield (hour * 60 + minutes) % HALF_A_DAY, *match.span()


def _hour(word: str) -> int:
    """Return an hour; midnight and noon are 0."""
    if word.isdigit():
        return int(word)
    return _HOURS.index(word.lower()) + 1 if word.lower() in _HOURS else 0


def _whole(text: str) -> int | None:
    values = find_values(text)
    amount = values[0].amount if len(values) == 1 else None
    return int(amount) if amount is not None and not isinstance(amount, str) else None
