import pytest

from assistant.chat.keymap import key_name, keys_of
from index.errors import UsageError


def test_a_change_moves_a_command_and_an_empty_one_takes_its_key() -> None:
    keys = keys_of({"copy": "ctrl+g", "around": ""})

    assert keys["copy"] == "ctrl+g"
    assert "around" not in keys
    assert keys["help"] == "f1"


@pytest.mark.parametrize(
    ("written", "key"),
    [("F12", "f12"), (" Ctrl+G ", "ctrl+g"), ("shift+ctrl+f3", "ctrl+shift+f3"), ("", "")],
)
def test_a_key_may_be_written_in_either_case(written: str, key: str) -> None:
    assert keys_of({"copy": written}).get("copy", "") == key


def test_the_key_a_command_has_may_be_named() -> None:
    assert keys_of({"copy": "ctrl+y"}) == keys_of({})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fly": "f5"}, "no command 'fly'"),
        ({"copy": "f1"}, "f1 is for help and for copy"),
        ({"copy": "F1"}, "f1 is for help and for copy"),
        ({"copy": "ctrl+w"}, "ctrl+w edits the prompt"),
        ({"copy": "Ctrl+U"}, "ctrl+u edits the prompt"),
        ({"copy": "enter"}, "enter edits the prompt"),
        ({"copy": "tab"}, "tab edits the prompt"),
        ({"copy": "ctrl+m"}, "ctrl+m edits the prompt"),
        ({"copy": "backspace"}, "backspace edits the prompt"),
        ({"copy": "space"}, "space is typed"),
        ({"copy": "pagedown"}, "moves in lists"),
        ({"copy": "x"}, "x writes a character"),
        ({"copy": "雾"}, "雾 writes a character"),
        ({"copy": "shift+x"}, "shift+x writes a character"),
        ({"copy": "question_mark"}, "question_mark writes a character"),
        ({"copy": "alt+3"}, "alt+3 opens a citation"),
        ({"copy": "nokey+++"}, "no key is called 'nokey+++'"),
        ({"copy": "f25"}, "no key is called 'f25'"),
        ({"copy": "ctrl+没有"}, "no key is called 'ctrl+没有'"),
    ],
)
def test_a_change_that_cannot_work_is_refused_in_a_line(changes: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match="keymap") as error:
        keys_of(changes)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("key", "name"), [("f1", "F1"), ("ctrl+y", "CTRL+Y")])
def test_keys_are_written_as_on_a_keyboard(key: str, name: str) -> None:
    assert key_name(key).upper() == name
