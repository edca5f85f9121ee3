"""How paragraphs are weighed: replies before questions, values where they are asked for."""

from collections.abc import Iterator

import pytest

from assistant.quote import find_passages
from assistant.told import read_told
from index.search import Searcher
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("passages")) as searcher:
        yield searcher


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What did you do against frost afterwards?", id="en"),
        pytest.param("为什么不肯用玻璃钢？", id="zh"),
    ],
)
def test_a_reply_stands_before_its_question(searcher: Searcher, question: str) -> None:
    _, passages = find_passages(question, searcher)

    first = passages[0].candidate
    assert not first.is_question
    assert first.asked is not None
    assert any(p.candidate.found.row == first.asked.row for p in passages[1:])
    assert [p.standing for p in passages] == sorted((p.standing for p in passages), reverse=True)


@pytest.mark.parametrize("question", ["How many trees did the frost kill?", "冻死了多少棵树？"])
def test_who_tells_the_value_asked_for_is_known(searcher: Searcher, question: str) -> None:
    _, passages = find_passages(question, searcher)

    assert {p.candidate.found.paragraph.speaker for p in passages if p.tells} >= {"Odalys Brandt"}
    assert not find_passages("What does she bake?", searcher)[1][0].tells


def test_a_name_in_the_other_script_counts_as_met(searcher: Searcher) -> None:
    asked, passages = find_passages("Why does Tao Lingyi refuse fibreglass?", searcher)
    met = dict(zip(asked.words, passages[0].by_everything.tolist(), strict=True))

    assert passages[0].candidate.found.paragraph.speaker == "陶令仪"
    assert met["tao"] == met["lingyi"] == 1


def test_words_of_the_turns_before_are_not_the_question_s_own(searcher: Searcher) -> None:
    asked, _ = find_passages("那最小的呢？", searcher, [("陶令仪一共造了多少艘木船？", "217")])

    own = dict(zip(asked.words, asked.own, strict=True))
    assert own["小"] if "小" in own else own["最小"]
    assert not own["木船"]


def test_a_text_is_read_once() -> None:
    told = read_told("The oven is old. 炉子很旧。")

    assert read_told("The oven is old. 炉子很旧。") is told
    assert len(told.spans) == len(told.folded) == len(told.of_sentence) == 2
    assert len(read_told("The oven is old. It smokes.", is_one=True).spans) == 1
