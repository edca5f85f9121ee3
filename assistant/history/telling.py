"""The turns of a conversation → what the next question is asked on."""

from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.history.records import Turn
from assistant.records import Citation, Said, Source
from assistant.values import answer_text
from index.language import detect_language
from index.records import Language

Gone = Callable[[Language], str]
"""What is told in place of an answer whose paragraphs are gone, in its language."""


class Book(Protocol):
    """What is used of an `EvidenceBook`."""

    def source(self, number: int) -> Source | None:
        """Return the paragraph of a number; None when it means nothing."""


def said(turns: Sequence[Turn], book: Book, gone: Gone) -> list[Said]:
    """Return what was asked and answered, oldest first.

    Of an answer that stood on what has left the collection only that it was given. Turns that came
    to nothing are left out; of one that was stopped, what had come is told.

    Args:
        turns: of one conversation, in order.
        book: what the numbers mean now.
        gone: words for what is gone.
    """
    return [
        (turn.question, _told(turn, book, gone))
        for turn in turns
        if turn.answer is not None or turn.is_forgotten or turn.text.strip()
    ]


def _told(turn: Turn, book: Book, gone: Gone) -> str:
    answer = turn.answer
    if answer is None and not turn.is_forgotten:
        return turn.text.strip()
    if answer is None or not all(_stands(citation, book) for citation in answer.citations):
        return gone(detect_language(turn.question))
    return answer_text(answer)


def _stands(citation: Citation, book: Book) -> bool:
    """Whether a number means what it meant; not so, too, where two programs gave it at once."""
    source = book.source(citation.number)
    return source is not None and source.paragraph.id == citation.source.paragraph.id
