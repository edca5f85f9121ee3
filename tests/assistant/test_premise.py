"""Amounts that a question takes for granted and nothing quoted has."""

from collections.abc import Iterator

import pytest

from assistant.premise import say_unsaid
from assistant.quote import answer_by_quoting, find_passages
from assistant.select import Quote
from index.language import detect_language
from index.search import Searcher
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("premise")) as searcher:
        yield searcher


def said_of(question: str, searcher: Searcher) -> str:
    _, passages = find_passages(question, searcher)
    best = passages[0]
    return say_unsaid(question, detect_language(question), [Quote(best, best.text)])


@pytest.mark.parametrize(
    ("question", "asked", "told"),
    [
        pytest.param(
            "Why did she ring the bell by hand for nine hours in the storm?",
            "nine hours",
            "eleven hours",
            id="en",
        ),
        pytest.param("大风暴那天他为什么用手敲了九个小时的钟？", "九个小时", "十一个小时", id="zh"),
    ],
)
def test_an_amount_nobody_said_is_told_with_the_one_they_did(
    searcher: Searcher, question: str, asked: str, told: str
) -> None:
    line = said_of(question, searcher)

    assert f"“{asked}”" in line
    assert f"“{told}”" in line


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Why did the bell ring for eleven hours in the storm?", id="as it was said"),
        pytest.param("大风暴那天钟为什么敲了11个小时？", id="in other figures"),
        pytest.param("Why was the bell rung by hand in 2029?", id="a year places a question"),
        pytest.param("钟敲了几个小时？", id="an amount that is asked for"),
    ],
)
def test_other_questions_take_nothing_for_granted(searcher: Searcher, question: str) -> None:
    assert said_of(question, searcher) == ""


def test_nothing_quoted_lacks_nothing() -> None:
    assert say_unsaid("Were there 400 boats?", "en", []) == ""


def test_such_an_answer_is_partial_and_says_so(searcher: Searcher) -> None:
    answer = answer_by_quoting(
        "Why did the keeper ring the bell by hand for nine hours during the great storm?", searcher
    )

    assert answer.outcome == "partial"
    assert answer.citations
    assert answer.abstention is not None
    assert "nine hours" in answer.abstention.missing
    assert answer.abstention.nearest == ()
