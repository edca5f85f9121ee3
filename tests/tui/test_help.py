from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.chat.commands import COMMANDS
from assistant.chat.keymap import keys_of
from assistant.chat.labels import labels
from assistant.tui.app import ChatApp
from assistant.tui.desk import Desk
from assistant.tui.help import HelpPage, help_blocks, lines_with
from index.records import LANGUAGES, Language
from tests.tui.stage import TINY, USUAL, perform, seen, until, write


def told(place: str, language: Language, **keys: str) -> str:
    blocks = help_blocks(place, keys_of(keys), language, labels(language))
    lines = lines_with(blocks, [])
    return "\n".join("".join(piece.text for piece in line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["desk", "history", "interviews", "read", "help"])
def test_every_command_stands_there_with_what_it_does(place: str, language: Language) -> None:
    text = told(place, language)

    for command in COMMANDS:
        assert f"/{command.name} /{command.alias}" in text
        assert command.about(language) in text
    assert all(mark in text for mark in ("✓", "~", "✗", "?", "[1]", "[a]"))


def test_keys_are_those_in_force() -> None:
    assert "F12" not in told("desk", "en")
    assert "F12" in told("desk", "en", history="f12")


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("desk", "你在对话"),
        ("history", "你刚才在查看以前的对话"),
        ("interviews", "你刚才在浏览访谈"),
        ("read", "你刚才在阅读访谈"),
    ],
)
def test_it_begins_with_where_one_was(place: str, first: str) -> None:
    assert told(place, "zh").startswith(first) or place == "desk"


def test_the_keys_of_the_prompt_are_told() -> None:
    assert "Ctrl+J" in told("desk", "en")
    assert "Ctrl+J" in told("desk", "zh")


@pytest.mark.parametrize(("size"), [TINY, USUAL])
def test_help_comes_and_goes(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpPage))
        await pilot.press("pagedown", "down", "ctrl+end", "ctrl+home", "pageup", "escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story, size=size)


def test_typing_finds_a_command(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f3", "f1")
        await until(pilot, lambda: "你刚才在浏览访谈" in seen(app))
        await write(pilot, "导出")
        await until(pilot, lambda: "/export" in seen(app) and "/help" not in seen(app))

    perform(tmp_path, story, language="zh")
