"""One interview read in place: its sections, its paragraphs, what is looked for, what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList

from assistant.chat.listings import Item, folded_texts, items_of, section_line, source_at
from assistant.chat.pages import Exhibit, provenance
from assistant.render import printable
from assistant.tui.desk import WIDE
from assistant.tui.listed import Listed, Move
from assistant.tui.page import Key, Page, Reach, bindings
from assistant.tui.reading import Reading
from assistant.tui.wishes import AskAbout, Beside, Copy, Visit
from index.errors import InterviewsError
from index.fold import fold
from index.records import Interview

if TYPE_CHECKING:  # for the first paint, it is too heavy
    from assistant.chat.shelf import Shelf


class ReaderPage(Page):
    """An interview, from a paragraph on."""

    DEFAULT_CSS = """
    ReaderPage #sections {
        width: 30; height: 1fr; border-right: solid $panel;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    ReaderPage #sections.chosen { border-right: thick $accent; }
    ReaderPage.narrow #sections { width: 1fr; border-right: none; }
    ReaderPage Reading { width: 1fr; height: 1fr; }
    """
    NAME = "read"
    KEYS = (
        Key("/read", "key_ask"),
        Key("/evidence", "key_sections"),
        Key("/next", "key_next"),
        Key("/quote", "key_quote"),
        Key("/layout", "key_layout"),
        Key("/stop", "key_back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    @dataclass
    class Loaded(Message):
        """The interview was read; None when it is gone."""

        interview: Interview | None
        items: Sequence[Item] = ()
        folded: Sequence[str] = ()

    @dataclass
    class Failed(Message):
        """It could not be."""

        words: str

    def __init__(self, reach: Reach, interview: str, paragraph: str | None = None) -> None:
        """Read an interview by its id, from a paragraph on that is marked."""
        super().__init__(reach)
        self._wanted = interview
        self._from = paragraph
        self._interview: Interview | None = None
        self._items: Sequence[Item] = ()
        self._folded: Sequence[str] = ()
        self._matches: list[int] = []
        """Places of the items in which what was typed is found."""
        self._is_choosing = False
        """Whether the keys move in the list of sections."""

    def body(self) -> ComposeResult:
        """Yield the sections, and the interview."""
        with Horizontal(id="body"):
            yield Listed(id="sections")
            yield Reading(self.say, self.reach.language, is_beside=self.reach.is_beside)

    def on_mount(self) -> None:
        """Read it."""

        def read(shelf: "Shelf") -> None:
            try:
                interview = shelf.interview(self._wanted)
            except InterviewsError as error:
                self.post_message(self.Failed(str(error)))
                return
            items = items_of(interview) if interview else []
            self.post_message(self.Loaded(interview, items, folded_texts(items)))

        self._fold()
        self.reach.work(read)

    def on_reader_page_failed(self, message: Failed) -> None:
        """Say why there is nothing."""
        self.note(message.words)

    def on_reader_page_loaded(self, message: Loaded) -> None:
        """Show it."""
        if message.interview is None:
            self.note(self.say("no_interview", name=self._wanted))
            return
        self._interview, self._items, self._folded = (
            message.interview,
            message.items,
            message.folded,
        )
        ids = {i.paragraph.id: place for place, i in enumerate(self._items) if i.paragraph}
        if self._from is not None and self._from not in ids:
            self.note(self.say("gone"))
        sections = [s for s in self._interview.sections if s.paragraphs]
        self.sections.show([[section_line(each, self.say)] for each in sections], 0)
        place = ids.get(self._from or "")
        self.reading.show(self._items, place or 0, is_marked=place is not None)
        self._entitle()
        if self.field.words:
            self._find()

    @property
    def sections(self) -> Listed:
        """The list of sections."""
        return self.query_one("#sections", Listed)

    @property
    def reading(self) -> Reading:
        """The interview."""
        return self.query_one(Reading)

    @property
    def here(self) -> Item | None:
        """What is being read: the marked paragraph, or the first in sight."""
        return self._items[self.reading.here] if self._items else None

    def on_reading_moved(self) -> None:
        """Say where one is."""
        self._entitle()

    def on_reading_pointed(self) -> None:
        """Likewise."""
        self._entitle()

    def _entitle(self) -> None:
        here, interview = self.here, self._interview
        if here is None or interview is None:
            return
        at, last = self.reading.here, len(self._items) - 1
        nearest = here.number or self._items[min(at + 1, last)].number  # a heading has none
        place = self.say(
            "place_read",
            section=here.section.index,
            place=nearest,
            count=self._items[last].number,
        )
        parts = [place, interview.title, interview.date]
        if self.field.words:
            nth = self._matches.index(at) + 1 if at in self._matches else 0
            parts.insert(0, self.say("place_found", place=nth, count=len(self._matches)))
        self.title_line(" · ".join(part for part in parts if part))
        if not self._is_choosing:
            sections = [s for s in interview.sections if s.paragraphs]
            self.sections.highlighted = sections.index(here.section)

    # --- finding

    def on_input_changed(self, message: Input.Changed) -> None:
        """Find what is being typed, from where one is."""
        message.stop()
        self._find()

    def _find(self) -> None:
        phrase = fold(self.field.words)
        self._matches = [n for n, text in enumerate(self._folded) if phrase and phrase in text]
        self.reading.mark_found(phrase, frozenset(self._matches))
        self.note("")
        if self._matches:
            here = self.reading.here
            self.reading.go_to(next((n for n in self._matches if n >= here), self._matches[0]))
        elif phrase and self._items:
            self.note(self.say("nothing_found", words=self.field.words))
        self._entitle()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to a section, to the next place found, or ask about the section on screen."""
        message.stop()
        if self._is_choosing:
            self._go_to_section()
        elif not self.field.words:
            self._ask()
        elif self._matches:
            here = self.reading.here
            self.reading.go_to(next((n for n in self._matches if n > here), self._matches[0]))

    # --- moving

    def action_move(self, how: Move) -> None:
        """Scroll, or point at another section."""
        if self._is_choosing:
            self.sections.move(how)
            return
        reading = self.reading
        match how:
            case "up":
                reading.scroll_up(animate=False)
            case "down":
                reading.scroll_down(animate=False)
            case "page_up":
                reading.scroll_page_up(animate=False)
            case "page_down":
                reading.scroll_page_down(animate=False)
            case "first":
                reading.go_to(0, is_marked=False)
            case "last":
                reading.go_to(len(self._items) - 1)

    def _step(self, by: int) -> None:
        """Mark the next paragraph, or the one before."""
        places = [n for n, item in enumerate(self._items) if item.paragraph]
        if places:
            here = places.index(self.reading.here) if self.reading.here in places else 0
            self.reading.go_to(places[min(max(here + by, 0), len(places) - 1)])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go to the section that was clicked."""
        message.stop()
        self._go_to_section()

    def _go_to_section(self) -> None:
        chosen = self.sections.highlighted
        self._choose_section(False)
        if chosen is not None and self._interview is not None:
            section = [s for s in self._interview.sections if s.paragraphs][chosen]
            place = next(n for n, i in enumerate(self._items) if i.section is section)
            self.reading.go_to(place, is_marked=False)

    def _choose_section(self, is_choosing: bool) -> None:
        self._is_choosing = is_choosing
        self.sections.set_class(is_choosing, "chosen")
        self._fold()

    def on_resize(self) -> None:
        """Let the sections stand beside the interview where there is room."""
        super().on_resize()
        self._fold()

    def _fold(self) -> None:
        is_wide = self.size.width >= WIDE
        self.sections.display = is_wide or self._is_choosing
        self.reading.display = is_wide or not self._is_choosing

    # --- what is done with it

    def heed(self, command: str) -> bool:
        """Let the commands about evidence be about the paragraph that is being read."""
        match command:
            case "evidence":
                self._choose_section(not self._is_choosing)
            case "stop" if self._is_choosing:
                self._choose_section(False)
            case "next":
                self._step(1)
            case "previous":
                self._step(-1)
            case "layout":
                self.reading.toggle_beside()
                self.wish(Beside(self.reading.is_beside))
            case "quote" | "copy":
                self._copy()
            case "source":
                self._visit()
            case "read":
                self._ask()
            case _:
                return super().heed(command)
        return True

    def _ask(self) -> None:
        if (here := self.here) is not None:
            self.wish(AskAbout(self._wanted, printable(here.section.heading)))

    def _copy(self) -> None:
        here, interview = self.here, self._interview
        if here is None or interview is None or here.paragraph is None:
            self.note(self.say("nothing_to_copy"))
            return
        words = "\n".join(here.paragraph.texts.values())
        exhibit = Exhibit("", source_at(interview, here), words)
        self.wish(Copy(provenance(exhibit, self.say), self.say("quote_word")))

    def _visit(self) -> None:
        link = self._interview.source if self._interview else None
        if link is None or not link.startswith(("http://", "https://")):
            self.note(self.say("no_link"))
        else:
            self.wish(Visit(link))
