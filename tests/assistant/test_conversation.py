"""The last conversation: kept by ids, for its user only, and for its store only."""

import stat
from pathlib import Path

import pytest

from assistant.conversation import (
    FILE,
    forget_conversation,
    load_conversation,
    new_conversation,
    save_conversation,
)
from assistant.events import UsageCounted
from assistant.evidence_book import EvidenceBook
from assistant.library import source_of
from assistant.records import Answer, Citation, Sentence
from index.errors import UsageError
from index.store.generations import Place
from index.store.opening import open_store
from tests.fakes import an_interview, put

FERRY = an_interview("ferry", {"en": "We waited for the fog."})
TEA = an_interview("tea", {"zh": "茶要慢慢喝。"})
USAGE = UsageCounted("m", 2, 100, 20, is_estimated=False, unknown_markers=0)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "s", None)
    put(place, FERRY, TEA)
    return place


def turn(place: Place, folder: Path, *, continues: bool, paragraph: str) -> None:
    """Hold one turn that cites a paragraph, and keep it."""
    loaded = load_conversation if continues else None
    conversation = loaded(folder, place.folder) if loaded else new_conversation(place.folder)
    with open_store(place.folder) as store:
        book = conversation.book(store.rows)
        found = store.rows.paragraph(paragraph)
        assert found
        source = source_of(found)
        cited = book.add(source)
        words = next(iter(source.paragraph.texts.values()))
        sentence = Sentence(words, (cited,), "supported")
        citation = Citation(cited, source, words, next(iter(source.paragraph.texts)))
        answer = Answer("Q?", "en", "answered", "agent", (sentence,), (citation,), None, 1.0)
        save_conversation(folder, conversation.after(answer, book, USAGE))


def test_turns_numbers_and_cost_add_up(place: Place, tmp_path: Path) -> None:
    turn(place, tmp_path / "state", continues=False, paragraph="ferry:0")
    turn(place, tmp_path / "state", continues=True, paragraph="tea:0")
    turn(place, tmp_path / "state", continues=True, paragraph="ferry:0")

    found = load_conversation(tmp_path / "state", place.folder)

    assert [t.cited for t in found.turns] == [(1,), (2,), (1,)]
    assert found.paragraphs == ("ferry:0", "tea:0")
    assert (found.spent.calls, found.spent.prompt_tokens) == (6, 300)


def test_a_new_conversation_forgets_the_last(place: Place, tmp_path: Path) -> None:
    turn(place, tmp_path / "state", continues=False, paragraph="ferry:0")
    turn(place, tmp_path / "state", continues=False, paragraph="tea:0")

    assert len(load_conversation(tmp_path / "state", place.folder).turns) == 1


def test_only_its_user_may_read_it_and_no_paragraph_is_in_it(place: Place, tmp_path: Path) -> None:
    turn(place, tmp_path / "state", continues=False, paragraph="ferry:0")
    path = tmp_path / "state" / FILE

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == [FILE]


def test_an_answer_on_what_is_gone_is_not_told_again(place: Place, tmp_path: Path) -> None:
    state = tmp_path / "state"
    turn(place, state, continues=False, paragraph="ferry:0")
    put(place, remove=["ferry"])
    turn(place, state, continues=True, paragraph="tea:0")

    found = load_conversation(state, place.folder)
    with open_store(place.folder) as store:
        said = found.said(found.book(store.rows))

    assert "fog" not in str(said)
    assert "fog" not in (state / FILE).read_text(encoding="utf-8")
    assert [t.cited for t in found.turns] == [(1,), (2,)]
    assert "no longer in the collection" in said[0][1]


def test_a_forgotten_one_is_gone(place: Place, tmp_path: Path) -> None:
    turn(place, tmp_path, continues=False, paragraph="ferry:0")
    forget_conversation(tmp_path)
    forget_conversation(tmp_path)

    assert not (tmp_path / FILE).exists()


def test_there_must_be_one_to_continue(place: Place, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="without --continue"):
        load_conversation(tmp_path / "state", place.folder)


def test_it_belongs_to_its_store(place: Place, tmp_path: Path) -> None:
    turn(place, tmp_path / "state", continues=False, paragraph="ferry:0")

    with pytest.raises(UsageError, match="about the store"):
        load_conversation(tmp_path / "state", tmp_path / "another")


@pytest.mark.parametrize("words", ["", "{}", "[]", '{"store": 1}', "\x00"])
def test_a_damaged_file_is_one_clear_line(place: Place, tmp_path: Path, words: str) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).write_text(words)

    with pytest.raises(UsageError, match="cannot be read"):
        load_conversation(tmp_path / "state", place.folder)


def test_a_folder_that_cannot_be_written_is_one_clear_line(place: Place, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")

    with pytest.raises(UsageError, match="cannot be kept"):
        save_conversation(tmp_path / "state", new_conversation(place.folder))


def test_an_empty_book_reopens(place: Place) -> None:
    with open_store(place.folder) as store:
        assert len(new_conversation(place.folder).book(store.rows)) == len(EvidenceBook())
