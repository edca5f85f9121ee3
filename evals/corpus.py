"""Transcripts → the paragraphs a set asks about, and a set's gold found again among them."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import wiring
from assistant.records import Source
from assistant.settings import Settings
from evals.matching import nugget_found
from evals.records import Corpus, Question
from evals.scratch import scratch_folder
from index.errors import InputError, UsageError
from index.scan import ENDINGS
from index.store.reading import Reader

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fit:
    """A set's questions as they fit a corpus."""

    questions: tuple[Question, ...]
    """Gold that moved carries its new id."""
    moved: Mapping[str, str]
    """Old paragraph id to new."""
    vanished: Mapping[str, tuple[str, ...]]
    """Question id to those of its paragraphs that are nowhere."""


@contextmanager
def indexed(folder: Path, settings: Settings) -> Iterator[Settings]:
    """Index a folder into a store of its own, gone afterwards; yield settings that name it.

    Raises:
        UsageError: there is no such folder, or no transcript in it.
        InputError: a transcript cannot be read: figures over the others would mislead.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no corpus folder {folder}; name a folder of transcripts")
    with scratch_folder("interviews-eval-") as scratch:
        # Whatever embedder the settings name, figures are made offline and with what is bundled.
        there = replace(settings, store=scratch / "store", chroma=None, embedder="bundled")
        summary = wiring.build_index(
            [folder],
            there,
            progress=_Silent(),
            waiting=lambda: None,
            notice=_say_nothing,
            rebuild=False,
        )
        if summary.errors:
            raise InputError("; ".join(str(error) for error in summary.errors))
        if not summary.totals["interviews"]:
            raise UsageError(
                f"the corpus folder {folder} holds no transcript ({' or '.join(ENDINGS)} is read);"
                " name another"
            )
        yield there


def read_corpus(settings: Settings, notice: Notice) -> Corpus:
    """Return all paragraphs of a store."""
    with wiring.opened_store(settings, notice) as store:
        return Corpus(_digest(store.rows), dict(_sources(store.rows)))


def fit(questions: tuple[Question, ...], corpus: Corpus, moves: Mapping[str, str]) -> Fit:
    """Find the paragraphs of questions in the corpus.

    An id that is not there is looked up in `moves`; then its anchor, which is made of the words,
    is looked for in the other interviews, and followed when exactly one has it; then the paragraph
    at the place the question names, if that says one of its facts.
    """
    moved: dict[str, str] = {}
    vanished: dict[str, tuple[str, ...]] = {}
    by_anchor = _by_anchor(corpus)
    for question in questions:
        for name in (*question.gold, *question.also):
            if name in corpus.sources:
                continue
            anchored = by_anchor.get(name.rpartition(":")[2], [])
            found = moves.get(name) or (anchored[0] if len(anchored) == 1 else None)
            target = found or _at_its_place(name, question, corpus)
            if target in corpus.sources:
                moved[name] = target
            else:
                vanished[question.id] = (*vanished.get(question.id, ()), name)
    return Fit(tuple(_renamed(question, moved) for question in questions), moved, vanished)


def read_moves(set_path: Path) -> dict[str, str]:
    """Return the file beside a set that says which paragraph became which; empty without one.

    `sample.moved.json` holds one object: old paragraph id to new.

    Raises:
        UsageError: it is not such an object.
    """
    path = set_path.with_suffix(".moved.json")
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise UsageError(f"{path} must hold one object of paragraph ids")
    return values


def _by_anchor(corpus: Corpus) -> dict[str, list[str]]:
    by_anchor: dict[str, list[str]] = {}
    for paragraph in corpus.sources:
        by_anchor.setdefault(paragraph.rpartition(":")[2], []).append(paragraph)
    return by_anchor


def _at_its_place(name: str, question: Question, corpus: Corpus) -> str:
    if name not in question.gold or not question.where:
        return ""
    interview, section, place = question.where[question.gold.index(name)]
    beside = [
        (paragraph, source.paragraph)
        for paragraph, source in corpus.sources.items()
        if (source.interview.id, source.section) == (interview, section)
    ]
    for paragraph, words in beside[place - 1 : place]:
        if any(nugget_found(nugget, list(words.texts.values())) for nugget in question.nuggets):
            return paragraph
    return ""


def _renamed(question: Question, moved: Mapping[str, str]) -> Question:
    if not any(name in moved for name in (*question.gold, *question.also)):
        return question
    return replace(
        question,
        gold=tuple(moved.get(name, name) for name in question.gold),
        also=tuple(moved.get(name, name) for name in question.also),
        same=tuple(tuple(moved.get(name, name) for name in group) for group in question.same),
    )


def _digest(rows: Reader) -> str:
    files = sorted((interview, file.digest) for interview, file in rows.files().values())
    return hashlib.sha256(json.dumps(files, ensure_ascii=False).encode()).hexdigest()[:16]


def _sources(rows: Reader) -> Iterator[tuple[str, Source]]:
    for summary in rows.interviews():
        interview = rows.interview(summary.id)
        if interview is None:
            raise AssertionError(f"{summary.id} is listed and not stored")
        for section in interview.sections:
            for paragraph in section.paragraphs:
                yield paragraph.id, Source(paragraph, summary, section.index, section.heading)


def _say_nothing(_line: str) -> None:
    """A figure has no use for notices."""


class _Silent:
    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""
