"""A model that looked things up until its bound and wrote nothing → an answer of quotes.

It says so. What was found is not lost: the interviews' own sentences answer, or come nearest.
"""

from collections.abc import Mapping
from dataclasses import replace

from assistant.abstain import NEAREST, searched
from assistant.followup import unmarked
from assistant.library import Searcher
from assistant.orders import without_orders
from assistant.quote import answer_by_quoting, numbered
from assistant.records import Abstention, Answer
from assistant.talk import Talk
from index.records import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "steps": "The model never wrote an answer within its {limit} steps.",
        "tokens": "The model never wrote an answer within its {limit} tokens.",
        "seconds": "The model never wrote an answer within its {limit} seconds.",
        "quoted": "What is quoted was picked from what it found.",
        "blank": " ",
    },
    "zh": {
        "steps": "模型用完了{limit}步，始终没有写出回答。",
        "tokens": "模型用完了{limit}个词元，始终没有写出回答。",
        "seconds": "模型用完了{limit}秒，始终没有写出回答。",
        "quoted": "引文摘自它找到的段落。",
        "blank": "",
    },
}


def quoted_instead(talk: Talk, searcher: Searcher, limit: str) -> Answer:
    """Return what the interviews say to a question: an answer in part, or an abstention.

    Args:
        talk: that came to its bound without an answer.
        searcher: over an open store, kept to the reader's scope.
        limit: of the bound, as shown.

    Raises:
        ValueError: the talk came to no bound.
    """
    if talk.bound is None:
        raise ValueError("the talk came to no bound")
    words = _WORDS[talk.language]
    found = talk.tools.book.sources(sorted(talk.tools.shown))
    quoted = answer_by_quoting(talk.question, searcher, unmarked(talk.history), found)
    answer = numbered(_said_to_people(quoted), talk.tools.book)
    nearest = () if answer.sentences else tuple(found[:NEAREST])
    abstention = answer.abstention or Abstention(searched(searcher.store.rows), nearest, "")
    said = [words[talk.bound].format(limit=limit), words["quoted"] if answer.sentences else ""]
    said.append(abstention.missing)
    return replace(
        answer,
        outcome="partial" if answer.sentences else "abstained",
        abstention=replace(abstention, missing=words["blank"].join(filter(None, said))),
    )


def _said_to_people(answer: Answer) -> Answer:
    """Return an answer of quotes without words that order a program about.

    They may be why the model wrote nothing.
    """
    quotes = {c.number: without_orders(c.quote) for c in answer.citations}
    return replace(
        answer,
        sentences=tuple(
            replace(sentence, text=quotes[sentence.citations[0]])
            for sentence in answer.sentences
            if quotes[sentence.citations[0]]
        ),
        citations=tuple(
            replace(citation, quote=quotes[citation.number])
            for citation in answer.citations
            if quotes[citation.number]
        ),
    )
