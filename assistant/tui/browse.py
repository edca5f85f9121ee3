"""The interviews there are: found by title, name, tag or date, read, and asked alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, OptionList

from assistant.chat.listings import interview_lines, interviews_like
from assistant.chat.pages import Piece
from assistant.history.words import read_words
from assistant.render import printable
from assistant.tui.listed import Listed, Move
from assistant.tui.page import Key, Page, Reach, bindings
from assistant.tui.wishes import Keep, Read
from index.errors import InterviewsError
from index.records import InterviewSummary

if TYPE_CHECKING:  # for the first paint, it is too heavy
    from assistant.chat.shelf import Shelf


class InterviewsPage(Page):
    """Interviews by id; for a while, the speakers of one."""

    NAME = "interviews"
    KEYS = (
        Key("enter", "key_read"),
        Key("ctrl+t", "key_keep", "keep"),
        Key("ctrl+r", "key_speaker", "speaker"),
        Key("/stop", "key_back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    @dataclass
    class Found(Message):
        """The interviews were read."""

        interviews: Sequence[InterviewSummary]

    @dataclass
    class Failed(Message):
        """They could not be."""

        words: str

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._all: Sequence[InterviewSummary] | None = None
        self._found: Sequence[InterviewSummary] = ()
        self._speakers: Sequence[str] = ()
        """Of whom one is being chosen; nobody while interviews are."""
        self._place: int | None = None
        """Of the interview whose speakers they are."""

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Listed(id="body")

    def on_mount(self) -> None:
        """Read what there is."""

        def read(shelf: "Shelf") -> None:
            try:
                self.post_message(self.Found(shelf.interviews()))
            except InterviewsError as error:
                self.post_message(self.Failed(str(error)))

        self.reach.work(read)

    def on_interviews_page_found(self, message: Found) -> None:
        """Show it."""
        self._all = message.interviews
        self._show()

    def on_interviews_page_failed(self, message: Failed) -> None:
        """Say why there is nothing."""
        self.note(message.words)

    @property
    def chosen(self) -> InterviewSummary | None:
        """The interview that is pointed at."""
        place = self._place if self._speakers else self.query_one(Listed).highlighted
        return self._found[place] if place is not None and place < len(self._found) else None

    def on_input_changed(self, message: Input.Changed) -> None:
        """Leave those out in which not all words stand."""
        message.stop()
        self.note("")
        self._show()

    def _show(self) -> None:
        if self._all is None:
            return
        words, chosen = read_words(self.field.words), self.chosen
        self._speakers = ()
        self._found = interviews_like(self._all, words)
        place = self._found.index(chosen) if chosen in self._found else 0
        lines = [interview_lines(each, words, self.say) for each in self._found]
        self.query_one(Listed).show(lines, place)
        count = self.say("of_all", count=len(self._found), all=len(self._all))
        self.title_line(f"{self.say('page_interviews')} · {count}")
        if not self._found:
            self.note(self.say("nothing_found", words=self.field.words))

    # --- what is done to one

    def action_move(self, how: Move) -> None:
        """Point at another one."""
        self.query_one(Listed).move(how)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Read the interview, or keep to the speaker."""
        message.stop()
        self._choose()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Likewise, of what was clicked."""
        message.stop()
        self._choose()

    def _choose(self) -> None:
        place = self.query_one(Listed).highlighted
        if self._speakers and place is not None:
            speaker = self._speakers[place]
            self._show()
            self._keep("speaker", speaker)
        elif not self._speakers and (chosen := self.chosen) is not None:
            self.wish(Read(chosen.id))

    def action_keep(self) -> None:
        """Keep the questions to the interview."""
        if not self._speakers and (chosen := self.chosen) is not None:
            self._keep("interview", chosen.id)

    def action_speaker(self) -> None:
        """Offer the interview's speakers, to keep the questions to one of them."""
        chosen = self.chosen
        if self._speakers or chosen is None:
            return
        self.note(self.say("choose_speaker" if chosen.speakers else "no_speaker"))
        if chosen.speakers:
            self._place = self.query_one(Listed).highlighted
            self._speakers = chosen.speakers
            lines = [[(Piece(printable(name), "strong"),)] for name in chosen.speakers]
            self.query_one(Listed).show(lines, 0)

    def heed(self, command: str) -> bool:
        """Let Esc leave the speakers before it leaves the page."""
        if command == "stop" and self._speakers:
            self.note("")
            self._show()
            return True
        return super().heed(command)

    def _keep(self, name: str, value: str) -> None:
        self.wish(Keep(name, value))
        self.note(self.say("kept_to", what=f"{self.say(name)} {value}"))
