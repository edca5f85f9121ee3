from pathlib import Path

import pytest

from assistant.chat.crash import KEPT, write_report

SECRET = "sk-abcdef0123456789abcdef"


def fail(length: int) -> None:
    raise ValueError(f"no such thing; key {SECRET}; {length}")


def broken(words: str) -> Exception:
    paragraph = f"what somebody said: {words}"
    with pytest.raises(ValueError, match="no such thing") as caught:
        fail(len(paragraph))
    return caught.value


def test_a_report_says_where_and_neither_words_nor_keys(tmp_path: Path) -> None:
    path = write_report(tmp_path / "crashes", broken("保密的话"), [SECRET])

    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "ValueError: no such thing" in text
    assert "test_crash.py:" in text
    assert "in broken" in text
    assert "保密的话" not in text
    assert SECRET not in text
    assert str(tmp_path) not in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_only_the_last_reports_are_kept(tmp_path: Path) -> None:
    paths = [write_report(tmp_path, broken("x"), ()) for _ in range(KEPT + 3)]

    assert sorted(tmp_path.iterdir()) == sorted(path for path in paths[-KEPT:] if path)


def test_a_folder_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    assert write_report(tmp_path / "file", broken("x"), ()) is None
