"""Lines of a set → questions, each checked; every problem is one clear line."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.lines import problems_of
from evals.records import Nugget, Question, QuestionSet, Turn
from index.errors import UsageError
from index.plurals import counted
from index.records import LANGUAGES, Language

BESIDE = {"note", "where"}
"""Fields that may change without making the question another one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a set."""

    line: int
    """From 1."""
    what: str
    id: str | None = None

    def __str__(self) -> str:
        """Return it as one line for a person."""
        return f"line {self.line}{f' ({self.id})' if self.id else ''}: {self.what}"


class SetError(UsageError):
    """Lines of a set are wrong; all of them are named."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
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
        raise UsageError(f"the set {path} is not UTF-8 (byte {error.start})") from error


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
        found, values = list[str](), _parse(line)
        if isinstance(values, str):
            problems.append(Problem(number, values))
            continue
        key = values.get("id") if isinstance(values.get("id"), str) else None
        found += problems_of(values)
        if key is not None and key in first:
            found.append(f"the id was used in line {first[key]} already")
        elif key is not None:
            first[key] = number
        problems += [Problem(number, what, key) for what in found]
        if not found:
            questions.append(_question(values))
    if not questions and not problems:
        problems.append(Problem(1, "the set holds no question"))
    return questions, problems


_HALF = re.compile("[\ud800-\udfff]")


def _parse(line: str) -> dict[str, Any] | str:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        comma = re.search(r",\s*[}\]]", line)
        if comma and comma.start() - 1 <= error.pos <= comma.end():
            return f"a comma too many at character {comma.start() + 1}"
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    except (ValueError, RecursionError):
        return "not JSON that can be read: a number of thousands of digits, or too many brackets"
    if _HALF.search(json.dumps(values, ensure_ascii=False)):
        return "a text holds half a character (a lone surrogate)"
    return values if isinstance(values, dict) else "not a JSON object"


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
