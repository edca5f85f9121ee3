import asyncio
from collections.abc import Callable, Coroutine

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.message import Message
from textual.pilot import Pilot
from textual.selection import Selection

from assistant.chat.leaves import Words, read_leaves
from assistant.tui.grid import column_widths
from assistant.tui.sheet import Sheet
from assistant.tui.streaming import SHEET, StreamedMarkdown
from assistant.tui.typography import install
from assistant.tui.visuals import content_of

MIXED = """## 价格 prices

算力的价格为什么会下降？**因为：**供应增加了[1]，and supply grew.

1. 第一 **first**[2]
2. 第二
   - inner 里面

| 名称 | price |
|:---|---:|
| 显卡 | 3[12] |
| GPU | 12 |

> 引用 quoted

```py
x = '价'
```
"""


class Page(App[None]):
    """A text that grows, and what it says."""

    def __init__(self, markdown: str = "") -> None:
        super().__init__()
        self.stream = StreamedMarkdown(markdown)
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield self.stream

    def on_streamed_markdown_citation_chosen(self, said: StreamedMarkdown.CitationChosen) -> None:
        self.said.append(said)

    def on_streamed_markdown_link_chosen(self, said: StreamedMarkdown.LinkChosen) -> None:
        self.said.append(said)

    @property
    def sheets(self) -> list[Sheet]:
        return list(self.stream.query(Sheet))

    def lines(self) -> list[str]:
        """Return what is on the screen, without blanks at the ends."""
        strips = self.screen._compositor.render_strips(self.size)
        return [strip.text.rstrip() for strip in strips]


def tell(
    story: Callable[[Page, Pilot[None]], Coroutine[None, None, None]],
    markdown: str = "",
    width: int = 40,
) -> None:
    install()

    async def run() -> None:
        page = Page(markdown)
        async with page.run_test(size=(width, 40)) as pilot:
            await pilot.pause()
            await story(page, pilot)

    asyncio.run(run())


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the screen work until something holds, for a bounded number of turns."""
    for _ in range(200):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never held")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_what_streams_in_is_drawn_as_the_whole_is_read(size: int) -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        for start in range(0, len(MIXED), size):
            page.stream.append(MIXED[start : start + size])
        await until(pilot, lambda: page.stream.plain.endswith("x = '价'"))
        assert page.stream.leaves == read_leaves(MIXED)
        assert page.stream.source == MIXED

    tell(story)


def test_the_screen_shows_lists_tables_and_quotes() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert page.lines()[:22] == [
            "价格 prices",
            "",
            "算力的价格为什么会下降？因为：供应增加",
            "了[1]，and supply grew.",
            "",
            "1. 第一 first[2]",
            "2. 第二",
            "   • inner 里面",
            "",
            "名称 │ price",
            "─────┼──────",
            "显卡 │ 3[12]",
            "GPU  │    12",
            "",
            "│ 引用 quoted",
            "",
            "x = '价'",
            *[""] * 5,
        ]

    tell(story, MIXED)


def test_text_is_drawn_before_its_line_ends() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        page.stream.append("- 一\n- tw")
        await until(pilot, lambda: page.stream.plain == "• 一\n• tw")
        page.stream.append("o\n- 三")
        await until(pilot, lambda: page.stream.plain == "• 一\n• two\n• 三")

    tell(story)


def test_many_leaves_take_few_widgets_that_stay() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        count = 2 * SHEET
        for number in range(1, count + 1):
            page.stream.append(f"{number}. 第{number}点\n")
        await until(pilot, lambda: len(page.stream.leaves) == count)
        before = page.sheets
        assert len(before) == 2
        page.stream.append(f"{count + 1}. 又一点\n")
        await until(pilot, lambda: len(page.sheets) == 3)
        page.stream.finish()
        await pilot.pause()
        assert page.sheets[:2] == before
        assert page.lines()[: count + 1] == page.stream.plain.splitlines()
        page.stream.finish("一")
        await until(pilot, lambda: len(page.sheets) == 1)

    tell(story)


def test_finishing_mends_what_could_not_be_known() -> None:
    """Every number is 1 as the model wrote it, until the whole is read."""

    async def story(page: Page, pilot: Pilot[None]) -> None:
        page.stream.append("1. 一\n1. two\n")
        await until(pilot, lambda: page.stream.plain == "1. 一\n1. two")
        page.stream.finish()
        assert page.stream.plain == "1. 一\n2. two"

    tell(story)


def test_another_text_takes_its_place() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        page.stream.append("draft 草稿\n\n一\n\n二\n")
        await until(pilot, lambda: len(page.stream.leaves) == 3)
        page.stream.finish("**定稿**[1]。")
        await pilot.pause()
        assert page.stream.plain == "定稿[1]。"
        assert len(page.stream.leaves) == 1
        page.stream.append("又")
        await until(pilot, lambda: page.stream.plain == "定稿[1]。又")

    tell(story)


def test_a_cleared_text_can_be_added_to() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        page.stream.append("一\n\n二\n\n")
        await until(pilot, lambda: len(page.stream.leaves) == 2)
        page.stream.append("lost")
        page.stream.clear()
        page.stream.append("new 新")
        await until(pilot, lambda: page.stream.plain == "new 新")
        assert page.stream.source == "new 新"

    tell(story)


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("It fell [1].", (9, 0), 1),
        ("下降了[23]。", (7, 0), 23),
        ("- 一[4]", (5, 0), 4),
        ("|价|\n|-|\n|二[7]|", (3, 2), 7),
    ],
)
def test_a_click_on_a_citation_chooses_it(text: str, place: tuple[int, int], number: int) -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.click(StreamedMarkdown, offset=place)
        await until(pilot, lambda: bool(page.said))
        (said,) = page.said
        assert isinstance(said, StreamedMarkdown.CitationChosen)
        assert said.number == number

    tell(story, text)


def test_a_link_is_chosen_and_not_opened() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.click(StreamedMarkdown, offset=(1, 0))
        await until(pilot, lambda: bool(page.said))
        (said,) = page.said
        assert isinstance(said, StreamedMarkdown.LinkChosen)
        assert said.href == "https://example.org/'%22);quit("

    tell(story, "[看这里](<https://example.org/'\");quit(>)")


def test_markup_and_escapes_are_words() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        page.stream.append("[bold]x[/bold] [@click=app.quit]y[/] \x1b[31m红\x07")
        await until(pilot, lambda: bool(page.stream.plain))
        assert page.stream.plain == "[bold]x[/bold] [@click=app.quit]y[/] [31m红"

    tell(story, width=80)


@pytest.mark.parametrize(
    ("start", "end", "copied"),
    [
        (None, None, "1. 第一 first\n2. two\n   又\n\n价 │ b\n二 │ 2"),
        ((3, 0), (5, 0), "第一"),
        ((3, 1), (1, 4), "two\n   又\n\n价"),
        ((4, 5), None, "2"),
    ],
)
def test_selected_words_are_copied_with_their_bullets(
    start: tuple[int, int] | None, end: tuple[int, int] | None, copied: str
) -> None:
    selection = Selection(start and Offset(*start), end and Offset(*end))

    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.pause()
        (sheet,) = page.sheets
        assert sheet.get_selection(selection) == (copied, "\n")
        page.screen.selections = {sheet: selection}
        await pilot.pause()
        assert page.lines()[0] == "1. 第一 first"

    tell(story, "1. 第一 **first**\n2. two\\\n   又\n\n|价|b|\n|-|-|\n|二|2|")


def test_dragging_over_words_selects_them() -> None:
    """From a list to the paragraph below it, by the places that the screen's cells know."""

    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.mouse_down(StreamedMarkdown, offset=(3, 1))
        await pilot.hover(StreamedMarkdown, offset=(4, 3))
        await pilot.mouse_up(StreamedMarkdown, offset=(4, 3))
        await pilot.pause()
        assert page.screen.get_selected_text() == "two\n\n价格下"

    tell(story, "1. 一\n2. two\n\n价格下降")


def test_another_theme_changes_the_colours_of_what_is_drawn() -> None:
    def colours(page: Page) -> list[object]:
        strip = page.screen._compositor.render_strips(page.size)[0]
        return [s.style.color for s in strip if s.style and "价格" in s.text]

    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.pause()
        before = colours(page)
        page.theme = "textual-light"
        await until(pilot, lambda: colours(page) != before)

    tell(story, "# 价格 prices")


def test_a_narrow_screen_shows_everything() -> None:
    async def story(page: Page, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(12, 60)
        await pilot.pause()
        shown = "".join("".join(page.lines()).split())
        assert all(word in shown for word in ["供应增加了[1]", "第二", "里面", "GPU", "quoted"])
        await pilot.resize_terminal(5, 5)
        await pilot.pause()

    tell(story, MIXED)


@pytest.mark.parametrize(
    ("natural", "width", "widths"),
    [
        ([4, 4], 40, [4, 4]),
        ([4, 40], 30, [4, 23]),
        ([40, 40], 43, [20, 20]),
        ([40, 4, 40], 46, [18, 4, 18]),
        ([30, 30], 9, [6, 6]),
        ([0], 10, [0]),
    ],
)
def test_columns_share_the_room(natural: list[int], width: int, widths: list[int]) -> None:
    assert column_widths(natural, width) == widths


def test_words_keep_their_brackets() -> None:
    assert content_of(Words("[red]价[/red]")).plain == "[red]价[/red]"
