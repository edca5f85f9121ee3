import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from assistant.chat.scope import Scope
from assistant.chat.session import Session
from assistant.events import Abstained, Answered, Failed
from assistant.history.errors import HistoryError
from assistant.history.opening import Opening
from assistant.history.store import History
from assistant.settings import Settings
from index.errors import UsageError
from tests.assistant.harbour import harbour

FERRY = "How long did they wait for the fog?"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with harbour(tmp_path), History.open(tmp_path / "history.sqlite") as history:
        made = Session(Settings(store=tmp_path / "store"), history, lambda _: None)
        yield made
        made.close()


def last(session: Session, question: str, scope: Scope | None = None) -> object:
    *_, event = session.ask(question, scope or Scope(), threading.Event())
    return event


def test_a_conversation_is_kept_and_gone_on_with(session: Session) -> None:
    first = last(session, FERRY)
    second = last(session, "渡口等雾要等多久？")

    assert isinstance(first, Answered)
    assert isinstance(second, Answered)
    assert session.conversation is not None
    again = Session(session.settings, session.history, lambda _: None)
    conversation, turns = again.resume(session.conversation.id)
    assert [turn.question for turn in turns] == [FERRY, "渡口等雾要等多久？"]
    assert [turn.answer for turn in turns] == [first.answer, second.answer]
    assert conversation.title == FERRY
    assert again.recalled() == ["渡口等雾要等多久？", FERRY]
    again.close()


def test_numbers_stay_what_they_were(session: Session) -> None:
    numbers: dict[str, int] = {}
    for question in (FERRY, "渡口等雾要等多久？", FERRY, "What did the engine cost?"):
        event = last(session, question)
        assert isinstance(event, Answered | Abstained)
        for citation in event.answer.citations:
            key = citation.source.paragraph.id
            assert numbers.setdefault(key, citation.number) == citation.number
    assert len(set(numbers.values())) == len(numbers)


def test_filters_hold_and_a_wrong_one_ends_in_a_line(session: Session) -> None:
    kept = last(session, FERRY, Scope().with_chip("language", "zh"))
    wrong = last(session, FERRY, Scope().with_chip("speaker", "Nobody"))

    assert isinstance(kept, Answered | Abstained)
    assert all(c.language == "zh" for c in kept.answer.citations)
    assert isinstance(wrong, Failed)
    assert "Nobody" in wrong.message


def test_stopping_keeps_the_turn_as_stopped(session: Session) -> None:
    stop = threading.Event()
    stop.set()

    events = list(session.ask(FERRY, Scope(), stop))

    assert len(events) == 1
    assert session.history is not None
    assert session.conversation is not None
    (turn,) = session.history.turns(session.conversation.id)
    assert turn.status == "stopped"


def test_what_stands_around_a_paragraph_and_what_became_of_it(session: Session) -> None:
    event = last(session, FERRY)
    assert isinstance(event, Answered)
    paragraph = event.answer.citations[0].source.paragraph

    before, after = session.around(paragraph.id)

    assert before
    assert after
    assert session.change(paragraph) is None
    assert session.change(replace(paragraph, texts={"en": "other words"})) == "changed"
    assert session.change(replace(paragraph, id="no:such")) == "gone"


def test_a_store_that_goes_away_ends_in_a_line_and_may_come_back(
    session: Session, tmp_path: Path
) -> None:
    assert isinstance(last(session, FERRY), Answered)
    moved = tmp_path / "moved"
    session.settings.store.rename(moved)

    gone = last(session, FERRY)
    moved.rename(session.settings.store)
    back = last(session, FERRY)

    assert isinstance(gone, Failed)
    assert "index" in gone.message
    assert isinstance(back, Answered)


def test_a_history_that_fails_never_fails_the_answer(tmp_path: Path) -> None:
    told: list[str] = []
    with harbour(tmp_path), History.open(tmp_path / "state" / "history.sqlite") as history:
        session = Session(Settings(store=tmp_path / "store"), history, told.append)
        assert isinstance(last(session, FERRY), Answered)
        rmtree(tmp_path / "state")

        assert isinstance(last(session, FERRY), Answered)
        assert isinstance(last(session, FERRY), Answered)
        session.close()
    assert len(told) <= 1


class Busy:
    """Opens a history, at first not."""

    def __init__(self, path: Path, failures: int) -> None:
        self.path = path
        self.failures = failures

    def __call__(self) -> History:
        """Fail so many times, then open it."""
        self.failures -= 1
        if self.failures >= 0:
            raise HistoryError("another process holds it")
        return History.open(self.path)


@pytest.mark.parametrize("question", [FERRY, "渡口等雾要等多久？"])
def test_a_history_that_was_locked_is_tried_again(tmp_path: Path, question: str) -> None:
    told: list[str] = []
    opening = Opening(Busy(tmp_path / "history.sqlite", 2))
    with harbour(tmp_path):
        session = Session(Settings(store=tmp_path / "store"), None, told.append, opening=opening)
        for _ in range(3):
            assert isinstance(last(session, question), Answered)
        session.close()

    (history,) = [opening.current]
    assert history is not None
    assert [c.turns for c in history.conversations()] == [1]
    assert session.shelf().conversations(everywhere=True)
    assert told == ["another process holds it; so far this answer is not kept"]
    opening.close()


def test_a_history_that_was_deleted_is_begun_anew(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / "history.sqlite"
    opening = Opening(lambda: History.open(path))
    with harbour(tmp_path):
        settings = Settings(store=tmp_path / "store")
        session = Session(settings, opening.open(), told.append, opening=opening)
        shelf = session.shelf()
        assert isinstance(last(session, FERRY), Answered)
        path.unlink()
        with pytest.raises(HistoryError, match="is gone"):
            shelf.conversations(everywhere=True)
        assert isinstance(last(session, "渡口等雾要等多久？"), Answered)
        session.close()

    (found,) = shelf.conversations(everywhere=True)
    assert found.turns == 1
    (notice,) = told
    assert notice.endswith("is gone; a new one is begun")
    opening.close()


def test_two_who_ask_in_one_conversation_give_the_same_numbers(session: Session) -> None:
    first = last(session, FERRY)
    assert isinstance(first, Answered)
    assert session.conversation is not None
    other = Session(session.settings, session.history, lambda _: None)
    other.resume(session.conversation.id)
    numbers: dict[int, str] = {}
    for asker, question in (
        (other, "What did the engine cost?"),
        (session, "发动机花了多少钱？"),
        (session, "陈阿水在渡口等了多久？"),
        (other, "Who waited in the fog?"),
    ):
        event = last(asker, question)
        assert isinstance(event, Answered | Abstained)
        for citation in event.answer.citations:
            key = citation.source.paragraph.id
            assert numbers.setdefault(citation.number, key) == key
    assert len(set(numbers.values())) == len(numbers)
    other.close()


def test_there_is_nothing_to_resume_of_another_id(session: Session) -> None:
    with pytest.raises(UsageError, match="0badc0de"):
        session.resume("0badc0de")


def test_a_conversation_is_named(session: Session) -> None:
    assert not session.rename("雾")
    last(session, FERRY)

    assert session.rename("雾")
    assert session.conversation is not None
    assert session.conversation.title == "雾"
