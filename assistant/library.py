"""What the agent uses of an open store, and stored paragraphs as the sources they are."""

from collections.abc import Sequence
from typing import Any, Protocol

from assistant.records import Source
from index.records import Filters, InterviewSummary, SearchHit
from index.store.paragraphs import FoundParagraph


class Searcher(Protocol):
    """What is used of `index.search.Searcher`."""

    store: Any
    """Its `rows` are an `index.store.reading.Reader`."""

    def search(self, query: str, *, k: int, filters: Filters = ...) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""

    def speakers_like(self, name: str) -> frozenset[str]:
        """Return the speakers a name may mean."""

    def within(self, filters: Filters) -> "Searcher":
        """Return a searcher of the same store that keeps to the filters."""


def source_of(found: FoundParagraph) -> Source:
    """Return a stored paragraph as a source."""
    return Source(found.paragraph, found.interview, found.section, found.heading)


def hit_source(hit: SearchHit) -> Source:
    """Return a paragraph that was found as a source."""
    return Source(hit.paragraph, hit.interview, hit.section, hit.heading)


def age(interview: InterviewSummary) -> tuple[str, str]:
    """Return what sorts interviews oldest first, those without a date before all."""
    return interview.date or "", interview.id


def within(sources: Sequence[Source], characters: int) -> list[Source]:
    """Return the first sources that fit, at least one; a Chinese character counts 3."""
    room = characters
    kept: list[Source] = []
    for source in sources:
        room -= min(
            len(text) * (3 if language == "zh" else 1)
            for language, text in source.paragraph.texts.items()
        )
        if kept and room < 0:
            break
        kept.append(source)
    return kept
