"""One interview read in place: its sections, its paragraphs, what is looked for, what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList

from assistant.chat.finding import Finding, find_in
from assistant.chat.listings import Item, folded_texts, items_of, source_at
from assistant.chat.pages import Exhibit, provenance
from assistant.render import printable
from assistant.tui.contents import Contents
from assistant.tui.desk import WIDE
from assistant.tui.listed import Move
from assistant.tui.page import Key, Page, Reach, bindings, scroll
from assistant.tui.reading import Reading
from assistant.tui.wishes import AskAbout, Beside, Copy, Visit
from index.errors import InterviewsError
from index.records import Interview

if TYPE_CHECKING:  # for the first paint, it is too heavy
    from assistant.chat.shelf import Shelf


class ReaderPage(Page):
    """An interview, from a paragraph on."""

    DEFAULT_CSS = """
    ReaderPage.narrow Contents { width: 1fr; border-right: none; }
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
        self._finding = Finding()
        self._is_choosing = False
        """Whether the keys move in the list of sections."""

    def body(self) -> ComposeResult:
        """Yield the sections, and the interview."""
        with Horizontal(id="body"):
            yield Contents()
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
        self.sections.fill(self._interview.sections, self.say)
        place = ids.get(self._from or "")
        self.reading.show(self._items, place or 0, is_marked=place is not None)
        self._entitle()
        if self.field.words:
            self._find()

    @property
    def sections(self) -> Contents:
        """The list of sections."""
        return self.query_one(Contents)

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
            nth, count = self._finding.number(at), len(self._finding.places)
            parts.insert(0, self.say("place_found", place=nth, count=count))
        self.title_line(" · ".join(part for part in parts if part))
        if not self._is_choosing:
            self.sections.follow(here.section)

    # --- finding

    def on_input_changed(self, message: Input.Changed) -> None:
        """Find what is being typed, from where one is."""
        message.stop()
        self._find()

    def _find(self) -> None:
        self._finding = found = find_in(self._folded, self.field.words)
        self.reading.mark_found(found.phrase, frozenset(found.places))
        self.note("")
        if found.places:
            self.reading.go_to(found.at_or_after(self.reading.here))
        elif found.phrase and self._items:
            self.note(self.say("nothing_found_ask", words=self.field.words))
        self._entitle()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to a section, to the next place found, or ask about the section on screen."""
        message.stop()
        if self._is_choosing:
            self._go_to_section()
        elif not self.field.words:
            self._ask()
        elif self._finding.places:
            self.reading.go_to(self._finding.at_or_after(self.reading.here + 1))
        else:
            self._ask()

    # --- moving

    def action_move(self, how: Move) -> None:
        """Scroll, or point at another section."""
        if self._is_choosing:
            self.sections.move(how)
            return
        match how:
            case "first":
                self.reading.go_to(0, is_marked=False)
            case "last":
                self.reading.go_to(len(self._items) - 1)
            case _:
                scroll(self.reading, how)

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
        section = self.sections.chosen
        self._choose_section(False)
        if section is not None:
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
        """Ask about the section; what was typed and stands nowhere is the question."""
        if (here := self.here) is not None:
            words = "" if self._finding.places else self.field.words
            self.wish(AskAbout(self._wanted, printable(here.section.heading), words))

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
