"""A question → events, the last an answer of quotes: the agent without a model.

It yields what an agent with a model yields, so that whoever watches one can watch the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.events import (
    Abstained,
    Answered,
    Event,
    EvidenceFound,
    Found,
    SearchStarted,
    SentenceChecked,
)
from assistant.evidence_book import EvidenceBook
from assistant.followup import complete, unmarked
from assistant.quote import answer_by_quoting, numbered
from assistant.records import Answer, Said
from assistant.scope import abstain_within, counted_within
from index.records import Filters
from index.search import Searcher


@dataclass(frozen=True, slots=True)
class Quoter:
    """Answers questions with the interviews' own sentences, from one open store."""

    searcher: Searcher
    scope: Filters = field(default_factory=Filters)
    """What the reader keeps the question to."""

    def ask(
        self, question: str, *, history: Sequence[Said] = (), book: EvidenceBook | None = None
    ) -> Iterator[Event]:
        """Yield every step; the last event is `Answered` or `Abstained`.

        Args:
            question: as asked, in English or Chinese.
            history: the turns before, oldest first.
            book: the numbers of the conversation so far; grows by the paragraphs quoted.
        """
        book = book if book is not None else EvidenceBook()
        before = unmarked(history)
        query = complete(question, before)
        yield SearchStarted(query, {})
        known = len(book)
        answer = numbered(self._answer(question, before), book)
        found = tuple(Found(each.number, each.source) for each in answer.citations)
        yield EvidenceFound(query, found, len(book) - known)
        for sentence in answer.sentences:
            yield SentenceChecked(sentence, 0)
        yield Abstained(answer) if answer.outcome == "abstained" else Answered(answer)

    def _answer(self, question: str, before: Sequence[Said]) -> Answer:
        """Return the answer from what the scope leaves; if that is nothing, which filter it is."""
        rows = self.searcher.store.rows
        nothing = abstain_within(question, self.scope, rows)
        if nothing is not None:
            return nothing
        kept = self.searcher if self.scope == Filters() else self.searcher.within(self.scope)
        return counted_within(answer_by_quoting(question, kept, before), self.scope, rows)
