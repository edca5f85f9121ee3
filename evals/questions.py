"""Lines of a set → questions, each checked; every problem is one clear line."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.lines import problems_of
from evals.records import Nugget, Question, QuestionSet, Turn
from evals.wrong import Problem, shown
from index.errors import UsageError
from index.plurals import counted
from index.records import LANGUAGES, Language

BESIDE = {"note", "where"}
"""Fields that may change without making the question another one."""


class SetError(UsageError):
    """Lines of a set are wrong; all of them are named."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(f"the set {path} has {counted(len(problems), 'problem')}")


def load_set(path: Path) -> QuestionSet:
    """Return the questions of a file.

    Raises:
        SetError: some line is wrong.
        UsageError: it cannot be read.
    """
    questions, problems = read_lines(read_set_text(path))
    if problems:
        raise SetError(path, problems)
    return QuestionSet(path.stem, tuple(questions))


def read_set_text(path: Path) -> str:
    """Return the text of a set.

    Raises:
        UsageError: it cannot be read as UTF-8.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"the set {path} is not a file")
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"the set {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the set {path} is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error


def read_lines(text: str) -> tuple[list[Question], list[Problem]]:
    """Return the questions of a set's text and what is wrong with the other lines, in order.

    Blank lines are skipped. A set without any question has one problem.
    """
    questions: list[Question] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        values, found = parse_line(line)
        key = values.get("id") if isinstance(values.get("id"), str) else None
        found = found or problems_of(values)
        if key is not None and key in first:
            found.append(f"the id was used in line {first[key]} already; give another")
        elif key is not None:
            first[key] = number
        problems += [Problem(number, what, key) for what in found]
        if not found:
            questions.append(_question(values))
    if problems and not questions and _is_one_value(text):
        return [], [Problem(1, "one JSON value over several lines; one question is one line")]
    if not questions and not problems:
        problems.append(
            Problem(1, "the set holds no question; begin one with: interviews eval new FILE")
        )
    return questions, problems


_HALF = re.compile("[\ud800-\udfff]")


def parse_line(line: str) -> tuple[dict[str, Any], list[str]]:
    """Return the object of a line, {} when it holds none, and what is wrong with it as JSON."""
    twice: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        twice.extend(key for key, count in counts.items() if count > 1)
        return dict(pairs)

    try:
        values = json.loads(line, object_pairs_hook=collect)
    except json.JSONDecodeError as error:
        return {}, [_not_json(line, error)]
    except (ValueError, RecursionError):
        return {}, [
            "not JSON that can be read: a number of thousands of digits, or too many brackets"
        ]
    if not isinstance(values, dict):
        return {}, ["not a JSON object; one question is one line: {…}"]
    if _HALF.search(json.dumps(values, ensure_ascii=False)):
        return {}, ["a text holds half a character (a lone surrogate); write it anew"]
    return values, [f"the key {shown(key)} stands twice; keep one of them" for key in twice]


def _is_one_value(text: str) -> bool:
    """Whether several lines together are JSON: printed for reading, or a list of questions."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return "\n" in text.strip()


def _not_json(line: str, error: json.JSONDecodeError) -> str:
    comma = re.search(r",\s*[}\]]", line)
    if comma and comma.start() - 1 <= error.pos <= comma.end():
        return f"a comma too many at character {comma.start() + 1}; take it out"
    if error.msg == "Extra data" and line[error.pos :].strip() == ",":
        return f"a comma too many at character {error.pos + 1}; take it out"
    if error.msg == "Extra data":
        return f"more than an object, from character {error.pos + 1}; one question is one line"
    return f"not JSON: {error.msg} at character {error.pos + 1}; one question is one line"


def _question(values: Mapping[str, Any]) -> Question:
    asked = {
        name: value for name, value in values.items() if name not in {"note", "where"} and value
    }
    canonical = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    return Question(
        id=values["id"],
        kind=values["kind"],
        texts=_texts(values["question"]),
        unanswerable=values["unanswerable"],
        gold=tuple(values["gold"]),
        nuggets=tuple(
            Nugget(
                {language: tuple(nugget[language]) for language in LANGUAGES},
                nugget["vital"],
                nugget["value"]["text"] if nugget.get("value") else None,
            )
            for nugget in values["nuggets"]
        ),
        speaker=values["speaker"],
        also=tuple(values.get("also", ())),
        same=tuple(tuple(group) for group in values.get("same", ())),
        forbidden=tuple(values.get("forbidden", ())),
        history=tuple(
            Turn(_texts(turn["question"]), _texts(turn["answer"]))
            for turn in values.get("history", ())
        ),
        where=tuple(
            (place["interview"], place["section"], place["paragraph"])
            for place in values.get("where", ())
        ),
        note=values.get("note", ""),
        digest=hashlib.sha256(canonical.encode()).hexdigest()[:16],
    )


def _texts(values: Mapping[str, str]) -> dict[Language, str]:
    return {language: values[language] for language in LANGUAGES}
