"""Markdown as it streams in → blocks that are finished, and a tail that is not.

Every list item and every table row finishes by itself, so that what has been drawn need not be
drawn again: each line is looked at once. What is finished here is close to what the whole text
reads as; the whole is still to be read once at the end.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["text", "item", "row", "code"]

_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(\s+(?=\S)|\s*$)")
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_RULE = re.compile(r" {0,3}([-*_])\s*(?:\1\s*){2,}$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown that reads the same by itself."""

    kind: Kind
    text: str
    """Without the line end, and without the indentation its list gave it."""
    indent: int = 0
    """Columns by which the item it stands in was indented; 0 outside of lists within lists."""
    is_apart: bool = True
    """A blank line stands before it."""


@dataclass(slots=True)
class Splitter:
    """Cuts one streamed text; call `feed` with each piece, `finish` at the end."""

    _partial: list[str] = field(default_factory=list)
    """The last line, so far."""
    _lines: list[str] = field(default_factory=list)
    """The whole lines of the block that is not finished."""
    _kind: Kind | None = None
    _fence: str = ""
    """What closes the fence that is open."""
    _indents: list[int] = field(default_factory=list)
    """Where the words of each open list's items begin, outermost first."""
    _depth: int = 0
    _is_table: bool = False
    _blank_before: bool = False
    """A blank line stands before the next line."""
    _is_apart: bool = False
    _previous: Kind | None = None

    def feed(self, text: str) -> list[Block]:
        """Take a piece and return the blocks that it finished, in order."""
        *whole, last = text.split("\n")
        found: list[Block] = []
        for part in whole:
            self._partial.append(part)
            line = "".join(self._partial).removesuffix("\r")
            self._partial.clear()
            found += self._take(line)
        if last:
            self._partial.append(last)
        return found

    @property
    def tail(self) -> list[Block]:
        """What is not finished: at most a block and, in a table, half a row."""
        copy = replace(self, _partial=[], _lines=[*self._lines], _indents=[*self._indents])
        return [*(copy._take("".join(self._partial)) if self._partial else ()), *copy._end()]

    def finish(self) -> list[Block]:
        """Return what is left."""
        left = self.tail
        self._partial.clear()
        self._lines.clear()
        self._kind = None
        return left

    def _take(self, line: str) -> list[Block]:
        """Take a whole line and return the blocks that it finished."""
        if self._fence:
            return self._take_code(line)
        if not line.strip():
            return self._take_blank()
        found = self._take_line(line)
        self._blank_before = False
        return found

    def _take_code(self, line: str) -> list[Block]:
        self._lines.append(line)
        if line.strip().startswith(self._fence) and not line.strip().strip(self._fence[0]):
            self._fence = ""
            return self._end() if self._kind == "code" else []
        return []

    def _take_blank(self) -> list[Block]:
        self._blank_before = True
        self._is_table = False
        if self._kind == "item":  # more of it may come, indented
            self._lines.append("")
            return []
        return self._end()

    def _take_line(self, line: str) -> list[Block]:
        """Take a line with words in it."""
        alone = _RULE.match(line) or _HEADING.match(line)
        if alone and not self._is_underline(line):
            return [*self._begin("text", line), *self._end()]
        if fence := _FENCE.match(line):
            found = [] if self._is_inside(line) else self._begin("code")
            self._fence = fence[1]
            self._lines.append(line)
            return found
        if item := _ITEM.match(line):
            return self._begin_item(item, line)
        if line.lstrip().startswith("|") or (self._is_table and "|" in line):
            return self._take_row(line)
        if self._continues(line):
            self._lines.append(line)
            return self._end() if self._is_underline(line) else self._table_begins(line)
        return self._begin("text", line)

    def _is_inside(self, line: str) -> bool:
        """Return whether a line stands within the open item."""
        indent = len(line) - len(line.lstrip())
        return self._kind == "item" and indent >= max(1, self._indents[-1])

    def _is_underline(self, line: str) -> bool:
        """Return whether a line makes the paragraph above it a heading."""
        is_below = self._kind == "text" and not self._blank_before and not self._is_quote
        return is_below and _UNDERLINE.match(line) is not None

    @property
    def _is_quote(self) -> bool:
        return bool(self._lines) and self._lines[0].lstrip().startswith(">")

    def _continues(self, line: str) -> bool:
        """Return whether a line goes on with the open block."""
        if self._kind == "item":
            return self._is_inside(line) or not self._blank_before
        return self._kind == "text" and (self._is_quote or not line.lstrip().startswith(">"))

    def _take_row(self, line: str) -> list[Block]:
        found = self._begin("row", line, is_apart=not self._is_table)
        self._is_table = True
        return [*found, *self._end()]

    def _table_begins(self, line: str) -> list[Block]:
        """Take the open paragraph for a table's head, if this line below it says so."""
        is_head = self._kind == "text" and len(self._lines) == 2 and "|" in self._lines[0]
        if not (is_head and "|" in line and _DELIMITERS.match(line)):
            return []
        head, delimiters = self._lines
        self._kind, self._lines = None, []
        return [*self._take_row(head), *self._take_row(delimiters)]

    def _begin_item(self, item: re.Match[str], line: str) -> list[Block]:
        indent = len(item[1].expandtabs(4))
        found = self._end()
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        depth = len(self._indents)
        self._indents.append(indent + len(item[2]) + (len(item[3]) or 1))
        return [*found, *self._begin("item", line[len(item[1]) :], depth=depth)]

    def _begin(
        self, kind: Kind, line: str | None = None, *, depth: int = 0, is_apart: bool | None = None
    ) -> list[Block]:
        """Finish what is open and begin a block."""
        found = self._end()
        if kind != "item":
            self._indents.clear()
        if kind != "row":
            self._is_table = False
        self._kind = kind
        self._depth = depth
        self._lines = [] if line is None else [line]
        self._is_apart = self._stands_apart(kind) if is_apart is None else is_apart
        return found

    def _stands_apart(self, kind: Kind) -> bool:
        return self._blank_before or kind != "item" or self._previous != "item"

    def _end(self) -> list[Block]:
        """Return the block that is open, if any, and open none."""
        lines, self._lines = self._lines, []
        kind, self._kind = self._kind, None
        if kind is None or not lines:
            return []
        self._previous = kind
        if kind == "item":
            lines = _dedented(lines, self._indents[self._depth])
        indent = self._indents[self._depth - 1] if self._depth else 0
        return [Block(kind, "\n".join(lines).rstrip("\n"), indent, self._is_apart)]


def _dedented(lines: list[str], indent: int) -> list[str]:
    """Return an item's lines with those below the first moved left as far as the first was."""
    marker = _ITEM.match(lines[0])
    width = len(marker[2]) + (len(marker[3]) or 1) if marker else 0
    outer = max(0, indent - width)
    return [lines[0], *(line[min(outer, len(line) - len(line.lstrip())) :] for line in lines[1:])]
