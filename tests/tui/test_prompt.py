import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot

from assistant.chat import keymap
from assistant.tui.prompt import LONGEST, Prompt
from assistant.tui.promptkeys import PROMPT_KEYS


class Desk(App[None]):
    """A prompt alone, and all it says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Prompt(placeholder="Ask · 提问")

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    def on_prompt_submitted(self, message: Prompt.Submitted) -> None:
        self.said.append(message)

    def on_prompt_refused(self, message: Prompt.Refused) -> None:
        self.said.append(message)

    def on_prompt_completion_wanted(self, message: Prompt.CompletionWanted) -> None:
        self.said.append(message)

    @property
    def sent(self) -> list[str]:
        return [m.text for m in self.said if isinstance(m, Prompt.Submitted)]


Story = Callable[[Desk, Pilot[None]], Awaitable[None]]


def tell(story: Callable[[Desk, Pilot[None]], Coroutine[None, None, None]]) -> Desk:
    """Run a story at a prompt 40 columns wide."""

    async def run() -> Desk:
        desk = Desk()
        async with desk.run_test(size=(40, 20)) as pilot:
            desk.prompt.focus()
            await pilot.pause()
            await story(desk, pilot)
            await pilot.pause()
        return desk

    return asyncio.run(run())


async def commit(desk: Desk, pilot: Pilot[None], text: str, key: str) -> None:
    """Type as an input method does: one key event a character, all by the name of one key."""
    for character in text:
        desk.post_message(events.Key(key, character))
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("text", ["Why did prices fall", "为什么降价", "GPU为什么降价"])
def test_enter_sends_what_was_typed(text: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        for character in text:
            desk.post_message(events.Key("a", character))
        await pilot.pause()
        await pilot.press("enter")

    assert tell(story).sent == [text]


def test_nothing_is_not_sent() -> None:
    async def story(_: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("enter", "space", "enter")

    assert tell(story).sent == []


TWENTY = "今天我们来讨论一下算力的价格为什么会降"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("enter", "你"),
        ("enter", "你好世界"),
        ("enter", "讨论GPU"),
        ("enter", TWENTY),
        ("space", TWENTY),
        ("1", "你好"),
        ("tab", "你好"),
    ],
)
def test_a_commit_confirmed_by_a_key_is_text(key: str, text: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        await commit(desk, pilot, text, key)
        assert desk.prompt.text == text
        assert desk.said == []
        await pilot.press("enter")

    assert tell(story).sent == [text]


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter"])
def test_a_line_is_broken_without_sending(key: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("a", key, "b")
        assert desk.prompt.text == "a\nb"

    assert tell(story).sent == []


def test_the_prompt_grows_to_eight_rows_and_shrinks() -> None:
    heights = []

    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        for rows in (1, 3, 8, 12, 1):
            desk.prompt.show("\n".join("字" * rows))
            await pilot.pause()
            await pilot.pause()
            heights.append(desk.prompt.size.height)

    tell(story)
    assert heights == [1, 3, 8, 8, 1]


def test_a_long_chinese_question_wraps_and_grows() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.show("算力的价格为什么会下降" * 5)
        await pilot.pause()
        await pilot.pause()
        assert desk.prompt.size.height == 4

    tell(story)


def test_up_recalls_and_down_returns_to_what_was_being_typed() -> None:
    shown = []

    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.recalled = ["first\nquestion", "第二个问题"]
        await pilot.press("d")
        for key in ["up", "up", "up", "down", "down", "down"]:
            await pilot.press(key)
            shown.append(desk.prompt.text)

    tell(story)
    first, second = "first\nquestion", "第二个问题"
    assert shown == [second, first, first, second, "d", "d"]


def test_up_moves_within_a_text_before_it_recalls() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.recalled = ["earlier"]
        desk.prompt.show("上一行\nbelow")
        await pilot.press("up")
        assert desk.prompt.text == "上一行\nbelow"
        await pilot.press("up")
        assert desk.prompt.text == "earlier"
        await pilot.press("down")
        assert desk.prompt.text == "上一行\nbelow"

    tell(story)


def test_a_changed_recalled_question_is_a_new_draft() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.recalled = ["one", "two"]
        await pilot.press("up", "x", "up")
        assert desk.prompt.text == "two"
        await pilot.press("down")
        assert desk.prompt.text == "twox"

    tell(story)


def test_remembering_empties_and_recalls() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.show("为什么")
        desk.prompt.remember("为什么")
        desk.prompt.remember("为什么")
        assert desk.prompt.text == ""
        assert desk.prompt.recalled == ["为什么"]
        await pilot.press("up")
        assert desk.prompt.text == "为什么"

    tell(story)


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        pytest.param("why did it", ["ctrl+w"], "why did ", id="english"),
        pytest.param("我们讨论算力成本", ["ctrl+w"], "我们讨论算力", id="chinese"),
        pytest.param("问GPU价格", ["alt+backspace", "alt+backspace"], "问", id="crossing"),
        pytest.param("我们讨论算力", ["ctrl+left", "ctrl+left", "x"], "我们x讨论算力", id="left"),
        pytest.param("one two", ["alt+b", "x"], "one xtwo", id="alt+b"),
        pytest.param("我们讨论", ["home", "ctrl+right", "x"], "我们x讨论", id="right"),
        pytest.param("one two", ["home", "alt+f", "x"], "onex two", id="alt+f"),
        pytest.param("我们讨论", ["home", "alt+d"], "讨论", id="delete right"),
        pytest.param("one", ["ctrl+u"], "", id="to the start"),
        pytest.param("算力的价格" * 20, ["ctrl+u"], "", id="to the start of many rows"),
        pytest.param("above\n" + "word " * 20, ["ctrl+u"], "above\n", id="of this line alone"),
        pytest.param("one\n二", ["ctrl+u", "ctrl+u"], "one", id="the break before"),
        pytest.param("one", ["ctrl+w", "ctrl+z"], "one", id="undo"),
    ],
)
def test_words_are_moved_over_and_deleted(before: str, keys: list[str], after: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.show(before)
        await pilot.press(*keys)
        assert desk.prompt.text == after

    tell(story)


def test_a_chord_that_carries_a_character_is_no_text() -> None:
    """Without the newer protocol, alt+x is an escape and an x."""

    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        for key, character in [("alt+b", "b"), ("alt+1", "1"), ("alt+q", "q")]:
            desk.post_message(events.Key(key, character))
        await pilot.pause()
        assert desk.prompt.text == ""

    tell(story)


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        pytest.param("two\r\nlines\rof", "two\nlines\nof", id="line ends"),
        pytest.param("red \x1b[31mtext\x1b]0;title\x07", "red [31mtext]0;title", id="escapes"),
        pytest.param("中文\u202e反向", "中文反向", id="direction marks"),
        pytest.param("[bold]markup[/bold] $(ls)", "[bold]markup[/bold] $(ls)", id="markup"),
    ],
)
def test_a_paste_is_text_and_nothing_else(pasted: str, text: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.post_message(events.Paste(pasted))
        await pilot.pause()
        assert desk.prompt.text == text

    assert tell(story).sent == []


@pytest.mark.parametrize("letter", ["x", "字"])
def test_a_paste_of_a_million_keeps_what_stood_there(letter: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.show("before：")
        desk.post_message(events.Paste(letter * 1_000_000))
        await pilot.pause()
        await pilot.pause()
        assert desk.prompt.text == "before：" + letter * (LONGEST - 7)
        await pilot.press("ctrl+z")
        assert desk.prompt.text == "before："

    (refused,) = tell(story).said
    assert isinstance(refused, Prompt.Refused)
    assert (refused.reason, refused.taken, refused.pasted) == ("too_long", LONGEST - 7, 1_000_000)


def test_tab_asks_for_completion_at_the_cursor() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        desk.prompt.show("第一行\n/fi", cursor=5)
        await pilot.press("tab")
        assert desk.prompt.text == "第一行\n/fi"

    (wanted,) = tell(story).said
    assert isinstance(wanted, Prompt.CompletionWanted)
    assert (wanted.text, wanted.cursor) == ("第一行\n/fi", 5)


@pytest.mark.parametrize("character", ["／", "、", "：", "？"])
def test_full_width_marks_are_text(character: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        await commit(desk, pilot, character, "fullwidth_solidus")
        assert desk.prompt.text == character

    tell(story)


@pytest.mark.parametrize(
    ("text", "key", "kept"),
    [
        ("／说话人　许怀瑾", "ideographic_space", "／说话人　许怀瑾"),
        ("a 👩\u200d🚀", "enter", "a 👩\u200d🚀"),
    ],
)
def test_what_python_calls_unprintable_is_text_all_the_same(text: str, key: str, kept: str) -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        await commit(desk, pilot, text, key)
        assert desk.prompt.text == kept

    tell(story)


def test_of_a_commit_only_what_a_terminal_would_obey_is_left_out() -> None:
    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        for character in ["雾\u202e中", "two\x07\twords", "\x1b[31m", "\t", "\x7f"]:
            desk.post_message(events.Key("enter" if len(character) > 1 else "tab", character))
        await pilot.pause()
        assert desk.prompt.text == "雾中twowords"

    tell(story)


def test_candidates_appear_at_the_cursor() -> None:
    """Two cells a Chinese character, one left of padding; rows count once the prompt has grown."""
    places = []

    async def story(desk: Desk, pilot: Pilot[None]) -> None:
        for text in ["", "你好", "你好a", "你好\n我", "算" * 30]:
            desk.prompt.show(text)
            await pilot.pause()
            await pilot.pause()
            places.append(tuple(desk.cursor_position))

    tell(story)
    assert places == [(1, 0), (5, 0), (6, 0), (3, 1), (25, 1)]


def test_copying_without_a_selection_is_left_to_the_app() -> None:
    class Copying(Desk):
        BINDINGS: ClassVar[list[BindingType]] = [("ctrl+c", "interrupt", "Stop")]
        interrupted = 0

        def action_interrupt(self) -> None:
            self.interrupted += 1

    async def run() -> None:
        desk = Copying()
        async with desk.run_test() as pilot:
            desk.prompt.focus()
            desk.prompt.show("算力")
            await pilot.press("ctrl+c")
            assert desk.interrupted == 1
            desk.prompt.select_all()
            await pilot.press("ctrl+c")
            assert (desk.interrupted, desk.clipboard) == (1, "算力")

    asyncio.run(run())


def test_no_binding_of_the_prompt_has_priority() -> None:
    assert not [b for b in Prompt.BINDINGS if getattr(b, "priority", False)]


def test_no_command_may_take_a_key_of_the_prompt() -> None:
    keys = {key for b in PROMPT_KEYS if isinstance(b, Binding) for key in b.key.split(",")}
    assert keys == keymap.PROMPT_KEYS
