"""Counts in English words."""

import pytest

from index.plurals import counted


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 interviews"), (1, "1 interview"), (2, "2 interviews"), (1000, "1000 interviews")],
)
def test_one_is_singular_and_everything_else_plural(count: int, words: str) -> None:
    assert counted(count, "interview") == words
