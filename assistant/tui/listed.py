"""A list one chooses from while the focus stays in the field."""

from collections.abc import Sequence
from typing import Literal

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.chat.pages import Line
from assistant.tui.styled import content_of

Move = Literal["up", "down", "page_up", "page_down", "first", "last"]


class Listed(OptionList, can_focus=False):
    """Some lines each, one of them pointed at."""

    DEFAULT_CSS = """
    Listed {
        height: 1fr; border: none; padding: 0 1; scrollbar-size-vertical: 1;
        background: $background;
    }
    """

    def show(self, entries: Sequence[Sequence[Line]], place: int) -> None:
        """Show these, and point at the one of a place."""
        self.set_options(Option(content_of(lines)) for lines in entries)
        self.highlighted = place if entries else None

    def move(self, how: Move) -> None:
        """Point at another one."""
        if not self.scrollable_content_region:
            return  # no line of it is to be seen, and Textual knows of no page then
        match how:
            case "up":
                self.action_cursor_up()
            case "down":
                self.action_cursor_down()
            case "page_up":
                self.action_page_up()  # type: ignore[no-untyped-call]  # Textual's gap
            case "page_down":
                self.action_page_down()  # type: ignore[no-untyped-call]  # Textual's gap
            case "first":
                self.action_first()
            case "last":
                self.action_last()
