"""A set's file and the corpus it asks about → its questions, and what is wrong with each line."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.corpus import fit, read_moves
from evals.matching import contradictions, nugget_found
from evals.questions import SetError, parse_line, read_lines, read_set_text
from evals.records import Corpus, Question
from evals.wrong import Problem, shown, shown_id
from index.sentences import split_sentences

Place = tuple[str, int, int]
"""Interview, section, and paragraph of that section from 1."""


def load_checked(path: Path, corpus: Corpus) -> tuple[Question, ...]:
    """Return the questions of a file, as they stand there.

    Gold that is nowhere in the corpus is no mistake of the set: the corpus may have changed under
    it, and the run names it.

    Raises:
        SetError: some line is wrong, in itself or about the corpus.
        UsageError: it cannot be read.
    """
    questions, problems = check_file(path, corpus)
    if problems:
        raise SetError(path, problems)
    return questions


def check_file(
    path: Path, corpus: Corpus, *, needs_gold: bool = False
) -> tuple[tuple[Question, ...], list[Problem]]:
    """Return the questions of a file's right lines, and what is wrong with it, in order of line.

    Args:
        path: the set.
        corpus: what it asks about.
        needs_gold: whether gold that is nowhere in the corpus is wrong, too.

    Raises:
        UsageError: it cannot be read.
    """
    text = read_set_text(path)
    questions, problems = read_lines(text)
    fitted = fit(tuple(questions), corpus, read_moves(path))
    lines, places = _lines_of(text), places_of(corpus)
    for question, moved in zip(questions, fitted.questions, strict=True):
        lost = fitted.vanished.get(question.id, ())
        wrong = list(misplaced(question, places))
        if needs_gold:
            wrong += [f"there is no paragraph {shown(n)}; see: interviews show ID" for n in lost]
        wrong += [] if lost else mistakes(moved, corpus)
        problems += [Problem(lines[question.id], what, question.id) for what in wrong]
    return tuple(questions), sorted(problems, key=lambda problem: problem.line)


def mistakes(question: Question, corpus: Corpus) -> list[str]:
    """Return what an author should mend in a question whose paragraphs are all there.

    A quote of the gold must be able to score: each vital nugget stands in a gold paragraph, no
    sentence that says a nugget says a forbidden phrase, and the speaker is one of the gold's.
    """
    texts = [
        text for name in question.gold for text in corpus.sources[name].paragraph.texts.values()
    ]
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text)]
    telling = [s for s in sentences if any(nugget_found(n, [s]) for n in question.nuggets)]
    found = [
        f"no gold paragraph holds any form of the nugget {shown(nugget.forms['en'][0])};"
        " add the transcript's own words"
        for nugget in question.nuggets
        if nugget.vital and not nugget_found(nugget, texts)
    ]
    found += [
        f"forbidden {shown(phrase)} stands in a gold sentence that says a nugget; take it out"
        for phrase in contradictions(question.forbidden, question.nuggets, telling)
    ]
    speakers = {corpus.sources[name].paragraph.speaker for name in question.gold}
    if question.speaker is not None and question.speaker not in speakers:
        named = ", ".join(sorted(filter(None, speakers))) or "nobody"
        found.append(f"no gold paragraph is said by {shown(question.speaker)}, but by {named}")
    return found


def places_of(corpus: Corpus) -> dict[str, Place]:
    """Return the place of each paragraph, by its id."""
    counts: Counter[tuple[str, int]] = Counter()
    places: dict[str, Place] = {}
    for name, source in corpus.sources.items():
        section = source.interview.id, source.section
        counts[section] += 1
        places[name] = (*section, counts[section])
    return places


def misplaced(question: Question, places: Mapping[str, Place]) -> Iterator[str]:
    """Yield what is wrong with the places a question gives for its gold.

    Gold that is not where its id says is left alone: its place is the way to find it again.

    Args:
        question: with its gold as the set names it.
        places: of all paragraphs of the corpus, by id.
    """
    known = set(places.values())
    for name, place in zip(question.gold, question.where, strict=False):
        if name in places and place != places[name]:
            there = "is another paragraph" if place in known else "is nowhere"
            yield f"'where' {_words(place)} {there}; write {_words(places[name])} for {shown(name)}"


def _words(place: Place) -> str:
    interview, section, paragraph = place
    return f"({shown_id(interview)}, section {section}, paragraph {paragraph})"


def _lines_of(text: str) -> dict[str, int]:
    """Return the line of each id, among lines that are JSON."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        key = parse_line(line)[0].get("id")
        if isinstance(key, str):
            found.setdefault(key, number)
    return found
