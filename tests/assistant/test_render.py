"""Pages for people: wrapped by what is seen, without a mark that a terminal would obey."""

import unicodedata

import pytest

from assistant.records import Abstention, Answer, Citation, Sentence, Source
from assistant.render import answer_page, build_line, printable, source_line, status_page
from assistant.values import answer_text, answer_values
from assistant.wrapping import WIDTH, wrapped
from index.build import BuildSummary
from index.records import InterviewSummary, Paragraph

SUMMARY = InterviewSummary(
    "ferry",
    "The ferry",
    "/t/ferry.md",
    "2021-03-04",
    "https://example.org/f",
    (),
    ("en",),
    (),
    1,
    1,
)


def a_source(**facts: object) -> Source:
    paragraph = Paragraph("ferry:1", {"en": "We waited.", "zh": "我们等了。"}, speaker="Mira")
    return Source(
        Paragraph(
            paragraph.id,
            paragraph.texts,
            role="editor" if facts.get("editor") else "speech",
            speaker=None if facts.get("editor") else "Mira",
        ),
        SUMMARY,
        2,
        "Fog",
    )


def an_answer(language: str = "en", **changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "How long?",
        "language": language,
        "outcome": "answered",
        "mode": "extractive",
        "sentences": (Sentence("We waited.", (1, 2), "supported"),),
        "citations": (Citation(1, a_source(), "We waited.", "en"),),
        "abstention": None,
        "seconds": 0.1234,
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]  # a table of values for tests


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 100, id="English"),
        pytest.param("港口在第二个冬天结了冰，" * 20, id="Chinese"),
        pytest.param("GPU 是“加速”计算的 core，" * 20, id="both"),
    ],
)
def test_lines_fit_the_page_and_lose_nothing(text: str) -> None:
    lines = wrapped(text, indent="  ").split("\n")

    assert all(width(line) <= WIDTH + 2 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = wrapped("一二三四五六七八九，" * 30).split("\n")

    assert not [line for line in lines if line[0] in "，。”）"]


def test_line_breaks_of_the_text_stay() -> None:
    assert wrapped("one\n\ntwo") == "one\n\ntwo"


@pytest.mark.parametrize(
    "mark", ["\x1b[31m", "\x07", "\r", "\x9b2J", "\u202e", "\u2066", "\x7f", "\x00", "\u061c"]
)
def test_marks_that_a_terminal_obeys_are_taken_out(mark: str) -> None:
    shown = printable(f"a{mark}b")

    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf")]
    assert shown[0] + shown[-1] == "ab"


def test_a_source_says_who_where_and_when() -> None:
    line = source_line(a_source(), "en")

    assert line == "Mira · The ferry · 2021-03-04 · §2 Fog · ferry:1"


@pytest.mark.parametrize(("language", "label"), [("en", "editor's text"), ("zh", "编者文字")])
def test_an_editors_words_are_called_so(language: str, label: str) -> None:
    assert source_line(a_source(editor=True), language).startswith(label)  # type: ignore[arg-type]


def test_an_answer_has_its_markers_its_sources_and_both_languages() -> None:
    page = answer_page(an_answer())

    for part in ("no model wrote", "“We waited.” [1][2]", "[1] Mira", SUMMARY.source, "我们等了。"):
        assert str(part) in page


def test_a_quotation_in_the_other_language_is_said_to_be_one() -> None:
    answer = an_answer(
        "zh", citations=(Citation(1, a_source(), "We waited.", "en"),), question="多久？"
    )

    assert "英文" in answer_page(answer)


def test_an_abstention_says_what_was_searched_and_what_came_nearest() -> None:
    abstention = Abstention({"en": 12, "zh": 3}, (a_source(),), "Nobody mentions a price.")
    answer = an_answer(outcome="abstained", sentences=(), citations=(), abstention=abstention)

    page = answer_page(answer)

    for part in ("Nobody mentions a price.", "English 12", "Chinese 3", "ferry:1"):
        assert part in page
    assert answer_text(answer) == "Nobody mentions a price."
    assert answer_values(answer)["abstention"]["missing"] == "Nobody mentions a price."


def test_one_of_each_is_told_in_the_singular() -> None:
    totals = {"interviews": 1, "sections": 1, "paragraphs": 2, "vectors": 0}
    values = {"store": "s", "totals": totals, "texts": {"en": 1}, "embedder": None, "chroma": "c"}
    page = status_page(values | {"dimension": None, "withdrawn": 0})
    assert "1 interview, 1 section, 2 paragraphs, 0 vectors" in page
    summary = BuildSummary(totals=totals, texts={"en": 1})
    assert build_line(summary).startswith("1 interview, 1 section, 2 paragraphs (1 en);")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "[1] ⚠ cited by the program, not by the model"),
        ("zh", "[1] ⚠ 出处由程序选定，不是模型注明的"),
    ],
)
def test_a_citation_that_the_program_chose_is_said_to_be_one(language: str, note: str) -> None:
    chosen = Sentence("They waited.", (1,), "supported", is_chosen=True)
    answer = an_answer(language, mode="agent", sentences=(chosen,))

    assert note in answer_page(answer)
    assert answer_values(answer)["sentences"][0]["cited_by"] == "program"


def test_json_says_who_chose_the_citation() -> None:
    cited, bare = Sentence("They waited.", (1,), "supported"), Sentence("So.", (), "unverifiable")

    written = answer_values(an_answer(mode="agent", sentences=(cited, bare)))
    quoted = answer_values(an_answer())

    assert [s["cited_by"] for s in written["sentences"]] == ["model", None]
    assert [s["cited_by"] for s in quoted["sentences"]] == ["program"]
