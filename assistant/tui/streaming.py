"""A Markdown text that grows: each piece of it costs as much as what it changes.

Textual's own Markdown lays out a whole list again for every word that is added to it. Here a
finished leaf is left alone and the last one is drawn in place, a few of them to a widget.
"""

import time
from dataclasses import dataclass

from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from assistant.chat.flow import Flow
from assistant.chat.leaves import Leaf, read_leaves
from assistant.tui.sheet import Sheet
from assistant.tui.visuals import plain_lines

FRAME_S = 1 / 15
"""What comes within this time is drawn at once."""

_REST = 3
"""How many times longer than drawing took, drawing rests; so keys are never waited for."""


SHEET = 16
"""Leaves in one widget: enough that widgets are few, so few that drawing one is nothing."""


class StreamedMarkdown(Widget):
    """Markdown that is added to, and at last read as a whole."""

    DEFAULT_CSS = """
    StreamedMarkdown {
        width: 1fr;
        height: auto;
        layout: vertical;
    }
    """

    @dataclass
    class CitationChosen(Message):
        """A citation `[n]` was clicked."""

        number: int

    @dataclass
    class LinkChosen(Message):
        """A link was clicked. It is not opened by itself."""

        href: str

    def __init__(
        self,
        markdown: str = "",
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002  # the name every widget gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._flow = Flow()
        self._text = [markdown] if markdown else []
        self._pending: list[str] = []
        self._leaves: list[Leaf] = []
        self._sheets: list[Sheet] = []
        self._settled = 0
        """How many leaves will not change."""
        self._is_finished = bool(markdown)
        self._timer: Timer | None = None
        self._next_frame = 0.0

    @property
    def source(self) -> str:
        """All the Markdown so far."""
        return "".join(self._text)

    @property
    def plain(self) -> str:
        """What is drawn, as words alone."""
        lines = [line for leaf in self._leaves for line in plain_lines(leaf)]
        return "\n".join(f"{before}{words}" for before, words in lines)

    @property
    def leaves(self) -> list[Leaf]:
        """What is drawn."""
        return [*self._leaves]

    def append(self, text: str) -> None:
        """Add to the text; it is drawn within a fifteenth of a second, or when there is time."""
        if not text:
            return
        if self._is_finished:
            self._is_finished = False
            self._pending = [*self._text]
        self._text.append(text)
        self._pending.append(text)
        self._plan()

    def finish(self, markdown: str | None = None) -> None:
        """Read the text as a whole and draw what that changes.

        Args:
            markdown: takes the place of what was added; that stays if not given.
        """
        if markdown is not None:
            self._text = [markdown]
        self._forget_frame()
        self._flow = Flow()
        self._settled = 0
        self._is_finished = True
        if self.is_attached:
            self._draw(0, read_leaves(self.source))

    def clear(self) -> None:
        """Take the text away; it can be added to again."""
        self._text.clear()
        self.finish()

    def on_mount(self) -> None:
        """Draw what came before there was a place for it."""
        if self._is_finished:
            self.finish()
        else:
            self._plan()

    def on_sheet_citation_chosen(self, message: Sheet.CitationChosen) -> None:
        """Pass it on in this widget's name."""
        message.stop()
        self.post_message(self.CitationChosen(message.number))

    def on_sheet_link_chosen(self, message: Sheet.LinkChosen) -> None:
        """Pass it on in this widget's name."""
        message.stop()
        self.post_message(self.LinkChosen(message.href))

    # ------------------------------------------------------------------ frames

    def _plan(self) -> None:
        """See to it that what is pending is drawn."""
        if self._timer is None and self._pending and self.is_attached:
            delay = max(0.001, self._next_frame - time.monotonic())
            self._timer = self.set_timer(delay, self._draw_pending)

    def _draw_pending(self) -> None:
        """Draw what came since the last frame."""
        self._timer = None
        began = time.monotonic()
        text = "".join(self._pending)
        self._pending.clear()
        settled = self._flow.feed(text)
        self._draw(self._settled, [*settled, *self._flow.tail()])
        self._settled += len(settled)
        self._next_frame = began + FRAME_S
        self.call_after_refresh(self._rest, began)

    def _rest(self, began: float) -> None:
        """Leave time between frames in proportion to what the last one took."""
        now = time.monotonic()
        self._next_frame = max(began + FRAME_S, now + _REST * (now - began))

    def _forget_frame(self) -> None:
        self._pending.clear()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _draw(self, start: int, leaves: list[Leaf]) -> None:
        """Make the leaves from a place on these; what is drawn already stays as it is."""
        self._leaves[start:] = leaves
        for number in range(start // SHEET, -(-len(self._leaves) // SHEET)):
            first = number * SHEET
            place = max(start, first)
            part = self._leaves[place : first + SHEET]
            if number < len(self._sheets):
                self._sheets[number].show(place - first, part)
            else:
                sheet = Sheet(part, is_first=number == 0)
                self._sheets.append(sheet)
                self.mount(sheet)
        self._drop_sheets()

    def _drop_sheets(self) -> None:
        """Take away the sheets that no leaf is left for."""
        needed = -(-len(self._leaves) // SHEET)
        for sheet in self._sheets[needed:]:
            sheet.remove()
        del self._sheets[needed:]
