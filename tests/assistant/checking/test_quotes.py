import pytest

from assistant.checking.quotes import altered_quotes, is_long, is_verbatim

ENGLISH = "He said nothing. Then: “The lamp, you see, was never meant to last.” I went home."
CHINESE = "他什么也没说。后来他讲：「灯本来就没打算用一辈子啊。」我就回家了。"


@pytest.mark.parametrize(
    "claim",
    [
        'He said "the lamp, you see, was never meant to last".',
        "He said: “The lamp you see was never meant to last.”",
        'He said "The lamp … was never meant to last".',
        "He told her: 'The lamp, you see, was never meant to last.'",
        "他说：“灯本来就没打算用一辈子啊”。",
        "他說：『燈本來就沒打算用一輩子啊』。",
        "他提到了“灯”。",
        "It isn't the owner's lamp, and she wouldn't say whose it was.",
    ],
)
def test_exact_words_pass_in_any_marks_width_and_script(claim: str) -> None:
    assert altered_quotes(claim, [ENGLISH, CHINESE]) == []


@pytest.mark.parametrize(
    ("claim", "real"),
    [
        ('He said "the lamp was always meant to last".', "The lamp, you see"),
        ("He said: 'The lamp, you see, was meant to last.'", "The lamp, you see"),
        ("他说：“灯本来就打算用一辈子啊”。", "灯本来就没打算"),
        ("他说：「灯本来就没打算用两辈子啊」。", "灯本来就没打算"),
    ],
)
def test_altered_words_come_with_the_real_ones(claim: str, real: str) -> None:
    ((_, _, nearest),) = altered_quotes(claim, [ENGLISH, CHINESE])

    assert real in nearest


def test_short_quotations_are_names_and_terms() -> None:
    assert not is_long("Little Anna")
    assert not is_long("有人来接")
    assert is_long("four words are enough")
    assert is_long("八个汉字就够长了")


def test_only_whole_sentences_are_verbatim() -> None:
    text = "If he had sold the mill, he would have left. He stayed."

    assert is_verbatim("He stayed.", text)
    assert is_verbatim("If he had sold the mill, he would have left. He stayed", text)
    assert not is_verbatim("He had sold the mill", text)
