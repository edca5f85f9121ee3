"""A heading or a paragraph of an interview, as it stands on the screen."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from assistant.chat.labels import Say
from assistant.chat.listings import Item, heading_line, speaker_line, text_lines
from assistant.chat.pages import Line
from assistant.tui.styled import content_of
from index.records import Language


class ItemView(Static):
    """A heading, or a paragraph: who, when, and its texts one above the other; one widget."""

    def __init__(self, place: int, item: Item, say: Say, first: Language) -> None:
        super().__init__(classes="item" if item.paragraph else "item heading")
        self.place = place
        """Among the items of the interview."""
        self._item = item
        self._say = say
        self._first = first

    def mark_found(self, phrase: str) -> None:
        """Show it, a phrase, folded, marked where it stands."""
        paragraph = self._item.paragraph
        if paragraph is None:
            self.update(content_of([heading_line(self._item.section, phrase)]))
            return
        lines: list[Line] = [speaker_line(self._item, self._say)]
        for text in text_lines(paragraph, phrase, self._first):
            lines += [(), text] if len(lines) > 1 else [text]
        self.update(content_of(lines))


class PairView(Container):
    """A paragraph whose two texts stand side by side."""

    def __init__(self, place: int, item: Item, say: Say, first: Language) -> None:
        super().__init__(classes="item")
        self.place = place
        """Among the items of the interview."""
        self._item = item
        self._first = first
        self._who = Static(content_of([speaker_line(item, say)]), classes="who")
        self._texts = (Static(), Static())

    def compose(self) -> ComposeResult:
        """Lay out who speaks above the texts."""
        yield self._who
        yield from self._texts

    def mark_found(self, phrase: str) -> None:
        """Show it, a phrase, folded, marked where it stands."""
        assert self._item.paragraph is not None  # a heading is no pair
        lines = text_lines(self._item.paragraph, phrase, self._first)
        for part, line in zip(self._texts, lines, strict=True):
            part.update(content_of([line]))


AnyView = ItemView | PairView
