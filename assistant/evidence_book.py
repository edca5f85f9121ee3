"""Paragraphs ↔ the small numbers a model and a reader know them by, for a whole conversation.

A number, once given, means the same paragraph until the conversation ends, also when the paragraph
has left the collection: then it means nothing, and is not given again.
"""

from collections.abc import Iterable, Iterator, Sequence

from assistant.records import Source
from index.store.reading import Reader


class EvidenceBook:
    """Numbers of paragraphs and of interviews, both from 1 in the order they were first shown."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sources: dict[int, Source] = {}
        self._numbers: dict[str, int] = {}
        self._interviews: list[str] = []

    @classmethod
    def reopen(cls, ids: Sequence[str], interviews: Sequence[str], rows: Reader) -> "EvidenceBook":
        """Return the book that had these ids in it, as far as the store still holds them."""
        book = cls()
        book._ids = list(ids)
        book._interviews = list(interviews)
        for number, paragraph_id in enumerate(ids, start=1):
            found = rows.paragraph(paragraph_id)
            if found is not None:
                book._numbers[paragraph_id] = number
                book._sources[number] = Source(
                    found.paragraph, found.interview, found.section, found.heading
                )
        return book

    @property
    def ids(self) -> tuple[str, ...]:
        """Paragraph ids in the order of their numbers."""
        return tuple(self._ids)

    @property
    def interviews(self) -> tuple[str, ...]:
        """Interview ids in the order of their numbers."""
        return tuple(self._interviews)

    def __contains__(self, number: object) -> bool:
        return number in self._sources

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._sources))

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, source: Source) -> int:
        """Return the paragraph's number, a new one if it has none."""
        known = self._numbers.get(source.paragraph.id)
        if known is not None:
            return known
        self._ids.append(source.paragraph.id)
        number = len(self._ids)
        self._numbers[source.paragraph.id] = number
        self._sources[number] = source
        return number

    def source(self, number: int) -> Source | None:
        """Return the paragraph of a number; None when it means nothing."""
        return self._sources.get(number)

    def sources(self, numbers: Iterable[int]) -> list[Source]:
        """Return the paragraphs of numbers, leaving out those that mean nothing."""
        return [self._sources[number] for number in numbers if number in self._sources]

    def interview_number(self, interview_id: str) -> int:
        """Return the interview's number, a new one if it has none."""
        if interview_id not in self._interviews:
            self._interviews.append(interview_id)
        return self._interviews.index(interview_id) + 1

    def interview(self, number: int) -> str | None:
        """Return the id of a numbered interview; None when there is none."""
        return self._interviews[number - 1] if 1 <= number <= len(self._interviews) else None
