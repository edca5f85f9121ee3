"""A call of the model → what it is shown, and the events that tell of it; all an agent can do.

Tools only read the store that is open. Mistakes in a call go back to the model as text.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import prompts
from assistant.arguments import problems
from assistant.events import (
    Event,
    EvidenceFound,
    Found,
    InterviewsListed,
    NotFoundDeclared,
    SearchStarted,
    SectionRead,
    ToolRefused,
)
from assistant.evidence_book import EvidenceBook
from assistant.fence import show_evidence, show_label
from assistant.library import Searcher, age, hit_source, source_of, within
from assistant.protocols import ToolRequest, ToolSpec
from assistant.records import Source
from assistant.scope import both
from assistant.toolbox import specs
from index.records import Filters, InterviewSummary, Language, SearchHit
from index.search.speakers import speakers_like
from index.store.reading import Reader

HITS = 6
"""Paragraphs a search of the model returns."""
FIRST_HITS = 8
"""Paragraphs of the search that comes with the question."""
HITS_PER_INTERVIEW = 2
"""Paragraphs of each interview, when a person is followed over time."""
MOST_INTERVIEWS = 12
BEFORE, AFTER = 2, 3
SECTION_CHARACTERS = 9_000
"""Of a section read at once, a Chinese character counting 3."""
MOST_LISTED = 60

Steps = Generator[Event, None, str]
"""Yields what happens; returns what the model is shown."""


@dataclass(slots=True)
class Tools:
    """The tools during one answer, over the evidence of the conversation."""

    searcher: Searcher
    book: EvidenceBook
    language: Language
    """Of the question, and of all words of ours."""
    scope: Filters = field(default_factory=Filters)
    """What the reader keeps the question to."""
    shown: set[int] = field(default_factory=set)
    """Numbers that stand in full in the talk of this answer."""
    missing: list[str] = field(default_factory=list)
    """What was declared not found."""

    @property
    def rows(self) -> Reader:
        """The paragraphs of the store."""
        rows: Reader = self.searcher.store.rows
        return rows

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        """The tools as the model is told of them."""
        return specs(self.language)

    def run(self, request: ToolRequest) -> Steps:
        """Make one call, or say what is wrong with it; the text is for the model."""
        wanted = next((spec for spec in self.specs if spec.name == request.name), None)
        if wanted is None:
            names = ", ".join(spec.name for spec in self.specs)
            problem = self._note("no_tool", tool=show_label(request.name), tools=names)
            yield ToolRefused(request.name, request.raw, problem)
            return problem
        if wrong := problems(wanted.parameters, request.arguments, self.language):
            yield ToolRefused(request.name, request.raw, "\n".join(wrong))
            return "\n".join(wrong)
        steps = {
            "search": self._search,
            "read_around": self._read_around,
            "read_section": self._read_section,
            "list_interviews": self._list_interviews,
            "follow_person": self._follow_person,
            "declare_not_found": self._declare_not_found,
        }
        return (yield from steps[request.name](request.arguments or {}))

    def first_search(self, query: str) -> Generator[Event, None, tuple[int, ...]]:
        """Search for the question itself; returns the numbers of what was found."""
        found = yield from self._found(query, Filters(), {}, FIRST_HITS)
        return tuple(each.number for each in found)

    def show(
        self, numbers: Sequence[int], *, wanted: Language | None = None, without: bool = False
    ) -> str:
        """Return paragraphs as the model is shown them, in the order of `numbers`."""
        found = [
            Found(number, source) for number in numbers for source in self.book.sources([number])
        ]
        text = show_evidence(
            found,
            language=self.language,
            wanted=wanted,
            interviews=self.interview_numbers(found),
            before=frozenset(self.shown),
            without=without,
        )
        self.shown.update(numbers)
        return text or self._note("nothing_shown")

    def interview_numbers(self, found: Sequence[Found]) -> dict[str, int]:
        """Return the numbers of the interviews that paragraphs stand in."""
        names = dict.fromkeys(each.source.interview.id for each in found)
        return {name: self.book.interview_number(name) for name in names}

    # --- the tools

    def _search(self, arguments: Mapping[str, Any]) -> Steps:
        wanted: Filters | None = Filters(
            since=arguments.get("since"),
            until=arguments.get("until"),
            language=arguments.get("language"),
        )
        if (number := arguments.get("interview")) is not None:
            if (interview := self.book.interview(number)) is None:
                return self._note("no_interview", number=number)
            wanted = wanted and both(wanted, Filters(interviews=frozenset({interview})))
        if (speaker := arguments.get("speaker")) is not None:
            if (whose := self._whose(speaker)) is None:
                return self._no_person()
            wanted = wanted and both(wanted, whose)
        named = {k: str(v) for k, v in arguments.items() if k != "query"}
        found = yield from self._found(arguments["query"], wanted, named, HITS)
        if not found:
            return self._note("found_none")
        shown = self.show([f.number for f in found], wanted=arguments.get("language"))
        return self._note("found", count=len(found), evidence=shown)

    def _read_around(self, arguments: Mapping[str, Any]) -> Steps:
        source = self.book.source(arguments["evidence"])
        place = self.rows.paragraph(source.paragraph.id) if source else None
        if place is None:
            return self._note("no_evidence", number=arguments["evidence"])
        around = self.rows.neighbours(
            place.row, before=arguments.get("before", BEFORE), after=arguments.get("after", AFTER)
        )
        found = [self._numbered(source_of(each)) for each in around]
        yield SectionRead(place.interview.title, place.section, place.heading, tuple(found))
        return self._section(place.interview, place.section, found, "")

    def _read_section(self, arguments: Mapping[str, Any]) -> Steps:
        number, section_number = arguments["interview"], arguments["section"]
        interview = self.rows.interview(self.book.interview(number) or "")
        if interview is None:
            return self._note("no_interview", number=number)
        section = next((s for s in interview.sections if s.index == section_number), None)
        first = arguments.get("start", 1)
        if section is None or first > len(section.paragraphs):
            known = ", ".join(str(s.index) for s in interview.sections[:MOST_LISTED])
            return self._note("no_section", interview=number, sections=known)
        summary = next(i for i in self.rows.interviews() if i.id == interview.id)
        sources = [
            Source(paragraph, summary, section.index, section.heading)
            for paragraph in section.paragraphs[first - 1 :]
        ]
        read = within(sources, SECTION_CHARACTERS)
        found = [self._numbered(source) for source in read]
        yield SectionRead(interview.title, section.index, section.heading, tuple(found))
        more = ""
        if len(read) < len(section.paragraphs):
            last = first + len(read) - 1
            more = self._note("section_more", first=first, last=last, all=len(section.paragraphs))
        return self._section(summary, section.index, found, more)

    def _list_interviews(self, arguments: Mapping[str, Any]) -> Steps:
        scope = self.scope.interviews
        interviews = [i for i in self.rows.interviews() if not scope or i.id in scope]
        if (number := arguments.get("interview")) is not None:
            chosen = self.rows.interview(self.book.interview(number) or "")
            if chosen is None:
                return self._note("no_interview", number=number)
            lines = [f"§{s.index} {show_label(s.heading)}" for s in chosen.sections]
        else:
            lines = [self._line(interview) for interview in sorted(interviews, key=age)]
        yield InterviewsListed(len(lines))
        return self._note("interviews", lines="\n".join(lines[:MOST_LISTED]))

    def _follow_person(self, arguments: Mapping[str, Any]) -> Steps:
        person, topic = arguments["person"], arguments["topic"]
        labelled = self.searcher.speakers_like(person)
        talks = [
            talk
            for talk in self.rows.interviews()
            if labelled & set(talk.speakers) or speakers_like(person, talk.speakers)
        ]
        if not talks:
            return self._no_person()
        yield SearchStarted(topic, {"speaker": person, "by": "date"})
        before = len(self.book)
        found: list[Found] = []
        for talk in sorted(talks, key=age)[-MOST_INTERVIEWS:]:
            there = Filters(interviews=frozenset({talk.id}))
            hits = self._hits(topic, replace(there, speakers=labelled), HITS_PER_INTERVIEW)
            # Not every transcript says at each turn who speaks.
            hits = hits or self._hits(topic, there, HITS_PER_INTERVIEW)
            found += [self._numbered(hit_source(hit)) for hit in hits]
        yield EvidenceFound(topic, tuple(found), len(self.book) - before)
        if not found:
            return self._note("found_none")
        shown = self.show([each.number for each in found])
        return self._note("found", count=len(found), evidence=shown)

    def _declare_not_found(self, arguments: Mapping[str, Any]) -> Steps:
        self.missing.append(arguments["missing"])
        yield NotFoundDeclared(arguments["missing"])
        return self._note("declared")

    # --- what they share

    def _found(
        self, query: str, wanted: Filters | None, named: Mapping[str, str], k: int
    ) -> Generator[Event, None, list[Found]]:
        yield SearchStarted(query, named)
        before = len(self.book)
        found = [self._numbered(hit_source(hit)) for hit in self._hits(query, wanted, k)]
        yield EvidenceFound(query, tuple(found), len(self.book) - before)
        return found

    def _hits(self, query: str, wanted: Filters | None, k: int) -> list[SearchHit]:
        filters = wanted and both(self.scope, wanted)
        return self.searcher.search(query, k=k, filters=filters) if filters else []

    def _whose(self, speaker: str) -> Filters | None:
        """Return the filter that keeps to what a person says; None when nobody is called so."""
        if labelled := self.searcher.speakers_like(speaker):
            return Filters(speakers=labelled)
        talks = [t.id for t in self.rows.interviews() if speakers_like(speaker, t.speakers)]
        return Filters(interviews=frozenset(talks)) if talks else None

    def _numbered(self, source: Source) -> Found:
        return Found(self.book.add(source), source)

    def _section(
        self, interview: InterviewSummary, section: int, found: Sequence[Found], more: str
    ) -> str:
        number = self.book.interview_number(interview.id)
        shown = self.show([each.number for each in found])
        return self._note("section", interview=number, section=section, more=more, evidence=shown)

    def _no_person(self) -> str:
        speakers = sorted({name for i in self.rows.interviews() for name in i.speakers})
        return self._note("no_person", lines="\n".join(map(show_label, speakers[:MOST_LISTED])))

    def _line(self, interview: InterviewSummary) -> str:
        number = self.book.interview_number(interview.id)
        speakers = ", ".join(show_label(name) for name in interview.speakers)
        parts = [interview.date or "-", show_label(interview.title), speakers]
        return f"interview {number}: {' · '.join(part for part in parts if part)}"

    def _note(self, name: str, **values: object) -> str:
        return prompts.render(f"notes.{self.language}#{name}", **values)
