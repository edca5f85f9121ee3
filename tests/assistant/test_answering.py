import pytest

from assistant.answering import answering

DUG = {
    "en": "We dug the well in the spring of 2011, and it took eleven weeks. ",
    "zh": "那口井是2011年春天挖的，挖了十一个星期。",
}
BESIDE = {
    "en": "Nobody lived there then, and the road ended at the ford. ",
    "zh": "那时候没有人住在那儿，路到渡口就断了。",
}
TOLD = {language: dug + BESIDE[language] * 12 for language, dug in DUG.items()}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How long did digging the well take?", "en"),
        ("How long did digging the well take?", "zh"),
        ("挖那口井花了多长时间？", "zh"),
    ],
)
def test_the_sentences_of_a_long_text_that_answer_are_read(question: str, language: str) -> None:
    beside = "The bus to town leaves at nine." if language == "en" else "去城里的公共汽车九点开。"

    told, other = answering(question, [(TOLD[language], "Mara"), (beside, None)])

    assert told > other


def test_across_the_languages_too_what_answers_comes_before_what_is_near() -> None:
    told = "We dug the well in 2011, and it took eleven weeks."
    near = "We had a well, and the water was good."

    one, other = answering("挖那口井花了多长时间？", [(told, "Mara"), (near, "Mara")])

    assert one > other


def test_a_pair_read_before_says_the_same_again() -> None:
    texts = [(TOLD["en"], "Mara"), (TOLD["en"], "Mara"), (TOLD["zh"], None)]

    first = answering("How long did digging the well take?", texts)

    assert first[0] == first[1]
    assert answering("How long did digging the well take?", texts[:1]) == first[:1]
