"""What kind of thing a question asks for, and whether a text tells one."""

import pytest

from assistant.kinds import kinds_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("How many hours of recordings are there?", "duration", id="a unit in words"),
        pytest.param("一共花了多少欧元？", "money", id="a unit in words, zh"),
        pytest.param("How much did the organ cost?", "money", id="cost"),
        pytest.param("那台风琴卖多少钱？", "money", id="cost, zh"),
        pytest.param("What share of the toll goes to the ferry?", "percent", id="share"),
        pytest.param("利率百分之几？", "percent", id="share, zh"),
        pytest.param("How old is the baker?", "age", id="age"),
        pytest.param("面包师多大年纪？", "age", id="age, zh"),
        pytest.param("How deep is the harbour?", "length", id="length"),
        pytest.param("港口有多深？", "length", id="length, zh"),
        pytest.param("When did the mill close?", "date", id="date"),
        pytest.param("磨坊哪一年关的？", "date", id="date, zh"),
        pytest.param("How many boats?", "number", id="a count"),
        pytest.param("造了多少艘船？", "number", id="a count, zh"),
    ],
)
def test_the_kind_of_value_asked_for_is_told(question: str, kind: str) -> None:
    assert kind in kinds_asked(question).values


@pytest.mark.parametrize(
    "question",
    [
        "What does she do when it rains?",
        "How long is not what matters; who tuned it?",
        "灯多久换一次？",
        "她怎么看风琴？",
    ],
)
def test_other_questions_ask_for_no_value(question: str) -> None:
    assert not kinds_asked(question).values


def test_a_value_of_another_kind_does_not_answer() -> None:
    kinds = kinds_asked("How much did the organ cost?")

    assert kinds.has_value("Nine thousand crowns, and I never regretted it: 9,000 dollars.")
    assert not kinds.has_value("We waited for three months.")


def test_a_value_of_the_question_answers_nothing() -> None:
    kinds = kinds_asked("After the 40 hours of 2019, how many hours did she rest?")

    assert not kinds.has_value("It had taken forty hours.")
    assert kinds.has_value("It had taken forty hours, and she slept for eleven hours.")
