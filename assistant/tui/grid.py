"""A table → lines whose columns stand below one another in both scripts, broken to fit."""

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from assistant.chat.linebreaks import break_offsets

BETWEEN = " │ "
_CROSSING = "─┼─"
# A column is not made narrower than three Chinese characters while there is room.
_NARROWEST = 6

Row = Sequence[Content]


class Grid(Visual):
    """A table, its head first."""

    def __init__(
        self, rows: Sequence[Row], aligns: Sequence[str], before: "Grid | None" = None
    ) -> None:
        """Take the table.

        Args:
            rows: all as long as the first.
            aligns: left, center or right, for each column.
            before: the same table with fewer rows, whose broken lines are used again.
        """
        self._rows = [[*rows[0]], *rows[1:]] if rows else []
        self._aligns = aligns
        if self._rows:
            self._rows[0] = [cell.stylize("bold") for cell in self._rows[0]]
        self._natural = [
            max((max(map(cell_len, cell.plain.split("\n"))) for cell in column), default=1) or 1
            for column in zip(*self._rows, strict=True)
        ]
        self._broken: dict[tuple[str, int], list[tuple[int, int]]] = (
            before._broken if before is not None else {}
        )

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width at which no cell is broken."""
        del rules, container_width
        return sum(self._natural) + len(BETWEEN) * (len(self._natural) - 1)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines, the one below the head included."""
        del rules
        widths = column_widths(self._natural, width)
        return sum(self._row_height(row, widths) for row in self._rows) + 1

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines."""
        widths = column_widths(self._natural, width)
        strips: list[Strip] = []
        for y, row in enumerate(self._rows):
            strips += self._row_strips(row, y, widths, style, options)
            if y == 0:
                line = _CROSSING.join("─" * each for each in widths)
                strips.append(Strip([Segment(line, style.rich_style)]))
            if height is not None and len(strips) >= height:
                break
        return strips[:height]

    def _row_height(self, row: Row, widths: Sequence[int]) -> int:
        return max(
            len(self._lines(cell.plain, width)) for cell, width in zip(row, widths, strict=True)
        )

    def _row_strips(
        self, row: Row, y: int, widths: Sequence[int], style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return one row's lines; offsets count in the row's words, joined by the separator."""
        columns: list[list[list[Segment]]] = []
        x = 0
        for cell, width, align in zip(row, widths, self._aligns, strict=True):
            selected = _selected(cell, x, y, options)
            columns.append(
                [
                    _line(
                        selected[start:end],
                        width,
                        align,
                        (x + start, y),
                        style=style,
                        options=options,
                    )
                    for start, end in self._lines(cell.plain, width)
                ]
            )
            x += len(cell.plain) + len(BETWEEN)
        between = Segment(BETWEEN, style.rich_style)
        strips = []
        for place in range(max(map(len, columns))):
            segments: list[Segment] = []
            for lines, width in zip(columns, widths, strict=True):
                blank = [Segment(" " * width, style.rich_style)]
                segments += [between] if segments else []
                segments += lines[place] if place < len(lines) else blank
            strips.append(Strip(segments))
        return strips

    def _lines(self, text: str, width: int) -> list[tuple[int, int]]:
        """Return where each line of a cell begins and ends."""
        found = self._broken.get((text, width))
        if found is None:
            found = []
            start = 0
            for part in text.split("\n"):
                offsets = [0, *break_offsets(part, width, cell_len), len(part)]
                found += [(start + a, start + b) for a, b in pairwise(offsets)]
                start += len(part) + 1
            self._broken[text, width] = found
        return found


def column_widths(natural: Sequence[int], width: int) -> list[int]:
    """Return how wide each column is made so that a row fits.

    Columns that need less than their share keep what they need; the others share the rest
    evenly. Below six cells a column, the table is wider than its room.
    """
    room = width - len(BETWEEN) * (len(natural) - 1)
    widths = [0] * len(natural)
    waiting = sorted(range(len(natural)), key=lambda column: natural[column])
    while waiting:
        column = waiting.pop(0)
        share = max(_NARROWEST, room // (len(waiting) + 1))
        widths[column] = min(natural[column], share)
        room -= widths[column]
    return widths


def _selected(cell: Content, x: int, y: int, options: RenderOptions) -> Content:
    """Return a cell with what of it is selected in the style of that."""
    if options.selection is None or options.selection_style is None:
        return cell
    span = options.selection.get_span(y)
    if span is None:
        return cell
    start, end = span
    first = max(0, start - x)
    last = len(cell.plain) if end == -1 else min(len(cell.plain), end - x)
    return cell.stylize(options.selection_style, first, last) if first < last else cell


def _line(
    content: Content,
    width: int,
    align: str,
    offset: tuple[int, int],
    *,
    style: Style,
    options: RenderOptions,
) -> list[Segment]:
    """Return one line of a cell, as wide as its column."""
    content = content.rstrip()
    missing = max(0, width - content.cell_length)
    left = {"right": missing, "center": missing // 2}.get(align, 0)
    x, y = offset
    segments = [Segment(" " * left, style.rich_style)] if left else []
    for text, look in content.render(style, end="", parse_style=options.get_style):
        segments.append(Segment(text, (style + look).rich_style_with_offset(x, y)))
        x += len(text)
    if missing > left:
        segments.append(Segment(" " * (missing - left), style.rich_style))
    return segments
