from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import ChatApp
from assistant.tui.browse import InterviewsPage
from assistant.tui.desk import Desk
from assistant.tui.listed import Listed
from assistant.tui.reader import ReaderPage
from index.records import Language
from tests.tui.stage import TINY, USUAL, WIDE, ask, perform, seen, until, write


async def open_interviews(app: ChatApp, pilot: Pilot[None]) -> InterviewsPage:
    await pilot.press("f3")
    await until(pilot, lambda: bool(app.screen.query(Listed)) and options(app) == 4)
    assert isinstance(app.screen, InterviewsPage)
    return app.screen


def options(app: ChatApp) -> int:
    return app.screen.query_one(Listed).option_count


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", "2022-05-06 · Chinese · §1 ¶3 · 陈阿水, 主持人 · 渡口"),
        ("zh", "2022-05-06 · 中文 · §1 ¶3 · 陈阿水, 主持人 · 渡口"),
    ],
)
def test_interviews_are_listed_with_what_is_known(
    tmp_path: Path, language: Language, facts: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await open_interviews(app, pilot)
        assert facts in seen(app).replace("  ", " ") or facts in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story, language=language)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("AGAIN", ["ferry-2024"]),
        ("陳阿水", ["渡口"]),
        ("渡口", ["渡口"]),
        ("mira 2021", ["ferry-2021"]),
        ("nobody", []),
    ],
)
def test_typing_leaves_the_interviews_that_have_all_words(
    tmp_path: Path, words: str, found: list[str]
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await open_interviews(app, pilot)
        await write(pilot, words)
        await until(pilot, lambda: options(app) == len(found))
        assert all(name in seen(app) for name in found)
        assert found or f"nothing is found for {words}" in seen(app)

    perform(tmp_path, story)


def test_enter_reads_an_interview_and_escape_comes_back(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        page = await open_interviews(app, pilot)
        await write(pilot, "渡")
        await until(pilot, lambda: options(app) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: "我从来不用电动机" in seen(app))
        assert isinstance(app.screen, ReaderPage)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is page)

    perform(tmp_path, story)


def test_questions_are_kept_to_an_interview(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await open_interviews(app, pilot)
        await write(pilot, "again")
        await until(pilot, lambda: options(app) == 1)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: list(app.scope) == [("interview", "ferry-2024")])
        assert "kept to: interview ferry-2024" in seen(app)
        await pilot.press("escape")
        await ask(app, pilot, "How long did they wait for the fog?")
        turn = app.desk.conversation.turns[0]
        assert turn.answer is not None
        assert {c.source.interview.id for c in turn.answer.citations} <= {"ferry-2024"}

    perform(tmp_path, story)


def test_questions_are_kept_to_one_of_an_interviews_speakers(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await open_interviews(app, pilot)
        await write(pilot, "渡口")
        await until(pilot, lambda: options(app) == 1)
        await pilot.press("ctrl+r")
        assert "只问谁" in seen(app)
        assert options(app) == 2
        await pilot.press("escape")
        assert options(app) == 1  # the interviews again, and nothing kept
        await pilot.press("ctrl+r", "enter")
        await until(pilot, lambda: list(app.scope) == [("speaker", "陈阿水")])
        assert options(app) == 1

    perform(tmp_path, story, language="zh")


@pytest.mark.parametrize("size", [TINY, USUAL, WIDE])
def test_it_works_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        page = await open_interviews(app, pilot)
        await pilot.press("down", "pagedown", "ctrl+home", "up")
        await pilot.resize_terminal(20, 5)
        await pilot.resize_terminal(140, 45)
        await until(pilot, lambda: "The ferry again" in seen(app))
        assert page.chosen is not None

    perform(tmp_path, story, size=size)


def test_opening_it_again_does_not_pile_pages_up(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        page = await open_interviews(app, pilot)
        await pilot.press("f3", "f1", "f3")
        await pilot.pause()
        assert app.screen is page
        await pilot.press("escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story)
