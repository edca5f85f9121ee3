"""A page as `ask` prints it, or any draft → its text in whole lines, and the sources under it.

What the page says about itself (who wrote it, what was searched, which paragraphs came nearest) is
no claim of anybody's. A draft of another make goes through unharmed.
"""

import re
import unicodedata

from assistant.render import LABELS
from index.fold import fold

_NUMBER = r"[0-9０-９]{1,3}"
_SOURCE_LINE = re.compile(
    rf"^\s{{0,3}}(?:[\[【［](?P<number>{_NUMBER})[\]】］]|·)\s.*?(?P<id>[^\s\[\]·]+:[0-9a-f]{{8}})\s*$"
)
_FRAME = ("extractive", "agent", "abstained", "nearest")
_ASIDE = re.compile(r"^[(（](?:[\[【［][^\]】］]*[\]】］]\s*)+(?P<words>.+)[)）]$")
_DOUBT = re.compile(r"\s*⚠ .*$", re.DOTALL)
_BEGINS = re.compile(r"\s*(?:[-*•>#|·]|\d{1,2}[.)、．]\s|[\[【［(（]|```|    )")
NARROW = 40
"""Columns up to which a line was ended by its writer; a longer one by the edge of a page."""


def take_sources(draft: str) -> tuple[str, dict[int, str]]:
    """Return a draft without the list of sources under it, and what the list says.

    A line that begins with a number in brackets and ends with a paragraph id is one of them, as
    `ask` prints it; the indented lines below it are its words. The page's own words go with it.
    """
    kept: list[str] = []
    numbered: dict[int, str] = {}
    inside = is_page = False
    for line in draft.splitlines():
        if found := _SOURCE_LINE.match(line):
            is_page = inside = True
            if found["number"]:
                numbered[int(fold(found["number"]))] = found["id"]
        elif not (inside and (not line.strip() or line.startswith("    "))):
            inside = False
            kept.append(line)
    return "\n".join(_without_frame(kept) if is_page or _is_page(kept) else kept), numbered


def whole_lines(draft: str) -> str:
    """Return a draft with the lines joined that only the edge of a page broke.

    A line is broken when it is long and the next one begins nothing new.
    """
    joined: list[str] = []
    for line in draft.splitlines():
        if joined and _goes_on(joined[-1], line):
            before = joined[-1].rstrip()
            blank = "" if _is_wide(before[-1]) or _is_wide(line.lstrip()[0]) else " "
            joined[-1] = before + blank + line.lstrip()
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(before: str, line: str) -> bool:
    if not before.strip() or not line.strip() or _BEGINS.match(line):
        return False
    return sum(1 + _is_wide(character) for character in before) > NARROW


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def _is_page(lines: list[str]) -> bool:
    """Whether these are the lines of an answer without sources."""
    return any(_is_searched(line) for line in lines)


def _is_searched(line: str) -> bool:
    return any(line.startswith(f"{labels['searched']}:") for labels in LABELS.values())


def _without_frame(lines: list[str]) -> list[str]:
    """Return the lines of a page that its writer answers for."""
    frame = {fold(labels[name]) for labels in LABELS.values() for name in _FRAME}
    frame |= {fold(f"{labels['sources']}:") for labels in LABELS.values()}
    asides = {fold(labels["other_language"]) for labels in LABELS.values()}
    blocks = [block for block in "\n".join(lines).split("\n\n") if block.strip()]
    kept = []
    for place, block in enumerate(blocks):
        aside = _ASIDE.match(block.strip())
        following = blocks[place + 1] if place + 1 < len(blocks) else ""
        # Why nothing is said stands above what was searched.
        if (
            fold(block.strip()) in frame
            or _is_searched(block)
            or _is_searched(following)
            or (aside and fold(aside["words"]) in asides)
        ):
            continue
        kept += [_DOUBT.sub("", block), ""]
    return kept
