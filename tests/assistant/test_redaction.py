"""No key leaves the program, and no ordinary word is taken for one."""

import pytest

from assistant.redaction import redact, redact_all, secrets_of

KEYS = [
    "sk-proj-4f9a1c7e2b8d4f9a1c7e2b8d",
    "sk-abcd****************wxyz",
    "gsk-0123456789abcdef",
    "AIzaSyA0123456789abcdefghijklmnopqrstu",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", ["Incorrect key {}.", "密钥{}错误", '{{"api_key": "{}"}}'])
def test_what_looks_like_a_key_goes(key: str, text: str) -> None:
    if text.startswith("密"):
        text = text.replace("{}", " {} ")
    assert key not in redact(text.format(key))
    assert "…" in redact(text.format(key))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abc.def-ghi_jkl", "Authorization: Bearer …"),
        ("http://me:secret@host:1/v1", "http://…@host:1/v1"),
        ("api_key='hunter2hunter2'", "api_key='…'"),
    ],
)
def test_what_is_named_as_one_goes(text: str, left: str) -> None:
    assert redact(text) == left


def test_known_ones_go_whatever_they_look_like() -> None:
    assert redact("你好 tea-and-frost 再见", {"tea-and-frost", "tea"}) == "你好 … 再见"


@pytest.mark.parametrize(
    "text",
    [
        "The task-force-of-2024-and-2025 met; sk-learn is a library.",
        "他说：“密钥在哪里？”The key is under the mat. Bearer bonds fell.",
        "https://example.org/a@b and someone@example.org",
        "The password: he forgot.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text) == text


def test_everything_in_a_record_is_looked_through() -> None:
    key = KEYS[0]
    record = {"a": [key, {"b": f"x {key} y"}], key: 1, "n": None, "t": (key,)}

    assert redact_all(record) == {"a": ["…", {"b": "x … y"}], "…": 1, "n": None, "t": ["…"]}


def test_the_environment_tells_which_values_are_keys() -> None:
    environment = {
        "OPENAI_API_KEY": " hidden-hidden ",
        "HF_TOKEN": "also-hidden",
        "openai_key": "lower-case",
        "SHORT_KEY": "tea",
        "KEYBOARD": "mechanical",
        "HOSTNAME": "a-machine-of-mine",
    }

    assert secrets_of(environment) == {"hidden-hidden", "also-hidden", "lower-case"}
