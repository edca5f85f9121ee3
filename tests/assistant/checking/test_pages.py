from assistant.checking.check import check_sentence
from assistant.checking.pages import checked_page, checked_values
from assistant.checking.records import CheckedSentence, Claim
from tests.assistant.checking.sources import source

TOLD = source(
    {"en": "My grandfather bought the mill in 1931.", "zh": "磨坊是我祖父1931年买下的。"},
    speaker="Mira",
)


def checked(text: str) -> CheckedSentence:
    return CheckedSentence(Claim(text, (1,)), check_sentence(text, [TOLD]), TOLD)


def test_values_carry_verdict_reasons_and_place() -> None:
    values = checked_values([checked("He bought the mill in 1932."), checked("他1931年买下磨坊。")])

    wrong, right = values["sentences"]
    assert values["counts"] == {
        "supported": 1,
        "partly": 0,
        "unsupported": 1,
        "unverifiable": 0,
    }
    assert wrong["reasons"] == [{"code": "date", "words": "the paragraph says 1931, not 1932"}]
    assert wrong["differs"] == ["1932"]
    assert wrong["source"]["paragraph"] == "mill:00000001"
    assert right["verdict"] == "supported"
    assert right["language"] == "zh"


def test_a_page_speaks_the_language_of_each_sentence() -> None:
    page = checked_page([checked("He bought the mill in 1932."), checked("他1932年买下磨坊。")])

    assert "✗ He bought the mill in 1932.\n  not supported: the paragraph says 1931" in page
    assert "没有依据" in page
    assert "Mira" in page


def test_a_page_shows_no_mark_a_terminal_would_obey() -> None:
    assert "\x1b" not in checked_page([checked("He bought \x1b[31mthe mill in 1931.")])
