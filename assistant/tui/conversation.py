"""The turns of a conversation, the latest at the bottom; older ones come when they are scrolled to.

Follows what is written until the reader scrolls up, and again when the bottom is reached.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from assistant.chat.labels import Say
from assistant.history.records import Turn

if TYPE_CHECKING:  # it draws Markdown, which the first paint does not wait for
    from assistant.tui.turn import AnyTurn, TurnView

AT_ONCE = 20
"""Kept turns that are laid out at a time."""


class ConversationView(VerticalScroll, can_focus=True):
    """Questions and answers, scrolled."""

    def __init__(self, say: Say) -> None:
        super().__init__(id="conversation")
        self.say = say
        self._older: list[Turn] = []

    def compose(self) -> ComposeResult:
        """Begin with a word of welcome, which the first question pushes away."""
        # An anchored container hangs what is shorter than itself from its bottom: this one is not.
        with Vertical(id="turns"):
            yield self._welcome()

    def on_mount(self) -> None:
        """Follow what is written."""
        self.anchor()

    @property
    def turns(self) -> "list[AnyTurn]":
        """The turns laid out, in order."""
        return [cast("AnyTurn", child) for child in self._page.children if child.has_class("turn")]

    @property
    def _page(self) -> Vertical:
        return self.query_one("#turns", Vertical)

    def _welcome(self) -> Static:
        return Static(self.say("welcome"), id="welcome", markup=False)

    def begin(self, question: str) -> "TurnView":
        """Show a question, and return what its answer grows in."""
        from assistant.tui.turn import TurnView

        turn = TurnView(question, self.say)
        self.query("#welcome").remove()
        self._page.mount(turn)
        self.anchor()
        return turn

    async def clear(self) -> None:
        """Show nothing but the welcome."""
        self._older = []
        await self._page.remove_children()
        await self._page.mount(self._welcome())

    async def show(self, turns: Sequence[Turn]) -> None:
        """Show a conversation that was kept."""
        self._older = list(turns)
        await self._page.remove_children()
        await self._lay_out_older()
        self.anchor()

    async def _lay_out_older(self) -> None:
        """Lay out some turns more, above those that are there."""
        batch = self._older[-AT_ONCE:]
        del self._older[-AT_ONCE:]
        from assistant.tui.turn import PastTurn

        past = [PastTurn(turn, self.say) for turn in batch]
        await self._page.mount(*past, before=0 if self._page.children else None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Bring older turns when the top is reached."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < 1 and new_value < old_value and self._older:
            self.call_next(self._lay_out_above)

    async def _lay_out_above(self) -> None:
        """Lay out older turns, and keep what was in sight where it was."""
        height = self.virtual_size.height
        await self._lay_out_older()

        def settle() -> None:
            grown = self.virtual_size.height - height
            self.scroll_to(y=grown, animate=False, immediate=True)

        self.call_after_refresh(settle)
