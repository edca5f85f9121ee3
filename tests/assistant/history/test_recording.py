"""Events become turns; a history that fails is said once and fails nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.events import (
    Abstained,
    Answered,
    Event,
    Failed,
    SearchStarted,
    TextAdded,
    TextWithdrawn,
    UsageCounted,
)
from assistant.evidence_book import EvidenceBook
from assistant.history.opening import Opening
from assistant.history.recording import Recorder
from assistant.history.records import Status
from assistant.history.store import History
from assistant.records import Answer
from tests.assistant.history.turns import FOG, an_answer

ANSWER = an_answer("Q?", (1, FOG))
NOTHING = an_answer("Q?")
FAILED = Failed("no", 8, None)
USAGE = UsageCounted("m", 1, 100, 20, is_estimated=False, unknown_markers=0)


class Ticks:
    """A clock that one turns on."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.time


@pytest.mark.parametrize(
    ("events", "came"),
    [
        ([TextAdded("We"), USAGE, Answered(ANSWER)], ("answered", ANSWER, "")),
        ([USAGE, Abstained(NOTHING)], ("abstained", NOTHING, "")),
        ([TextAdded("We"), USAGE, FAILED], ("failed", None, "We")),
        ([TextAdded("We"), USAGE, Failed("no", 8, ANSWER)], ("failed", ANSWER, "")),
        ([TextAdded("We"), TextWithdrawn("cut"), USAGE, FAILED], ("failed", None, "")),
    ],
)
def test_the_last_event_ends_the_turn(
    history: History,
    talks_store: Path,
    events: list[Event],
    came: tuple[Status, Answer | None, str],
) -> None:
    notices: list[str] = []
    recorder = Recorder(history, talks_store, notices.append)
    recorder.begin("Q?", EvidenceBook(), filters={"tag": "茶"}, model="m")
    for event in (SearchStarted("q", {}), *events):
        recorder.hear(event)

    (turn,) = history.turns(history.conversations()[0].id)

    assert (turn.status, turn.answer, turn.text) == came
    assert (turn.usage, turn.filters) == (USAGE, {"tag": "茶"})
    assert recorder.conversation is not None
    assert (recorder.conversation.turns, recorder.conversation.spent.calls) == (1, 1)
    assert (recorder.turn, notices) == (None, [])


def test_text_is_kept_now_and_then_with_its_numbers(history: History, talks_store: Path) -> None:
    clock, book = Ticks(), EvidenceBook()
    recorder = Recorder(history, talks_store, print, clock=clock)
    recorder.begin("Q?", book, model="m")
    book.add(FOG)
    recorder.hear(TextAdded("We "))
    recorder.hear(TextAdded("wai"))
    assert recorder.turn is not None
    first = history.turn(recorder.turn.id)
    clock.time += 1
    recorder.hear(TextAdded("ted"))
    second = history.turn(recorder.turn.id)

    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("We ", "We waited")
    (found,) = history.conversations()
    assert found.paragraphs == ("ferry:aa",)


def test_what_is_interrupted_keeps_what_had_come(history: History, talks_store: Path) -> None:
    recorder = Recorder(history, talks_store, print)
    recorder.begin("Q?", EvidenceBook(), model="m")
    recorder.hear(TextAdded("We "))
    recorder.hear(TextAdded("waited"))
    recorder.stop()
    recorder.stop()

    (turn,) = history.turns(history.conversations()[0].id)
    assert (turn.status, turn.text) == ("stopped", "We waited")


def test_an_answer_after_a_failure_says_why(history: History, talks_store: Path) -> None:
    recorder = Recorder(history, talks_store, print)
    recorder.begin("Q?", EvidenceBook(), model="m")
    recorder.hear(TextAdded("We "))
    recorder.remark("the model was silent")
    recorder.hear(Answered(ANSWER))

    (turn,) = history.turns(history.conversations()[0].id)
    assert (turn.status, turn.message, turn.answer) == ("answered", "the model was silent", ANSWER)


def test_one_conversation_goes_on(history: History, talks_store: Path) -> None:
    before = history.start(talks_store)
    recorder = Recorder(history, talks_store, print, conversation=before)
    for _ in range(2):
        recorder.begin("Q?", EvidenceBook())
        recorder.hear(Answered(ANSWER))

    assert [(c.id, c.turns) for c in history.conversations()] == [(before.id, 2)]


def test_one_that_was_deleted_meanwhile_is_begun_anew(history: History, talks_store: Path) -> None:
    notices: list[str] = []
    recorder = Recorder(history, talks_store, notices.append)
    for _ in range(3):
        for conversation in history.conversations():
            history.delete(conversation.id)
        recorder.begin("Q?", EvidenceBook())
        recorder.hear(Answered(ANSWER))

    recorder.begin("Q?", EvidenceBook())
    history.delete(history.conversations()[0].id)
    recorder.hear(Answered(ANSWER))
    recorder.begin("Q?", EvidenceBook())
    recorder.hear(Answered(ANSWER))

    assert [c.turns for c in history.conversations()] == [1]
    assert notices == []


def test_a_history_that_fails_is_said_once(history: History, talks_store: Path) -> None:
    notices: list[str] = []
    recorder = Recorder(history, talks_store, notices.append)
    recorder.begin("Q?", EvidenceBook())
    history.close()
    recorder.hear(Answered(ANSWER))
    for _ in range(2):
        recorder.begin("Q?", EvidenceBook())
        recorder.hear(TextAdded("We "))
        recorder.hear(Answered(ANSWER))
        recorder.stop()

    (notice,) = notices
    assert notice.endswith("so far this answer is not kept")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file as another process that writes does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("question", ["How long?", "等了多久？"])
def test_what_a_lock_kept_from_being_written_is_written_with_the_next_question(
    path: Path, talks_store: Path, question: str
) -> None:
    notices: list[str] = []
    with History.open(path, patience_s=0) as history:
        recorder = Recorder(history, talks_store, notices.append)
        with held(path):
            for _ in range(2):
                recorder.begin(question, EvidenceBook(), filters={"tag": "茶"})
                recorder.hear(Answered(ANSWER))
        assert history.conversations() == []
        recorder.begin("Q?", EvidenceBook())
        recorder.hear(Answered(ANSWER))

        (found,) = history.conversations()
        turns = history.turns(found.id)
        assert [turn.question for turn in turns] == [question, question, "Q?"]
        assert {turn.status for turn in turns} == {"answered"}
        assert turns[0].filters == {"tag": "茶"}
    (notice,) = notices
    assert "another process holds it" in notice


def test_a_lock_at_the_end_of_a_turn_is_overcome_later(path: Path, talks_store: Path) -> None:
    with History.open(path, patience_s=0) as history:
        recorder = Recorder(history, talks_store, print)
        recorder.begin("Q?", EvidenceBook())
        with held(path):
            recorder.hear(Answered(ANSWER))
            assert not recorder.catch_up()
        assert recorder.catch_up()

        (turn,) = history.turns(history.conversations()[0].id)
        assert (turn.status, turn.answer) == ("answered", ANSWER)


def test_a_lock_in_mid_stream_loses_nothing(path: Path, talks_store: Path) -> None:
    notices: list[str] = []
    with History.open(path, patience_s=0) as history:
        recorder = Recorder(history, talks_store, notices.append)
        recorder.begin("Q?", EvidenceBook(), model="m")
        with held(path):
            recorder.hear(TextAdded("我们"))
        recorder.hear(TextAdded(" waited"))
        recorder.stop()

        (turn,) = history.turns(history.conversations()[0].id)
        assert (turn.status, turn.text, notices) == ("stopped", "我们 waited", [])


def test_what_is_held_goes_to_a_new_file(path: Path, talks_store: Path) -> None:
    notices: list[str] = []
    opening = Opening(lambda: History.open(path))
    recorder = Recorder(opening.open(), talks_store, notices.append)
    recorder.begin("渡口？", EvidenceBook())
    path.unlink()
    recorder.hear(Answered(ANSWER))
    recorder.use(opening.open())
    recorder.begin("Q?", EvidenceBook())
    recorder.hear(Answered(ANSWER))

    history = opening.open()
    (found,) = history.conversations()
    assert [turn.question for turn in history.turns(found.id)] == ["渡口？", "Q?"]
    (notice,) = notices
    assert "is gone" in notice
    opening.close()
    assert opening.current is None


def test_without_a_history_nothing_is_written(talks_store: Path) -> None:
    notices: list[str] = []
    recorder = Recorder(None, talks_store, notices.append)
    recorder.begin("Q?", EvidenceBook())
    recorder.hear(Answered(ANSWER))
    recorder.stop()

    assert (recorder.conversation, notices) == (None, [])
