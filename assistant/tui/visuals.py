"""A leaf of a Markdown text → what draws it, with what stands before its lines."""

from rich.segment import Segment
from textual.content import Content
from textual.content import Span as ContentSpan
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from assistant.chat.leaves import Kind, Leaf, Words
from assistant.chat.leaves import Style as WordStyle
from assistant.tui.grid import BETWEEN, Grid

LOOKS: dict[WordStyle, str] = {
    "strong": "bold",
    "em": "italic",
    "s": "strike",
    "code": "$text-accent",
    "link": "underline",
    "citation": "bold $text-primary",
}
_ACTIONS: dict[WordStyle, str] = {"citation": "cite", "link": "link"}
_LEAF_LOOKS: dict[Kind, str] = {"heading": "bold $text-primary", "code": "$text-accent"}
# What words may narrow to before lines stop being indented.
_NARROWEST = 8


def plain_lines(leaf: Leaf) -> list[tuple[str, str]]:
    """Return a leaf as it is copied: of each line what stands before it, and its words.

    Lines are those of the words, however many the screen makes of one.
    """
    if leaf.kind == "table":
        return [("", BETWEEN.join(cell.text for cell in row)) for row in leaf.rows]
    befores = [leaf.first, *[leaf.rest] * leaf.words.text.count("\n")]
    return list(zip(befores, leaf.words.text.split("\n"), strict=True))


def visual_of(leaf: Leaf, before: Visual | None = None) -> Visual:
    """Return what draws a leaf.

    Args:
        leaf: what to draw.
        before: what drew it while it was shorter, whose work can be used again.
    """
    if leaf.kind == "rule":
        return Rule()
    if leaf.kind == "table":
        rows = [[content_of(words) for words in row] for row in leaf.rows]
        return Grid(rows, leaf.aligns, before if isinstance(before, Grid) else None)
    return Hanging(leaf.first, leaf.rest, content_of(leaf.words, _LEAF_LOOKS.get(leaf.kind, "")))


def content_of(words: Words, look: str = "") -> Content:
    """Return words with their styles; a citation or a link carries its action."""
    spans = [ContentSpan(0, len(words.text), look)] if look else []
    for span in words.spans:
        spans.append(ContentSpan(span.start, span.end, LOOKS[span.style]))
        if span.style in _ACTIONS:
            click = f"{_ACTIONS[span.style]}({span.target!r})"
            spans.append(ContentSpan(span.start, span.end, Style.from_meta({"@click": click})))
    return Content(words.text, spans)


class Hanging(Visual):
    """Words whose first line has something before it, and whose others are indented as much."""

    def __init__(self, first: str, rest: str, content: Content) -> None:
        self._first = first
        self._rest = rest
        self._content = content
        self._indent = Content(first).cell_length if first else 0

    def _inner(self, width: int) -> int:
        """Return the width that is left for words."""
        return width - self._indent if width - self._indent >= _NARROWEST else width

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines."""
        inner = self._inner(width)
        strips = self._content.render_strips(inner, height, style, options)
        if not self._indent:
            return strips
        if inner == width:  # too narrow to indent
            return strips
        before = style.rich_style
        return [
            Strip([Segment(self._rest if place else self._first, before), *strip])
            for place, strip in enumerate(strips)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width of the longest line when none is broken."""
        return self._indent + self._content.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines."""
        return self._content.get_height(rules, self._inner(width))


class Rule(Visual):
    """A line across."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the one line."""
        del height, options
        return [Strip([Segment("─" * width, style.rich_style)], width)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width it is given."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return 1."""
        del rules, width
        return 1
