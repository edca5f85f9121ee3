import pytest

from index.amounts import amount_terms


@pytest.mark.parametrize(
    ("texts", "term"),
    [
        (["4000亿美元", "$400B", "400 billion dollars", "四千亿"], "#400000000000"),
        (["三成", "30%", "thirty percent", "百分之三十", "３０％"], "#3/10"),
        (["2.5万人", "25,000 people", "twenty-five thousand people", "25000"], "#25000"),
    ],
)
def test_one_amount_is_one_term_however_it_is_written(texts: list[str], term: str) -> None:
    assert [amount_terms(text) for text in texts] == [[term]] * len(texts)


@pytest.mark.parametrize(
    "text", ["", "in 2024", "一个人", "H100", "第三", "3 of us", "hundreds of people", "几百人"]
)
def test_dates_counting_words_and_guesses_are_none(text: str) -> None:
    assert amount_terms(text) == []


def test_amounts_far_apart_come_in_order() -> None:
    assert amount_terms("300万" + "。" * 200 + "2 million") == ["#3000000", "#2000000"]
