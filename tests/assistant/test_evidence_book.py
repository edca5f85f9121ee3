"""A number means one paragraph for as long as the conversation lasts."""

from pathlib import Path

from assistant.evidence_book import EvidenceBook
from assistant.library import source_of
from index.store.generations import Place
from index.store.opening import open_store
from tests.fakes import an_interview, put

FERRY = an_interview("ferry", {"en": "We waited for the fog."}, {"en": "Eleven hours."})
TEA = an_interview("tea", {"zh": "茶要慢慢喝。"}, {"zh": "山上有雾。"})


def test_numbers_are_given_once_and_in_order(tmp_path: Path) -> None:
    put(Place(tmp_path / "s", None), FERRY, TEA)
    with open_store(tmp_path / "s") as store:
        sources = [
            source_of(found)
            for name in ("ferry:0", "tea:1", "ferry:0", "tea:0")
            if (found := store.rows.paragraph(name))
        ]
        book = EvidenceBook()

        assert [book.add(source) for source in sources] == [1, 2, 1, 3]
        assert list(book) == [1, 2, 3]
        assert (2 in book, 4 in book, 0 in book) == (True, False, False)
        assert book.source(2) == sources[1]
        assert book.source(9) is None
        assert [s.paragraph.id for s in book.sources([3, 9, 1])] == ["tea:0", "ferry:0"]


def test_a_reopened_book_keeps_numbers_and_never_gives_one_twice(tmp_path: Path) -> None:
    place = Place(tmp_path / "s", None)
    put(place, TEA)
    with open_store(tmp_path / "s") as store:
        book = EvidenceBook.reopen(["ferry:0", "tea:0"], ["ferry", "tea"], store.rows)
        found = store.rows.paragraph("tea:1")
        assert found

        assert list(book) == [2]
        assert book.source(1) is None
        assert book.add(source_of(found)) == 3
        assert book.ids == ("ferry:0", "tea:0", "tea:1")


def test_interviews_have_numbers_too() -> None:
    book = EvidenceBook()

    assert [book.interview_number(name) for name in ("a", "b", "a")] == [1, 2, 1]
    assert [book.interview(number) for number in (0, 1, 2, 3)] == [None, "a", "b", None]
