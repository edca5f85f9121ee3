"""Question → an answer made of the interviews' own sentences; no model.

question ─search→ hits ─gather→ candidates ─rank→ passages ─choose→ quotes, or an abstention
"""

import time
from collections.abc import Sequence

from assistant.abstain import abstain
from assistant.asked import Asked, read_asked
from assistant.evidence import gather
from assistant.followup import complete
from assistant.records import Answer, Citation, Said, Sentence
from assistant.select import Passage, choose, rank
from assistant.signals import is_enough
from index.language import detect_language
from index.search import Searcher

DEPTH = 8
"""Paragraphs of the search that are looked at; with forty the right one comes first no oftener."""


def answer_by_quoting(question: str, searcher: Searcher, history: Sequence[Said] = ()) -> Answer:
    """Return the sentences that answer a question, or an abstention.

    Each quote is one run of sentences of one paragraph, verbatim, with a number of its own; in the
    question's language where the paragraph has it. Quotes stand in order, best paragraph first.

    Args:
        question: as asked, in English or Chinese.
        searcher: finds paragraphs, over an open store.
        history: earlier questions with their answers, oldest first, to complete a short question.
    """
    began = time.monotonic()
    asked, passages = find_passages(question, searcher, history)
    chosen = choose(passages, asked, question) if is_enough(asked, passages) else []
    citations = tuple(
        Citation(number, quote.passage.source, quote.text, quote.passage.language)
        for number, quote in enumerate(chosen, start=1)
    )
    return Answer(
        question=question,
        language=asked.language,
        outcome="answered" if chosen else "abstained",
        mode="extractive",
        sentences=tuple(Sentence(c.quote, (c.number,), "supported") for c in citations),
        citations=citations,
        abstention=None if chosen else abstain(asked, passages, searcher.store.rows),
        seconds=time.monotonic() - began,
    )


def find_passages(
    question: str, searcher: Searcher, history: Sequence[Said] = ()
) -> tuple[Asked, list[Passage]]:
    """Return a question as its words are looked for, and what may answer it, best first."""
    whole = complete(question, history)
    rows = searcher.store.rows
    asked = read_asked(whole, rows, language=detect_language(question))
    return asked, rank(gather(searcher.search(whole, k=DEPTH), rows), asked)
