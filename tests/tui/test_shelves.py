import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

import pytest
from textual import events
from textual.pilot import Pilot

from assistant.chat.scope import Scope
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolSpec, Usage
from assistant.tui.app import ChatApp
from assistant.tui.browse import InterviewsPage
from assistant.tui.desk import Desk
from assistant.tui.help import HelpPage
from assistant.tui.page import LONGEST, Field, Page
from assistant.tui.wishes import AskAbout, Keep
from tests.tui.stage import WIDE, ask, perform, seen, until, write


@dataclass(slots=True)
class SilentModel:
    """Says nothing until it is told to."""

    go_on: threading.Event = field(default_factory=threading.Event)
    name: str = "silent"
    address: str = "http://127.0.0.1:9/v1"
    calls_tools: bool = True

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Wait, and then decline."""
        del messages, tools
        self.go_on.wait(60)
        yield TextDelta("Nothing.")
        yield Usage(100, 20)
        yield Finish("stop")


def test_nothing_that_is_looked_up_waits_for_a_model(tmp_path: Path) -> None:
    model = SilentModel()

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show("渡口等雾要等多久？")
        await pilot.press("enter")
        await until(pilot, lambda: app.asking.running is not None)
        await pilot.press("f4")
        await until(pilot, lambda: "渡口等雾要等多久" in seen(app))
        await pilot.press("escape", "f3")
        await until(pilot, lambda: "The ferry again" in seen(app))
        await pilot.press("enter")
        await until(pilot, lambda: "The buoy was painted red" in seen(app))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, Desk))
        assert app.asking.running is not None  # nor does it stop the answer
        model.go_on.set()
        await until(pilot, lambda: app.asking.running is None)

    perform(tmp_path, story, model=model)


def test_asking_about_a_section_keeps_to_its_interview_alone(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.keep_to(Scope((("interview", "caption"), ("speaker", "陈阿水"))))
        app.desk.prompt.show("在渡口等了多久？")
        app.shelves.fulfil(AskAbout("渡口", "大雾"))
        await pilot.pause()
        assert list(app.scope) == [("speaker", "陈阿水"), ("interview", "渡口")]
        assert app.desk.prompt.text == "关于“大雾”：在渡口等了多久？"
        app.shelves.fulfil(AskAbout("渡口", "大雾"))  # once is enough
        assert app.desk.prompt.text == "关于“大雾”：在渡口等了多久？"
        await pilot.press("enter")
        await until(pilot, lambda: "十一个小时" in seen(app))

    perform(tmp_path, story, language="zh")


def test_a_filter_chosen_on_a_page_is_a_chip_at_the_desk(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.shelves.fulfil(Keep("speaker", "Mira Olsen"))
        app.shelves.fulfil(Keep("speaker", "陈阿水"))
        await pilot.pause()
        assert app.scope.shown() == {"speaker": "Mira Olsen, 陈阿水"}
        assert "speaker 陈阿水" in seen(app)

    perform(tmp_path, story)


def test_the_conversation_at_the_desk_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await write(pilot, "/export")
        await pilot.press("enter")  # there is nothing yet
        await ask(app, pilot, "渡口等雾要等多久？")
        monkeypatch.chdir(tmp_path / "here")
        for name in ("", " mine.json"):
            await write(pilot, f"/导出{name}")
            await pilot.press("enter")
        await until(pilot, lambda: len(list((tmp_path / "here").iterdir())) == 2)

    perform(tmp_path, story, size=WIDE)
    assert {p.name for p in (tmp_path / "here").iterdir()} == {
        "渡口等雾要等多久.md",
        "mine.json",
    }


def test_a_command_that_needs_the_prompt_goes_back_to_it(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f3", "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpPage))
        app.action_order("speaker")  # as the palette does
        await until(pilot, lambda: isinstance(app.screen, Desk))
        assert app.desk.prompt.text == "/speaker "

    perform(tmp_path, story)


@pytest.mark.parametrize(
    "key", ["f2", "f6", "f7", "f9", "ctrl+y", "ctrl+down", "ctrl+o", "f10", "alt+1"]
)
def test_keys_of_the_desk_do_nothing_to_a_page(tmp_path: Path, key: str) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, InterviewsPage))
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, InterviewsPage)

    perform(tmp_path, story)


@pytest.mark.parametrize("page", ["f1", "f3", "f4"])
def test_a_paste_is_text_and_no_more_than_fits(tmp_path: Path, page: str) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press(page)
        await until(pilot, lambda: isinstance(app.screen, Page))
        field = app.screen.query_one(Field)
        field.post_message(events.Paste("\x1b[31m雾[/bold]\nsecond line"))
        await until(pilot, lambda: "雾[/bold]" in field.value)
        assert "\x1b" not in field.words
        assert "\x1b" not in seen(app)
        before = field.value
        field.post_message(events.Paste("字" * 1_000_000))
        await pilot.pause()
        await pilot.pause()
        assert len(field.value) <= LONGEST
        assert field.value.startswith(before[:5])

    perform(tmp_path, story)


@pytest.mark.slow
def test_pages_live_through_every_size(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        for keys in (["f1"], ["escape", "f4"], ["escape", "f3"], ["enter"], ["f2"], ["enter"]):
            await pilot.press(*keys)
            for size in ((20, 5), (1, 1), (140, 45), (20, 5), (99, 9), (80, 24)):
                await pilot.resize_terminal(*size)
                await pilot.press("down", "pagedown", "ctrl+end", "ctrl+home")
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story)


def test_a_store_that_goes_away_is_said_to_have_gone(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: "The ferry again" in seen(app))
        rmtree(tmp_path / "store")
        await pilot.press("enter")
        await until(pilot, lambda: "interviews index" in seen(app))
        await pilot.press("f9", "f8", "f2", "escape", "escape")
        await write(pilot, "x")
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story, size=WIDE)


def test_a_click_does_what_the_key_does(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: "Esc back" in seen(app))
        await pilot.click("#keys", offset=(seen(app).splitlines()[-1].index("Esc") + 1, 0))
        await until(pilot, lambda: not isinstance(app.screen, Page))

    perform(tmp_path, story)
