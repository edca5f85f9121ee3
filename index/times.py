"""Time stamps of a recording: found, read and taken out of the words."""

import re

TIME = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?"
"""`00:17`, `1:02:03`, `00:00:05.240`, for use inside a regular expression."""

RANGE = rf"{TIME}(?:\s*(?:-+>?|[–—~～至到])\s*{TIME})?"
"""A time, or two with a dash between."""

STAMP = rf"(?:\\?\[{RANGE}\\?\]|\({RANGE}\)|（{RANGE}）|【{RANGE}】)"
"""A time in brackets, the square ones perhaps escaped."""

_FIRST = re.compile(TIME)
_LEADING = re.compile(
    rf"\s*(?:[*_`]*{STAMP}[*_`]*[:：]?|\d{{1,2}}:[0-5]\d:[0-5]\d(?:[.,]\d{{1,3}})?(?=\s))\s*"
)
_INSIDE = re.compile(rf"[ \t]*\[{RANGE}\]")
_HEADING = re.compile(
    rf"^[`*\s]*(?:{STAMP}|{TIME})[`*]*\s*[-–—:：|]*\s*|\s*[-–—|]*\s*[`*]*{STAMP}[`*]*\s*$"
)
_ONLY = re.compile(rf"[\W_]*(?:{TIME}[\W_]*(?:to|至|到)?[\W_]*)+")


def take_time(text: str) -> tuple[str | None, str]:
    """Return the first time that stamps the text, as written, and the text without its stamps.

    A stamp is in brackets anywhere, or `00:00:06` and a blank at the start; other times are words.
    """
    time = None
    leading = _LEADING.match(text)
    if leading:
        time = read_time(leading[0])
        text = text[leading.end() :]
    if "[" in text and (found := _INSIDE.search(text)):
        time = time or read_time(found[0])
        text = _INSIDE.sub("", text).strip()
    return time, text


def take_heading_time(heading: str) -> tuple[str | None, str]:
    """Return the time at either end of a heading, if any, and the heading without it."""
    found = _HEADING.search(heading)
    rest = heading[: found.start()] + heading[found.end() :] if found else heading
    if not found or not rest.strip():
        return None, heading
    return read_time(found[0]), rest.strip()


def read_time(text: str) -> str | None:
    """Return the first time in the text, as written."""
    found = _FIRST.search(text)
    return found[0] if found else None


def is_only_times(text: str) -> bool:
    """Whether nothing but time stamps is written: `[13:19] to [13:39]`."""
    return bool(_ONLY.fullmatch(text))
