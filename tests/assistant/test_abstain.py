"""What an abstention says is missing."""

from collections.abc import Iterator

import pytest

from assistant.abstain import abstain
from assistant.quote import find_passages
from index.search import Searcher
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("abstain")) as searcher:
        yield searcher


def missing(question: str, searcher: Searcher) -> str:
    return abstain(*find_passages(question, searcher), searcher.store.rows).missing


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
