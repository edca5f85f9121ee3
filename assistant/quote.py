"""Question → an answer made of the interviews' own sentences; no model.

question ─search→ hits ─gather→ candidates ─rank→ passages ─choose→ quotes, or an abstention
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.abstain import abstain, searched
from assistant.asked import Asked, read_asked, tables
from assistant.called import names_in
from assistant.evidence import Candidate, gather
from assistant.evidence_book import EvidenceBook
from assistant.followup import complete, words_before
from assistant.library import Searcher
from assistant.passages import Passage, rank
from assistant.premise import say_unsaid
from assistant.records import Abstention, Answer, Citation, Said, Sentence, Source
from assistant.select import choose
from assistant.signals import is_enough
from index.records import SearchHit
from index.store.reading import Reader

DEPTH = 8
"""Paragraphs of the search that are looked at; with forty the right one comes first no oftener."""


def answer_by_quoting(
    question: str,
    searcher: Searcher,
    history: Sequence[Said] = (),
    besides: Sequence[Source] = (),
) -> Answer:
    """Return the sentences that answer a question, or an abstention.

    An answer is partial when the question states an amount that nothing quoted has.

    Each quote is one run of sentences of one paragraph, verbatim, with a number of its own; in the
    question's language where the paragraph has it. Quotes stand in order, best paragraph first.

    Args:
        question: as asked, in English or Chinese.
        searcher: finds paragraphs, over an open store.
        history: earlier questions with their answers, oldest first, to complete a short question.
        besides: paragraphs found by other searches, which may answer as well.
    """
    began = time.monotonic()
    asked, passages = find_passages(question, searcher, history, besides)
    chosen = choose(passages, asked) if is_enough(asked, passages) else []
    citations = tuple(
        Citation(number, quote.passage.source, quote.text, quote.passage.language)
        for number, quote in enumerate(chosen, start=1)
    )
    rows = searcher.store.rows
    unsaid = say_unsaid(question, asked.language, chosen)
    abstention = Abstention(searched(rows), (), unsaid) if unsaid else None
    return Answer(
        question=question,
        language=asked.language,
        outcome="abstained" if not chosen else "partial" if unsaid else "answered",
        mode="extractive",
        sentences=tuple(Sentence(c.quote, (c.number,), "supported") for c in citations),
        citations=citations,
        abstention=abstention if chosen else abstain(asked, passages, rows),
        seconds=time.monotonic() - began,
    )


def numbered(answer: Answer, book: EvidenceBook) -> Answer:
    """Return an answer whose citations have the numbers of the conversation.

    A paragraph quoted twice is cited once, with the words quoted first.
    """
    numbers = {c.number: book.add(c.source) for c in answer.citations}
    citations: dict[int, Citation] = {}
    for citation in answer.citations:
        number = numbers[citation.number]
        citations.setdefault(number, replace(citation, number=number))
    sentences = tuple(
        replace(sentence, citations=tuple(numbers[number] for number in sentence.citations))
        for sentence in answer.sentences
    )
    return replace(answer, sentences=sentences, citations=tuple(citations.values()))


def find_passages(
    question: str,
    searcher: Searcher,
    history: Sequence[Said] = (),
    besides: Sequence[Source] = (),
) -> tuple[Asked, list[Passage]]:
    """Return a question as its words are looked for, and what may answer it, best first."""
    rows = searcher.store.rows
    hits = searcher.search(complete(question, history), k=DEPTH)
    candidates = gather([*hits, *_as_hits(besides, hits, rows)], rows)
    names = names_in(_texts(candidates), tables()[1])
    asked = read_asked(question, rows, besides=words_before(question, history), names=names)
    return asked, rank(candidates, asked)


def _as_hits(
    sources: Sequence[Source], hits: Sequence[SearchHit], rows: Reader
) -> Iterator[SearchHit]:
    """Yield the sources that are no hits as the last of them; those that went are left out."""
    known = {hit.paragraph.id for hit in hits}
    least = hits[-1].score if hits else 0.0
    for source in sources:
        found = None if source.paragraph.id in known else rows.paragraph(source.paragraph.id)
        if found is not None:
            yield SearchHit(
                rank=len(hits) + 1,
                score=least,
                paragraph=found.paragraph,
                interview=found.interview,
                section=found.section,
                heading=found.heading,
                position=found.position,
                language=next(iter(found.paragraph.texts)),
            )


def _texts(candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield what candidates say and who says it."""
    for candidate in candidates:
        yield from candidate.found.paragraph.texts.values()
        yield candidate.found.paragraph.speaker or ""
