"""The paragraph behind a citation: who said it, where, in both languages, among its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from assistant.chat.labels import Say
from assistant.chat.pages import (
    Exhibit,
    Line,
    Piece,
    exhibit_head,
    exhibit_texts,
    turn_lines,
)
from assistant.records import Source
from assistant.tui.styled import Cited, content_of
from index.records import Language

SIDE_BY_SIDE = 48
"""Columns from which two languages fit beside each other."""


class EvidencePanel(VerticalScroll, can_focus=True):
    """One exhibit of a turn, and a way to the others."""

    @dataclass
    class Shown(Message):
        """Another exhibit is shown; what became of it since, and its neighbours, are wanted."""

        exhibit: Exhibit

    def __init__(self, say: Say) -> None:
        super().__init__(id="evidence")
        self.say = say
        self.is_beside = True
        """Whether two languages stand side by side where there is room."""
        self.has_around = False
        """Whether the paragraphs before and after are shown."""
        self._exhibits: Sequence[Exhibit] = ()
        self._place = 0
        self._first: Language = "en"
        self._change: str | None = None
        self._around: tuple[Sequence[Source], Sequence[Source]] = ((), ())

    def compose(self) -> ComposeResult:
        """Lay out tabs, head, what was said before, the texts, and what was said after."""
        yield Cited(id="tabs")
        yield Cited(id="head")
        yield Cited(id="before", classes="around")
        with Container(id="texts"):
            yield Static(id="first-text")
            yield Static(id="second-text")
        yield Cited(id="after", classes="around")

    def on_mount(self) -> None:
        """Say what will be here."""
        self._draw()

    @property
    def exhibit(self) -> Exhibit | None:
        """What is shown; None when there is nothing."""
        return self._exhibits[self._place] if self._exhibits else None

    def show(self, exhibits: Sequence[Exhibit], label: str | None, first: Language) -> bool:
        """Show the exhibit of a label, or the first of them; False when there is none such.

        Args:
            exhibits: of the turn.
            label: which.
            first: the language that stands first where a quote does not decide.
        """
        places = [place for place, e in enumerate(exhibits) if label in (None, e.label)]
        if not places and label is not None:
            return False
        self._exhibits, self._first = exhibits, first
        self._select(places[0] if places else 0)
        return True

    def move(self, by: int) -> None:
        """Go to another exhibit of the turn, around its ends."""
        if self._exhibits:
            self._select((self._place + by) % len(self._exhibits))

    def tell(
        self,
        exhibit: Exhibit,
        change: str | None,
        around: tuple[Sequence[Source], Sequence[Source]],
    ) -> None:
        """Take what became of an exhibit, and what stands around it; old news is left."""
        if exhibit is self.exhibit:
            self._change, self._around = change, around
            self._draw()

    def toggle_around(self) -> None:
        """Show what was said before and after, or no longer."""
        self.has_around = not self.has_around
        self._draw()
        self.call_after_refresh(self._come_back)

    @property
    def has_room_beside(self) -> bool:
        """Whether two languages fit beside each other; also where it is out of sight."""
        return not self.display or self.size.width >= SIDE_BY_SIDE

    def toggle_beside(self) -> None:
        """Put the languages side by side, or one above the other."""
        self.is_beside = not self.is_beside
        self._arrange()

    def on_resize(self) -> None:
        """Put the languages one above the other where it is narrow."""
        self._arrange()

    def on_cited_opened(self, message: Cited.Opened) -> None:
        """Follow a tab."""
        message.stop()
        self.show(self._exhibits, message.label, self._first)

    def _select(self, place: int) -> None:
        self._place = place
        self._change, self._around = None, ((), ())
        self._draw()
        self.scroll_home(animate=False)
        if self.exhibit is not None:
            self.post_message(self.Shown(self.exhibit))

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        exhibit = self.exhibit
        head = exhibit_head(exhibit, self.say, self._change) if exhibit else self._nothing()
        self.query_one("#tabs", Cited).draw([self._tabs()])
        self.query_one("#head", Cited).draw(head)
        texts = exhibit_texts(exhibit, self._first) if exhibit else []
        for place, name in enumerate(("#first-text", "#second-text")):
            part = self.query_one(name, Static)
            part.display = place < len(texts)
            if part.display:
                part.update(content_of([texts[place][1]]))
        for name, sources in zip(("#before", "#after"), self._around, strict=True):
            part = self.query_one(name, Cited)
            part.display = self.has_around and bool(sources)
            language = exhibit.language if exhibit else None
            part.draw(
                [line for s in sources for line in turn_lines(s, language or self._first, self.say)]
            )
        self._arrange()

    def _arrange(self) -> None:
        self.set_class(self.is_beside and self.size.width >= SIDE_BY_SIDE, "beside")

    def _come_back(self) -> None:
        """Bring the paragraph itself back into sight."""
        self.scroll_to_widget(self.query_one("#texts"), animate=False)

    def _tabs(self) -> Line:
        pieces: list[Piece] = []
        for place, exhibit in enumerate(self._exhibits):
            is_here = place == self._place
            mark = f"‹{exhibit.label}›" if is_here else f" {exhibit.label} "
            pieces.append(Piece(mark, "strong" if is_here else "link", exhibit.label))
        return tuple(pieces)

    def _nothing(self) -> list[Line]:
        return [(Piece(self.say("no_evidence"), "dim"),)]
