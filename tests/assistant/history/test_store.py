"""What was asked is kept as it happens, in order, for its user only."""

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.events import UsageCounted
from assistant.evidence_book import EvidenceBook
from assistant.history.errors import HistoryError
from assistant.history.records import Conversation, Spent
from assistant.history.store import History
from tests.assistant.history.turns import FOG, PRICE, an_answer
from tests.processes import Program

USAGE = UsageCounted("m", 2, 100, 20, is_estimated=True, unknown_markers=1)


def ask(history: History, conversation: Conversation, question: str, *, ends: bool = True) -> int:
    """Hold a turn."""
    turn = history.begin(conversation.id, question, {}, None)
    if ends:
        history.finish(turn.id, "answered", an_answer(question, (1, FOG)))
    return turn.id


def test_a_turn_is_there_from_its_beginning_to_its_end(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    begun = history.begin(started.id, "Why 雾?", {"speaker": "Mira"}, "m")
    assert (begun.status, begun.position, begun.text, begun.answer) == ("running", 1, "", None)
    assert (begun.question, dict(begun.filters), begun.model) == (
        "Why 雾?",
        {"speaker": "Mira"},
        "m",
    )

    history.keep(begun.id, "We wai")
    kept = history.turn(begun.id)
    assert kept is not None
    assert (kept.status, kept.text) == ("running", "We wai")

    answer = an_answer("Why 雾?", (1, FOG), (2, PRICE))
    history.finish(begun.id, "answered", answer, usage=USAGE)
    (ended,) = history.turns(started.id)
    assert (ended.status, ended.text, ended.answer, ended.usage) == ("answered", "", answer, USAGE)


def test_a_conversation_adds_up(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    book = EvidenceBook()
    for source in (FOG, PRICE):
        turn = history.begin(started.id, "Q?", {}, "m")
        book.add(source)
        book.interview_number(source.interview.id)
        history.finish(turn.id, "answered", an_answer("Q?", (1, FOG)), usage=USAGE, book=book)

    found = history.conversation(started.id)

    assert found is not None
    assert (found.turns, found.spent) == (2, Spent(4, 200, 40))
    assert (found.paragraphs, found.interviews) == (("ferry:aa", "渡口:bb"), ("ferry", "渡口"))
    assert found.store == str(talks_store)
    assert found.started < found.changed
    assert found.changed.endswith("Z")


def test_a_number_never_comes_to_mean_another_paragraph(
    history: History, talks_store: Path
) -> None:
    """Two programs may ask on in one conversation at once."""
    started = history.start(talks_store)
    mine, other = EvidenceBook(), EvidenceBook()
    mine.add(FOG)
    other.add(PRICE)
    other.add(FOG)
    for book in (mine, other):
        turn = history.begin(started.id, "Q?", {}, None)
        history.finish(turn.id, "abstained", an_answer("Q?"), book=book)

    found = history.conversation(started.id)

    assert found is not None
    assert found.paragraphs[0] == "ferry:aa"


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Why?", "Why?"),
        ("  她为什么\n离开？ ", "她为什么 离开？"),
        ("x" * 61, "x" * 59 + "…"),
    ],
)
def test_the_first_question_names_it_until_the_user_does(
    history: History, talks_store: Path, question: str, title: str
) -> None:
    started = history.start(talks_store)
    assert started.title == ""
    ask(history, started, question)
    ask(history, started, "And then?")
    assert [c.title for c in history.conversations()] == [title]

    history.rename(started.id, " 茶\n与雾 ")
    ask(history, started, "And then?")
    assert [c.title for c in history.conversations()] == ["茶 与雾"]


def test_what_changed_last_comes_first_and_nothing_empty(
    history: History, talks_store: Path, tmp_path: Path
) -> None:
    one, two, other = (history.start(s) for s in (talks_store, talks_store, tmp_path / "other"))
    history.start(talks_store)
    for conversation in (one, two, other, one):
        ask(history, conversation, "Q?")

    assert [c.id for c in history.conversations()] == [one.id, other.id, two.id]
    assert [c.id for c in history.conversations(talks_store)] == [one.id, two.id]
    assert [c.id for c in history.conversations(limit=1)] == [one.id]
    found = history.last(tmp_path / "other")
    assert found is not None
    assert found.id == other.id
    assert history.last(tmp_path / "none") is None


def test_turns_are_paged_from_the_end(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    for number in range(1, 6):
        ask(history, started, f"{number}?")

    last = history.turns(started.id, limit=2)
    before = history.turns(started.id, before=last[0].position, limit=2)

    assert [t.question for t in [*before, *last]] == ["2?", "3?", "4?", "5?"]
    assert [t.position for t in history.turns(started.id)] == [1, 2, 3, 4, 5]
    assert history.turns("00000000") == []


def test_five_hundred_turns_are_read_back(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    with closing(sqlite3.connect(history.path)) as connection, connection:
        ask(history, started, "Q?")
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO turns (conversation, position, asked, status, writer, filters, message,"
            " question, words, text, answer) SELECT conversation, i, asked, status, writer,"
            " filters, message, question, words, text, answer FROM turns, n"
        )

    turns = history.turns(started.id)

    assert [turn.position for turn in turns] == list(range(1, 501))
    assert all(turn.answer == an_answer("Q?", (1, FOG)) for turn in turns)


def test_questions_are_recalled_once_each_the_last_first(
    history: History, talks_store: Path
) -> None:
    started = history.start(talks_store)
    for question in ("one", "二", "one", "三"):
        ask(history, started, question)

    assert history.questions() == ["三", "one", "二"]
    assert history.questions(limit=1) == ["三"]


def test_what_nobody_is_answering_any_more_has_stopped(path: Path, talks_store: Path) -> None:
    with History.open(path) as reader:
        with History.open(path) as writer:
            started = writer.start(talks_store)
            turn = ask(writer, started, "Q?", ends=False)
            writer.keep(turn, "We wai")
            assert [t.status for t in reader.turns(started.id)] == ["running"]

        (left,) = reader.turns(started.id)

    assert (left.status, left.text) == ("stopped", "We wai")
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("status", "message"), [("stopped", ""), ("failed", "the model was silent")]
)
def test_what_had_come_is_kept_however_it_ends(
    history: History, talks_store: Path, status: str, message: str
) -> None:
    started = history.start(talks_store)
    turn = history.begin(started.id, "Q?", {}, "m")

    history.finish(turn.id, status, text="We wai", message=message)  # type: ignore[arg-type]  # a table

    (left,) = history.turns(started.id)
    assert (left.status, left.text, left.message, left.answer) == (status, "We wai", message, None)
    assert not left.is_forgotten


def test_only_its_user_may_read_it(path: Path, talks_store: Path) -> None:
    with History.open(path) as history:
        ask(history, history.start(talks_store), "Q?", ends=False)
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}

    assert len(modes) == 2
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_that_others_could_read_is_shut(path: Path) -> None:
    History.open(path).close()
    path.chmod(0o644)

    History.open(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_deleted_leaves_the_disk(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    ask(history, started, "What of zephyrine 鱻灥龘?")
    assert b"zephyrine" in history.path.read_bytes()

    history.delete(started.id)

    left = history.path.read_bytes()
    assert [w for w in ("zephyrine", "鱻灥龘", "waited for the fog") if w.encode() in left] == []
    assert (history.turns(started.id), history.conversations()) == ([], [])


def test_what_another_program_deleted_is_one_clear_line(
    path: Path, history: History, talks_store: Path
) -> None:
    started = history.start(talks_store)
    turn = ask(history, started, "Q?", ends=False)
    with History.open(path) as other:
        other.delete(started.id)

    history.keep(turn, "We wai")
    history.finish(turn, "answered", an_answer("Q?", (1, FOG)))

    for write in (
        lambda: history.begin(started.id, "Q?", {}, None),
        lambda: history.rename(started.id, "x"),
        lambda: history.delete(started.id),
    ):
        with pytest.raises(HistoryError, match=f"no conversation {started.id}"):
            write()


def test_halves_of_characters_are_kept_as_well_as_may_be(
    history: History, talks_store: Path
) -> None:
    started = history.start(talks_store)
    turn = history.begin(started.id, "a\udcff\x00b", {"speaker": "\udcff"}, None)
    history.keep(turn.id, "\ud800")
    history.finish(turn.id, "failed", text="\ud800", message="\ud800")
    history.rename(started.id, "\ud800")

    (left,) = history.turns(started.id)

    assert left.question == "a?\x00b"


def test_an_answer_that_is_not_understood_hides_no_other(
    history: History, talks_store: Path
) -> None:
    started = history.start(talks_store)
    ask(history, started, "one")
    ask(history, started, "two")
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.execute("UPDATE turns SET answer = '{}' WHERE position = 1")

    first, second = history.turns(started.id)

    assert (first.status, first.message) == ("failed", "the stored answer cannot be read")
    assert second.answer is not None


def test_several_threads_may_use_it(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    threads = [threading.Thread(target=ask, args=(history, started, f"{n}?")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    turns = history.turns(started.id)
    assert sorted(t.question for t in turns) == ["0?", "1?", "2?", "3?"]
    assert {t.status for t in turns} == {"answered"}


WRITER = """
import sys
from pathlib import Path
from assistant.history.store import History
from tests.assistant.history.turns import FOG, an_answer

path, name = Path(sys.argv[1]), sys.argv[2]
with History.open(path) as history:
    conversation = history.start(Path("store"))
    for number in range(15):
        turn = history.begin(conversation.id, f"{name} {number}", {}, None)
        history.keep(turn.id, "We wai")
        history.finish(turn.id, "answered", an_answer("Q?", (1, FOG)))
print("well")
"""


def test_two_processes_may_write_at_once(path: Path, program: Program) -> None:
    """Both find no file and make it, too."""
    writers = [program.python(WRITER, path, name) for name in ("one", "two")]
    for writer in writers:
        assert writer.communicate() == ("well\n", "")

    with History.open(path) as history:
        found = history.conversations()
        assert [c.turns for c in found] == [15, 15]
        assert {t.status for c in found for t in history.turns(c.id)} == {"answered"}
