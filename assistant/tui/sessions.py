"""The conversations that were kept: found by what was said, gone on with, named, written, deleted.

Reads and writes through the shelf; to go on with one is a wish to the app.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, OptionList

from assistant.chat.labels import Say
from assistant.chat.listings import conversation_lines, hit_lines
from assistant.chat.pages import Line
from assistant.history.export import export_name
from assistant.history.records import Conversation, Hit
from assistant.tui.listed import Listed, Move
from assistant.tui.page import Key, Page, Reach, bindings
from assistant.tui.wishes import Deleted, Renamed, Resume
from index.errors import InterviewsError

if TYPE_CHECKING:  # for the first paint, it is too heavy
    from assistant.chat.shelf import Shelf

Mode = Literal["search", "rename", "export"]
"""What the field is for."""


class HistoryPage(Page):
    """Conversations, newest first, or what was found in them."""

    NAME = "history"
    KEYS = (
        Key("enter", "key_resume"),
        Key("ctrl+r", "key_rename", "rename"),
        Key("ctrl+s", "key_export", "export"),
        Key("ctrl+d", "key_delete", "delete"),
        Key("ctrl+t", "key_everywhere", "everywhere"),
        Key("/stop", "key_back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    @dataclass
    class Answered(Message):
        """What there is to choose from was read."""

        words: str
        found: Sequence[Conversation | Hit]

    @dataclass
    class Done(Message):
        """Something was done to a conversation, or could not be."""

        words: str
        then: Callable[[], None] | None = None
        """None where nothing has changed."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._mode: Mode = "search"
        self._words = ""
        self._is_everywhere = False
        self._found: Sequence[Conversation | Hit] = ()
        self._doomed: str | None = None

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Listed(id="body")

    def on_mount(self) -> None:
        """List what there is."""
        self._list()

    @property
    def chosen(self) -> Conversation | None:
        """The conversation that is pointed at."""
        place = self.query_one(Listed).highlighted
        if place is None or place >= len(self._found):
            return None
        found = self._found[place]
        return found.conversation if isinstance(found, Hit) else found

    # --- listing and searching

    def _list(self) -> None:
        """Read what there is to choose from; typing on overtakes it."""
        words, everywhere = self._words, self._is_everywhere

        def read(shelf: "Shelf") -> Message | None:
            if words != self._words:
                return None
            if shelf.history is None:
                return self.Done(self.say("history_off"))
            if words:
                return self.Answered(words, shelf.search(words, everywhere=everywhere))
            return self.Answered(words, shelf.conversations(everywhere=everywhere))

        self._do(read)

    def on_history_page_answered(self, message: Answered) -> None:
        """Show it, unless something else was typed meanwhile."""
        if message.words != self._words:
            return
        self._found, chosen = message.found, self.chosen
        ids = [e.conversation.id if isinstance(e, Hit) else e.id for e in self._found]
        place = ids.index(chosen.id) if chosen and chosen.id in ids else 0
        self.query_one(Listed).show([_lines(each, self.say) for each in self._found], place)
        where = self.say("everywhere" if self._is_everywhere else "here")
        count = self.say("found_turns" if message.words else "found_talks", count=len(ids))
        self.title_line(" · ".join((self.say("page_history"), where, count)))
        if not self._found:
            empty = self.say("nothing_found", words=message.words)
            self.note(empty if message.words else self.say("nothing_kept"))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search for what is being typed."""
        message.stop()
        if self._mode == "search" and self.field.words != self._words:
            self._words = self.field.words
            self._spare()
            self._list()

    def action_everywhere(self) -> None:
        """List the conversations about all collections, or about this one alone."""
        self._is_everywhere = not self._is_everywhere
        self._list()

    def action_move(self, how: Move) -> None:
        """Point at another one."""
        self._spare()
        self.query_one(Listed).move(how)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go on with the one that was clicked."""
        message.stop()
        self._resume()

    # --- what is done to one

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go on with a conversation, or do what the field is for."""
        message.stop()
        match self._mode:
            case "search":
                self._resume()
            case "rename":
                self._rename(self.field.words)
            case "export":
                self._export(self.field.words)

    def heed(self, command: str) -> bool:
        """Let Esc leave the name that is being typed, before it leaves the page."""
        if command == "stop" and self._mode != "search":
            self._return()
            return True
        return super().heed(command)

    def action_rename(self) -> None:
        """Ask for a name."""
        if (chosen := self.chosen) is not None:
            self._enter("rename", chosen.title)

    def action_export(self) -> None:
        """Ask for a file."""
        if (chosen := self.chosen) is not None:
            self._enter("export", export_name(chosen, "md"))

    def action_delete(self) -> None:
        """Delete the conversation, if this is the second time it is told so."""
        chosen = self.chosen
        if chosen is None or self._mode != "search":
            return
        if self._doomed != chosen.id:
            self._doomed = chosen.id
            self.note(self.say("delete_again", title=chosen.title))
            return
        self._spare()

        def delete(shelf: "Shelf") -> Message:
            shelf.delete(chosen.id)
            return self.Done(self.say("deleted"), lambda: self.wish(Deleted(chosen.id)))

        self._do(delete)

    def _resume(self) -> None:
        if (chosen := self.chosen) is not None:
            self.wish(Resume(chosen.id))

    def _rename(self, title: str) -> None:
        chosen = self.chosen
        self._return()
        if chosen is None or not title:
            return

        def rename(shelf: "Shelf") -> Message:
            shelf.rename(chosen.id, title)
            words = self.say("renamed", title=title)
            return self.Done(words, lambda: self.wish(Renamed(chosen.id, title)))

        self._do(rename)

    def _export(self, name: str) -> None:
        chosen = self.chosen
        if chosen is None or not name:
            return
        path = Path(name).expanduser()

        def export(shelf: "Shelf") -> Message:
            if shelf.export(chosen.id, path):
                return self.Done(self.say("saved_to", path=path.absolute()), self._return)
            return self.Done(self.say("exists", path=path))

        self._do(export)

    def _do(self, job: "Callable[[Shelf], Message | None]") -> None:
        """Do a job in the thread that reads, and hear what comes of it."""

        def work(shelf: "Shelf") -> None:
            try:
                message = job(shelf)
            except InterviewsError as error:
                message = self.Done(str(error))
            if message is not None:
                self.post_message(message)

        self.reach.work(work)

    def on_history_page_done(self, message: Done) -> None:
        """Say so, and list what there is now."""
        if message.then is not None:
            message.then()
            self._list()
        self.note(message.words)

    # --- the field

    def _enter(self, mode: Mode, value: str) -> None:
        """Use the field for something else than searching."""
        self._spare()
        self._mode = mode
        self.note(self.say(f"type_{mode}"))
        self.field.value = value
        self.field.cursor_position = len(self.field.value)
        if mode == "rename":
            self.field.select_all()

    def _return(self) -> None:
        """Search again."""
        self._mode = "search"
        self.field.value = self._words
        self.field.cursor_position = len(self._words)
        self.note("")

    def _spare(self) -> None:
        """Forget that something was about to be deleted."""
        self._doomed = None
        if self._mode == "search":
            self.note("")


def _lines(found: Conversation | Hit, say: Say) -> list[Line]:
    return hit_lines(found, say) if isinstance(found, Hit) else conversation_lines(found, say)
