"""Some leaves of a Markdown text → one widget that draws them one below another.

A widget costs more than its words: laying out a hundred takes as long as drawing the screen. A
leaf that has not changed is not drawn again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.css.styles import RulesMap
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from assistant.chat.leaves import Leaf
from assistant.tui.visuals import plain_lines, visual_of


@dataclass(slots=True)
class Drawn:
    """A leaf with what draws it, and its lines as they were last drawn."""

    leaf: Leaf
    visual: Visual
    has_gap: bool
    """An empty line stands before it."""
    strips: list[Strip] = field(default_factory=list)
    made_for: tuple[object, ...] = ()
    """The width, the style and the place in the sheet that the lines were drawn for."""

    @property
    def lines(self) -> list[str]:
        """Its lines as they are copied."""
        lines = [f"{before}{words}" for before, words in plain_lines(self.leaf)]
        return ["", *lines] if self.has_gap else lines


class Sheet(Widget):
    """Leaves, one below another; drawn again in place when the last ones grow."""

    DEFAULT_CSS = """
    Sheet {
        width: 1fr;
        height: auto;
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

    def __init__(self, leaves: Sequence[Leaf], *, is_first: bool) -> None:
        """Take the leaves; no empty line stands before the first sheet's first."""
        super().__init__()
        self._is_first = is_first
        self._drawn: list[Drawn] = []
        self._take(0, leaves)

    def show(self, place: int, leaves: Sequence[Leaf]) -> None:
        """Draw these leaves from a place on; what is below moves only if the height changes."""
        if not self._take(place, leaves):
            return
        size = self.content_size
        height = self.render().get_height(self.styles.get_rules(), size.width) if size.width else 0
        self.refresh(layout=height != size.height)

    def _take(self, place: int, leaves: Sequence[Leaf]) -> bool:
        """Take leaves from a place on; return whether that changes anything."""
        known = self._drawn[place:]
        if [each.leaf for each in known] == list(leaves):
            return False
        del self._drawn[place:]
        for number, leaf in enumerate(leaves):
            before = known[number] if number < len(known) else None
            if before is not None and before.leaf == leaf:
                self._drawn.append(before)
                continue
            has_gap = leaf.is_apart and not (self._is_first and place + number == 0)
            visual = visual_of(leaf, before.visual if before is not None else None)
            self._drawn.append(Drawn(leaf, visual, has_gap))
        return True

    def render(self) -> Visual:
        """Return what draws the leaves."""
        return Stack(self._drawn)

    def notify_style_update(self) -> None:
        """Draw everything again in the colours of another theme."""
        for each in self._drawn:
            each.made_for = ()
        super().notify_style_update()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected words, with bullets and empty lines."""
        return selection.extract("\n".join(line for each in self._drawn for line in each.lines)), (
            "\n"
        )

    def action_cite(self, number: str) -> None:
        """Say that a citation was chosen."""
        self.post_message(self.CitationChosen(int(number)))

    def action_link(self, href: str) -> None:
        """Say that a link was chosen."""
        self.post_message(self.LinkChosen(href))


class Stack(Visual):
    """Leaves, one below another."""

    def __init__(self, drawn: Sequence[Drawn]) -> None:
        self._drawn = drawn

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines; the words of each know their place in the sheet's text."""
        strips: list[Strip] = []
        y = 0
        for each in self._drawn:
            made_for = (width, style, y)
            if options.selection is not None:
                strips += _drawn_strips(each, y, width, style, options)
                each.made_for = ()
            else:
                if each.made_for != made_for:
                    each.strips = _drawn_strips(each, y, width, style, options)
                    each.made_for = made_for
                strips += each.strips
            y += len(each.lines)
            if height is not None and len(strips) >= height:
                break
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width of the widest leaf."""
        return max(
            (d.visual.get_optimal_width(rules, container_width) for d in self._drawn), default=0
        )

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines."""
        return sum(each.has_gap + each.visual.get_height(rules, width) for each in self._drawn)


def _drawn_strips(
    each: Drawn, y: int, width: int, style: Style, options: RenderOptions
) -> list[Strip]:
    """Return one leaf's lines, moved to where it stands in the sheet's text."""
    top = y + each.has_gap
    befores = [len(before) for before, _ in plain_lines(each.leaf)]
    moved = RenderOptions(
        options.get_style,
        options.rules,
        _moved_selection(options.selection, top, befores),
        options.selection_style,
        options.post_style,
    )
    strips = each.visual.render_strips(width, None, style, moved)
    placed = [Strip(_placed(strip, top, befores), strip.cell_length) for strip in strips]
    return [Strip.blank(width, style.rich_style), *placed] if each.has_gap else placed


def _placed(strip: Strip, top: int, befores: Sequence[int]) -> Iterator[Segment]:
    """Yield a line's segments with the places of their words in the sheet's text."""
    for segment in strip:
        offset = segment.style.meta.get("offset") if segment.style else None
        if offset is None or segment.style is None:
            yield segment
            continue
        x, y = offset
        place = (x + befores[min(y, len(befores) - 1)], y + top)
        yield Segment(segment.text, segment.style + RichStyle.from_meta({"offset": place}))


def _moved_selection(
    selection: Selection | None, top: int, befores: Sequence[int]
) -> Selection | None:
    """Return a selection of the sheet's text as one of a leaf's; None where it selects nothing."""
    if selection is None:
        return None
    start, end = selection
    if (end is not None and end.y < top) or (start is not None and start.y >= top + len(befores)):
        return None
    return Selection(_inside(start, top, befores), _inside(end, top, befores))


def _inside(offset: Offset | None, top: int, befores: Sequence[int]) -> Offset | None:
    """Return a place of the sheet's text in a leaf's words; None where it lies outside."""
    if offset is None or not top <= offset.y < top + len(befores):
        return None
    y = offset.y - top
    return Offset(max(0, offset.x - befores[y]), y)
