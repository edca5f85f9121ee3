"""The words for a model: whole in both languages, and no placeholder left open or unused."""

import re

import pytest

import prompts

NAMES = prompts.names()
PAIRS = [(name, re.sub(r"\.en(?=#|$)", ".zh", name)) for name in NAMES if ".en" in name]


def filled(name: str) -> str:
    return prompts.render(name, **dict.fromkeys(prompts.placeholders(name), "FILLED"))


@pytest.mark.parametrize("name", NAMES)
def test_every_placeholder_is_filled(name: str) -> None:
    text = filled(name)

    assert text
    assert "$" not in text
    assert text.count("FILLED") >= len(prompts.placeholders(name))


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_placeholders(english: str, chinese: str) -> None:
    assert prompts.placeholders(english) == prompts.placeholders(chinese)


def test_every_prompt_has_a_twin() -> None:
    assert sorted(name for pair in PAIRS for name in pair) == sorted(NAMES)


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_each_is_in_its_language(english: str, chinese: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", filled(english))
    if re.search("[a-z]", filled(english)):  # some are marks alone
        assert re.search(r"[\u4e00-\u9fff]", filled(chinese))


def test_a_missing_or_unused_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="number"):
        prompts.render("notes.en#no_evidence")
    with pytest.raises(ValueError, match="more"):
        prompts.render("notes.en#no_evidence", number=1, more=2)


def test_values_are_not_looked_at() -> None:
    assert "$number ${x}" in prompts.render("notes.en#no_evidence", number="$number ${x}")


@pytest.mark.parametrize("name", ["nothing", "notes.en", "notes.en#nothing", "../prompts/agent.en"])
def test_an_unknown_prompt_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="no prompt"):
        prompts.render(name)


def test_every_prompt_has_a_fingerprint_of_its_own() -> None:
    found = prompts.fingerprints()

    assert found.keys() == set(NAMES)
    assert len(set(found.values())) >= len(NAMES) - 2
    assert all(re.fullmatch("[0-9a-f]{12}", value) for value in found.values())
