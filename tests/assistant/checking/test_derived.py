import pytest

from assistant.checking.derived import is_derived
from assistant.checking.values import values_of


def _told(claim: str, text: str) -> bool:
    values = values_of(claim)
    assert values
    return all(is_derived(value, claim, text) for value in values)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("She waited almost two hours.", "等了一百一十二分钟。"),
        ("她等了将近一小时。", "I sat there for fifty-two minutes."),
        ("The line held for less than half an hour.", "它撑了二十分钟。"),
        ("这条线撑了不到半小时。", "It held for twenty minutes."),
        ("It weighs around thirty thousand tonnes.", "三万一千吨。"),
        ("它有三万来吨。", "It came to thirty-one thousand tonnes."),
        ("He was there for over two months.", "他住了七十一天。"),
        ("They worked in three decades of fog.", "Thirty-one years of it."),
    ],
)
def test_an_amount_said_to_be_rounded_is_told_by_one_near_it(claim: str, text: str) -> None:
    assert _told(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("He left several months later.", "四个月以后他走了。"),
        ("几个月后他走了。", "He left after four months."),
        ("It cost a few million yuan.", "花了三百八十万元。"),
        ("那是几百米长的网。", "Four hundred metres of net."),
        ("The line dates from the 1970s.", "那条线是1974年铺的。"),
        ("那是七十年代的线。", "It was laid in 1974."),
    ],
)
def test_an_order_of_magnitude_is_told_by_what_has_it(claim: str, text: str) -> None:
    assert _told(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Three quarters of the lamps came back.", "卖了八百盏，退回来六百盏。"),
        ("四分之三的灯被退了回来。", "We sold 800 lamps and 600 came back."),
        ("Roughly seven in ten looked away.", "六十一个人里，四十四个没看。"),
        ("差不多每十个人里有七个没看。", "Forty-four of the sixty-one looked away."),
        ("One in five failed.", "一百台里坏了二十台。"),
        ("The fees were nearly twice the damages.", "赔了8000元，律师费15000元。"),
        ("预算超出一半。", "It cost 90 million dollars; the budget was 60 million dollars."),
        ("About two thirds were right.", "三十四次里对了二十三次。"),
    ],
)
def test_a_share_is_told_by_two_amounts(claim: str, text: str) -> None:
    assert _told(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("She waited two hours.", "等了一百一十二分钟。"),
        ("她等了两个小时。", "I sat there for a hundred and twelve minutes."),
        ("She waited almost two hours.", "等了一百三十分钟。"),
        ("It weighs more than thirty tonnes.", "二十八吨。"),
        ("那是几千米长的网。", "Four hundred metres of net."),
        ("The line dates from the 1980s.", "那条线是1974年铺的。"),
        ("A third of the lamps came back.", "卖了八百盏，退回来六百盏。"),
        ("三分之一的灯被退了回来。", "We sold 800 lamps and 600 came back."),
        ("One in five failed.", "一百台里坏了四十台。"),
    ],
)
def test_what_the_amounts_do_not_come_to_is_not_told(claim: str, text: str) -> None:
    assert not _told(claim, text)
