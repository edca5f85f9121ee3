"""Text in both scripts → the units a line may be broken between, and where it is broken.

Chinese breaks between any two characters, so that lines are full; closing marks stay with what
they close, opening ones with what they open, and a citation with its sentence. What has no wide
characters breaks at blanks alone.
"""

import re
from collections.abc import Callable, Iterator

_WIDE = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U000323af"
)
_OPENING = "（「『《【〔〈〖“‘［｛"
# Also what may not begin a line for being half of something: dashes, dots, small kana.
_CLOSING = (
    "，。、；：？！）」』》】〕〉〗”’］｝…—·～％‰℃￠々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    ",.;:?!)\\]}%"
)
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAIL = rf"(?:[{_CLOSING}{_MARKS}]|\[\d{{1,3}}\])*\s*"
_UNIT = re.compile(
    rf"\s*[{_OPENING}]*(?:[{_WIDE}]{_TAIL}|[^\s{_WIDE}{_OPENING}]+{_TAIL})|\s*[{_OPENING}]+\s*"
)
_HAS_WIDE = re.compile(rf"[{_WIDE}]")
_WORD = re.compile(r"\s*\S+\s*")


def units(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and words of each unit in order; blanks belong to the unit before.

    Joined they are the text, unless it is nothing but blanks: then there are none.
    """
    pattern = _UNIT if _HAS_WIDE.search(text) else _WORD
    position = 0
    while found := pattern.match(text, position):
        start, position = found.span()
        yield start, position, found[0]


def typed_units(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield units as `units` does, blanks at the start as one of their own: they are typed too."""
    start = len(text) - len(text.lstrip())
    if start:
        yield 0, start, text[:start]
    for begin, end, unit in units(text[start:]):
        yield start + begin, start + end, unit


def break_offsets(text: str, width: int, cells: Callable[[str], int]) -> list[int]:
    """Return before which characters a text is broken to fit.

    A unit that is wider than a whole line is broken anywhere.

    Args:
        text: one paragraph, without line ends.
        width: of a line in cells, at least 2.
        cells: how many cells a text takes.
    """
    offsets: list[int] = []
    used = 0
    for start, _, unit in units(text):
        size = cells(unit.rstrip())
        if used and used + size > width:
            offsets.append(start)
            used = 0
        if size > width:
            inner = _fold(unit, width, cells)
            offsets += [start + offset for offset in inner]
            unit = unit[inner[-1] :] if inner else unit  # noqa: PLW2901  # what is left of it
        used += cells(unit)
    return offsets


def _fold(unit: str, width: int, cells: Callable[[str], int]) -> list[int]:
    offsets, used = [], 0
    for place, character in enumerate(unit):
        size = cells(character)
        if used and used + size > width:
            offsets.append(place)
            used = 0
        used += size
    return offsets
