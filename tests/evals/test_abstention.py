"""How evidence parts the answerable from the rest: rates, thresholds and reading of questions."""

import json
from pathlib import Path

import pytest

from evals.abstention import (
    ANSWERABLE,
    Asking,
    Weighed,
    auroc,
    main,
    rates,
    read_askings,
    table,
)
from index.errors import UsageError


def weighed(language: str, kind: str, *evidence: float) -> list[Weighed]:
    asking = Asking(language, "?", kind)  # type: ignore[arg-type]  # one of two words
    return [Weighed(asking, value) for value in evidence]


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        pytest.param([2, 3], [0, 1], 1.0, id="apart"),
        pytest.param([0, 1], [2, 3], 0.0, id="the wrong way round"),
        pytest.param([1], [1], 0.5, id="ties are half"),
        pytest.param([0, 2], [1], 0.5, id="between"),
    ],
)
def test_auroc(positive: list[float], negative: list[float], expected: float) -> None:
    assert auroc(positive, negative) == expected


def test_auroc_needs_both_sides() -> None:
    with pytest.raises(ValueError, match="both sides"):
        auroc([], [1])


def test_rates_are_by_language_and_kind() -> None:
    known = weighed("en", ANSWERABLE, *(float(n) for n in range(-1, 9)))
    absent = weighed("en", "absent", -3, -2, 0.5, 5)
    chinese = weighed("zh", "absent", 1)

    answerable, other = rates([*known, *absent, *chinese])

    assert (answerable.kind, answerable.n, answerable.answered) == (ANSWERABLE, 10, 0.9)
    assert (other.n, other.answered, other.answered_at) == (4, 0.5, 0.5)
    assert other.auroc == pytest.approx((10 + 10 + 8 + 3.5) / 40)
    assert "absent" in table([answerable, other])


def test_a_pack_is_its_questions_and_the_unanswerable_beside(tmp_path: Path) -> None:
    lines = [
        {"lang": "en", "question": "Who?", "doc": "a.md"},
        {"lang": "zh", "question": "谁？", "doc": None, "kind": "absent", "answerable": False},
    ]
    (tmp_path / "questions.jsonl").write_text(json.dumps(lines[0]) + "\n", encoding="utf-8")
    (tmp_path / "unanswerable.jsonl").write_text(json.dumps(lines[1]) + "\n", encoding="utf-8")

    folder, askings = read_askings(str(tmp_path))

    assert folder == tmp_path / "docs"
    assert [(a.language, a.kind) for a in askings] == [("en", ANSWERABLE), ("zh", "absent")]


def test_a_bundled_set_is_asked_in_both_languages() -> None:
    _, askings = read_askings("sample")

    assert {asking.language for asking in askings} == {"en", "zh"}
    assert any(asking.history for asking in askings)
    assert {"absent", "near_miss", "off_topic"} <= {asking.kind for asking in askings}


def test_what_is_no_pack_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="no pack"):
        read_askings(str(tmp_path))

    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_pack_is_measured_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "glass.md").write_text(
        "---\ntitle: Glass\n---\n\n### Colour\n\nCobalt oxide colours glass blue.\n",
        encoding="utf-8",
    )
    asked = [
        {"lang": "en", "question": "What colours glass blue?", "doc": "glass.md"},
        {"lang": "en", "question": "Who won the election?", "answerable": False, "kind": "absent"},
    ]
    lines = "\n".join(map(json.dumps, asked))
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")

    assert main([str(tmp_path)]) == 0

    out = capsys.readouterr().out
    assert "answerable" in out
    assert "absent" in out
    assert "1.00" in out
