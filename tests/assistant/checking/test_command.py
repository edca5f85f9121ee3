import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli.check import check
from index.errors import UsageError

DRAFT = """# Draft

The joint was lifted in October 2025 and cost 1.9 million euros [cable-02-tobias-reinholt:78a5c5b4].
The void was four tenths of a metre wide 【cable-02-tobias-reinholt:78a5c5b4】.
韩知遥当过九年护士。
Let me know if you need more!
"""


def run(store: Path, draft: Path, *flags: str) -> tuple[int, str]:
    runner = CliRunner()
    called = runner.invoke(
        check, [str(draft), "--store", str(store), *flags], standalone_mode=False
    )
    if called.exception is not None:
        raise called.exception
    return int(called.return_value), called.stdout


def test_a_draft_is_checked_sentence_by_sentence(sample_store: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT, encoding="utf-8")

    code, out = run(sample_store, draft, "--json")

    found = [(s["text"][:12], s["verdict"]) for s in json.loads(out)["sentences"]]
    assert code == 3
    assert ("The joint wa", "supported") in found
    assert ("The void was", "unsupported") in found
    assert ("Let me know ", "unverifiable") in found


def test_the_page_names_what_differs(sample_store: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "冷藏背包卖出去了很多个【hospital-02-han-zhiyao:836824b9】。", encoding="utf-8"
    )

    code, out = run(sample_store, draft)

    assert code == 3
    assert "没有依据" in out
    assert "hospital-02-han-zhiyao:836824b9" in out


def test_a_list_of_sources_gives_numbers_their_paragraphs(
    sample_store: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Captain Reinholt coughed [1]. So did the cook [9].\n\nSources:\n\n"
        "[1] Tobias Reinholt · Harbour Nights · §5 The cough · cable-02-tobias-reinholt:be4a793a\n"
        "    I did. It was me.\n",
        encoding="utf-8",
    )

    _, out = run(sample_store, draft, "--json")

    first, second = json.loads(out)["sentences"]
    assert first["source"]["paragraph"] == "cable-02-tobias-reinholt:be4a793a"
    assert [reason["code"] for reason in second["reasons"]].count("citation") == 1
    assert (first["unresolved"], second["unresolved"]) == ([], [9])


@pytest.mark.parametrize(
    ("text", "unresolved", "words"),
    [
        ("Kettle Point has 208 tanks [99].", [99], ["no source has the number 99"]),
        ("Kettle Point has 208 tanks.", [], []),
        (
            "韩知遥当过九年护士【7】[98-99][hospital-02-han-zhiyao:00000000]。",
            [7, 98, 99, "hospital-02-han-zhiyao:00000000"],
            ["没有编号为7的出处", "没有编号为98的出处", "没有编号为99的出处"],
        ),
    ],
    ids=["en", "uncited", "zh"],
)
def test_each_marker_that_names_no_paragraph_is_reported(
    sample_store: Path, tmp_path: Path, text: str, unresolved: list[object], words: list[str]
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")

    _, page = run(sample_store, draft)
    _, out = run(sample_store, draft, "--json")

    (sentence,) = json.loads(out)["sentences"]
    assert sentence["unresolved"] == unresolved
    reasons = [each["words"] for each in sentence["reasons"] if each["code"] == "citation"]
    assert len(reasons) == len(unresolved)
    for line in words:
        assert line in reasons
        assert "".join(line.split()) in "".join(page.split())


def test_an_empty_draft_is_misused(sample_store: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("---\n", encoding="utf-8")

    with pytest.raises(UsageError, match="no sentence"):
        run(sample_store, draft)
