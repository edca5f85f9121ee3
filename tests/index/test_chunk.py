"""Chunks: sections within a budget, cut between paragraphs, else between sentences."""

from collections.abc import Mapping

import pytest

from index.chunk import chunk_interview
from index.records import Chunk, Interview, Language, Paragraph, Section
from index.tokens import count_tokens
from tests.fakes import an_interview

ENGLISH = "She left at dawn. Nobody saw her go! Why would they? The fog was thick. It stayed."
CHINESE = "她天亮时走了。没有人看见！为什么要看见呢？雾很大。一直没散。"


def words(text: str) -> int:
    """Count one token a letter or character, so that borders can be reckoned by hand."""
    return sum(not c.isspace() for c in text)


def texts(interview: Interview, chunks: list[Chunk]) -> list[list[str]]:
    by_id = {p.id: p for p in interview.paragraphs}
    return [
        [by_id[s.paragraph].texts[s.language][s.start : s.end] for s in chunk.spans]
        for chunk in chunks
    ]


def test_a_section_that_fits_is_one_chunk_a_language() -> None:
    interview = an_interview("i", {"en": ENGLISH, "zh": CHINESE}, {"en": "Yes."}, {"zh": "是的。"})

    chunks = chunk_interview(interview, count_tokens=words, max_tokens=1000)

    assert [chunk.id for chunk in chunks] == ["i#1.1.en", "i#1.1.zh"]
    assert texts(interview, chunks) == [[ENGLISH, "Yes."], [CHINESE, "是的。"]]
    assert chunks[1].tokens == words(CHINESE + "是的。")


def test_sections_are_never_joined() -> None:
    interview = an_interview("i", {"en": "One."}, {"en": "Two."}, sections=2)

    chunks = chunk_interview(interview, count_tokens=words, max_tokens=1000)

    assert [chunk.id for chunk in chunks] == ["i#1.1.en", "i#2.1.en"]


def test_a_long_section_is_cut_between_paragraphs() -> None:
    texts: list[Mapping[Language, str]] = [{"en": f"Ten letters {n}"} for n in range(5)]
    interview = an_interview("i", *texts)

    chunks = chunk_interview(interview, count_tokens=words, max_tokens=25)

    assert [len(chunk.spans) for chunk in chunks] == [2, 2, 1]
    assert [chunk.tokens for chunk in chunks] == [22, 22, 11]


@pytest.mark.parametrize(
    ("language", "text", "budget", "expected"),
    [
        pytest.param(
            "en",
            ENGLISH,
            30,
            [
                "She left at dawn. Nobody saw her go!",
                "Why would they? The fog was thick.",
                "It stayed.",
            ],
            id="English",
        ),
        pytest.param(
            "zh",
            CHINESE,
            14,
            ["她天亮时走了。没有人看见！", "为什么要看见呢？雾很大。", "一直没散。"],
            id="Chinese",
        ),
    ],
)
def test_a_long_paragraph_is_cut_at_the_ends_of_sentences_only(
    language: Language, text: str, budget: int, expected: list[str]
) -> None:
    interview = an_interview("i", {language: text})

    chunks = chunk_interview(interview, count_tokens=words, max_tokens=budget)

    assert texts(interview, chunks) == [[piece] for piece in expected]
    assert {span.paragraph for chunk in chunks for span in chunk.spans} == {"i:0"}


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_only_a_single_sentence_is_over_the_budget(text: str) -> None:
    language: Language = "en" if text.isascii() else "zh"
    interview = an_interview("i", {language: text})

    chunks = chunk_interview(interview, count_tokens=words, max_tokens=1)

    assert len(chunks) == 5
    pieces = [piece for (piece,) in texts(interview, chunks)]
    assert "".join(pieces) == text.replace(" ", "") or " ".join(pieces) == text


@pytest.mark.parametrize("budget", [8, 20, 60, 512])
def test_real_tokens_keep_to_the_budget_and_lose_no_word(budget: int) -> None:
    interview = Interview(
        "i",
        "T",
        "/t.md",
        (
            Section(0, "", (Paragraph("i:a", {"en": ENGLISH * 5, "zh": CHINESE * 5}),)),
            Section(3, "H", tuple(Paragraph(f"i:{n}", {"zh": CHINESE}) for n in range(9))),
        ),
    )

    chunks = chunk_interview(interview, count_tokens=count_tokens, max_tokens=budget)

    assert all(chunk.tokens <= budget or len(chunk.spans) == 1 for chunk in chunks)
    for language in ("en", "zh"):
        said = "".join(t for p in interview.paragraphs for t in [p.texts.get(language, "")])
        kept = "".join(
            "".join(pieces)
            for chunk, pieces in zip(chunks, texts(interview, chunks), strict=True)
            if chunk.language == language
        )
        assert kept.replace(" ", "") == said.replace(" ", "")


def test_a_budget_of_nothing_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="holds nothing"):
        chunk_interview(an_interview("i"), count_tokens=words, max_tokens=0)
