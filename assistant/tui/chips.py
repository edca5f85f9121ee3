"""The filters that are set, each a chip that a click takes away; and what a command may become."""

from dataclasses import dataclass

from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.chat.commands import Completion
from assistant.chat.labels import Say
from assistant.chat.pages import Piece
from assistant.chat.scope import Scope
from assistant.tui.styled import Cited, content_of


class Chips(Cited):
    """What the questions are kept to; no line at all while that is nothing."""

    @dataclass
    class Dropped(Message):
        """A filter is wanted no more."""

        name: str
        value: str

    def __init__(self, say: Say) -> None:
        super().__init__(id="chips")
        self._say = say
        self._scope = Scope()

    def show(self, scope: Scope) -> None:
        """Show these filters."""
        self._scope = scope
        self.display = bool(scope)
        pieces: list[Piece] = []
        for place, (name, value) in enumerate(scope):
            words = f"{self._say(name)} {value}"
            pieces += [Piece(words, "strong"), Piece(" × ", "link", str(place)), Piece(" ")]
        self.draw([tuple(pieces)])

    def action_open(self, label: str) -> None:
        """Take a filter away."""
        name, value = self._scope.chips[int(label)]
        self.post_message(self.Dropped(name, value))


class Completions(OptionList, can_focus=False):
    """What a command that is being typed may become."""

    def __init__(self) -> None:
        super().__init__(id="completions", compact=True)
        self._found: list[Completion] = []
        self.display = False

    def show(self, found: list[Completion]) -> None:
        """Show these, the first one chosen."""
        self._found = found
        self.display = bool(found)
        self.clear_options()
        for each in found:
            pieces = (Piece(each.shown, "strong"), Piece(f"  {each.about}", "dim"))
            self.add_option(Option(content_of([pieces])))
        self.highlighted = 0 if found else None

    @property
    def chosen(self) -> Completion | None:
        """What Tab makes of the prompt; None when nothing is offered."""
        place = self.highlighted
        return self._found[place] if self._found and place is not None else None

    def completion(self, place: int) -> Completion:
        """Return what stands at a place."""
        return self._found[place]
