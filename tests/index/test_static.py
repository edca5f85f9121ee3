import json

import numpy as np
import pytest

from index.data import table_path
from index.making.table import fingerprint
from index.static import ABOUT, BLOCK, FACTORS, TABLE, VOCABULARY, StaticEmbedder

EMBEDDER = StaticEmbedder()

TWINS = [
    ("How do farmers store their rice?", "农民怎么储存稻米？"),
    ("The battery lasts ten years.", "这块电池能用十年。"),
    ("Training a model needs many chips.", "训练一个模型需要很多芯片。"),
    ("She teaches music to children.", "她教孩子们音乐。"),
    ("The court has to protect privacy.", "法院必须保护隐私。"),
]


def test_a_text_is_nearest_to_its_twin_in_the_other_language() -> None:
    english = EMBEDDER.embed([twin[0] for twin in TWINS])
    chinese = EMBEDDER.embed([twin[1] for twin in TWINS])

    assert (english @ chinese.T).argmax(axis=1).tolist() == list(range(len(TWINS)))
    assert (chinese @ english.T).argmax(axis=1).tolist() == list(range(len(TWINS)))


def test_rows_are_unit_vectors_of_the_dimension() -> None:
    rows = EMBEDDER.embed(["rice", "稻米", "rice 稻米"])

    assert rows.shape == (3, EMBEDDER.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "。！?", "xqzzyx", "𠔻"])
def test_a_text_without_a_known_word_is_a_row_of_zeros(text: str) -> None:
    rows = EMBEDDER.embed(["rice", text, "稻米"])

    assert not rows[1].any()
    assert rows[[0, 2]].any(axis=1).all()


def test_no_texts_give_no_rows() -> None:
    assert EMBEDDER.embed([]).shape == (0, EMBEDDER.dimension)


def test_a_row_does_not_depend_on_the_others() -> None:
    texts = [f"rice field number {n} 稻米" for n in range(BLOCK + 3)]

    together = EMBEDDER.embed(texts)

    assert together[-1] == pytest.approx(EMBEDDER.embed(texts[-1:])[0], abs=1e-6)


def test_writing_does_not_matter_where_words_are_the_same() -> None:
    rows = EMBEDDER.embed(["訓練晶片", "训练晶片", "ＧＰＵ TRAINING", "gpu training"])

    assert rows[0] == pytest.approx(rows[1])
    assert rows[2] == pytest.approx(rows[3])


def test_a_chinese_compound_without_a_vector_has_that_of_its_parts() -> None:
    whole, known = EMBEDDER.vectors(["稻米电池公司"])
    parts = EMBEDDER.embed(["稻米 电池 公司"])

    assert known.tolist() == [True]
    assert whole[0] == pytest.approx(parts[0], abs=1e-6)


def test_word_vectors_say_which_words_are_known() -> None:
    matrix, known = EMBEDDER.vectors(["rice", "xqzzyx", "稻米"])

    assert known.tolist() == [True, False, True]
    assert matrix[0] @ matrix[2] > 0.5
    assert not matrix[1].any()


@pytest.mark.parametrize(("function", "content"), [("the", "battery"), ("的", "电池")])
def test_function_words_weigh_less_than_content_words(function: str, content: str) -> None:
    assert 0 <= EMBEDDER.weight(function) < EMBEDDER.weight(content) / 3
    assert EMBEDDER.weight(content) <= 1


def test_an_unknown_word_weighs_most() -> None:
    assert EMBEDDER.weight("people") < EMBEDDER.weight("lighthous") < EMBEDDER.weight("xqzzyx") == 1


def test_a_row_weighs_what_its_word_does() -> None:
    (row,) = EMBEDDER.rows("稻米")

    assert EMBEDDER.word(row) == "稻米"
    assert EMBEDDER.row_weight(row) == EMBEDDER.weight("稻米")
    assert EMBEDDER.unit_rows(np.array([row])) == pytest.approx(EMBEDDER.vectors(["稻米"])[0])


def test_the_fingerprint_is_that_of_the_shipped_tables() -> None:
    about = json.loads(table_path(ABOUT).read_text(encoding="utf-8"))
    arrays = (np.load(table_path(name)).tobytes() for name in (TABLE, FACTORS))
    vocabulary = table_path(VOCABULARY).read_bytes()

    assert fingerprint(*arrays, vocabulary, recipe=about["recipe"]) == EMBEDDER.fingerprint


def test_the_vocabulary_is_sorted_by_bytes_one_word_a_row() -> None:
    vocabulary = table_path(VOCABULARY).read_bytes().split(b"\n")

    assert vocabulary == sorted(set(vocabulary))
    assert len(vocabulary) == len(np.load(table_path(TABLE), mmap_mode="r"))
