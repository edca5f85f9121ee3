"""Text → lines that fit a page; a wide character counts two, and Chinese breaks anywhere."""

import re
import textwrap
import unicodedata

WIDTH = 100


def wrapped(text: str, *, indent: str = "") -> str:
    """Wrap text to the page; a wide character counts two, and Chinese breaks anywhere."""
    lines = []
    for paragraph in text.split("\n"):
        lines += _wrap_line(paragraph, WIDTH - len(indent)) or [""]
    return textwrap.indent("\n".join(lines), indent)


def _wrap_line(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for unit in _units(text):
        size = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in unit)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
            if unit == " ":
                continue
        line += unit
        used += size
    return [*lines, line.rstrip()] if line.strip() else lines


# A wide character with the marks that may not leave it, a blank, or a run of anything else.
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_OPENING = "（“「『《【"
_UNIT = re.compile(
    rf"[{_OPENING}]*[{_WIDE}][，。、；：？！）”」』》】…—]*| |[^\s{_WIDE}{_OPENING}]+|."
)


def _units(text: str) -> list[str]:
    return _UNIT.findall(text)
