"""The agent without a model: the same events, and the numbers of the conversation."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.events import (
    Abstained,
    Answered,
    EvidenceFound,
    SearchStarted,
    SentenceChecked,
    event_values,
    read_event,
)
from assistant.evidence_book import EvidenceBook
from assistant.library import hit_source
from assistant.quote import answer_by_quoting, numbered
from assistant.quoter import Quoter
from index.records import Filters
from index.search import Searcher
from tests.assistant.harbour import harbour
from tests.assistant.history.turns import FOG, PRICE, an_answer

FOG_QUESTION = "How long did they wait for the fog?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with harbour(tmp_path_factory.mktemp("harbour")) as searcher:
        yield searcher


@pytest.mark.parametrize("question", [FOG_QUESTION, "他们在渡口等雾等了多久？"])
def test_an_answer_comes_step_by_step(searcher: Searcher, question: str) -> None:
    book = EvidenceBook()

    events = list(Quoter(searcher).ask(question, book=book))

    assert events[0] == SearchStarted(question, {})
    assert isinstance(events[1], EvidenceFound)
    assert isinstance(events[-1], Answered)
    answer = events[-1].answer
    assert events[2:-1] == [SentenceChecked(sentence, 0) for sentence in answer.sentences]
    assert [f.number for f in events[1].found] == [c.number for c in answer.citations]
    assert events[1].new == len(book) == len(answer.citations)
    assert [read_event(event_values(event)) for event in events] == events


def test_what_nobody_says_is_abstained_from(searcher: Searcher) -> None:
    events = list(Quoter(searcher).ask("Who won the lunar chess cup in 1802?"))

    assert isinstance(events[-1], Abstained)
    assert not any(isinstance(event, SentenceChecked) for event in events)


def test_numbers_stay_from_question_to_question(searcher: Searcher) -> None:
    book = EvidenceBook()
    first = list(Quoter(searcher).ask(FOG_QUESTION, book=book))[-1]
    list(Quoter(searcher).ask("Where do the oars hang?", book=book))
    again = list(Quoter(searcher).ask(FOG_QUESTION, book=book))[-1]

    assert isinstance(first, Answered)
    assert isinstance(again, Answered)
    assert again.answer.citations == first.answer.citations
    assert len(book) > len(first.answer.citations)


def test_a_short_question_leans_on_the_one_before(searcher: Searcher) -> None:
    history = [("Where do the oars hang?", "“The oars hang in the museum.” [7]")]

    started = next(Quoter(searcher).ask("And the engine?", history=history))

    assert isinstance(started, SearchStarted)
    assert "oars" in started.query
    assert "7" not in started.query


def test_it_keeps_to_its_scope(searcher: Searcher) -> None:
    scope = Filters(interviews=frozenset({"ferry-2024"}))

    last = list(Quoter(searcher, scope).ask("Who swore about an electric engine?"))[-1]

    assert isinstance(last, Answered | Abstained)
    assert {c.source.interview.id for c in last.answer.citations} <= scope.interviews


def test_a_paragraph_quoted_twice_is_cited_once() -> None:
    book = EvidenceBook()
    book.add(PRICE)
    answer = an_answer("Q?", (1, FOG), (2, PRICE), (3, FOG), mode="extractive")
    answer = replace(
        answer, citations=(replace(answer.citations[0], quote="the fog"), *answer.citations[1:])
    )

    found = numbered(answer, book)

    assert [s.citations for s in found.sentences] == [(2,), (1,), (2,)]
    assert [c.number for c in found.citations] == [2, 1]
    assert found.citations[0].quote == "the fog"


def test_what_was_found_otherwise_may_be_quoted_too(searcher: Searcher) -> None:
    hit = searcher.search(FOG_QUESTION, k=1)[0]
    elsewhere = searcher.within(Filters(until="2020"))

    alone = answer_by_quoting(FOG_QUESTION, elsewhere)
    together = answer_by_quoting(FOG_QUESTION, elsewhere, besides=[hit_source(hit)])

    assert alone.outcome == "abstained"
    assert [c.source for c in together.citations] == [hit_source(hit)]
