"""What an abstention says is missing."""

from collections.abc import Iterator, Sequence

import pytest

from assistant.abstain import abstain
from assistant.quote import find_passages
from assistant.records import Said
from index.search import Searcher
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("abstain")) as searcher:
        yield searcher


def missing(question: str, searcher: Searcher, history: Sequence[Said] = ()) -> str:
    return abstain(*find_passages(question, searcher, history), searcher.store.rows).missing


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param("Who insured the zeppelin?", "“zeppelin”", id="a word nobody says"),
        pytest.param("谁在用加密货币付钱？", "加密货币", id="a word nobody says, zh"),
        pytest.param("How old are the wasps of the dentist?", "no such figure", id="no value"),
        pytest.param("孙女的鹅今年几岁？", "没有说出这样的数字", id="no value, zh"),
    ],
)
def test_what_is_missing_is_named(searcher: Searcher, question: str, line: str) -> None:
    assert line in missing(question, searcher)


def test_a_question_without_words_misses_nothing(searcher: Searcher) -> None:
    assert missing("?", searcher) == "The interviews do not say."


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param("Who insured the zeppelin and the submarine?", "are found nowhere", id="two"),
        pytest.param("Who bought the zeppelin?", "“zeppelin” is found nowhere", id="one"),
    ],
)
def test_one_word_is_missing_and_several_are(searcher: Searcher, question: str, line: str) -> None:
    assert line in missing(question, searcher)


@pytest.mark.parametrize(
    ("before", "question", "blamed"),
    [
        pytest.param("Who insured the zeppelin?", "And the orchard?", "zeppelin", id="en"),
        pytest.param("谁在用加密货币付钱？", "那果园呢？", "加密", id="zh"),
        pytest.param("Who insured the zeppelin?", "那果园呢？", "zeppelin", id="zh over en"),
        pytest.param("谁在用加密货币付钱？", "And the orchard?", "加密", id="en over zh"),
    ],
)
def test_a_word_of_an_earlier_question_is_never_to_blame(
    searcher: Searcher, before: str, question: str, blamed: str
) -> None:
    assert blamed not in missing(question, searcher, [(before, "")])
    assert blamed in missing(before, searcher)
