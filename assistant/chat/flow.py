"""Markdown as it streams in → leaves to draw: those that are settled, and those at the end.

Each finished item and row is read once, whatever comes after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.chat.blocks import Block, Splitter
from assistant.chat.leaves import Leaf, Words, read_leaves
from assistant.render import printable

LONG = 4_000
"""Characters of an unfinished block beyond which it is shown as it is written: reading it again
with every piece would cost more and more.
"""


@dataclass(slots=True)
class Flow:
    """The leaves of one streamed text."""

    _splitter: Splitter = field(default_factory=Splitter)
    _table: Leaf | None = None
    """The table whose rows are coming in."""
    _rows: list[tuple[Words, ...]] = field(default_factory=list)
    _head: str = ""
    """The table's first two lines, once both are there; its first until then."""
    _is_table: bool = False
    """Both lines are there, and they make a table."""

    def feed(self, text: str) -> list[Leaf]:
        """Take a piece and return the leaves that it settled, in order."""
        settled: list[Leaf] = []
        for block in self._splitter.feed(text):
            if block.kind == "row" and not (block.is_apart and self._head):
                settled += self._add_row(block)
            else:
                settled += self._end_table()
                settled += self._add_row(block) if block.kind == "row" else leaves_of(block)
        return settled

    def tail(self) -> list[Leaf]:
        """Return the leaves that may still change: what has come of the last ones."""
        leaves = [self._grown()] if self._is_table else []
        if self._head and not self._is_table:
            leaves += _as_text(self._head, is_apart=True)
        return [*leaves, *_unfinished(self._splitter.tail)]

    def _add_row(self, block: Block) -> list[Leaf]:
        """Take a table's row; return leaves if it shows that there is no table."""
        if self._is_table:
            self._rows += _table(f"{self._head}\n{block.text}").rows[1:]
            return []
        if not self._head:
            self._head = block.text
            return []
        self._head = f"{self._head}\n{block.text}"
        table = _table(self._head)
        if not table.rows:
            return self._end_table()
        self._table, self._rows, self._is_table = table, list(table.rows), True
        return []

    def _end_table(self) -> list[Leaf]:
        ended = [self._grown()] if self._is_table else []
        if self._head and not self._is_table:
            ended = read_leaves(self._head)
        self._table, self._head, self._is_table = None, "", False
        self._rows = []
        return ended

    def _grown(self) -> Leaf:
        return replace(self._table or Leaf("table"), rows=tuple(self._rows))


def leaves_of(block: Block) -> list[Leaf]:
    """Return the leaves of one finished block, indented as its list is."""
    before = " " * block.indent
    leaves = [
        replace(leaf, first=before + leaf.first, rest=before + leaf.rest)
        for leaf in read_leaves(block.text)
    ]
    return [replace(leaf, is_apart=block.is_apart) for leaf in leaves[:1]] + leaves[1:]


def _table(text: str) -> Leaf:
    """Return the table that a text is; a table without rows if it is none."""
    leaves = read_leaves(text)
    return leaves[0] if leaves and leaves[0].kind == "table" else Leaf("table")


def _unfinished(blocks: Iterable[Block]) -> list[Leaf]:
    """Return the leaves of what is not finished; half a row, as what is long, as it is written."""
    leaves: list[Leaf] = []
    for block in blocks:
        leaves += (
            _as_text(block.text, is_apart=block.is_apart)
            if block.kind == "row" or len(block.text) > LONG
            else leaves_of(block)
        )
    return leaves


def _as_text(text: str, *, is_apart: bool) -> list[Leaf]:
    return [Leaf("text", Words(printable(text)), is_apart=is_apart)]
