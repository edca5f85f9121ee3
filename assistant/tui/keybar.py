"""The line of keys at the bottom; a click does what the key does."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.message import Message

from assistant.chat.commands import COMMANDS
from assistant.chat.keymap import key_name
from assistant.chat.labels import Say
from assistant.chat.pages import Piece
from assistant.tui.styled import Cited

SHOWN = ("help", "evidence", "interviews", "history", "copy", "stop", "quit")


class KeyBar(Cited):
    """The keys one needs most."""

    @dataclass
    class Pressed(Message):
        """A key of the line was clicked."""

        name: str

    def __init__(self, keys: Mapping[str, str], say: Say) -> None:
        super().__init__(id="keys")
        self._keys = keys
        self._say = say

    def on_mount(self) -> None:
        """Show them."""
        self.draw_keys()

    def draw_keys(self) -> None:
        """Show them in the words the labels have now."""
        pieces: list[Piece] = []
        named = {command.name: command for command in COMMANDS}
        for name in SHOWN:
            if name in self._keys:
                words = self._say(f"key_{name}")
                pieces += [
                    Piece(f" {key_name(self._keys[name])}", "link", named[name].name),
                    Piece(f" {words} ", "dim", named[name].name),
                ]
        self.draw([tuple(pieces)])

    def action_open(self, label: str) -> None:
        """Do what was clicked."""
        self.post_message(self.Pressed(label))
