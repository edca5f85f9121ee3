import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from assistant.chat.keymap import keys_of
from assistant.chat.labels import labels
from assistant.chat.shelf import Shelf
from assistant.settings import Settings
from assistant.tui.app import ChatApp
from assistant.tui.desk import Desk
from assistant.tui.items import PairView
from assistant.tui.page import Page, Reach
from assistant.tui.reader import ReaderPage
from assistant.tui.reading import MOST
from assistant.tui.wishes import Copy, Read, Wish
from index.records import Language
from index.store.generations import Place
from tests.assistant.harbour import index_files
from tests.fakes import an_interview, put
from tests.tui.stage import TINY, USUAL, WIDE, ask, perform, seen, until, write

LONGEST = 4_000
PAIRS = (
    "---\ntitle: Two texts 两种文本\ndate: 2020-02-02\nsource: https://example.org/two\n---\n\n"
    "## The weir 水坝\n\n"
    "**Ada Holm:** The weir was closed at night, and nobody told the eels about it.\n\n"
    "**阿达：** 水坝夜里关闭，没有人告诉鳗鱼。\n\n"
    "## The [bold]bill[/] 账单\n\n"
    "**Ada Holm:** Somebody paid for the gate, and it was not the mayor of the town.\n\n"
    "**阿达：** 有人付了闸门的钱，但不是镇长。\n"
)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A shelf with an interview of 4,000 paragraphs, one in ten of them in two languages."""
    store = tmp_path_factory.mktemp("long") / "store"
    texts: list[Mapping[Language, str]] = []
    for n in range(1, LONGEST + 1):
        english, chinese = f"Sentence number {n} is all.", f"这是第{n}句。"
        texts.append({"en": english, "zh": chinese} if n % 10 == 0 else {"en": english + chinese})
    put(Place(store), an_interview("long", *texts, sections=80))
    return Shelf(Settings(store=store), None)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an interview in two languages."""
    folder = tmp_path_factory.mktemp("pairs")
    index_files(folder, {"two.md": PAIRS})
    return folder


class Host(App[None]):
    """A reader's page alone, and what it wishes."""

    def __init__(self, shelf: Shelf, paragraph: str | None = None) -> None:
        super().__init__()
        reach = Reach(labels("en"), "en", keys_of({}), lambda job: job(shelf))
        self.page = ReaderPage(reach, "long", paragraph)
        self.wishes: list[Wish] = []

    def on_mount(self) -> None:
        self.push_screen(self.page)

    def on_page_wished(self, message: Page.Wished) -> None:
        self.wishes.append(message.wish)


HostStory = Callable[[Host, Pilot[None]], Awaitable[None]]


def host(
    shelf: Shelf,
    story: HostStory,
    *,
    size: tuple[int, int] = USUAL,
    paragraph: str | None = None,
) -> None:
    """Tell a story to the reader of the long interview."""

    async def run() -> None:
        app = Host(shelf, paragraph)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: bool(app.page.reading.views))
            await story(app, pilot)

    asyncio.run(run())


async def read(
    app: ChatApp, pilot: Pilot[None], interview: str, paragraph: str | None = None
) -> ReaderPage:
    app.shelves.fulfil(Read(interview, paragraph))
    await until(pilot, lambda: isinstance(app.screen, ReaderPage) and app.screen.here is not None)
    assert isinstance(app.screen, ReaderPage)
    page = app.screen
    await until(pilot, lambda: bool(page.reading.views) or page.sections.display)
    return page


def number(page: ReaderPage) -> int:
    """Return which paragraph one is at."""
    return page.here.number if page.here else 0


def test_the_paragraph_of_the_evidence_is_read_where_it_stands(tmp_path: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await ask(app, pilot, "渡口等雾要等多久？")
        await pilot.press("alt+1", "f8")
        await until(pilot, lambda: isinstance(app.screen, ReaderPage) and "F8 ask" in seen(app))
        page = app.screen
        assert isinstance(page, ReaderPage)
        exhibit = app.desk.evidence.exhibit
        assert exhibit is not None
        paragraph = exhibit.source.paragraph
        await until(pilot, lambda: page.here is not None and page.here.paragraph == paragraph)
        await until(pilot, lambda: len(page.query(".here")) == 1)
        await pilot.press("escape")
        assert isinstance(app.screen, Desk)

    perform(tmp_path, story)


@pytest.mark.parametrize("size", [USUAL, WIDE])
def test_a_paragraph_in_the_middle_of_a_long_interview_opens_alone(
    long: Shelf, size: tuple[int, int]
) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Sentence number 2000 is" in seen(app))
        assert len(app.page.reading.views) < 50
        assert "¶2000 of 4000" in seen(app)
        await pilot.press("ctrl+end")
        await until(pilot, lambda: "Sentence number 4000 is" in seen(app))
        await pilot.press("ctrl+home")
        await until(pilot, lambda: "Sentence number 1 is" in seen(app))

    host(long, story, size=size, paragraph="long:1999")


def test_scrolling_reads_on_without_a_gap_and_keeps_little(long: Shelf) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        reading = app.page.reading
        while reading.views[0].place == 0:
            top = reading.top
            await pilot.press("pagedown")
            await until(pilot, lambda top=top: reading.top > top)  # type: ignore[misc]
        places = [view.place for view in reading.views]
        assert places == list(range(places[0], places[-1] + 1))
        assert len(places) <= MOST
        while (top := reading.top) > places[0] - 5:  # past what is laid out
            await pilot.press("pageup")
            await until(pilot, lambda top=top: reading.top < top)  # type: ignore[misc]
        places = [view.place for view in reading.views]
        assert places == list(range(places[0], places[-1] + 1))

    host(long, story, size=WIDE)


@pytest.mark.parametrize("words", ["number 3777", "第3777句", "NUMBER ３７７７", "Number  3777 IS"])
def test_words_are_found_in_either_language_however_far_away(long: Shelf, words: str) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        app.page.field.value = words
        await until(pilot, lambda: number(app.page) == 3_777)
        assert "1 of 1 found" in seen(app)

    host(long, story, size=WIDE)


def test_enter_goes_to_the_next_place_and_around(long: Shelf) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        await write(pilot, "number 399")
        for expected in (399, 3_990, 3_991):
            await until(pilot, lambda n=expected: number(app.page) == n)  # type: ignore[misc]
            await pilot.press("enter")
        app.page.field.value = "number 3999"
        await until(pilot, lambda: number(app.page) == 3_999)
        app.page.field.value = "number 399"
        await pilot.press("enter")
        await until(pilot, lambda: number(app.page) == 399)
        app.page.field.value = "没有说过"
        await until(pilot, lambda: "没有说过 stands nowhere here" in seen(app))

    host(long, story)


@pytest.mark.parametrize("size", [USUAL, WIDE])
def test_a_section_is_gone_to_from_the_list(long: Shelf, size: tuple[int, int]) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        page = app.page
        assert page.heed("evidence")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "Sentence number 101 is" in seen(app))
        page.heed("evidence")
        assert page.heed("stop")  # it leaves the list
        assert not page.heed("stop")  # and then the page
        assert page.here is not None
        assert page.here.section.index == 3

    host(long, story, size=size)


def test_a_paragraph_is_copied_with_where_it_comes_from(long: Shelf) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: number(app.page) == 9)
        app.page.heed("next")
        await until(pilot, lambda: number(app.page) == 10)
        app.page.heed("quote")
        await until(pilot, lambda: bool(app.wishes))
        app.page.heed("previous")
        await until(pilot, lambda: number(app.page) == 9)

    wishes: list[Wish] = []

    async def telling(app: Host, pilot: Pilot[None]) -> None:
        await story(app, pilot)
        wishes.extend(app.wishes)

    host(long, telling, paragraph="long:8")
    assert wishes == [
        Copy(
            "> Sentence number 10 is all.\n> 这是第10句。\n\n"
            "— Ada · Talk long · §1 Part 1 · long:9",
            "the quote with its source",
        )
    ]


@pytest.mark.parametrize(
    ("language", "begun"), [("en", "About “The weir 水坝”: "), ("zh", "关于“The weir 水坝”：")]
)
def test_a_question_about_the_section_begins_at_the_prompt(
    pairs: Path, language: Language, begun: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await read(app, pilot, "two")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Desk))
        assert app.desk.prompt.has_focus
        assert app.desk.prompt.text == begun
        assert list(app.scope) == [("interview", "two")]
        await write(pilot, "鳗鱼?")
        assert app.desk.prompt.text == f"{begun}鳗鱼?"

    perform(pairs, story, language=language)


@pytest.mark.parametrize("key", ["enter", "f8"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Who paid the mayor's cousin?"), ("zh", "镇长的表弟是谁？")]
)
def test_what_stands_nowhere_becomes_the_question(
    pairs: Path, language: Language, words: str, key: str
) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        page = await read(app, pilot, "two")
        page.field.value = words
        await until(pilot, lambda: words in seen(app))
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Desk))
        assert app.desk.prompt.text.endswith(f"：{words}" if language == "zh" else f": {words}")
        assert "The weir 水坝" in app.desk.prompt.text

    perform(pairs, story, language=language)


def test_two_languages_stand_side_by_side_where_there_is_room(pairs: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        page = await read(app, pilot, "two")
        await until(pilot, lambda: beside(app))
        assert len(page.query(PairView)) == 2
        await pilot.press("f7")
        await until(pilot, lambda: not beside(app) and "水坝夜里关闭" in seen(app))
        assert not app.choices.is_beside
        await pilot.press("f7")
        await until(pilot, lambda: beside(app))
        await pilot.resize_terminal(*USUAL)
        await pilot.resize_terminal(40, 20)
        await until(pilot, lambda: not beside(app) and "水坝夜里关闭" in seen(app))

    perform(pairs, story, size=WIDE)


def beside(app: ChatApp) -> bool:
    return any("The weir was" in line and "水坝夜里" in line for line in seen(app).splitlines())


def test_markup_in_a_heading_is_text(pairs: Path) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await read(app, pilot, "two")
        await until(pilot, lambda: "The [bold]bill[/] 账单" in seen(app))

    perform(pairs, story, size=WIDE)


@pytest.mark.parametrize("size", [TINY, USUAL, WIDE])
def test_an_interview_that_is_gone_is_said_to_be(pairs: Path, size: tuple[int, int]) -> None:
    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        app.shelves.fulfil(Read("nobody"))
        await until(pilot, lambda: "there is no" in seen(app))
        await pilot.press("enter", "f9", "f2", "down", "ctrl+end", "ctrl+down", "f2", "escape")
        await until(pilot, lambda: isinstance(app.screen, Desk))

    perform(pairs, story, size=size)


def test_a_tiny_terminal_still_reads(long: Shelf) -> None:
    async def story(app: Host, pilot: Pilot[None]) -> None:
        await pilot.press("pagedown", "down", "ctrl+end", "up")
        await write(pilot, "第12句")
        await until(pilot, lambda: number(app.page) == 12)

    host(long, story, size=TINY)
