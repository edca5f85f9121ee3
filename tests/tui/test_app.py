"""Stories: ask, see the citation, open the paragraph, go on tomorrow."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from assistant.chat.choices import Choices
from assistant.history.store import History
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolSpec, Usage
from assistant.tui.app import ChatApp
from assistant.tui.desk import Desk
from assistant.tui.page import Field
from index.records import Language
from tests.fakes import ScriptedModel, said
from tests.tui.stage import TINY, USUAL, WIDE, ask, perform, seen, until

FERRY = "How long did they wait for the fog?"
CROSSING = "陈阿水在渡口等了多久？"


@dataclass(slots=True)
class SlowModel:
    """Begins to answer, and goes on when it is told to."""

    go_on: threading.Event = field(default_factory=threading.Event)
    waits: bool = True
    """Whether it waits; only the first time."""
    name: str = "slow"
    address: str = "http://127.0.0.1:9/v1"
    calls_tools: bool = True

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Say half, wait, say the rest."""
        del messages, tools
        yield TextDelta("They waited eleven ")
        if self.waits:
            self.waits = False
            self.go_on.wait(20)
        yield TextDelta("hours for the fog to lift [1][2][3].")
        yield Usage(100, 20)
        yield Finish("stop")


@pytest.mark.parametrize(
    ("language", "question", "words", "speaker"),
    [("en", FERRY, "eleven hours", "Mira Olsen"), ("zh", CROSSING, "十一个小时", "陈阿水")],
)
def test_a_question_is_answered_and_its_paragraph_stands_beside_it(
    tmp_path: Path, language: Language, question: str, words: str, speaker: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, question)
        shown = seen(app)
        assert f"> {question}" in shown
        assert "✓ “" in shown
        assert shown.count(words) >= 2  # in the answer, and in the paragraph beside it
        assert speaker in shown
        assert app.desk.prompt.text == ""

    perform(tmp_path, story, size=WIDE, language=language)


def test_where_it_is_narrow_the_paragraph_takes_the_place_of_the_conversation(
    tmp_path: Path,
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, CROSSING)
        assert not app.desk.evidence.display
        await pilot.press("alt+1")
        assert app.desk.evidence.display
        assert not app.desk.conversation.display
        assert "陈阿水" in seen(app)
        await pilot.press("escape")
        assert app.desk.conversation.display

    perform(tmp_path, story, size=USUAL)


@pytest.mark.parametrize(("language", "question"), [("en", FERRY), ("zh", CROSSING)])
def test_a_panel_that_came_by_itself_never_takes_the_place_of_the_conversation(
    tmp_path: Path, language: Language, question: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, question)
        assert app.desk.evidence.display
        await pilot.resize_terminal(*USUAL)
        await until(pilot, lambda: not app.desk.evidence.display)
        assert app.desk.conversation.display
        await pilot.press("f2")
        assert app.desk.evidence.display
        assert not app.desk.conversation.display
        await pilot.press("f2")
        await pilot.resize_terminal(*WIDE)
        await pilot.press("alt+1")
        await pilot.resize_terminal(*USUAL)
        await until(pilot, lambda: not app.desk.conversation.display)  # it was asked for
        app.desk.begin(question)
        assert app.desk.conversation.display

    perform(tmp_path, story, size=WIDE, language=language)


@pytest.mark.parametrize("text", ["Why did they wait " * 20, "为什么等了这么久" * 30])
def test_escape_empties_the_prompt_when_there_is_nothing_to_stop(tmp_path: Path, text: str) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(text)
        await pilot.press("escape")
        assert app.desk.prompt.text == ""
        await pilot.press("ctrl+z")
        assert app.desk.prompt.text == text

    perform(tmp_path, story)


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "Who repaired the submarine's periscope?"), ("zh", "潜水艇的潜望镜是谁修的？")],
)
def test_what_only_came_near_is_opened_by_its_place(
    tmp_path: Path, language: Language, question: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, question)
        turn = app.desk.turn
        assert turn is not None
        assert [each.label for each in turn.exhibits][:1] == ["a"]
        await pilot.press("alt+1")
        assert app.desk.evidence.exhibit == turn.exhibits[0]
        assert app.desk.evidence.display
        assert not app.desk.open("9")

    perform(tmp_path, story, language=language)


@pytest.mark.parametrize(
    ("language", "says"), [("en", "too narrow for both languages"), ("zh", "两种语言无法并排")]
)
def test_where_languages_cannot_stand_side_by_side_it_is_said(
    tmp_path: Path, language: Language, says: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, CROSSING)
        await until(pilot, lambda: app.desk.evidence.has_class("beside"))
        await pilot.press("f7")
        assert not app.desk.evidence.has_class("beside")
        await pilot.resize_terminal(101, 40)
        await pilot.pause()
        await pilot.press("f7")
        await until(pilot, lambda: any(says in n.message for n in app._notifications))

    perform(tmp_path, story, size=WIDE, language=language)


@pytest.mark.parametrize(
    ("typed", "language", "says"),
    [("/改名", "zh", "新名称"), ("/rename", "en", "a new name"), ("/tag", "en", "tag")],
)
def test_what_must_follow_a_command_is_said(
    tmp_path: Path, typed: str, language: Language, says: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(typed)
        await pilot.press("enter")
        await until(pilot, lambda: any(says in n.message for n in app._notifications))
        assert app.desk.prompt.text == f"{typed} "

    perform(tmp_path, story, language=language)


def test_neighbours_are_a_key_away(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        assert "put an engine into the ferry" not in seen(app)
        await pilot.press("f6")
        await until(pilot, lambda: "put an engine into the ferry" in seen(app))

    perform(tmp_path, story, size=WIDE)


def test_a_conversation_is_gone_on_with_tomorrow(tmp_path: Path) -> None:
    async def today(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        await ask(app, pilot, CROSSING)

    perform(tmp_path, today)
    with History.open(tmp_path / "history.sqlite") as history:
        (conversation,) = history.conversations()

    async def tomorrow(app: ChatApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(app.desk.conversation.turns) == 2)
        assert "十一个小时" in seen(app)
        assert app.desk.open("1", app.desk.conversation.turns[0])
        await pilot.press("up")
        assert app.desk.prompt.text == CROSSING
        await pilot.press("up")
        assert app.desk.prompt.text == FERRY

    perform(tmp_path, tomorrow, size=WIDE, resume=conversation.id)


def test_a_model_streams_and_its_text_is_provisional_until_it_is_checked(tmp_path: Path) -> None:
    model = SlowModel()

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(FERRY)
        await pilot.press("enter")
        await until(pilot, lambda: "They waited eleven" in seen(app))
        assert "not checked yet" in seen(app)
        await pilot.press("a", "b")  # typing goes on meanwhile
        assert app.desk.prompt.text == "ab"
        model.go_on.set()
        await until(pilot, lambda: app.asking.running is None)
        shown = seen(app)
        assert "✓ They waited eleven hours for the fog to lift. [" in shown
        assert "not checked yet" not in shown
        assert "100 tokens out" in shown

    perform(tmp_path, story, size=WIDE, model=model)


def test_a_sentence_that_is_not_borne_out_says_so_without_colour(tmp_path: Path) -> None:
    right = "They waited eleven hours for the fog to lift [1][2][3]."
    wrong = said(f"{right} 他们等了十二个小时 [1][2][3].")

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        assert "✓ They waited eleven" in seen(app)
        assert "✗ 他们等了十二个小时" in seen(app)
        assert "NOT supported; " in seen(app)

    perform(tmp_path, story, size=WIDE, model=ScriptedModel([wrong]))


def test_escape_stops_and_keeps_what_came(tmp_path: Path) -> None:
    model = SlowModel()

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(FERRY)
        await pilot.press("enter")
        await until(pilot, lambda: "They waited eleven" in seen(app))
        await pilot.press("escape")
        await pilot.pause()
        assert app.asking.running is None
        assert "They waited eleven" in seen(app)
        assert "stopped; not checked" in seen(app)
        await ask(app, pilot, "And the oars?")  # in another thread: the first still waits
        model.go_on.set()

    perform(tmp_path, story, size=WIDE, model=model)


@pytest.mark.parametrize(
    ("typed", "language"), [("/language zh", "en"), ("、语言 zh", "zh"), ("／language zh", "en")]
)
def test_filters_are_typed_shown_and_taken_away(
    tmp_path: Path, typed: str, language: Language
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(typed)
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.scope))
        assert " × " in seen(app)
        await ask(app, pilot, FERRY)
        turn = app.desk.turn
        assert turn is not None
        assert turn.answer is not None
        assert all(each.language == "zh" for each in turn.answer.citations)
        await pilot.press("f10")
        assert not app.scope

    perform(tmp_path, story, size=WIDE, language=language)


@pytest.mark.parametrize(
    ("typed", "language", "says"),
    [
        ("/since 不是日期", "zh", "不是日期"),
        ("／说话人　没有这个人", "zh", "没有叫"),
        ("/interview nosuch", "en", "no interview nosuch"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_said_and_not_set(
    tmp_path: Path, typed: str, language: Language, says: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show(typed)
        await pilot.press("enter")
        await until(pilot, lambda: any(says in n.message for n in app._notifications))
        assert not app.scope

    perform(tmp_path, story, language=language)


def test_a_command_is_completed_while_it_is_typed(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("/", "s", "p", "e")
        await pilot.pause()
        assert "/speaker" in seen(app)
        await pilot.press("tab", "c", "h", "e")
        await pilot.press("tab")
        assert app.desk.prompt.text in ("/speaker che", "/speaker 陈阿水")

    perform(tmp_path, story)


def test_typing_lands_in_the_prompt_wherever_one_is(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.conversation.focus()
        await pilot.press("h", "i")
        assert app.desk.prompt.text == "hi"
        assert app.desk.prompt.has_focus
        app.desk.conversation.focus()
        app.post_message(events.Key("ideographic_space", "\u3000"))
        await until(pilot, lambda: app.desk.prompt.text == "hi\u3000")
        await pilot.press("f3")
        await until(pilot, lambda: not isinstance(app.screen, Desk))
        for key, character in [("a", "雾"), ("ideographic_space", "\u3000"), ("a", "港")]:
            app.post_message(events.Key(key, character))
        await until(pilot, lambda: app.screen.query_one(Field).value == "雾\u3000港")

    perform(tmp_path, story)


def test_the_interface_changes_its_language_and_keeps_the_conversation(tmp_path: Path) -> None:
    kept: list[Choices] = []

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        app.desk.prompt.show("/interface zh")
        await pilot.press("enter")
        await until(pilot, lambda: "F1 帮助" in seen(app))
        await until(pilot, lambda: f"> {FERRY}" in seen(app))

    perform(tmp_path, story, size=WIDE, keep_choices=kept.append)
    assert kept[-1].interface == "zh"


def test_a_new_conversation_begins_empty(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: not app.desk.conversation.turns)
        await ask(app, pilot, CROSSING)
        turn = app.desk.turn
        assert turn is not None
        assert turn.exhibits[0].label == "1"

    perform(tmp_path, story)
    with History.open(tmp_path / "history.sqlite") as history:
        assert len(history.conversations()) == 2


def test_markup_and_escapes_of_anybody_are_only_text(tmp_path: Path) -> None:
    nasty = "[bold]What[/] [@click=app.quit]fog[/] \x1b[31m${x} “[1]” **b** [red"

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, nasty)
        assert "[bold]What[/] [@click=app.quit]fog[/]" in seen(app)
        assert "\x1b" not in seen(app)

    model = ScriptedModel(
        [said("[red]They[/] waited eleven hours [link=x]for[/link] the fog [1][2][3].")]
    )
    app = perform(tmp_path, story, size=WIDE, model=model)
    assert app.broke is None


def test_the_smallest_terminal_still_asks_and_answers(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        assert app.desk.turn is not None
        for size in (WIDE, TINY, USUAL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert FERRY in seen(app)

    perform(tmp_path, story, size=TINY)


def test_a_store_that_is_not_there_is_a_line_and_the_chat_stays(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        (tmp_path / "store").rename(tmp_path / "away")
        await ask(app, pilot, FERRY)
        assert "index" in seen(app)
        (tmp_path / "away").rename(tmp_path / "store")
        await ask(app, pilot, FERRY)
        assert "eleven hours" in seen(app)

    perform(tmp_path, story, size=WIDE)


def test_a_bug_ends_the_chat_without_showing_what_was_said(tmp_path: Path) -> None:
    broke = RuntimeError("a bug")

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, FERRY)
        app.take_broken_thread(
            threading.ExceptHookArgs((RuntimeError, broke, None, threading.current_thread()))
        )
        await pilot.pause()
        await asyncio.sleep(0.1)

    with pytest.raises(RuntimeError, match="a bug"):
        perform(tmp_path, story)
    with History.open(tmp_path / "history.sqlite") as history:
        (conversation,) = history.conversations()
        assert [turn.status for turn in history.turns(conversation.id)] == ["answered"]


def test_a_paste_too_long_for_a_question_is_cut_and_said(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.desk.prompt.show("等雾 ")
        app.desk.prompt.post_message(events.Paste("雾fog " * 250_000))
        await until(pilot, lambda: any("1250000" in n.message for n in app._notifications))
        assert app.desk.prompt.text.startswith("等雾 雾fog")
        assert len(app.desk.prompt.text) <= 20_000

    perform(tmp_path, story)
