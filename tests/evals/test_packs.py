"""Public packs become questions of ours, their gold found by section or by turns."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Source
from evals.packs import read_pack
from evals.questions import SetError
from evals.records import Corpus
from index.errors import UsageError
from tests.evals.world import PARAGRAPHS, TALK

SOURCES = {
    p.id: Source(p, replace(TALK, path="/docs/kiln.md"), section, "")
    for p, section in zip(PARAGRAPHS, (1, 1, 2, 2, 3, 3), strict=True)
}
CORPUS = Corpus("x", SOURCES)


def pack(folder: Path, **values: Any) -> Path:
    line = {"id": "q-1", "lang": "en", "question": "Who paid?", "answers": ["aunt"], **values}
    (folder / "questions.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return folder


def test_gold_by_section_is_the_paragraph_that_begins_so(tmp_path: Path) -> None:
    head = {"en": "My aunt sold"}
    found = read_pack(pack(tmp_path, doc="kiln.md", section_index=1, gold_head=head), CORPUS)
    assert found[0].gold == ("talk:00000004",)
    assert dict(found[0].texts) == {"en": "Who paid?"}


def test_gold_by_section_without_a_head_is_the_whole_section(tmp_path: Path) -> None:
    (found,) = read_pack(pack(tmp_path, doc="kiln.md", section_index=2), CORPUS)
    assert found.gold == ("talk:00000005", "talk:00000006")


def test_gold_by_turns_counts_from_the_first(tmp_path: Path) -> None:
    folder = pack(tmp_path, doc="kiln.md", section_index=None, gold_spans=[[0, 1], [4, 4]])
    (found,) = read_pack(folder, CORPUS)
    assert found.gold == ("talk:00000001", "talk:00000002", "talk:00000005")


def test_unanswerable_kinds_are_ours(tmp_path: Path) -> None:
    folder = pack(tmp_path, doc=None, section_index=None, answerable=False, kind="dropped")
    (found,) = read_pack(folder, CORPUS)
    assert (found.unanswerable, found.gold, found.nuggets) == ("near_miss", (), ())


def test_questions_without_gold_are_left_out(tmp_path: Path) -> None:
    assert read_pack(pack(tmp_path, doc="kiln.md", section_index=None), CORPUS) == ()


def test_gold_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"q-1: its gold is not in other.md"):
        read_pack(pack(tmp_path, doc="other.md", section_index=0), CORPUS)
    with pytest.raises(UsageError, match=r"questions.jsonl cannot be read"):
        read_pack(tmp_path / "nothing", CORPUS)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"lang": "fr"}, "line 1 (q-1): lang is none of en, zh"),
        ({"doc": 3}, "line 1 (q-1): doc is of another type"),
        ({"question": " "}, "line 1 (q-1): the question is empty"),
        ({"question": "谁" * 30_000}, "line 1 (q-1): the question has 30,000 characters"),
        ({"gold_spans": [[1]]}, "line 1 (q-1): gold_spans must be a list of"),
        ({"gold_spans": "x"}, "line 1 (q-1): gold_spans is of another type"),
        ({"id": 3}, "line 1: id is of another type"),
    ],
)
def test_a_wrong_line_of_a_pack_is_named(values: dict[str, Any], told: str, tmp_path: Path) -> None:
    with pytest.raises(SetError) as caught:
        read_pack(pack(tmp_path, **({"doc": "kiln.md"} | values)), CORPUS)
    assert told in str(caught.value.problems[0])


def test_every_wrong_line_of_a_pack_is_named(tmp_path: Path) -> None:
    path = pack(tmp_path, doc="kiln.md", section_index=1) / "questions.jsonl"
    path.write_text(f"{{}}\n{path.read_text('utf-8')}\n[]\n{path.read_text('utf-8')}\n", "utf-8")
    with pytest.raises(SetError) as caught:
        read_pack(tmp_path, CORPUS)
    assert [str(problem) for problem in caught.value.problems] == [
        "line 1: it lacks 'id'",
        "line 3: not a JSON object; one question is one line: {…}",
        "line 4 (q-1): the id was used in line 2 already; give another",
    ]
