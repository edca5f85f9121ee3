"""A person's own questions: a file to begin with, and what is wrong with one, line by line."""

import json
from pathlib import Path

from evals.corpus import fit, mistakes, read_moves
from evals.questions import Problem, read_lines, read_set_text
from evals.records import Corpus
from index.errors import UsageError

TEMPLATE = (
    {
        "id": "mine-001",
        "kind": "fact",
        "question": {"en": "Who fixed the pump?", "zh": "水泵是谁修好的？"},
        "answerable": True,
        "unanswerable": None,
        "gold": ["<interview>:<anchor>"],
        "nuggets": [{"en": ["her brother"], "zh": ["她哥哥"], "vital": True, "value": None}],
        "forbidden": ["her uncle"],
        "speaker": None,
        "note": "the paragraph ids are in: interviews show INTERVIEW",
    },
    {
        "id": "mine-002",
        "kind": "number",
        "question": {"en": "What did the new roof cost?", "zh": "换新屋顶花了多少钱？"},
        "answerable": False,
        "unanswerable": "near_miss",
        "gold": [],
        "nuggets": [],
        "speaker": None,
        "note": "the interviews talk of the roof and never of its price",
    },
)


def write_template(path: Path) -> None:
    """Write two lines to change: a question the interviews answer, and one they do not.

    Raises:
        UsageError: the file cannot be written.
    """
    lines = [json.dumps(line, ensure_ascii=False) for line in TEMPLATE]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def check_file(path: Path, corpus: Corpus) -> tuple[int, list[Problem]]:
    """Return how many questions a file holds, and what is wrong with it, in order of line."""
    text = read_set_text(path)
    questions, problems = read_lines(text)
    fitted = fit(tuple(questions), corpus, read_moves(path))
    lines = _lines_of(text)
    for question in fitted.questions:
        lost = fitted.vanished.get(question.id, ())
        wrong = [f"there is no paragraph {name}" for name in lost]
        wrong += [] if lost else mistakes(question, corpus)
        problems += [Problem(lines[question.id], what, question.id) for what in wrong]
    return len(questions), sorted(problems, key=lambda problem: problem.line)


def _lines_of(text: str) -> dict[str, int]:
    """Return the line of each id, among lines that are JSON."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict) and isinstance(values.get("id"), str):
            found.setdefault(values["id"], number)
    return found
