"""Kinds of question, likeness of texts, and which passages are quoted together."""

from collections.abc import Iterator

import pytest

from assistant.kinds import kinds_asked
from assistant.quote import find_passages
from assistant.select import MOST, ROOM, alike, choose, choose_sentences, unlike, weight
from index.search import Searcher
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("select")) as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        pytest.param("How many boats?", "We had three.", "We had boats.", id="number"),
        pytest.param("造了多少艘？", "一共七艘。", "造了很多船。", id="number zh"),
        pytest.param("When did it close?", "In May 2019.", "It was closed.", id="date"),
        pytest.param("什么时候关的？", "去年冬天。", "关了。", id="date zh"),
        pytest.param("Why did she leave?", "Because of the wasps.", "She left.", id="reason"),
        pytest.param("为什么走？", "因为黄蜂。", "她走了。", id="reason zh"),
    ],
)
def test_the_kind_asked_for_is_told(question: str, fitting: str, other: str) -> None:
    assert kinds_asked(question).fit(fitting)
    assert not kinds_asked(question).fit(other)


def test_no_kind_fits_nothing() -> None:
    assert not kinds_asked("What does she bake?").fit("Seven loaves because of May 2019.")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("The oven is old.", "the  OVEN is old.", True, id="case and blanks"),
        pytest.param(
            "The oven is old.", "I know. The oven is old.", True, id="one holds the other"
        ),
        pytest.param(
            "The oven of the village was built by her grandfather in the year of the flood.",
            "The oven of the village was built by her grandfather in the year of the fire.",
            True,
            id="a word apart",
        ),
        pytest.param("The oven is old.", "The boats are new.", False, id="others"),
        pytest.param("桐油帮它一把。", "玻璃钢不会呼吸。", False, id="others zh"),
    ],
)
def test_near_copies_are_told(one: str, other: str, *, expected: bool) -> None:
    assert alike(one, other) == alike(other, one) == expected


def test_a_chinese_character_weighs_three() -> None:
    assert weight("ab木") == 5


def test_quotes_are_short_verbatim_and_of_paragraphs_that_stand_close(searcher: Searcher) -> None:
    question = "How did the lamp and the storm differ?"
    asked, passages = find_passages(question, searcher)
    quotes = choose(passages, asked)

    assert 1 <= len(quotes) <= MOST
    assert quotes[0].passage == passages[0]
    for quote in quotes:
        assert quote.text in quote.passage.text
        assert weight(quote.text) <= ROOM or len(quote.passage.covered.spans) <= 2
    assert choose([], asked) == []


def test_the_sentences_that_meet_the_question_are_chosen(searcher: Searcher) -> None:
    asked, passages = find_passages("How do neighbours describe the wind machine?", searcher)
    machine = next(p for p in passages if "airfield" in p.text)

    assert "helicopter" in choose_sentences(machine, asked)


def test_unlike_keeps_the_first_and_stops_in_time(searcher: Searcher) -> None:
    _, passages = find_passages("frost and pears and boats and lamps", searcher)

    assert unlike([*passages, *passages], len(passages)) == passages
    assert len(unlike(passages, 2)) == 2
