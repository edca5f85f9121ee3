"""Lines of styled pieces → Textual's content, and a widget whose pieces open their exhibits."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.style import Style as TextualStyle
from textual.widgets import Static

from assistant.chat.pages import Line, Piece, Style

LOOKS: dict[Style, str] = {
    "plain": "",
    "strong": "bold",
    "dim": "$foreground-muted",
    "quote": "bold underline $text-accent",
    "good": "$text-success",
    "warn": "$text-warning",
    "bad": "bold $text-error",
    "link": "bold $text-primary",
}


def content_of(lines: Iterable[Line]) -> Content:
    """Return lines as content; what a piece says is never read as markup."""
    return Content("\n").join(Content("").join(map(_content, line)) for line in lines)


def _content(piece: Piece) -> Content:
    content = Content.styled(piece.text, LOOKS[piece.style])
    if piece.opens is None:
        return content
    click = TextualStyle.from_meta({"@click": f"open({piece.opens!r})"})
    return content.stylize(click)


class Cited(Static):
    """Text whose citations can be clicked."""

    @dataclass
    class Opened(Message):
        """A citation was chosen."""

        sender_widget: "Cited"
        label: str

    def draw(self, lines: Iterable[Line]) -> None:
        """Show these lines."""
        self.update(content_of(lines))

    def action_open(self, label: str) -> None:
        """Bring up the exhibit of a label."""
        self.post_message(self.Opened(self, label))
