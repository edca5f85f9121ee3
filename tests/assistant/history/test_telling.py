"""The next question is asked on what was answered, as far as it still stands."""

import pytest

from assistant.evidence_book import EvidenceBook
from assistant.history.records import Status, Turn
from assistant.history.telling import said
from assistant.records import Answer, Source
from tests.assistant.history.turns import FOG, PRICE, an_answer

BOTH = an_answer("", (1, FOG), (2, PRICE))


def turn(
    status: Status, answer: Answer | None = None, text: str = "", question: str = "Q?"
) -> Turn:
    return Turn(1, "4f2a81c0", 1, question, {}, "", status, text, answer, None, None, "")


def book_of(*sources: Source) -> EvidenceBook:
    book = EvidenceBook()
    for source in sources:
        book.add(source)
    return book


@pytest.mark.parametrize(
    ("before", "told"),
    [
        pytest.param(turn("answered", BOTH), ["She said so. [1]\nShe said so. [2]"], id="answered"),
        pytest.param(turn("abstained", an_answer("")), ["The interviews do not."], id="abstained"),
        pytest.param(turn("answered"), ["gone en"], id="forgotten"),
        pytest.param(turn("answered", question="为什么？"), ["gone zh"], id="forgotten zh"),
        pytest.param(turn("stopped", text=" They w "), ["They w"], id="stopped"),
        pytest.param(turn("stopped"), [], id="stopped at once"),
        pytest.param(turn("failed"), [], id="failed at once"),
        pytest.param(turn("running"), [], id="running"),
    ],
)
def test_it_is_told_as_it_was(before: Turn, told: list[str]) -> None:
    found = said([before], book_of(FOG, PRICE), lambda language: f"gone {language}")

    assert found == [(before.question, answer) for answer in told]


def test_an_answer_on_what_is_gone_is_not_told() -> None:
    before = [turn("answered", BOTH), turn("answered", an_answer("", (1, FOG)))]

    found = said(before, book_of(FOG), lambda language: f"gone {language}")

    assert [answer for _, answer in found] == ["gone en", "She said so. [1]"]


def test_nor_one_whose_number_means_something_else_now() -> None:
    before = [
        turn("answered", an_answer("", (1, FOG))),
        turn("answered", an_answer("", (1, PRICE))),
    ]

    found = said(before, book_of(PRICE), lambda language: f"gone {language}")

    assert [answer for _, answer in found] == ["gone en", "She said so. [1]"]
