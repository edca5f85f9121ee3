import json
from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.retrieval import Asked, measure, rows, run, variants
from index.search.score import WEIGHTS

ENGLISH = (
    "### Fog\n\nWe waited eleven hours for the fog to lift.\n\n### Rope\n\nThe rope was hemp.\n"
)
CHINESE = "### 雾\n\n我们等雾散等了十一个小时。\n\n### 绳子\n\n绳子是麻做的。\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    docs = tmp_path / "pack" / "docs"
    docs.mkdir(parents=True)
    (docs / "en.md").write_text(ENGLISH, encoding="utf-8")
    (docs / "zh.md").write_text(CHINESE, encoding="utf-8")
    asked = [
        ("en", "en.md", 1, "What was the rope made of?"),
        ("zh", "zh.md", 1, "绳子是什么做的？"),
        ("zh", "en.md", 0, "等了几个小时？"),
    ]
    lines = [
        {"id": f"q{i}", "lang": lang, "question": text, "answers": [], "doc": doc,
         "section_index": section}
        for i, (lang, doc, section, text) in enumerate(asked)
    ]  # fmt: skip
    (docs.parent / "questions.jsonl").write_text(
        "\n".join(json.dumps(line) for line in lines), encoding="utf-8"
    )
    return docs.parent


def test_a_pack_is_measured_in_each_direction_and_part_by_part(pack: Path) -> None:
    lines = list(run(pack, load_settings({}), sample=None, ablation=True))

    assert [line.split()[0] for line in lines[1:5]] == ["all", "en→en", "zh→en", "zh→zh"]
    assert sum("n  hit@1" in line for line in lines) == len(list(variants()))


def test_one_table_without_the_ablation(pack: Path) -> None:
    lines = list(run(pack, load_settings({}), sample=2, ablation=False))

    assert lines[1].split()[:2] == ["all", "2"]


def test_figures_count_any_gold_within_a_depth() -> None:
    asked = [
        Asked("first", frozenset({"a", "b"}), "en→en", "fact"),
        Asked("second", frozenset({"z"}), "zh→en", "fact"),
    ]
    figures = measure(asked, lambda query: ["x", "b"] if query == "first" else ["x"])

    assert list(figures) == ["all", "en→en", "zh→en"]
    assert figures["en→en"].hits == {1: 0.0, 5: 1.0, 10: 1.0}
    assert figures["en→en"].reciprocal == 0.5
    assert figures["all"].hits[5] == 0.5
    assert len(rows("all", figures)) == 4


def test_kinds_are_shown_when_there_are_several() -> None:
    asked = [Asked(kind, frozenset({"a"}), "en→en", kind) for kind in ("fact", "why")]

    assert list(measure(asked, lambda _: ["a"])) == ["all", "en→en", "kind fact", "kind why"]


def test_every_part_is_weighed_in_some_variant_and_left_out_in_another() -> None:
    tried = dict(variants())

    assert tried["everything"] == WEIGHTS
    for part in WEIGHTS:
        assert any(not weights[part] for weights in tried.values())
