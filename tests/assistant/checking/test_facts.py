import pytest

from assistant.checking.clock import find_times, missing_times
from assistant.checking.facts import disputed_values, missing_values
from assistant.checking.values import values_of


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("It makes 10 gigawatts.", "它有10吉瓦。"),
        ("It costs $400B.", "要花4000亿美元。"),
        ("In 2026 it closed.", "二〇二六年关了门。"),
        ("A third of it is left.", "只剩三分之一。"),
        ("It closed in 2021.", "It closed on 3 March 2021."),
        ("那是在3月。", "It was in March 2021."),
        ("全长11.6公里。", "全长十一公里六。"),
        ("等了11分20秒。", "We waited eleven minutes and twenty seconds."),
        ("It sold 3.4 million copies.", "卖了340万份。"),
        ("One of the two boats sank.", "有一条船沉了。"),
    ],
)
def test_a_value_is_told_in_any_notation(claim: str, text: str) -> None:
    assert missing_values(claim, [text], None) == []


@pytest.mark.parametrize(
    ("claim", "text", "code", "told"),
    [
        ("It costs 1.2 billion yuan.", "It costs 1.2 million yuan.", "number", "1.2 million yuan"),
        ("要花120亿元。", "要花120万元。", "number", "120万元"),
        ("It weighs 30 kilograms.", "它重三十吨。", "number", "三十吨"),
        ("要花30欧元。", "It costs 30 dollars.", "unit", "30 dollars"),
        ("It closed in June 2022.", "It closed in June 2021.", "date", "June 2021"),
        ("十六个人走了。", "Six people left.", "number", "Six"),
        ("The gap is four tenths of a centimetre.", "Four tenths of a millimetre.", "number", None),
    ],
)
def test_a_wrong_value_is_named_with_the_one_told(
    claim: str, text: str, code: str, told: str | None
) -> None:
    (difference,) = missing_values(claim, [text], None)

    assert difference.code == code
    if told is not None:
        assert difference.told == told


def test_what_a_speaker_takes_back_is_not_told() -> None:
    text = "We signed in 2018, no, wait, 2019."

    assert missing_values("They signed in 2019.", [text], None) == []
    assert missing_values("They signed in 2018.", [text], None) != []
    assert [v.amount for v in values_of("去年4月……不对，是3月。")] == ["--03"]


def test_last_year_is_the_year_before_the_interview() -> None:
    told = "Last October it froze."

    assert missing_values("It froze in October 2025.", [told], "2026-02-11") == []
    assert missing_values("It froze in October 2024.", [told], "2026-02-11") != []
    assert missing_values("2021年下了霜。", ["去年下了霜。"], "2022-04-09") == []


def test_two_texts_of_a_paragraph_may_differ() -> None:
    texts = ("It sold 340 kilograms.", "卖了34公斤。")

    (difference,) = disputed_values("It sold 340 kilograms.", texts, None)

    assert (difference.code, difference.told) == ("texts_differ", "34公斤")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 3:40", [220]),
        ("凌晨三点四十分", [220]),
        ("at twenty to four", [220]),
        ("早上九点", [540]),
        ("nine the next morning", [540]),
        ("at eleven-forty", [700]),
        ("夜里十一点四十", [700]),
        ("ten past midnight", [10]),
        ("三点一公斤", []),
        ("一点声音也没有", []),
        ("两点五倍", []),
    ],
)
def test_times_of_day_are_equal_across_notations(text: str, minutes: list[int]) -> None:
    assert [time for time, *_ in find_times(text)] == minutes


def test_a_wrong_time_of_day_is_named() -> None:
    (difference,) = missing_times("The lamp went out at 4:40.", ["灯是凌晨三点四十分灭的。"])

    assert (difference.said, difference.told) == ("4:40", "三点四十分")
