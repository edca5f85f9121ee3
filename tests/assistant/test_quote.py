"""Answers made of the interviews' own sentences: the right ones, verbatim, or none."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.quote import answer_by_quoting
from assistant.records import Answer
from assistant.render import answer_page
from assistant.settings import Settings
from assistant.values import answer_text, answer_values
from assistant.wiring import opened_searcher
from index.language import detect_language
from index.search import Searcher
from tests.assistant.orchard import TALKS, opened

SETS = Path(__file__).parents[2] / "evals" / "sets"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("orchard")) as searcher:
        yield searcher


def quotes(answer: Answer) -> str:
    return " | ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "words", "speaker"),
    [
        pytest.param(
            "How many trees did the frost kill?", "forty trees", "Odalys Brandt", id="en→en"
        ),
        pytest.param(
            "What did she buy against the frost?", "wind machine", "Odalys Brandt", id="en→en why"
        ),
        pytest.param("陶令仪一共造了多少艘木船？", "两百一十七艘", "陶令仪", id="zh→zh"),
        pytest.param("陶令仪为什么不喜欢玻璃钢？", "不会呼吸", "陶令仪", id="zh→zh why"),
        pytest.param("How many wooden boats were built?", "两百一十七艘", "陶令仪", id="en→zh"),
        pytest.param("果园里的梨树因为霜冻死了多少？", "forty trees", "Odalys Brandt", id="zh→en"),
        pytest.param(
            "How often is the lighthouse lamp changed?", "ninth winter", None, id="both en"
        ),
        pytest.param("灯塔的灯多久换一次？", "每九个冬天", None, id="both zh"),
        pytest.param("燈塔的燈多久換一次？", "每九个冬天", None, id="Traditional"),
    ],
)
def test_the_first_quote_is_of_the_answer(
    searcher: Searcher, question: str, words: str, speaker: str | None
) -> None:
    answer = answer_by_quoting(question, searcher)

    assert answer.outcome == "answered", answer.abstention
    first = answer.citations[0]
    assert words in first.quote
    assert first.source.paragraph.speaker == speaker


def test_a_question_is_never_the_answer_to_itself(searcher: Searcher) -> None:
    answer = answer_by_quoting("In which year did the great frost kill the pear trees?", searcher)

    speakers = [citation.source.paragraph.speaker for citation in answer.citations]
    assert speakers[0] == "Odalys Brandt"
    assert "Host" not in speakers


def test_a_paragraph_of_one_language_is_quoted_in_it_and_said_to_be(searcher: Searcher) -> None:
    answer = answer_by_quoting("How many wooden boats were built?", searcher)

    assert answer.language == "en"
    assert answer.citations[0].language == "zh"
    assert "([1] quoted in Chinese" in answer_page(answer)


@pytest.mark.parametrize("question", ["How often is the lamp changed?", "灯塔的灯多久换一次？"])
def test_a_paragraph_of_two_languages_is_quoted_in_the_question_s(
    searcher: Searcher, question: str
) -> None:
    answer = answer_by_quoting(question, searcher)

    assert answer.citations[0].language == detect_language(question) == answer.language
    assert set(answer.citations[0].source.paragraph.texts) == {"en", "zh"}


@pytest.mark.parametrize(
    ("question", "line", "word"),
    [
        pytest.param(
            "What does the minister think of cryptocurrency taxes?",
            "The interviews do not say",
            "cryptocurrency",
            id="en",
        ),
        pytest.param("部长怎么看加密货币的税率？", "访谈中没有提到", "加密", id="zh"),
    ],
)
def test_what_nobody_spoke_of_is_not_answered(
    searcher: Searcher, question: str, line: str, word: str
) -> None:
    answer = answer_by_quoting(question, searcher)

    assert (answer.outcome, answer.sentences, answer.citations) == ("abstained", (), ())
    assert answer.abstention is not None
    assert answer.abstention.missing.startswith(line)
    assert word in answer.abstention.missing
    assert answer.abstention.searched == searcher.store.rows.languages()
    assert 1 <= len(answer.abstention.nearest) <= 3


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("🍐", id="emoji"),
        pytest.param("?", id="a mark"),
        pytest.param("梨", id="one character"),
        pytest.param("a", id="one letter"),
        pytest.param("the of and", id="stop words"),
        pytest.param("Wie viele Bäume hat der Frost getötet?", id="German"),
        pytest.param("霜で枯れた梨の木は何本ですか", id="Japanese"),
        pytest.param("сколько лодок", id="Russian"),
        pytest.param("12 345", id="numbers"),
        pytest.param("pear frost " * 900, id="10,000 characters"),
        pytest.param("\ud800 pear", id="half a character"),
    ],
)
def test_odd_questions_come_to_something_sensible(searcher: Searcher, question: str) -> None:
    answer = answer_by_quoting(question, searcher)

    assert answer.outcome in {"answered", "abstained"}
    assert (answer.abstention is None) == bool(answer.citations)


def test_markers_that_somebody_said_are_not_ours(searcher: Searcher) -> None:
    answer = answer_by_quoting("What is scratched into the barn door?", searcher)

    (sentence, *_) = answer.sentences
    assert "single word wasp [1]" in sentence.text
    assert sentence.citations == (1,)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert f"“{sentence.text}” [1]" in answer_text(answer)


def test_editors_words_are_labelled_and_come_after_speech(searcher: Searcher) -> None:
    answer = answer_by_quoting("Who writes crossword puzzles at night?", searcher)

    assert answer.citations[0].source.paragraph.role == "editor"
    assert "editor's text" in answer_page(answer)


def test_a_short_question_leans_on_the_one_before(searcher: Searcher) -> None:
    before = [("陶令仪一共造了多少艘木船？", "两百一十七艘。")]
    answer = answer_by_quoting("那最小的呢？", searcher, before)

    assert "鹅" in quotes(answer)


def test_a_paragraph_said_twice_is_quoted_once(tmp_path: Path) -> None:
    twice = {
        "one.md": TALKS["pears.md"],
        "two.md": TALKS["pears.md"].replace("title: ", "title: A "),
    }
    with opened(tmp_path, twice) as searcher:
        answer = answer_by_quoting("What did she buy against the frost?", searcher)

    texts = [citation.quote for citation in answer.citations]
    assert texts
    assert len(set(texts)) == len(texts)


def test_the_same_question_gets_the_same_answer(searcher: Searcher) -> None:
    once, again = (
        answer_values(answer_by_quoting("Why was the bell rung by hand?", searcher))
        for _ in range(2)
    )
    assert {**once, "seconds": 0} == {**again, "seconds": 0}


@pytest.fixture(scope="module")
def sample(sample_store: Path) -> Iterator[Searcher]:
    with ExitStack() as stack:
        settings = Settings(store=sample_store)
        yield stack.enter_context(opened_searcher(settings, lambda _: None))


def sample_questions() -> list[str]:
    lines = (SETS / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    return [text for line in lines[::5] for text in json.loads(line)["question"].values()]


@pytest.mark.slow
def test_every_quote_is_verbatim_numbered_and_in_the_right_language(sample: Searcher) -> None:
    questions = sample_questions()
    assert len(questions) >= 40
    answered = 0
    for question in questions:
        answer = answer_by_quoting(question, sample)
        answered += answer.outcome == "answered"
        assert len(answer.citations) <= 3
        assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert len({c.quote for c in answer.citations}) == len(answer.citations)
        for citation, sentence in zip(answer.citations, answer.sentences, strict=True):
            texts = citation.source.paragraph.texts
            assert citation.quote
            assert citation.quote == citation.quote.strip()
            assert citation.quote in texts[citation.language]
            assert (citation.language == answer.language) == (answer.language in texts)
            assert sentence.text == citation.quote
            assert sentence.citations == (citation.number,)
    assert answered >= len(questions) / 4
