"""What quotes an interview that was removed for good goes, and only that."""

from pathlib import Path

import pytest

from assistant.evidence_book import EvidenceBook
from assistant.history.records import Conversation
from assistant.history.store import History
from assistant.records import Abstention, Answer
from tests.assistant.history.turns import FOG, PRICE, a_source, an_answer


@pytest.fixture
def started(history: History, talks_store: Path) -> Conversation:
    return history.start(talks_store)


def told(history: History, conversation: Conversation, answer: Answer) -> int:
    book = EvidenceBook()
    for citation in answer.citations:
        book.add(citation.source)
        book.interview_number(citation.source.interview.id)
    turn = history.begin(conversation.id, "Why?", {}, None)
    history.finish(turn.id, answer.outcome, answer, book=book)
    return turn.id


def test_only_answers_that_quote_it_go(
    history: History, started: Conversation, talks_store: Path
) -> None:
    told(history, started, an_answer("", (1, FOG)))
    told(history, started, an_answer("", (1, FOG), (2, PRICE)))
    kept = an_answer("", (2, PRICE))
    told(history, started, kept)

    assert history.forget_interview("ferry", talks_store) == 2

    first, second, third = history.turns(started.id)
    assert (first.is_forgotten, second.is_forgotten, third.is_forgotten) == (True, True, False)
    assert (first.question, first.status, third.answer) == ("Why?", "answered", kept)
    assert (history.search("fog"), len(history.search("定价")), len(history.search("why"))) == (
        [],
        1,
        3,
    )
    assert b"waited for the fog" not in history.path.read_bytes()
    assert "我们等雾散".encode() not in history.path.read_bytes()


def test_what_came_nearest_counts_as_quoted(
    history: History, started: Conversation, talks_store: Path
) -> None:
    nothing = Abstention({"en": 1, "zh": 0}, (FOG,), "The interviews do not say.")
    told(history, started, Answer("", "en", "abstained", "agent", (), (), nothing, 1.0))

    assert history.forget_interview("ferry", talks_store) == 1


def test_its_numbers_are_not_given_again(
    history: History, started: Conversation, talks_store: Path
) -> None:
    told(history, started, an_answer("", (1, FOG), (2, PRICE)))

    history.forget_interview("ferry", talks_store)

    found = history.conversation(started.id)
    assert found is not None
    assert (found.paragraphs, found.interviews) == (("", "渡口:bb"), ("", "渡口"))


def test_a_text_without_an_answer_goes_where_the_interview_was_shown(
    history: History, started: Conversation, talks_store: Path
) -> None:
    other = history.start(talks_store)
    book = EvidenceBook()
    book.add(FOG)
    for conversation, shown in ((started, book), (other, None)):
        turn = history.begin(conversation.id, "Why?", {}, "m")
        history.keep(turn.id, "They waited", shown)
        history.finish(turn.id, "stopped", text="They waited", book=shown)

    history.forget_interview("ferry", talks_store)

    assert [t.text for t in history.turns(started.id)] == [""]
    assert [t.text for t in history.turns(other.id)] == ["They waited"]


def test_other_stores_and_other_interviews_are_left_alone(
    history: History, started: Conversation, talks_store: Path, tmp_path: Path
) -> None:
    told(history, started, an_answer("", (1, FOG)))
    told(history, started, an_answer("", (1, a_source("ferry-2:aa", {"en": "The ferry."}))))

    assert history.forget_interview("ferry", tmp_path / "other") == 0
    assert history.forget_interview("fer", talks_store) == 0
    assert history.forget_interview("ferry", talks_store) == 1


def test_what_is_being_answered_meanwhile_is_not_kept_either(
    history: History, started: Conversation, talks_store: Path
) -> None:
    before = history.begin(started.id, "Why?", {}, None)
    stopped = history.begin(started.id, "Why?", {}, "m")
    history.forget_interview("ferry", talks_store)
    book = EvidenceBook()
    book.add(FOG)

    history.finish(before.id, "answered", an_answer("", (1, FOG)), book=book)
    history.finish(stopped.id, "stopped", text="They waited", book=book)
    after = told(history, started, an_answer("", (1, FOG)))  # it was let in again

    first, second, third = history.turns(started.id)
    assert first.is_forgotten
    assert second.text == ""
    assert (third.id, third.answer) == (after, an_answer("", (1, FOG)))
