"""A public pack of questions (a folder with `docs/` and `questions.jsonl`) → questions of ours.

Each line asks in one language. Its gold is a section of a document, or ranges of its turns.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from assistant.records import MAX_QUESTION, Source
from evals.questions import SetError, parse_line, read_set_text
from evals.records import Corpus, Nugget, Question, Unanswerable
from evals.shapes import ShapeError, decode
from evals.wrong import Problem
from index.errors import UsageError
from index.fold import fold
from index.records import LANGUAGES, Language

DOCS = "docs"
LINES = "questions.jsonl"
KINDS: Mapping[str, Unanswerable] = {
    "dropped": "near_miss",  # what surrounds the paragraph that was left out is still there
    "near_miss": "near_miss",
    "absent": "absent",
    "off_topic": "off_topic",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """What is read of a line of a pack."""

    id: str
    lang: Language
    question: str
    doc: str | None
    answers: tuple[str, ...] = ()
    answers_by_lang: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answerable: bool | None = None
    """None is whether there is a document."""
    kind: str = ""
    section_index: int | None = None
    """From 0."""
    gold_spans: tuple[tuple[int, ...], ...] | None = None
    """First and last turn, from 0."""
    gold_head: Mapping[str, str] = field(default_factory=dict)
    """What the gold begins with, by language."""


def read_pack(folder: Path, corpus: Corpus) -> tuple[Question, ...]:
    """Return the questions of a pack whose gold the corpus has; those without any are left out.

    Raises:
        SetError: some line is wrong.
        UsageError: the folder is no pack, or gold is not where it says.
    """
    path = folder / LINES
    lines, problems = _read_lines(read_set_text(path))
    if problems:
        raise SetError(path, problems)
    documents = _documents(corpus.sources.values())
    questions = [_question(line, digest, documents) for line, digest in lines]
    return tuple(question for question in questions if question is not None)


def _read_lines(text: str) -> tuple[list[tuple[_Line, str]], list[Problem]]:
    """Return lines with their digests, and what is wrong with the others, in order."""
    lines: list[tuple[_Line, str]] = []
    problems: list[Problem] = []
    known = {name.name for name in fields(_Line)}
    first: dict[str, int] = {}
    for number, words in enumerate(text.split("\n"), start=1):
        if not words.strip():
            continue
        values, wrong = parse_line(words)
        try:
            line = decode({k: v for k, v in values.items() if k in known}, _Line, "")
            wrong = wrong or list(_problems(line, first))
            first.setdefault(line.id, number)
            canonical = json.dumps(values, ensure_ascii=False, sort_keys=True)
            lines.append((line, hashlib.sha256(canonical.encode()).hexdigest()[:16]))
        except ShapeError as error:
            wrong = wrong or [str(error)]
        key = values.get("id") if isinstance(values.get("id"), str) else None
        problems += [Problem(number, what, key) for what in wrong]
    return lines, problems


def _problems(line: _Line, first: Mapping[str, int]) -> Iterator[str]:
    if line.id in first:
        yield f"the id was used in line {first[line.id]} already; give another"
    if not line.question.strip():
        yield "the question is empty"
    if len(line.question) > MAX_QUESTION:
        yield f"the question has {len(line.question):,} characters; {MAX_QUESTION:,} are the most"
    if any(len(span) != 2 for span in line.gold_spans or ()):
        yield "gold_spans must be a list of [first turn, last turn]"


def _documents(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """Return the paragraphs of each file, by its name, in order."""
    documents: dict[str, list[Source]] = {}
    for source in sources:
        documents.setdefault(Path(source.interview.path).name, []).append(source)
    return documents


def _question(line: _Line, digest: str, documents: Mapping[str, list[Source]]) -> Question | None:
    answerable = bool(line.doc) if line.answerable is None else line.answerable
    gold = _gold(line, documents) if answerable else []
    if answerable and not gold:
        return None
    answers = {name: line.answers_by_lang.get(name) or line.answers for name in LANGUAGES}
    return Question(
        id=line.id,
        kind="fact",
        texts={line.lang: line.question},
        unanswerable=None if answerable else KINDS.get(line.kind, "absent"),
        gold=tuple(source.paragraph.id for source in gold),
        nuggets=(Nugget(answers, vital=True),) if answerable and all(answers.values()) else (),
        speaker=None,
        digest=digest,
    )


def _gold(line: _Line, documents: Mapping[str, list[Source]]) -> list[Source]:
    """Return the gold paragraphs; none when the line has no gold at all.

    Raises:
        UsageError: the document, or the text that begins the gold, is not in the corpus.
    """
    heads = {fold(head) for head in line.gold_head.values()}
    document = documents.get(line.doc or "", [])
    if line.gold_spans:
        places = {n for first, last in line.gold_spans for n in range(first, last + 1)}
        return [source for place, source in enumerate(document) if place in places]
    if line.section_index is None:
        return []
    # Text before the first heading is section 0 here; packs count headings from 0.
    section = [s for s in document if s.section == line.section_index + 1]
    found = [source for source in section if _begins(source, heads)] or section
    if not found:
        raise UsageError(f"question {line.id}: its gold is not in {line.doc}")
    return found


def _begins(source: Source, heads: set[str]) -> bool:
    texts = [fold(text) for text in source.paragraph.texts.values()]
    return any(text.startswith(head) for text in texts for head in heads)
