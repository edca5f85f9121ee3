"""How near texts come by what they say; on the real encoder."""

import pytest

from assistant.sense import by_sentence, nearest, nearness, sense_of

TEXT = "The bridge hums in winter. He kept bees after he retired. The tea is sold by the jin."


@pytest.mark.parametrize(
    ("claim", "text", "other"),
    [
        ("He became a beekeeper in his old age.", TEXT, "The ferry was late."),
        ("退休后他养起了蜜蜂。", TEXT, "渡轮晚点了。"),
        ("He became a beekeeper in his old age.", "桥冬天会响。他退休以后养蜂。", "渡轮晚点了。"),
        ("退休后他养起了蜜蜂。", "桥冬天会响。他退休以后养蜂。", "The ferry was late."),
    ],
    ids=["en", "zh-en", "en-zh", "zh"],
)
def test_what_is_told_in_other_words_is_near(claim: str, text: str, other: str) -> None:
    assert nearness(claim, text) > nearness(claim, other) + 0.15


def test_the_sentence_that_says_it_is_nearest() -> None:
    assert by_sentence("He looked after bees.", TEXT).argmax() == 1


def test_two_sentences_may_say_it_together() -> None:
    text = "She sold the house. Then she moved to the coast."
    whole = nearness("She sold her home and moved to the coast.", text)

    assert whole > float(by_sentence("She sold her home and moved to the coast.", text).max())


def test_nothing_is_near_to_nothing() -> None:
    assert nearness("anything", "") == 0
    assert nearness("", TEXT) == 0
    assert nearest("anything", []) == 0
    assert len(sense_of("").sentences) == 0
