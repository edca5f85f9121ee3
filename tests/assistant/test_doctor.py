from pathlib import Path

import pytest

from assistant.doctor import Finding, examine
from assistant.settings import Settings


def states(findings: list[Finding]) -> dict[str, str]:
    return {finding.name: finding.state for finding in findings}


def test_before_anything_was_indexed_the_store_is_only_noted(tmp_path: Path) -> None:
    findings = list(examine(Settings(store=tmp_path / "none"), {}))

    assert states(findings)["store"] == "note"
    assert "wrong" not in states(findings).values()
    assert not (tmp_path / "none").exists()


def test_a_strangers_folder_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "interviews.sqlite").write_text("not a database at all, but long enough to read")

    findings = list(examine(Settings(store=tmp_path), {}))

    assert states(findings)["store"] == "wrong"


@pytest.mark.parametrize(
    ("embedder", "state"),
    [("bundled", "ok"), ("http://127.0.0.1:1/v1#m", "note"), ("nonsense", "wrong")],
)
def test_where_texts_would_go_is_said(tmp_path: Path, embedder: str, state: str) -> None:
    findings = list(examine(Settings(store=tmp_path / "none", embedder=embedder), {}))

    assert states(findings)["network"] == state


def test_what_the_chat_does_here_is_said(tmp_path: Path) -> None:
    environment = {
        "INTERVIEWS_STATE": str(tmp_path / "state"),
        "TERM_PROGRAM": "iTerm.app",
        "SSH_TTY": "/dev/pts/1",
    }
    findings = list(examine(Settings(store=tmp_path / "none"), environment))
    words = {finding.name: finding.words for finding in findings}

    assert words["history"].endswith("(none yet)")
    assert "not used" in words["keyboard"]
    assert "OSC 52" in words["clipboard"]
    assert "quoted" in words["answers"]
    assert not (tmp_path / "state").exists()


def test_a_history_that_cannot_be_read_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_text("not a database at all, but long enough to be read")

    findings = list(examine(Settings(store=tmp_path / "none"), {"INTERVIEWS_STATE": str(tmp_path)}))

    assert states(findings)["history"] == "wrong"


def test_with_a_model_named_it_is_said_where_paragraphs_go(tmp_path: Path) -> None:
    settings = Settings(
        store=tmp_path / "none", model="some-model", base_url="http://127.0.0.1:9/v1"
    )
    words = {finding.name: finding.words for finding in examine(settings, {})}

    assert "http://127.0.0.1:9/v1" in words["answers"]
