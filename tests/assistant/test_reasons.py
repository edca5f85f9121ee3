"""Reasons of the check, said again in the other language."""

from typing import get_args

import pytest

from assistant.checking.records import Code, Difference, Reason
from assistant.checking.wording import reason
from assistant.reasons import reasons_in
from index.records import LANGUAGES, Language

OTHER: dict[Language, Language] = {"en": "zh", "zh": "en"}


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("told", ["nine. Or: “ten” 十", "它说“九”", ""])
@pytest.mark.parametrize("code", get_args(Code))
def test_every_reason_is_the_one_the_check_would_give_there(
    code: Code, told: str, written: Language
) -> None:
    difference = Difference(code, "十一 hours", told, 0)

    retold = reasons_in(OTHER[written], [reason(difference, written)], written)

    assert retold == (reason(difference, OTHER[written]).words,)


def test_what_is_in_the_language_already_or_in_no_known_words_stays() -> None:
    given = [Reason("number", "something else"), Reason("part", "not said: x")]

    assert reasons_in("en", given, "en") == ("something else", "not said: x")
    assert reasons_in("zh", given, "en") == ("something else", "没有提到：x")
