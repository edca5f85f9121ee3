"""Which questions lean on the ones before, and on which of their words."""

import pytest

from assistant.followup import complete, words_before

LAMP = [("How often is the lamp of Skarra changed?", "Every ninth winter, by Odd Berge.")]
BOAT = [("陶令仪造过多少艘木船？", "两百一十七艘，最小的一艘在2019年。")]


@pytest.mark.parametrize(
    ("question", "history", "words"),
    [
        pytest.param("And in 2024?", LAMP, {"lamp", "skarra", "changed"}, id="en, and"),
        pytest.param("Who paid for it?", LAMP, {"lamp", "skarra"}, id="en, pronoun"),
        pytest.param("Why?", LAMP, {"lamp"}, id="en, one word"),
        pytest.param("那他呢？", BOAT, {"木船"}, id="zh, 那…呢"),
        pytest.param("那最小的呢？", BOAT, {"木船", "2019"}, id="zh, a number of the answer"),
        pytest.param("And how many were sold?", BOAT, {"木船"}, id="across languages"),
    ],
)
def test_an_unfinished_question_takes_words_over(
    question: str, history: list[tuple[str, str]], words: set[str]
) -> None:
    assert words <= set(words_before(question, history))
    assert complete(question, history).startswith(question)


def test_names_of_the_answer_come_along() -> None:
    assert {"odd", "berge"} <= set(words_before("And who helped him?", LAMP))


@pytest.mark.parametrize(
    ("question", "history"),
    [
        pytest.param("And in 2024?", [], id="nothing before"),
        pytest.param("How deep is the harbour of Vell in winter?", LAMP, id="a whole question"),
        pytest.param("铁匠铺的炉子一天要烧多少斤木炭？", BOAT, id="a whole question, zh"),
    ],
)
def test_a_whole_question_stays_as_it_is(question: str, history: list[tuple[str, str]]) -> None:
    assert complete(question, history) == question


def test_the_latest_question_counts_first() -> None:
    history = [("Who tuned the organ of Brel?", ""), ("How often is the lamp changed?", "")]

    assert words_before("And why?", history)[:2] == ["often", "lamp"]
