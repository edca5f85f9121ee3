from pathlib import Path

import pytest

from assistant.chat.choices import FILE, Choices, load_choices, save_choices
from index.errors import UsageError


def test_what_was_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    chosen = Choices(theme="nord", interface="zh", is_beside=False)

    save_choices(tmp_path / "state", chosen)

    assert load_choices(tmp_path / "state") == chosen
    assert (tmp_path / "state" / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": 3}', '{"interface": "fr"}'])
def test_a_file_that_means_nothing_chooses_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    assert load_choices(tmp_path) == Choices()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")

    with pytest.raises(UsageError, match="state"):
        save_choices(tmp_path / "state", Choices())
