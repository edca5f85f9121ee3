"""The program as evals ask it, and its replies reduced to what is scored and kept."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from assistant import wiring
from assistant.followup import complete
from assistant.quote import answer_by_quoting
from assistant.records import Said
from assistant.settings import Settings
from evals.corpus import Notice
from evals.protocols import AnswerSystem
from evals.records import Cited, Claim, Reply, StoredAnswer
from index.search import Searcher

DEPTH = 10
"""Paragraphs retrieved for every question: the deepest k of any metric."""


@dataclass(frozen=True, slots=True)
class QuotingSystem:
    """Answers with sentences of the interviews, as `interviews ask` does; no model."""

    searcher: Searcher
    name: str = "quoting"

    def ask(self, question: str, history: Sequence[Said]) -> Reply:
        """Answer one question; what was found is what a search for the completed question finds."""
        answer = answer_by_quoting(question, self.searcher, history)
        return Reply(answer, tuple(self.searcher.search(complete(question, history), k=DEPTH)))


@contextmanager
def opened_system(settings: Settings, notice: Notice) -> Iterator[AnswerSystem]:
    """Open a store and yield the program over it."""
    with wiring.opened_searcher(settings, notice) as searcher:
        yield QuotingSystem(searcher)


def describe(settings: Settings, notice: Notice) -> Mapping[str, str]:
    """Return what the program over a store is made of; for people, not for comparing."""
    try:
        program = version("interviews")
    except PackageNotFoundError:
        program = "not installed"
    with wiring.opened_store(settings, notice) as store:
        kept = ("embedder", "fingerprint", "analysis")
        return {"program": program, **{name: store.meta.get(name, "") for name in kept}}


def store_answer(reply: Reply) -> StoredAnswer:
    """Return what of a reply is scored and kept."""
    answer = reply.answer
    return StoredAnswer(
        outcome=answer.outcome,
        mode=answer.mode,
        language=answer.language,
        claims=tuple(Claim(s.text, s.citations, s.verdict) for s in answer.sentences),
        cited=tuple(
            Cited(c.number, c.source.paragraph.id, c.source.paragraph.speaker, c.language, c.quote)
            for c in answer.citations
        ),
        message=answer.abstention.missing if answer.abstention else "",
        retrieved=tuple(hit.paragraph.id for hit in reply.hits),
    )
