import pytest

from assistant.chat.labels import labels
from assistant.chat.listings import (
    conversation_lines,
    folded_texts,
    hit_lines,
    interview_lines,
    interviews_like,
    items_of,
    marked,
    section_line,
    source_at,
    speaker_line,
    text_lines,
)
from assistant.chat.pages import Piece, plain_text
from assistant.history.labels import when
from assistant.history.records import Conversation, Excerpt, Hit, Turn
from index.records import InterviewSummary, Language, Paragraph, Section
from tests.fakes import an_interview

EN, ZH = labels("en"), labels("zh")
TALK = Conversation(
    "0a1b2c3d", "定价 [b]x[/]", "/store", "2024-05-01T08:30:00.000Z", "2024-05-02T09:00:00.000Z", 2
)
TURN = Turn(
    1, TALK.id, 1, "怎么定价？", {}, "2024-05-01T08:30:00.000Z", "stopped", "", None, None, None, ""
)
FERRY = InterviewSummary(
    id="ferry-2021",
    title="The Ferry 渡口",
    path="/talks/ferry.md",
    date="2021-03",
    source=None,
    speakers=("Mira Olsen", "陈阿水"),
    languages=("en", "zh"),
    tags=("harbour", "大雾"),
    sections=2,
    paragraphs=7,
)


def test_a_conversation_says_when_and_how_long() -> None:
    assert plain_text(conversation_lines(TALK, EN)) == (
        f"定价 [b]x[/]\n  {when(TALK.changed)} · 2 questions · 0a1b2c3d"
    )
    assert "2个问题" in plain_text(conversation_lines(TALK, ZH))


def test_what_was_found_is_marked_among_its_words() -> None:
    hit = Hit(TALK, TURN, "question", Excerpt("怎么定价？", ((2, 4),)))

    _, words = hit_lines(hit, ZH)

    assert Piece("定价", "quote") in words
    assert plain_text([words]) == f"  {when(TURN.asked)} · 问题: 怎么定价？"


def test_marks_are_pieces_and_nothing_is_lost() -> None:
    assert marked("abcdef", [(1, 2), (4, 6)]) == (
        Piece("a"),
        Piece("b", "quote"),
        Piece("cd"),
        Piece("ef", "quote"),
    )
    assert marked("\x1b[31mred", []) == (Piece("[31mred"),)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], True),
        (["ferry"], True),
        (["渡口"], True),
        (["mira olsen", "大雾"], True),
        (["2021"], True),
        (["ferry", "nobody"], False),
        (["ferry 渡口 mira"], False),  # a word does not reach from one fact into another
    ],
)
def test_interviews_are_known_by_title_names_tags_date_and_id(
    words: list[str], found: bool
) -> None:
    assert interviews_like([FERRY], words) == ([FERRY] if found else [])


def test_an_interview_tells_its_facts_with_the_words_marked() -> None:
    lines = interview_lines(FERRY, ["大雾", "ferry"], EN)

    assert plain_text(lines) == (
        "The Ferry 渡口\n  2021-03 · English/Chinese · §2 ¶7 · Mira Olsen, 陈阿水"
        " · #harbour #大雾 · ferry-2021"
    )
    assert [p.text for line in lines for p in line if p.style == "quote"] == [
        "Ferry",
        "大雾",
        "ferry",
    ]


def test_an_interview_is_read_as_headings_and_numbered_paragraphs() -> None:
    items = items_of(an_interview("a", {"en": "one"}, {"zh": "二"}, {"en": "3"}, sections=2))

    assert [(i.section.index, i.number, i.paragraph is None) for i in items] == [
        (1, 0, True),
        (1, 1, False),
        (1, 2, False),
        (2, 0, True),
        (2, 3, False),
    ]
    assert folded_texts(items) == ["part 1", "one", "二", "part 2", "3"]


@pytest.mark.parametrize(("first", "texts"), [("en", ["Fog.", "霧。"]), ("zh", ["霧。", "Fog."])])
def test_texts_stand_in_the_order_of_the_interface(first: Language, texts: list[str]) -> None:
    paragraph = Paragraph("a:1", {"zh": "霧。", "en": "Fog."})

    lines = text_lines(paragraph, "雾", first)

    assert [plain_text([line]) for line in lines] == texts
    assert Piece("霧", "quote") in lines[texts.index("霧。")]


def test_who_speaks_is_said_where_it_is_known() -> None:
    interview = an_interview("a", {"en": "one"})
    (_, item) = items_of(interview)

    assert plain_text([speaker_line(item, EN)]) == "Ada  ¶1"
    assert source_at(interview, item).heading == "Part 1"


@pytest.mark.parametrize(
    ("heading", "line"),
    [("全文 › 一、雾", "§3 一、雾"), ("Fog", "§3 Fog"), ("", "§3 (no heading)")],
)
def test_a_section_in_a_list_has_its_own_heading(heading: str, line: str) -> None:
    assert plain_text([section_line(Section(3, heading, ()), EN)]) == line
