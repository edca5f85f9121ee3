"""Where a question is typed: grows with it, remembers earlier ones, safe for input methods.

Says what happened by messages. Knows nothing of commands, answers or the store.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from assistant.chat.boundaries import word_after, word_before
from assistant.render import printable
from assistant.tui.promptkeys import PROMPT_KEYS, written_by

LONGEST = 20_000
"""Characters a question may have; about five times what fits a model's question comfortably."""

Location = tuple[int, int]
"""Line and column, from 0."""


class Prompt(TextArea, inherit_bindings=False):
    """A question being typed, one to eight rows of it."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        min-height: 1;
        max-height: 8;
        border: none;
        padding: 0 1;
        &:focus { border: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*PROMPT_KEYS]

    @dataclass
    class Submitted(Message):
        """A question was sent; it stays in the prompt until `remember` is called."""

        text: str
        """Without blanks around it, never empty."""

    @dataclass
    class Refused(Message):
        """Not all of a paste was taken."""

        reason: Literal["too_long"]
        taken: int
        """Characters of it that were taken."""
        pasted: int
        """Characters of it."""

    @dataclass
    class CompletionWanted(Message):
        """The completion key was pressed."""

        text: str
        cursor: int
        """How many characters of the text stand before the cursor."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        name: str | None = None,
        id: str | None = None,  # noqa: A002  # the name every widget gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            compact=True,
            highlight_cursor_line=False,
            name=name,
            id=id,
            classes=classes,
        )
        self.recalled: list[str] = []
        """Earlier questions, oldest first; Up begins with the last."""
        self._recall_place: int | None = None
        self._draft = ""

    # ------------------------------------------------------------------ what the app calls

    def remember(self, text: str) -> None:
        """Take a question that was accepted into what Up recalls, and empty the prompt."""
        if text and self.recalled[-1:] != [text]:
            self.recalled.append(text)
        self._recall_place = None
        self.show("")

    def show(self, text: str, cursor: int | None = None) -> None:
        """Put text in place of what stands here; undo brings that back.

        Args:
            text: what to show.
            cursor: characters before the cursor; at the end if not given.
        """
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        place = len(text) if cursor is None else cursor
        self.move_cursor(_location(text, place))

    @property
    def cursor(self) -> int:
        """How many characters stand before the cursor."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def insert_typed(self, text: str) -> None:
        """Insert what was typed while another widget had the focus."""
        self._replace_via_keyboard(printable(text), *self.selection)

    # ------------------------------------------------------------------ keys

    async def _on_key(self, event: events.Key) -> None:
        """Let characters be text, whatever key carries them, and all else be bindings.

        An input method's commit confirmed by Enter arrives as the key `enter` with a character;
        without the terminal's newer protocol, alt+b arrives with the character b.
        """
        if text := written_by(event.key, event.character):
            event.stop()
            event.prevent_default()
            self._restart_blink()
            self._replace_via_keyboard(text, *self.selection)
        elif event.is_printable or event.key == "enter":
            event.prevent_default()  # TextArea would insert it; the bindings come after this

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Leave chords to the bindings, also where they carry a character."""
        return bool(written_by(key, character))

    def action_submit(self) -> None:
        """Send the question, if there is one."""
        if text := self.text.strip():
            self.post_message(self.Submitted(text))

    def action_newline(self) -> None:
        """Break the line."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_complete(self) -> None:
        """Ask for what the word at the cursor may become."""
        self.post_message(self.CompletionWanted(self.text, self.cursor))

    def action_copy(self) -> None:
        """Copy the selection; without one, the key means something else."""
        if not self.selected_text:
            raise SkipAction
        super().action_copy()

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what fits, as text alone: nothing in it is a key or a command."""
        event.stop()
        event.prevent_default()
        # Terminals send a pasted line's end as a carriage return.
        text = printable(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        room = max(0, LONGEST - len(self.text) + len(self.selected_text))
        if taken := text[:room]:
            self._replace_via_keyboard(taken, *self.selection)
        if len(text) > room:
            self.post_message(self.Refused("too_long", room, len(text)))
        self.focus()

    # ------------------------------------------------------------------ earlier questions

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the first row, show the question before."""
        if select or not self._is_recall_key(self.navigator.is_first_wrapped_line):
            super().action_cursor_up(select)
        elif self._recall_place is None:
            if self.recalled:
                self._draft = self.text
                self._recall(len(self.recalled) - 1)
        elif self._recall_place > 0:
            self._recall(self._recall_place - 1)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; from the last row, show the question after, at last what was being typed."""
        at_end = self._is_recall_key(self.navigator.is_last_wrapped_line)
        if select or self._recall_place is None or not at_end:
            super().action_cursor_down(select)
        elif self._recall_place + 1 < len(self.recalled):
            self._recall(self._recall_place + 1)
        else:
            self._recall_place = None
            self.show(self._draft)

    def _is_recall_key(self, is_edge: Callable[[Location], bool]) -> bool:
        """Return whether up or down leaves the text: at its edge, or still where recalling left.

        Changing a recalled question makes it a new one.
        """
        place = self._recall_place
        if place is not None and not (
            place < len(self.recalled) and self.text == self.recalled[place]
        ):
            self._recall_place = place = None
        return is_edge(self.cursor_location) or (place is not None and self.cursor_at_end_of_text)

    def _recall(self, place: int) -> None:
        self._recall_place = place
        self.show(self.recalled[place])

    # ------------------------------------------------------------------ words

    def get_cursor_word_left_location(self) -> Location:
        """Return where the word before the cursor begins, or the end of the line above."""
        row, column = self.cursor_location
        if column == 0 and row > 0:
            return row - 1, len(self.document[row - 1])
        return row, word_before(self.document[row], column)

    def get_cursor_word_right_location(self) -> Location:
        """Return where the word after the cursor ends, or the start of the line below."""
        row, column = self.cursor_location
        line = self.document[row]
        if column == len(line) and row < self.document.line_count - 1:
            return row + 1, 0
        return row, word_after(line, column)

    def action_delete_to_start_of_line(self) -> None:
        """Delete up to where the line begins, however many rows it fills; or the break before."""
        row, column = self.selection.end
        if not column and self.selection.is_empty:
            self.action_delete_left()
        else:
            self._delete_via_keyboard((row, 0), (row, column))

    def action_delete_word_right(self) -> None:
        """Delete the selection, or up to the end of the word after the cursor."""
        start, end = self.selection
        self._delete_via_keyboard(
            start, end if start != end else self.get_cursor_word_right_location()
        )

    # ------------------------------------------------------------------ where candidates appear

    def on_resize(self) -> None:
        """Tell the terminal where the cursor is once rows were added or taken away."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset


def _location(text: str, place: int) -> Location:
    """Return line and column of the place after that many characters."""
    before = text[:place].split("\n")
    return len(before) - 1, len(before[-1])
