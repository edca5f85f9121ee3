"""Markdown → its leaves: paragraphs, headings, code, tables, one below another.

A leaf carries what stands before its lines (a bullet, a number, the bar of a quotation), so that a
screen draws each by itself, whatever it is nested in. Nothing here knows how one is drawn.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest
from typing import Literal
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.chat.emphasis import reader
from assistant.render import printable

Kind = Literal["text", "heading", "code", "rule", "table"]
Style = Literal["strong", "em", "s", "code", "link", "citation"]

BULLET = "• "
QUOTED = "│ "

_STYLES: dict[str, Style] = {"strong_open": "strong", "em_open": "em", "s_open": "s"}
_ENUMERATED = re.compile(r"\s*(?:\d{1,3}[、）)]|[（(]\d{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words in one style."""

    start: int
    end: int
    style: Style
    target: str = ""
    """A citation's number, or a link's address."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words, with a line end where one must be."""

    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is drawn as one."""

    kind: Kind
    words: Words = field(default_factory=Words)
    first: str = ""
    """What stands before its first line."""
    rest: str = ""
    """What stands before its other lines; as wide as `first`."""
    is_apart: bool = True
    """An empty line stands before it."""
    level: int = 0
    """Of a heading, 1 to 6."""
    info: str = ""
    """The language of code."""
    rows: tuple[tuple[Words, ...], ...] = ()
    """Of a table, its head first; every row as long as the head."""
    aligns: tuple[str, ...] = ()
    """left, center or right, for each column of a table."""


def read_leaves(markdown: str) -> list[Leaf]:
    """Return the leaves of a whole Markdown text, in order."""
    return list(_Walk().leaves(_reader().parse(printable(markdown))))


@cache
def _reader() -> MarkdownIt:
    return reader()


@dataclass(slots=True)
class _Holder:
    """A list item or a quotation around what is being read."""

    first: str
    rest: str


@dataclass(slots=True)
class _Walk:
    """Goes through a text's tokens once."""

    _holders: list[_Holder] = field(default_factory=list)
    _bullets: list[str] = field(default_factory=list)
    """`*` for each open list of bullets, the next number for each ordered one."""
    _is_apart: bool = True

    def leaves(self, tokens: Sequence[Token]) -> Iterator[Leaf]:
        """Yield the leaves."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if not self._holders and token.level == 0:
                self._is_apart = True
            if token.type == "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                yield self._placed(_table(tokens[place:end]))
                place = end
            elif token.type == "inline":
                yield self._inline(tokens[place - 1], token)
            elif (leaf := _block(token)) is not None:
                yield self._placed(leaf)
            else:
                self._enter_or_leave(token)
            place += 1

    def _enter_or_leave(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self._holders.append(_Holder(QUOTED, QUOTED))
        elif token.type == "bullet_list_open":
            self._bullets.append("*")
        elif token.type == "ordered_list_open":
            self._bullets.append(str(token.attrs.get("start", 1)))
        elif token.type == "list_item_open":
            first = BULLET
            if (number := self._bullets[-1]) != "*":
                first = f"{number}. "
                self._bullets[-1] = str(int(number) + 1)
            self._holders.append(_Holder(first, " " * len(first)))
        elif token.type in {"blockquote_close", "list_item_close"}:
            self._holders.pop()
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._bullets.pop()

    def _inline(self, opening: Token, token: Token) -> Leaf:
        words = words_of(token.children or ())
        if opening.type == "heading_open":
            return self._placed(Leaf("heading", words, level=int(opening.tag[1:])))
        return self._placed(Leaf("text", words), is_tight=opening.hidden)

    def _placed(self, leaf: Leaf, *, is_tight: bool = False) -> Leaf:
        """Return a leaf with what its holders put before it."""
        first = "".join(holder.first for holder in self._holders)
        for holder in self._holders:
            holder.first = holder.rest
        rest = "".join(holder.rest for holder in self._holders)
        is_apart, self._is_apart = self._is_apart or not is_tight, False
        return replace(leaf, first=first, rest=rest, is_apart=is_apart)


def _block(token: Token) -> Leaf | None:
    """Return a leaf that is one token."""
    if token.type in {"fence", "code_block"}:
        return Leaf("code", Words(token.content.rstrip("\n")), info=token.info.strip())
    return Leaf("rule") if token.type == "hr" else None


def _table(tokens: Sequence[Token]) -> Leaf:
    rows: list[list[Words]] = []
    aligns: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
        elif token.type == "inline":
            rows[-1].append(words_of(token.children or ()))
    return Leaf("table", rows=tuple(map(tuple, rows)), aligns=tuple(aligns))


def words_of(children: Sequence[Token]) -> Words:
    """Return what inline tokens say, without marks that a terminal would obey."""
    text = ""
    open_at: list[tuple[int, Style, str]] = []
    spans: list[Span] = []
    for token, after in zip_longest(children, children[1:]):
        start = len(text)
        if token.type in _STYLES:
            open_at.append((start, _STYLES[token.type], ""))
        elif token.type == "link_open":
            open_at.append((start, "link", str(token.attrs.get("href", ""))))
        elif token.type in {"strong_close", "em_close", "s_close", "link_close"}:
            begin, style, target = open_at.pop()
            spans.append(Span(begin, start, style, target))
        elif token.type == "citation":
            text += f"[{token.content}]"
            spans.append(Span(start, len(text), "citation", token.content))
        elif token.type == "softbreak":
            text += _joint(text, after.content if after is not None else "")
        elif token.type == "hardbreak":
            text += "\n"
        else:
            text += printable(token.content)  # entities may stand for marks that were not seen
            if token.type == "code_inline":
                spans.append(Span(start, len(text), "code"))
    return Words(text, tuple(spans))


def _joint(before: str, after: str) -> str:
    """Return what stands for a line's end: nothing in Chinese, a line's end before a number."""
    if _ENUMERATED.match(after):
        return "\n"
    if before and after and {east_asian_width(c) for c in (before[-1], after[0])} <= {"W", "F"}:
        return ""
    return " "
