"""The screen as a picture, at two sizes and in two languages.

A picture that differs is written beside the test's other files. To accept a new look, delete the
old picture and run again: the new one is written, and the run fails once, so that somebody looks.
"""

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.history.store import History
from assistant.records import Answer, Citation, Sentence, Source
from assistant.tui.app import ChatApp
from index.records import InterviewSummary, Language, Paragraph
from tests.tui.stage import USUAL, WIDE, perform, until

PICTURES = Path(__file__).parent / "snapshots"

INTERVIEW = InterviewSummary(
    id="lamp-2024",
    title="The Lamp Keeper | 守灯人",
    path="lamp.md",
    date="2024-05-06",
    source="https://example.org/lamp",
    speakers=("Lin Xiaomei",),
    languages=("en", "zh"),
    tags=(),
    sections=2,
    paragraphs=4,
)
PARAGRAPH = Paragraph(
    "lamp-2024:a1b2c3d4",
    {
        "en": "We changed all forty-two lamps in one night. The fog was so thick that I counted"
        " them by hand, and the bill came to 1.2 million yuan.",
        "zh": "四十二盏灯，我们一个晚上全换了。那天雾太大，我是用手一盏一盏数的（真的，没骗你），"
        "账单一共一百二十万元。后来有人问：“值吗？”值。",
    },
    speaker="Lin Xiaomei",
    time="00:12:40",
)
SOURCE = Source(PARAGRAPH, INTERVIEW, 2, "The night of the fog / 大雾那一夜")
ANSWERS = {
    "en": Answer(
        question="How much did the lamps cost?",
        language="en",
        outcome="answered",
        mode="agent",
        sentences=(
            Sentence("All forty-two lamps were changed in one night.", (1,), "supported"),
            Sentence(
                "It cost 12 million yuan.", (1,), "unsupported", ("the paragraph says 1.2 million",)
            ),
            Sentence("She [b]counted[/b] them.", (1,), "partly", ("by hand",)),
        ),
        citations=(Citation(1, SOURCE, "the bill came to 1.2 million yuan", "en"),),
        abstention=None,
        seconds=0.1,
    ),
    "zh": Answer(
        question="换灯一共花了多少钱？",
        language="zh",
        outcome="answered",
        mode="extractive",
        sentences=(
            Sentence(
                "那天雾太大，我是用手一盏一盏数的（真的，没骗你），账单一共一百二十万元。",
                (1,),
                "supported",
            ),
        ),
        citations=(
            Citation(
                1,
                SOURCE,
                "那天雾太大，我是用手一盏一盏数的（真的，没骗你），账单一共一百二十万元。",
                "zh",
            ),
        ),
        abstention=None,
        seconds=0.1,
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [USUAL, WIDE], ids=["80x24", "140x45"])
@pytest.mark.parametrize("opened", [False, True], ids=["answer", "evidence"])
def test_the_screen_looks_as_it_did(
    tmp_path: Path, language: Language, size: tuple[int, int], *, opened: bool
) -> None:
    with History.open(tmp_path / "history.sqlite") as history:
        conversation = history.start(tmp_path / "store")
        answer = ANSWERS[language]
        turn = history.begin(conversation.id, answer.question, {}, None)
        history.finish(turn.id, answer.outcome, answer)
    pictures: list[str] = []

    async def story(app: ChatApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: bool(app.desk.conversation.turns))
        app.desk.prompt.cursor_blink = False
        if opened:
            await pilot.press("alt+1")
        await pilot.pause()
        pictures.append(plain(app.export_screenshot()))

    perform(tmp_path, story, size=size, language=language, resume=conversation.id)

    name = f"{language}-{size[0]}x{size[1]}-{'evidence' if opened else 'answer'}.svg"
    compare(pictures[0], PICTURES / name, tmp_path / name)


def plain(picture: str) -> str:
    """Return a picture without the numbers that are new in every run."""
    return re.sub(r"terminal-\d+", "terminal", picture)


def compare(picture: str, accepted: Path, different: Path) -> None:
    """Hold a picture against the accepted one."""
    if not accepted.exists():
        accepted.parent.mkdir(exist_ok=True)
        accepted.write_text(picture, encoding="utf-8")
        pytest.fail(f"there was no picture; look at {accepted.name}, which was written now")
    if picture != accepted.read_text(encoding="utf-8"):
        different.write_text(picture, encoding="utf-8")
        pytest.fail(f"the screen looks otherwise; compare {different} with {accepted.name}")
