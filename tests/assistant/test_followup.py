"""Which questions lean on the ones before, and on which of their words."""

import pytest

from assistant.followup import complete, unmarked, words_before

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


HEIGHTS = [("Who fears heights?", "Tobias."), ("What does a lease cost?", "Nine crowns.")]
GAOCHU = [("谁怕高？", "老秦。"), ("租金是多少钱？", "九块。")]


@pytest.mark.parametrize(
    ("question", "history", "kept", "gone"),
    [
        pytest.param("And the ferry?", HEIGHTS, {"lease", "cost"}, {"fears", "heights"}, id="en"),
        pytest.param("那渡船呢？", GAOCHU, {"租金"}, {"怕高", "老秦"}, id="zh"),
        pytest.param("那渡船呢？", HEIGHTS, {"lease"}, {"heights"}, id="zh over en"),
        pytest.param("And the ferry?", GAOCHU, {"租金"}, {"怕高"}, id="en over zh"),
    ],
)
def test_a_new_subject_leans_on_the_latest_question_alone(
    question: str, history: list[tuple[str, str]], kept: set[str], gone: set[str]
) -> None:
    taken = set(words_before(question, history))

    assert kept <= taken
    assert not gone & taken


@pytest.mark.parametrize(
    ("history", "question", "words"),
    [
        pytest.param(
            [*HEIGHTS, ("And in 2024?", "Ten.")], "And in 2025?", {"lease", "cost"}, id="en"
        ),
        pytest.param([*GAOCHU, ("那2024年呢？", "十块。")], "那2025年呢？", {"租金"}, id="zh"),
    ],
)
def test_one_unfinished_question_after_another_goes_back_to_the_whole_one(
    history: list[tuple[str, str]], question: str, words: set[str]
) -> None:
    taken = set(words_before(question, history))

    assert words <= taken
    assert not {"heights", "怕高"} & taken


def test_a_question_without_a_word_of_its_own_takes_all_before() -> None:
    assert {"lease", "heights"} <= set(words_before("And why?", HEIGHTS))


def test_earlier_turns_are_read_without_their_markers() -> None:
    assert unmarked([("Why?", "So [1][2]."), ("为什么？", "因为[3]。")]) == [
        ("Why?", "So ."),
        ("为什么？", "因为。"),
    ]
