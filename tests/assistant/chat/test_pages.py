from dataclasses import replace

import pytest

from assistant.chat.labels import labels
from assistant.chat.pages import (
    Exhibit,
    Piece,
    answer_lines,
    exhibit_head,
    exhibit_texts,
    exhibits_of,
    plain_text,
    provenance,
    step_line,
)
from assistant.events import BoundReached, EvidenceFound, SearchStarted, TextAdded, ToolRefused
from assistant.records import Abstention, Answer, Citation, Sentence, Source
from index.records import InterviewSummary, Language, Paragraph

INTERVIEW = InterviewSummary(
    id="ferry-2024",
    title="The ferry again | 再谈渡船",
    path="/talks/ferry.md",
    date="2024-06-01",
    source="https://example.org/ferry",
    speakers=("Mira Olsen",),
    languages=("en", "zh"),
    tags=(),
    sections=1,
    paragraphs=2,
)
PARAGRAPH = Paragraph(
    "ferry-2024:a1b2",
    {"en": "I was wrong. It cost [bold]four million[/bold] crowns.", "zh": "我错了。花了四百万。"},
    speaker="Mira Olsen",
    time="00:12:40",
)
SOURCE = Source(PARAGRAPH, INTERVIEW, 2, "Engines")
QUOTE = "It cost [bold]four million[/bold] crowns."
EN, ZH = labels("en"), labels("zh")


def answer(
    *sentences: Sentence, abstention: Abstention | None = None, quoting: bool = False
) -> Answer:
    return Answer(
        question="What did it cost?",
        language="en",
        outcome="answered",
        mode="extractive" if quoting else "agent",
        sentences=sentences,
        citations=(Citation(3, SOURCE, QUOTE, "en"),),
        abstention=abstention,
        seconds=0.1,
    )


def test_each_sentence_shows_its_verdict_without_colour() -> None:
    lines = answer_lines(
        answer(
            Sentence("It cost four million.", (3,), "supported"),
            Sentence("It cost five.", (3,), "unsupported", ("4000000 is not 5",)),
            Sentence("花了四百万。", (3,), "partly", ("说话人不同",)),
            Sentence("Perhaps.", (), "unverifiable"),
        ),
        EN,
    )

    assert plain_text(lines) == (
        "✓ It cost four million. [3]\n✗ It cost five. [3]\n  NOT supported; 4000000 is not 5\n"
        "~ 花了四百万。 [3]\n  in part; 说话人不同\n? Perhaps.\n  cannot be checked"
    )
    assert lines[0][-1] == Piece("[3]", "link", "3")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "cited by the program, not by the model"),
        ("zh", "出处由程序选定，不是模型注明的"),
    ],
)
def test_a_citation_that_the_program_chose_is_said_to_be_one(language: Language, note: str) -> None:
    sentence = Sentence("It cost four million.", (3,), "supported", is_chosen=True)

    lines = answer_lines(replace(answer(sentence), language=language), EN)

    assert plain_text(lines) == f"✓ It cost four million. [3]\n  {note}"


def test_a_verdict_is_told_in_the_language_of_the_answer() -> None:
    told = replace(
        answer(Sentence("花了五百万。", (3,), "unsupported", ("数字不符",))), language="zh"
    )

    assert plain_text(answer_lines(told, EN)) == "✗ 花了五百万。 [3]\n  没有依据；数字不符"


def test_quotes_stand_between_quotation_marks() -> None:
    lines = answer_lines(answer(Sentence(QUOTE, (3,), "supported"), quoting=True), EN)

    assert plain_text(lines) == f"✓ “{QUOTE}” [3]"


def test_what_came_near_can_be_opened_too() -> None:
    missing = Abstention({"en": 4, "zh": 2}, (SOURCE,), "访谈中没有提到。")
    told = answer(abstention=missing)

    assert [each.label for each in exhibits_of(told)] == ["3", "a"]
    text = plain_text(answer_lines(told, ZH))
    assert "Searched: English 4, Chinese 2" in text  # as the answer, not as the interface
    assert "Nearest paragraphs:" in text
    text = plain_text(answer_lines(replace(told, language="zh"), EN))
    assert "已检索：英文4段，中文2段" in text
    assert "最接近的段落：" in text
    assert "[a] Mira Olsen · The ferry again | 再谈渡船 · 2024-06-01 · §2 Engines" in text


def test_an_exhibit_says_who_where_and_when() -> None:
    exhibit = Exhibit("3", SOURCE, QUOTE, "en")

    assert plain_text(exhibit_head(exhibit, ZH, "changed")) == (
        "[3] Mira Olsen\nThe ferry again | 再谈渡船\n2024-06-01 · §2 Engines · 00:12:40\n"
        "https://example.org/ferry\n回答之后，这一段有改动"
    )


def test_the_quoted_words_are_marked_and_nothing_else_is_read_into_them() -> None:
    (first, line), (second, _) = exhibit_texts(Exhibit("3", SOURCE, QUOTE, "en"), "zh")

    assert (first, second) == ("en", "zh")
    assert line == (Piece("I was wrong. "), Piece(QUOTE, "quote"))


def test_the_language_of_the_question_stands_first_where_nothing_is_quoted() -> None:
    assert [language for language, _ in exhibit_texts(Exhibit("a", SOURCE), "zh")] == ["zh", "en"]


def test_a_copied_quote_says_where_it_is_from() -> None:
    assert provenance(Exhibit("3", SOURCE, QUOTE, "en"), EN) == (
        f"> {QUOTE}\n\n— Mira Olsen · The ferry again | 再谈渡船 · 2024-06-01 · §2 Engines"
        " · 00:12:40 · ferry-2024:a1b2\nhttps://example.org/ferry"
    )


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (SearchStarted("算力", {"language": "zh", "speaker": ""}), "searching 算力 (zh)"),
        (SearchStarted("a\nb\x1b[31m", {}), "searching a b[31m"),
        (EvidenceFound("x", (), 0), "found 0 paragraphs"),
        (ToolRefused("search", "{", "no JSON"), "search: no JSON"),
        (BoundReached("steps"), "the search was ended: steps"),
        (TextAdded("hello"), None),
    ],
)
def test_steps_are_said_in_a_line(event: object, line: str | None) -> None:
    assert step_line(event, EN) == line  # type: ignore[arg-type]
