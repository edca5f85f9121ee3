import numpy as np
import pytest

from index.store.packing import pack_sentences, unpack_sentences


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.uint32)


def test_sentences_of_many_texts_unpack_at_once() -> None:
    texts = [[ids(3, 7), ids(3)], [], [ids(), ids(9)]]

    found = unpack_sentences([pack_sentences(sentences) for sentences in texts])

    assert found.words.tolist() == [3, 7, 3, 9]
    assert found.texts.tolist() == [0, 3, 3, 4]
    assert found.sentences.tolist() == [0, 2, 3, 3, 4]
    assert found.first.tolist() == [0, 2, 2, 4]
    assert found.distinct.tolist() == [2, 0, 1]


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_nothing_unpacks_to_nothing(texts: list[list[np.ndarray]]) -> None:
    found = unpack_sentences([pack_sentences(sentences) for sentences in texts])

    assert len(found.words) == 0
    assert len(found.distinct) == len(texts)
