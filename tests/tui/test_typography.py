import asyncio

import pytest
from rich.console import Console
from rich.text import Text
from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.content import Content

from assistant.tui import typography
from assistant.tui.prompt import Prompt
from assistant.tui.typography import Installed, install


@pytest.fixture(autouse=True)
def installed() -> Installed:
    return install()


@pytest.fixture
def protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read sequences of the newer protocol, whatever was decided for this terminal."""
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", False)


def test_every_repair_is_in_place(installed: Installed) -> None:
    """Fails when a private name of Rich or Textual has moved: then look for it."""
    assert installed == Installed(
        lines=True, typed_lines=True, commits=True, pastes=True, chords=True
    )
    assert install() == installed


def test_a_library_that_has_moved_is_left_alone() -> None:
    assert not typography._break_lines("textual.constants", "words", "divide_line")
    assert not typography._break_lines("rich.no_such_module", "words", "divide_line")


CASES = {
    "a run fills the line": ("In 2023 算力的价格下降了", 12, ["In 2023 算力", "的价格下降了"]),
    "a stop never begins a line": ("算力的价格下降。", 14, ["算力的价格下", "降。"]),
    "a bracket never ends one": ("算力的（价格）", 8, ["算力的", "（价格）"]),
    "english breaks at blanks": ("prices fell fast", 11, ["prices fell", "fast"]),
    "a citation stays": ("价格下降[1]。", 10, ["价格下", "降[1]。"]),
}


@pytest.mark.parametrize(("text", "width", "lines"), CASES.values(), ids=CASES)
def test_lines_are_broken_as_both_scripts_need_it(text: str, width: int, lines: list[str]) -> None:
    rich_lines = Text(text).wrap(Console(width=width), width)

    assert [line.plain.rstrip() for line in rich_lines] == lines
    assert [line.plain.rstrip() for line in Content(text).wrap(width)] == lines


class Desk(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield Prompt()

    def on_prompt_submitted(self, message: Prompt.Submitted) -> None:
        self.sent.append(message.text)


def test_what_is_typed_fills_its_lines() -> None:
    async def run() -> list[str]:
        desk = Desk()
        async with desk.run_test(size=(15, 10)) as pilot:
            prompt = desk.query_one(Prompt)
            prompt.show("In 2023 算力的价格，下降了   ")
            await pilot.pause()
            return [line for row in prompt.wrapped_document.lines for line in row]

    assert asyncio.run(run()) == ["In 2023 算力", "的价格，下降", "了   "]


def read(sequence: str) -> list[events.Event]:
    """Return what Textual makes of what a terminal sends."""
    return [e for e in XTermParser().feed(sequence) if isinstance(e, events.Event)]


def commit(text: str, key: int = 0) -> str:
    """Return an input method's commit as the protocol sends it, with the key that confirmed it."""
    return f"\x1b[{key};;{':'.join(str(ord(c)) for c in text)}u"


SENTENCE = "今天我们来讨论一下算力的价格为什么会下降，" * 4


@pytest.mark.usefixtures("protocol")
@pytest.mark.parametrize("length", [1, 4, 5, 20, 64, 80])
@pytest.mark.parametrize("text", [SENTENCE, "\U00020000" * 80], ids=["common", "rare"])
def test_a_commit_is_read_as_its_characters(text: str, length: int) -> None:
    found = read(commit(text[:length]) + "x")

    assert [e.character for e in found if isinstance(e, events.Key)] == [*text[:length], "x"]


@pytest.mark.usefixtures("protocol")
@pytest.mark.parametrize("length", [1, 4, 5, 20])
@pytest.mark.parametrize("key", [13, 32, 49], ids=["enter", "space", "1"])
def test_a_commit_is_text_whatever_key_confirmed_it(length: int, key: int) -> None:
    """From the terminal's bytes to the prompt: Enter sends only when it comes alone."""
    text = SENTENCE[:length]

    async def run() -> None:
        desk = Desk()
        async with desk.run_test() as pilot:
            prompt = desk.query_one(Prompt)
            prompt.focus()
            for event in read(commit(text, key)):
                desk.post_message(event)
            await pilot.pause()
            await pilot.pause()
            assert (prompt.text, desk.sent) == (text, [])
            for event in read("\x1b[13u"):
                desk.post_message(event)
            await pilot.pause()
            await pilot.pause()
            assert desk.sent == [text]

    asyncio.run(run())


@pytest.mark.usefixtures("protocol")
@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[13;2u", "shift+enter"),
        ("\x1b[106;5u", "ctrl+j"),
        ("\n", "ctrl+j"),
        ("\r", "enter"),
        ("\x1b[65292;;65292u", "fullwidth_comma"),
    ],
)
def test_keys_are_still_keys(sequence: str, key: str) -> None:
    (event,) = read(sequence)

    assert isinstance(event, events.Key)
    assert event.key == key


@pytest.mark.parametrize("is_off", [True, False])
@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b1", "alt+1"),
        ("\x1b0", "alt+0"),
        ("\x1b\r", "alt+enter"),
        ("\x1b[13;2u", "shift+enter"),
        ("\x1b[1;3D", "alt+left"),
        ("\x1b[1;3A", "alt+up"),
        ("\x1b[1;7C", "alt+ctrl+right"),
        ("\x1b[3;3~", "alt+delete"),
        ("\x1b[D", "left"),
        ("\x1b[1;5D", "ctrl+left"),
    ],
)
def test_alt_is_alt_on_any_terminal(
    sequence: str, key: str, is_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", is_off)
    (event,) = read(sequence)

    assert isinstance(event, events.Key)
    assert (event.key, event.is_printable) == (key, False)


@pytest.mark.parametrize("size", [1, 6, 4096])
def test_a_paste_stays_one_whatever_is_in_it(size: int) -> None:
    sent = "\x1b[200~价格 \x1b[31m红\rrm -rf\r\x1b]0;x\x07" + "长" * 50 + "\x1b[201~"
    parser = XTermParser()
    found = [e for i in range(0, len(sent), size) for e in parser.feed(sent[i : i + size])]

    (event,) = found
    assert isinstance(event, events.Paste)
    assert event.text == "价格 [31m红\rrm -rf\r]0;x\x07" + "长" * 50


def test_the_end_of_input_reaches_the_parser() -> None:
    parser = XTermParser()
    assert list(parser.feed("a")) != []
    assert list(parser.feed("")) == []
    assert parser.is_eof


@pytest.mark.parametrize("digit", range(10))
def test_alt_with_a_digit_is_a_key_and_what_it_may_mean_elsewhere_is_typed(digit: int) -> None:
    install()

    (key,) = XTermParser(False).feed(f"\x1b{digit}")
    (typed,) = XTermParser(False).feed("£")

    assert isinstance(key, events.Key)
    assert (key.key, key.is_printable) == (f"alt+{digit}", False)
    assert isinstance(typed, events.Key)
    assert typed.character == "£"
