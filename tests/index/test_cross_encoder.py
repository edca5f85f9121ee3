import re

import pytest

from index.cross_encoder import ANSWERED, BORNE_OUT, ROOM, cross_encoder, tokens_about, window

SAID = {
    "en": "Mara: We dug the well in the spring of 2011, and it took eleven weeks.",
    "zh": "马拉：那口井是2011年春天挖的，挖了十一个星期。",
}
ASKED = {
    "en": ("How long did it take to dig the well?", "Who paid for the well?"),
    "zh": ("挖那口井花了多长时间？", "挖井的钱是谁出的？"),
}


@pytest.mark.parametrize("asking", ["en", "zh"])
@pytest.mark.parametrize("saying", ["en", "zh"])
def test_what_answers_is_told_from_what_only_speaks_of_the_matter(asking: str, saying: str) -> None:
    right, near = ASKED[asking]
    scores = cross_encoder().score([(right, SAID[saying]), (near, SAID[saying])])

    assert scores.shape == (2, 2)
    assert scores[0, ANSWERED] > scores[1, ANSWERED]


@pytest.mark.parametrize("saying", ["en", "zh"])
def test_what_is_told_is_told_from_what_is_nowhere(saying: str) -> None:
    pairs = [
        ("The well was finished within three months.", SAID[saying]),
        ("The opera house opened in October.", SAID[saying]),
    ]
    scores = cross_encoder().score(pairs)

    assert scores[0, BORNE_OUT] > scores[1, BORNE_OUT]


def test_a_pair_is_read_alike_alone_and_among_others() -> None:
    pairs = [(ASKED["en"][0], SAID["zh"]), ("?", "x " * 400), ("", "")]
    together = cross_encoder().score(pairs)
    alone = cross_encoder().score(pairs[:1])

    assert together[0] == pytest.approx(alone[0], abs=0.35)
    assert cross_encoder().score([]).shape == (0, 2)


def test_half_a_character_is_no_stumbling_block() -> None:
    assert cross_encoder().score([("\ud83d", "a\ud83d b")]).shape == (1, 2)


@pytest.mark.parametrize(
    "sentence", ["One two three four five six seven. ", "一二三四五六七八九十。"]
)
def test_of_a_long_text_the_sentences_that_come_nearest_are_read(sentence: str) -> None:
    text = sentence * 40
    size = len(sentence)
    spans = [(i * size, i * size + len(sentence.rstrip())) for i in range(40)]
    near = [1.0 if i == 30 else 0.1 for i in range(40)]

    found = window(text, spans, near)

    assert tokens_about(found) <= ROOM
    assert len(re.findall(r"[.。]", found)) > 2
    assert text.index(found) >= 0
    assert window(sentence, spans[:1], near[:1]) == sentence
