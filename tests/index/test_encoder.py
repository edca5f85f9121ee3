"""The bundled sentence encoder, on its real tables."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.encoder import MOST_TOKENS, sentence_encoder


def cosine(one: str, other: str) -> float:
    first, second = sentence_encoder().encode([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("told", "same", "else_"),
    [
        (
            "She retired to an orchard in the hills.",
            "After she stopped working she moved to a fruit farm.",
            "The ferry was cancelled because of the fog.",
        ),
        (
            "他退休以后在山上种苹果。",
            "不上班了，他就去坡上侍弄果园。",
            "因为大雾，渡轮停航了。",
        ),
        (
            "She retired to an orchard in the hills.",
            "她退休后搬到山里，守着一片果园。",
            "因为大雾，渡轮停航了。",
        ),
        (
            "因为大雾，渡轮停航了。",
            "The ferry did not run, the fog was too thick.",
            "He grows apples now.",
        ),
    ],
    ids=["en", "zh", "en-zh", "zh-en"],
)
def test_a_paraphrase_lies_closer_than_another_matter(told: str, same: str, else_: str) -> None:
    assert cosine(told, same) > cosine(told, else_) + 0.15


def test_the_order_of_words_counts() -> None:
    assert cosine("the dog bit the man", "the man bit the dog") < 0.999


def test_rows_are_unit_vectors_and_empty_texts_are_nothing() -> None:
    rows = sentence_encoder().encode(["Hello.", "", "  \n", "你好。", "🙂\ud800", "\ud800"])

    assert rows.shape == (6, sentence_encoder().dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0, 1, 1, 0], abs=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert sentence_encoder().encode([]).shape == (0, sentence_encoder().dimension)


def test_a_text_gets_the_same_row_whatever_stands_beside_it() -> None:
    texts = ["A short one.", "另一句话。" * 20, "A longer one, with a comma and a clause.", "三。"]
    together = sentence_encoder().encode(texts)
    alone = np.concatenate([sentence_encoder().encode([text]) for text in texts])

    assert together == pytest.approx(alone, abs=1e-5)


def test_full_width_and_half_width_are_the_same() -> None:
    assert cosine("Ｎｏｉｓｅ　ｉｓ　ｔｈｅ　ａｄｄｒｅｓｓ", "Noise is the address") > 0.999


def test_a_text_without_end_costs_no_more_than_its_beginning() -> None:
    endless = "word " * 100_000
    first = "word " * MOST_TOKENS

    assert cosine(endless, first) == pytest.approx(1, abs=1e-5)


def test_threads_share_it() -> None:
    texts = [f"Sentence number {number} is about tea." for number in range(40)]
    expected = sentence_encoder().encode(texts)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: sentence_encoder().encode([text])[0], texts))

    assert np.array(found) == pytest.approx(expected, abs=1e-5)
