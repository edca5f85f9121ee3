"""A person's own questions: a file to begin with."""

import json
from pathlib import Path

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
