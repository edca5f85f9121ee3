import pytest

from assistant.chat.keymap import key_name, keys_of
from index.errors import UsageError


def test_a_change_moves_a_command_and_an_empty_one_takes_its_key() -> None:
    keys = keys_of({"copy": "ctrl+g", "around": ""})

    assert keys["copy"] == "ctrl+g"
    assert "around" not in keys
    assert keys["help"] == "f1"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fly": "f5"}, "no command 'fly'"),
        ({"copy": "f1"}, "f1 is for help and for copy"),
        ({"copy": "ctrl+w"}, "ctrl+w edits the prompt"),
    ],
)
def test_a_change_that_cannot_work_is_refused(changes: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match="keymap") as error:
        keys_of(changes, taken=("ctrl+w",))
    assert says in str(error.value)


@pytest.mark.parametrize(("key", "name"), [("f1", "F1"), ("ctrl+y", "CTRL+Y")])
def test_keys_are_written_as_on_a_keyboard(key: str, name: str) -> None:
    assert key_name(key).upper() == name
