"""Makes the reader of Markdown: bold beside Chinese marks, citations, nothing that runs.

Raw HTML and link definitions are text; so a model cannot turn `[1]` into a link of its own.
"""

import re
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

CITATION = re.compile(r"\[(\d{1,4})\]")
"""`[n]`, the paragraph's number as the first group."""


def reader() -> MarkdownIt:
    """Return a reader of CommonMark with tables, strikethrough, citations and Chinese bold.

    A citation is a token of type `citation` whose content is its number.
    """
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
    markdown.enable(["table", "strikethrough"])
    markdown.disable(["reference", "html_block", "html_inline"])
    markdown.inline.ruler.at("emphasis", _read_marks)
    markdown.inline.ruler.after("link", "citation", _read_citation)
    return markdown


def _read_citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _read_marks(state: StateInline, silent: bool) -> bool:
    """Take a run of * or _ as marks that may open or close; as the library's own, but for Chinese.

    Source: CommonMark 0.31, delimiter runs; for Chinese, Japanese and Korean as proposed in
    commonmark-spec issue 650.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1] if state.pos else " "
        end = state.pos + scanned.length
        after = state.src[end] if end < state.posMax else " "
        can_open = can_open or _may_stand(before, after)
        can_close = can_close or _may_stand(after, before)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def _may_stand(outside: str, inside: str) -> bool:
    """Return whether marks may open or close between these two, where one is wide."""
    if isWhiteSpace(ord(inside)):
        return False
    if _is_wide(inside) or not isPunctChar(inside):
        return True
    return isWhiteSpace(ord(outside)) or isPunctChar(outside) or _is_wide(outside)


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"
