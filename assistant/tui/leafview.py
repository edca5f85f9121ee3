"""One leaf of a Markdown text → one widget that draws it, with what stands before its lines."""

from dataclasses import dataclass

from rich.segment import Segment
from textual.content import Content
from textual.content import Span as ContentSpan
from textual.css.styles import RulesMap
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from assistant.chat.leaves import Kind, Leaf, Words
from assistant.chat.leaves import Style as WordStyle
from assistant.tui.grid import Grid

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


class LeafView(Widget):
    """A leaf, drawn; drawn again in place when it grows."""

    DEFAULT_CSS = """
    LeafView {
        width: 1fr;
        height: auto;
        &.-apart { margin-top: 1; }
    }
    """

    @dataclass
    class CitationChosen(Message):
        """A citation was clicked."""

        number: int

    @dataclass
    class LinkChosen(Message):
        """A link was clicked; it is not opened by itself."""

        href: str

    def __init__(self, leaf: Leaf, *, is_first: bool = False) -> None:
        super().__init__(classes="-apart" if leaf.is_apart and not is_first else None)
        self._leaf = leaf
        self._is_first = is_first
        self._visual = visual_of(leaf)

    @property
    def leaf(self) -> Leaf:
        """What it draws."""
        return self._leaf

    def show(self, leaf: Leaf) -> None:
        """Draw another leaf; what is below moves only if this one's height changes."""
        if leaf == self._leaf:
            return
        previous, self._leaf = self._leaf, leaf
        self._visual = visual_of(leaf, self._visual)
        if leaf.is_apart != previous.is_apart and not self._is_first:
            self.set_class(leaf.is_apart, "-apart")
        size = self.content_size
        height = self._visual.get_height(self.styles.get_rules(), size.width) if size.width else 0
        self.refresh(layout=height != size.height)

    def render(self) -> Visual:
        """Return what draws the leaf."""
        return self._visual

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected words, with the bullet if they are selected from the start."""
        is_from_start = selection.start is None or selection.start.transpose == (0, 0)
        text = selection.extract(plain_text(self._leaf))
        return (f"{self._leaf.first}{text}" if is_from_start else text), "\n"

    def action_cite(self, number: str) -> None:
        """Say that a citation was chosen."""
        self.post_message(self.CitationChosen(int(number)))

    def action_link(self, href: str) -> None:
        """Say that a link was chosen."""
        self.post_message(self.LinkChosen(href))


def plain_text(leaf: Leaf) -> str:
    """Return a leaf's words as they are copied."""
    if leaf.kind == "table":
        return "\n".join(" | ".join(cell.text for cell in row) for row in leaf.rows)
    return leaf.words.text


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
