"""An interview as it is read: only the paragraphs around what is in sight are laid out.

The rest comes as one scrolls, and goes again, so that the longest interview opens like a short one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from assistant.chat.labels import Say
from assistant.chat.listings import Item
from assistant.tui.evidence import SIDE_BY_SIDE
from assistant.tui.items import AnyView, ItemView, PairView
from index.records import Language

BEFORE = 8
"""Items laid out above the one that is gone to; enough to fill a screen upwards, mostly."""
BATCH = 32
"""Items laid out at a time."""
MOST = 128
"""Items that stay laid out; beyond that, those far away go."""


class Reading(VerticalScroll, can_focus=False):
    """The items of an interview, scrolled; one of them may be marked."""

    DEFAULT_CSS = """
    Reading { padding: 0 1; scrollbar-size-vertical: 1; }
    Reading .item { height: auto; padding: 0 0 1 1; border-left: blank; }
    Reading .heading { padding: 0 0 1 0; }
    Reading .here { border-left: thick $accent; }
    Reading PairView { layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; }
    Reading PairView Static { height: auto; }
    Reading PairView .who { column-span: 2; }
    """

    @dataclass
    class Moved(Message):
        """Something else is at the top, or marked."""

    @dataclass
    class Pointed(Message):
        """An item was clicked."""

        place: int

    def __init__(self, say: Say, first: Language, *, is_beside: bool) -> None:
        super().__init__()
        self.is_beside = is_beside
        """Whether two languages stand side by side where there is room."""
        self._say = say
        self._first = first
        self._items: Sequence[Item] = ()
        self._phrase = ""
        self._found: frozenset[int] = frozenset()
        self._mark: int | None = None
        self._has_pairs = False
        self._aim = 0
        """What was gone to, or scrolled to since; it stays in sight when all is laid out anew."""
        self._is_changing = False
        self._seen: tuple[int, int | None] | None = None

    # --- what the page says

    def show(self, items: Sequence[Item], place: int, *, is_marked: bool) -> None:
        """Show an interview, from a place on."""
        self._items = items
        self.go_to(place, is_marked=is_marked)

    def go_to(self, place: int, *, is_marked: bool = True) -> None:
        """Bring an item into sight, and mark it."""
        if 0 <= place < len(self._items):
            self._mark = place if is_marked else None
            self._aim = place
            self._is_changing = True  # until it is in sight
            # In its own queue, so that nothing else lays out at the same time.
            self.call_next(self._go_to, place)

    def mark_found(self, phrase: str, found: frozenset[int]) -> None:
        """Mark a phrase in the items it was found in."""
        old, self._phrase, self._found = self._found, phrase, found
        for view in self.views:
            if view.place in old | found:
                view.mark_found(phrase if view.place in found else "")

    def toggle_beside(self) -> None:
        """Put the languages side by side, or one above the other."""
        self.is_beside = not self.is_beside
        self.on_resize()

    # --- where one is

    @property
    def views(self) -> list[AnyView]:
        """The items laid out, in order."""
        return [child for child in self.children if isinstance(child, AnyView)]

    @property
    def top(self) -> int:
        """The place of the first item in sight."""
        seen = [v.place for v in self.views if v.virtual_region.bottom > self.scroll_y + 1]
        return seen[0] if seen else 0

    @property
    def here(self) -> int:
        """The place of the marked item where it is in sight, or else of the first paragraph."""
        window = range(int(self.scroll_y), int(self.scroll_y) + max(1, self.size.height))
        for view in self.views:
            region = view.virtual_region
            if view.place == self._mark and region.y < window.stop and region.bottom > window.start:
                return view.place
        below = range(self.top, len(self._items))
        return next((place for place in below if self._items[place].paragraph), self.top)

    def on_resize(self, event: events.Resize | None = None) -> None:
        """Put the languages one above the other where it is narrow."""
        del event
        is_beside = self.is_beside and self.size.width >= SIDE_BY_SIDE
        if is_beside != self._has_pairs:
            self._has_pairs = is_beside
            self.call_next(self._lay_out, self._aim)

    def on_click(self, event: events.Click) -> None:
        """Point at an item."""
        widget: Widget | None = event.widget
        while widget is not None and not isinstance(widget, AnyView):
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        if isinstance(widget, AnyView):
            self._mark = widget.place
            self._draw_mark()
            self.post_message(self.Pointed(widget.place))

    # --- laying out

    async def _go_to(self, place: int) -> None:
        if place in [view.place for view in self.views]:
            self._draw_mark()
            self.call_after_refresh(self._bring, place, 0)
        else:
            await self._lay_out(place)

    async def _lay_out(self, place: int) -> None:
        """Lay out what stands around a place, and nothing else."""
        self._is_changing = True
        start = max(0, place - BEFORE)
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(self._made(range(start, start + BATCH)))
        self._draw_mark()
        self.call_after_refresh(self._bring, place, 0)

    def _made(self, places: range) -> list[AnyView]:
        made: list[AnyView] = []
        for n in range(max(places.start, 0), min(places.stop, len(self._items))):
            item = self._items[n]
            is_pair = self._has_pairs and item.paragraph and len(item.paragraph.texts) > 1
            make = PairView if is_pair else ItemView
            view = make(n, item, self._say, self._first)
            view.mark_found(self._phrase if n in self._found else "")
            made.append(view)
        return made

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Lay out more before an end of what is laid out is reached."""
        super().watch_scroll_y(old, new)
        views = self.views
        if views and not self._is_changing and old != new:
            self._aim = self.here
            page = self.size.height
            if new > old and self.max_scroll_y - new < page:
                self._is_changing = True
                self.call_next(self._extend, range(views[-1].place + 1, views[-1].place + BATCH))
            elif new < old and new < page:
                self._is_changing = True
                self.call_next(self._extend, range(views[0].place - BATCH, views[0].place))
        self._tell()

    async def _extend(self, places: range) -> None:
        """Lay out some items more at an end, and keep what is in sight where it is."""
        made, views, top = self._made(places), self.views, self.top
        anchor = next((view for view in views if view.place == top), None)
        if not made or anchor is None:
            self._is_changing = False
            return
        offset = round(anchor.virtual_region.y - self.scroll_y)
        is_above = made[0].place < views[0].place
        excess = max(0, len(views) + len(made) - MOST)
        far = views[len(views) - excess :] if is_above else views[:excess]
        with self.app.batch_update():
            await self.mount_all(made, before=0 if is_above else None)
            if far:
                await self.remove_children(far)
        self._draw_mark()
        self.call_after_refresh(self._bring, top, offset)

    def _bring(self, place: int, offset: int) -> None:
        """Scroll so that an item is so many lines below the top."""
        for view in self.views:
            if view.place == place:
                y = view.virtual_region.y - offset
                self.scroll_to(y=y, animate=False, immediate=True, force=True)
        self._is_changing = False
        self._tell()

    def _draw_mark(self) -> None:
        for view in self.views:
            view.set_class(view.place == self._mark, "here")

    def _tell(self) -> None:
        seen = (self.top, self._mark)
        if seen != self._seen:
            self._seen = seen
            self.post_message(self.Moved())
