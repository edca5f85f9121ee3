"""Every key, command and mark, in the language of the interface, with a word on where one was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from assistant.chat.commands import COMMANDS, Command
from assistant.chat.keymap import key_name
from assistant.chat.labels import Say
from assistant.chat.pages import MARKS, TONES, Line, Piece
from assistant.history.words import read_words
from assistant.tui.browse import InterviewsPage
from assistant.tui.listed import Move
from assistant.tui.page import Key, Page, Reach, bindings, scroll
from assistant.tui.prompt import Prompt
from assistant.tui.reader import ReaderPage
from assistant.tui.sessions import HistoryPage
from assistant.tui.styled import content_of
from index.fold import fold
from index.records import Language

PAGES: tuple[type[Page], ...] = (HistoryPage, InterviewsPage, ReaderPage)
KEY_WIDTH = 11
"""Cells of the column of keys; those of the prompt, of which there are two, take twice as many."""
NAME_WIDTH = 22
"""Cells of the column of a command's names."""


class HelpPage(Page):
    """Keys, commands, marks, and how to type."""

    DEFAULT_CSS = """
    HelpPage #body { padding: 0 1; scrollbar-size-vertical: 1; }
    """
    NAME = "help"
    KEYS = (Key("/stop", "key_back"),)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, reach: Reach, place: str) -> None:
        """Help one who was at the desk ("desk") or on a page, by its name."""
        super().__init__(reach)
        self._place = place

    def body(self) -> ComposeResult:
        """Yield the text."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="text")

    def on_mount(self) -> None:
        """Write it."""
        self._write()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Leave out the lines in which not all words stand."""
        message.stop()
        self._write()

    def action_move(self, how: Move) -> None:
        """Scroll."""
        scroll(self.query_one("#body"), how)

    def _write(self) -> None:
        words = read_words(self.field.words)
        blocks = help_blocks(self._place, self.reach.keys, self.reach.language, self.say)
        lines = lines_with(blocks, words)
        self.query_one("#text", Static).update(content_of(lines))
        self.note("" if lines else self.say("nothing_found", words=self.field.words))
        self.query_one("#body").scroll_home(animate=False)


Block = tuple[str, Sequence[Line]]
"""A heading, and what stands below it."""


def help_blocks(
    place: str, keys: Mapping[str, str], language: Language, say: Say
) -> Sequence[Block]:
    """Return all of help.

    Args:
        place: where one was: "desk" or the name of a page.
        keys: command to key, as they are in force.
        language: of the interface.
        say: its labels.
    """
    about = say(f"about_{place}") if place != "help" else say("about_desk")
    pages = {p.NAME: (say(f"page_{p.NAME}"), list(_page_lines(p, keys, say))) for p in PAGES}
    here = [pages.pop(place)] if place in pages else []
    return [
        ("", [(Piece(about),)]),
        *here,
        (say("marks"), list(_mark_lines(say))),
        (say("commands"), [_command_line(each, keys, language) for each in COMMANDS]),
        (say("prompt_keys"), list(_prompt_lines(say))),
        (say("input_method"), [(Piece(say(f"input_method_{n}")),) for n in (1, 2, 3)]),
        *pages.values(),
        (say("pages"), list(_list_lines(say))),
    ]


def lines_with(blocks: Iterable[Block], words: Sequence[str]) -> list[Line]:
    """Return the lines in which all words, folded, stand, under their headings."""
    lines: list[Line] = []
    for heading, below in blocks:
        found = [line for line in below if all(word in fold(_plain(line)) for word in words)]
        if found:
            lines += [(Piece(""),)] if lines else []
            lines += [(Piece(heading, "link"),)] if heading else []
            lines += found
    return lines


def _plain(line: Line) -> str:
    return "".join(piece.text for piece in line)


def _row(key: str, words: str) -> Line:
    return (Piece(_wide(key, 2 * KEY_WIDTH), "strong"), Piece(words))


def _wide(text: str, width: int) -> str:
    """Return text filled up to so many cells; a character of Chinese takes two."""
    cells = sum(2 if ord(c) > 0x2E7F else 1 for c in text)
    return text + " " * max(1, width - cells)


def _mark_lines(say: Say) -> Iterator[Line]:
    for verdict, mark in MARKS.items():
        yield (Piece(f"{mark:<6}", TONES[verdict]), Piece(say(f"mark_{verdict}")))
    yield (Piece(f"{'[1]':<6}", "link"), Piece(say("mark_number")))
    yield (Piece(f"{'[a]':<6}", "link"), Piece(say("mark_letter")))


def _command_line(command: Command, keys: Mapping[str, str], language: Language) -> Line:
    names = f"/{command.name} /{command.alias}"
    key = keys.get(command.name)
    return (
        Piece(_wide(key_name(key) if key else "", KEY_WIDTH), "strong"),
        Piece(_wide(names, NAME_WIDTH), "dim"),
        Piece(command.about(language)),
    )


def _prompt_lines(say: Say) -> Iterator[Line]:
    """Yield the keys of the prompt that have a word about them, as they are bound."""
    for binding in Prompt.BINDINGS:
        if isinstance(binding, Binding) and binding.id:
            label = binding.id.replace(".", "_").replace("-", "_")
            if label in _SAID:
                shown = " ".join(key_name(key) for key in binding.key.split(",")[:2])
                yield _row(shown, say(label))
    yield _row("Alt+1 … Alt+9", say("key_cite"))
    yield _row("Ctrl+P", say("key_palette"))


_SAID = tuple(
    f"prompt_{name}"
    for name in (
        *("submit", "newline", "complete", "up", "down", "word_left", "word_right"),
        *("line_start", "line_end", "delete_word_left", "delete_word_right", "delete_to_start"),
        *("kill", "undo", "redo", "copy", "paste"),
    )
)


def _page_lines(page: type[Page], keys: Mapping[str, str], say: Say) -> Iterator[Line]:
    for key in page.KEYS:
        pressed = keys.get(key.key[1:]) if key.key.startswith("/") else key.key
        if pressed:
            yield _row(key_name(pressed), say(key.label))


def _list_lines(say: Say) -> Iterator[Line]:
    yield _row("Up Down", say("key_scroll"))
    yield _row("PageUp PageDown", say("key_scroll"))
    yield _row("Ctrl+Home Ctrl+End", say("key_ends"))
    yield (Piece(say("search_scripts")),)
