import pytest

from index.search.copies import without_copies

EN = (
    "We fired the kiln with olive stones all winter, because they burn hotter than birch and"
    " cost us nothing at all."
)
ZH = (
    "那年冬天我们一直用橄榄核烧窑，因为它比桦木烧得更旺，一分钱也不用花，灰还特别少，烧完窑里"
    "干干净净的，连扫都不用扫，邻居们看了都说稀奇，后来整个镇子都跟着我们学起来了。"
)


@pytest.mark.parametrize("text", [EN, ZH], ids=["en", "zh"])
def test_the_same_words_take_one_place(text: str) -> None:
    assert without_copies([text, "Something else.", text, f"{text}!"]) == [0, 1]


def test_traditional_and_full_width_are_the_same_words() -> None:
    assert without_copies([ZH, ZH.replace("来", "來").replace("烧", "燒").replace("，", ",")]) == [
        0
    ]


@pytest.mark.parametrize("text", ["Yes, exactly.", "对，没错。"])
def test_short_turns_are_everybodys(text: str) -> None:
    assert without_copies([text, text]) == [0, 1]


def test_another_answer_to_the_same_question_stays() -> None:
    other = "We fired the kiln with birch all winter, because nobody had told us of olive stones."

    assert without_copies([EN, other]) == [0, 1]


def test_nothing_has_no_copies() -> None:
    assert without_copies([]) == []
