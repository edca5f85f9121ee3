import json
from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot

from assistant.history.store import History
from assistant.tui.app import ChatApp
from assistant.tui.desk import Desk
from assistant.tui.listed import Listed
from assistant.tui.sessions import HistoryPage
from index.records import Language
from tests.tui.stage import TINY, USUAL, WIDE, ask, perform, seen, until, write

FERRY = "How long did they wait for the fog?"
CROSSING = "渡口等雾要等多久？"


async def ask_both(app: ChatApp, pilot: Pilot[None]) -> None:
    """Have a conversation in English, and then one in Chinese."""
    await ask(app, pilot, FERRY)
    await pilot.press("ctrl+n")
    await until(pilot, lambda: not app.desk.conversation.turns)
    await ask(app, pilot, CROSSING)


async def open_history(app: ChatApp, pilot: Pilot[None]) -> HistoryPage:
    await pilot.press("f4")
    await until(pilot, lambda: bool(app.screen.query(Listed)) and options(app) > 0)
    assert isinstance(app.screen, HistoryPage)
    return app.screen


def options(app: ChatApp) -> int:
    return app.screen.query_one(Listed).option_count


def test_conversations_are_listed_the_newest_first(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask_both(app, pilot)
        await open_history(app, pilot)
        shown = seen(app)
        assert shown.index(CROSSING) < shown.index(FERRY)
        assert "1 question" in shown
        await pilot.press("escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story)


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "eleven hours", "We waited eleven hours"),
        ("zh", "十一", "十一个小时"),
        ("zh", "渡口 抱怨", "没有一个人抱怨"),
        ("en", "小時", "十一个小时"),
    ],
)
def test_what_was_said_is_found_in_both_languages(
    tmp_path: Path, language: Language, words: str, found: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask_both(app, pilot)
        page = await open_history(app, pilot)
        await write(pilot, words)
        await until(pilot, lambda: page.field.words == words and found in seen(app))
        assert "underline" in styles_of_first(app)

    perform(tmp_path, story, language=language, size=WIDE)


def styles_of_first(app: ChatApp) -> str:
    prompt = app.screen.query_one(Listed).get_option_at_index(0).prompt
    assert isinstance(prompt, Content)
    return " ".join(str(span.style) for span in prompt.spans)


def test_what_nobody_said_is_not_found(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        await open_history(app, pilot)
        await write(pilot, "潜水艇")
        await until(pilot, lambda: options(app) == 0)
        assert "nothing is found for 潜水艇" in seen(app)
        await pilot.press("enter")  # there is nothing to go on with
        assert isinstance(app.screen, HistoryPage)

    perform(tmp_path, story)


def test_enter_goes_on_with_a_conversation(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask_both(app, pilot)
        await open_history(app, pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: [t.question for t in app.desk.conversation.turns] == [FERRY])
        assert isinstance(app.screen, Desk)
        assert app.desk.prompt.has_focus
        await ask(app, pilot, "Would she put an engine into it?")
        assert app.conversation is not None
        assert app.conversation.turns == 2

    perform(tmp_path, story)


def test_a_conversation_is_renamed_here_and_at_the_desk(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        page = await open_history(app, pilot)
        await pilot.press("ctrl+r")
        assert page.field.value == FERRY
        page.field.value = "雾 [bold]fog[/]"
        await pilot.press("enter")
        await until(pilot, lambda: "雾 [bold]fog[/] now" in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: "雾 [bold]fog[/] ·" in seen(app))

    perform(tmp_path, story)


def test_escape_leaves_a_name_before_it_leaves_the_page(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        page = await open_history(app, pilot)
        await pilot.press("ctrl+r")
        await write(pilot, "other 别的")
        assert page.field.value == "other 别的"  # the old one was selected
        await pilot.press("escape")
        assert app.screen is page
        assert page.field.value == ""
        assert page.chosen is not None
        assert page.chosen.title == FERRY
        await pilot.press("escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story)


def test_a_conversation_is_deleted_when_told_twice(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask_both(app, pilot)
        await open_history(app, pilot)
        await pilot.press("ctrl+d")
        assert f"press again to delete “{CROSSING}”" in seen(app)
        await pilot.press("down", "ctrl+d", "up", "ctrl+d")  # moving on takes it back
        await pilot.pause()
        assert options(app) == 2
        await pilot.press("ctrl+d")
        await until(pilot, lambda: options(app) == 1)
        await until(pilot, lambda: not app.desk.conversation.turns)  # it was the one at the desk

    perform(tmp_path, story)
    with History.open(tmp_path / "history.sqlite") as history:
        assert [each.title for each in history.conversations()] == [FERRY]


@pytest.mark.parametrize("ending", ["md", "json"])
def test_a_conversation_is_written_to_a_file_that_is_never_replaced(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"渡口.{ending}"

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, CROSSING)
        page = await open_history(app, pilot)
        await pilot.press("ctrl+s")
        assert page.field.value == "渡口等雾要等多久.md"
        page.field.value = str(path)
        await pilot.press("enter")
        await until(pilot, path.exists)
        await until(pilot, lambda: "written to" in seen(app))
        written = path.read_bytes()
        await pilot.press("ctrl+s")
        page.field.value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: "is there already" in seen(app))
        assert path.read_bytes() == written

    perform(tmp_path, story, size=WIDE)
    text = path.read_text(encoding="utf-8")
    assert "我们在渡口等了十一个小时" in text
    assert ending == "md" or json.loads(text)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, CROSSING)
        page = await open_history(app, pilot)
        await pilot.press("ctrl+s")
        page.field.value = str(tmp_path / "no" / "folder.md")
        await pilot.press("enter")
        await until(pilot, lambda: "cannot be written" in seen(app))

    perform(tmp_path, story, size=WIDE)


def test_conversations_about_other_collections_are_listed_when_wanted(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        with History.open(tmp_path / "history.sqlite") as history:
            other = history.start(tmp_path / "elsewhere")
            history.begin(other.id, "别处的问题", {}, None)
        await ask(app, pilot, FERRY)
        await open_history(app, pilot)
        assert "别处的问题" not in seen(app)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "别处的问题" in seen(app))

    perform(tmp_path, story)


@pytest.mark.parametrize("size", [USUAL, WIDE, TINY])
def test_an_empty_history_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f4")
        await until(pilot, lambda: "还没有" in seen(app))
        await pilot.press("enter", "ctrl+r", "ctrl+s", "ctrl+d", "down", "pagedown")
        assert isinstance(app.screen, HistoryPage)

    perform(tmp_path, story, size=size, language="zh")
