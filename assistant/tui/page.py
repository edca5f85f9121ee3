"""What the screens above the desk have in common: a title, a field below, and the keys that work.

Typing lands in the field; Esc is the app's, which takes a page away unless the page needs it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.chat.keymap import key_name
from assistant.chat.labels import Say
from assistant.chat.pages import Piece
from assistant.render import printable
from assistant.tui.desk import TALL, WIDE
from assistant.tui.listed import Move
from assistant.tui.promptkeys import written_by
from assistant.tui.styled import Cited
from assistant.tui.wishes import Wish
from index.records import Language

if TYPE_CHECKING:  # for the first paint, it is too heavy
    from assistant.chat.shelf import Shelf

LONGEST = 1_000
"""Characters one may type; the longest path of a file has as many, a whole paste has not."""

Work = Callable[["Callable[[Shelf], None]"], None]
"""Does a job in the thread that reads, after the jobs before it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a page is given of the app."""

    say: Say
    language: Language
    """Of the interface."""
    keys: Mapping[str, str]
    """Command to key."""
    work: Work
    is_beside: bool = True
    """Whether two languages stand side by side where there is room."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a page, in its line of keys."""

    key: str
    """As Textual names it; "/name" is the key of that command, which the page then hears of."""
    label: str
    """The label says what it does."""
    action: str = ""
    """Of the page; "" where the key is a command's, or the field's."""


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """Return what the keys of a page are bound to; they come before those that edit its field."""
    return [Binding(k.key, k.action, priority=k.key != "enter") for k in keys if k.action]


class Field(Input):
    """Where one types on a page, with a word before it on what for."""

    DEFAULT_CSS = """
    Field {
        height: 2; padding: 0 1; border: none; border-top: solid $panel; background: $background;
    }
    Field:focus { border: none; border-top: solid $primary; }
    """

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            placeholder=placeholder, select_on_focus=False, max_length=LONGEST, id="field"
        )

    @property
    def words(self) -> str:
        """What was typed, without what a terminal would obey."""
        return printable(self.value).strip()

    async def _on_key(self, event: events.Key) -> None:
        """Take all that is text, the full-width space too."""
        if text := written_by(event.key, event.character):
            event.stop()
            event.prevent_default()
            self._restart_blink()
            self.replace(text, *self.selection)
        elif event.is_printable:
            event.prevent_default()  # a chord that carries a character

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave chords to the bindings, also where they carry a character."""
        return bool(written_by(key, character))

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what fits, on one line and as text alone: nothing in it reaches the terminal."""
        event.stop()
        event.prevent_default()
        room = max(0, LONGEST - len(self.value) + len(self.selected_text))
        # Of a paste of megabytes no more is looked at than could be taken.
        line = " ".join(printable(event.text[: 2 * LONGEST]).split())
        self.replace(line[:room], *self.selection)


class PageKeys(Cited):
    """The keys of a page; a click does what the key does."""

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        key: Key

    def __init__(self, keys: tuple[Key, ...], reach: Reach) -> None:
        super().__init__(id="keys")
        self._keys = keys
        self._reach = reach

    def on_mount(self) -> None:
        """Show them."""
        pieces: list[Piece] = []
        for place, key in enumerate(self._keys):
            pressed = self._reach.keys.get(key.key[1:]) if key.key.startswith("/") else key.key
            if pressed:
                words = self._reach.say(key.label)
                pieces += [Piece(f" {key_name(pressed)}", "link", str(place))]
                pieces += [Piece(f" {words} ", "dim", str(place))]
        self.draw([tuple(pieces)])

    def action_open(self, label: str) -> None:
        """Do what was clicked."""
        self.post_message(self.Pressed(self._keys[int(label)]))


def scroll(area: Widget, how: Move) -> None:
    """Scroll an area, at once."""
    match how:
        case "up":
            area.scroll_up(animate=False)
        case "down":
            area.scroll_down(animate=False)
        case "page_up":
            area.scroll_page_up(animate=False)
        case "page_down":
            area.scroll_page_down(animate=False)
        case "first":
            area.scroll_home(animate=False)
        case "last":
            area.scroll_end(animate=False)


class Page(Screen[None]):
    """A screen above the desk."""

    DEFAULT_CSS = """
    Page #note { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    Page #body { height: 1fr; }
    Page.low #note { max-height: 1; }
    Page.low Field { height: 1; border: none; }
    """
    NAME: ClassVar[str] = ""
    """Of the page; help has something to say on it by the label `about_…`."""
    KEYS: ClassVar[tuple[Key, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('up')", show=False),
        Binding("down", "move('down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("ctrl+home", "move('first')", show=False),
        Binding("ctrl+end", "move('last')", show=False),
    ]

    @dataclass
    class Wished(Message):
        """Something is wanted that is not the page's to do."""

        wish: Wish

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self.reach = reach
        self.say = reach.say

    def compose(self) -> ComposeResult:
        """Lay out the title, what the page is about, a note, the field and the keys."""
        yield Static(self.say(f"page_{self.NAME}"), id="title", markup=False)
        yield from self.body()
        yield Static("", id="note", markup=False)
        yield Field(self.say(f"type_{self.NAME}"))
        yield PageKeys(self.KEYS, self.reach)

    def body(self) -> ComposeResult:
        """Yield what the page is about; every page has its own."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin in the field."""
        self.note("")
        self.field.focus()

    @property
    def field(self) -> Field:
        """Where one types."""
        return self.query_one(Field)

    def action_move(self, how: Move) -> None:
        """Move in what the page is about; every page has its own."""
        raise NotImplementedError

    def title_line(self, words: str) -> None:
        """Say what this is about, in the top line."""
        self.query_one("#title", Static).update(printable(words))

    def note(self, words: str) -> None:
        """Say something above the field; "" takes it away."""
        note = self.query_one("#note", Static)
        note.update(printable(words))
        note.display = bool(words)

    def wish(self, wish: Wish) -> None:
        """Ask the app for something."""
        self.post_message(self.Wished(wish))

    def heed(self, command: str) -> bool:
        """Carry out a command's key in the page's own way; False leaves it to the app.

        Keys of what belongs to the desk do nothing while it is out of sight.
        """
        return command in DESK_ONLY

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        self.set_class(self.size.width < WIDE, "narrow")
        self.set_class(self.size.height < TALL, "low")

    def on_key(self, event: events.Key) -> None:
        """Let typing land in the field, wherever the focus is."""
        text = written_by(event.key, event.character)
        if text and not self.field.has_focus:
            event.stop()
            self.field.focus()
            self.field.insert_text_at_cursor(text)

    async def on_page_keys_pressed(self, message: PageKeys.Pressed) -> None:
        """Do what a clicked key does."""
        message.stop()
        key = message.key
        if key.action:
            await self.run_action(key.action)
        elif key.key.startswith("/"):
            await self.run_action(f"app.order('{key.key[1:]}')")


DESK_ONLY = (
    *("evidence", "next", "previous", "around", "layout", "source", "read"),
    *("copy", "quote", "all", "rename", "export"),
)
"""Commands about the conversation and the evidence in front of one."""
