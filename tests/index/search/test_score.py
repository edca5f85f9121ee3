import numpy as np
import pytest

from index.search.closeup import AskedWords, comparison_parts
from index.search.collection import grown_windows
from index.search.score import (
    best_of,
    chance,
    compared,
    cosines,
    rarity,
    saturated,
    without_length,
)
from index.static import bundled
from index.store.packing import pack_sentences, unpack_sentences


def test_what_few_texts_have_weighs_more() -> None:
    assert rarity(1000, 1) > rarity(1000, 10) > rarity(1000, 1000) > 0


def test_an_ordinary_word_weighs_less_even_where_few_texts_have_it() -> None:
    assert rarity(50, 1, chance(0.001)) < rarity(50, 1, chance(0.0))


@pytest.mark.parametrize("having", [0.0, 0.4, 5.0, 5000.0])
def test_rarity_is_never_negative(having: float) -> None:
    assert rarity(5, having, 1.0) >= 0


def test_counts_saturate_and_length_takes_away() -> None:
    counts, lengths = np.array([0.0, 1.0, 2.0, 100.0]), np.full(4, 50.0)

    worth = saturated(counts, lengths, 50.0, k1=1.2, b=0.75)

    assert worth[0] == 0
    assert worth[1] == pytest.approx(1.0)
    assert np.all(np.diff(worth) > 0)
    assert worth[3] < 2.2
    assert saturated(counts, lengths * 4, 50.0, k1=1.2, b=0.75)[1] < worth[1]


def test_the_best_of_each_stretch_and_nothing_of_an_empty_one() -> None:
    values = np.array([0.3, 0.9, 0.2])

    assert best_of(values, np.array([0, 2, 2, 3])).tolist() == [0.9, 0.0, 0.2]


def test_a_row_of_zeros_is_like_nothing() -> None:
    matrix = np.array([[3.0, 0.0], [0.0, 0.0], [0.0, -2.0]], np.float32)

    assert cosines(matrix, np.array([1.0, 0.0], np.float32)).tolist() == [1.0, 0.0, 0.0]


def test_each_word_of_a_query_counts_by_its_most_similar_word() -> None:
    similar = np.array([[1.0, 0.0], [0.5, 0.2], [-1.0, 0.8]])

    means = compared(best_of(similar, np.array([0, 2, 2, 3])), np.array([3.0, 1.0]))

    assert means == pytest.approx([(3 * 1.0 + 0.2) / 4, 0.0, 0.8 / 4])


def test_what_grows_with_length_alone_is_taken_out() -> None:
    sizes = np.array([5.0, 10.0, 50.0, 100.0, 500.0] * 40)
    values = 0.1 + 0.08 * np.log1p(sizes)
    values[7] += 0.3

    left = without_length(values, sizes)

    assert int(np.argmax(left)) == 7
    assert np.abs(np.delete(left, 7)).max() < 0.05


def test_one_text_does_not_explain_itself_away() -> None:
    assert without_length(np.array([0.9]), np.array([20.0]))[0] > 0.2


@pytest.mark.parametrize(
    ("lengths", "interviews", "first", "end"),
    [
        pytest.param([300, 10, 300], [0, 3], [0, 0, 2], [1, 2, 3], id="a long turn is its own"),
        pytest.param([100, 100, 100, 100], [0, 4], [0, 0, 1, 1], [3, 3, 4, 4], id="both sides"),
        pytest.param([10, 10, 10], [0, 1, 3], [0, 1, 1], [1, 3, 3], id="never across interviews"),
    ],
)
def test_windows_grow_until_they_are_full(
    lengths: list[int], interviews: list[int], first: list[int], end: list[int]
) -> None:
    which = np.searchsorted(interviews, np.arange(len(lengths)), "right") - 1
    bounds = np.array(interviews)

    windows = grown_windows(np.array(lengths, float), bounds[which], bounds[which + 1], 250)

    assert all(windows.first <= np.arange(len(lengths)))
    assert windows.end.tolist()[0] == end[0]
    assert all(windows.first >= bounds[which])
    assert all(windows.end <= bounds[which + 1])
    assert windows.lengths.tolist() == [
        sum(lengths[a:b]) for a, b in zip(windows.first, windows.end, strict=True)
    ]
    assert windows.first.tolist()[0] == first[0]


def test_nothing_to_compare_is_no_error() -> None:
    asked = AskedWords.of([], np.zeros(0))
    words = unpack_sentences([pack_sentences([]), pack_sentences([np.array([3], np.uint32)])])

    for part in comparison_parts(asked, words, bundled()).values():
        assert part.tolist() == [0.0, 0.0]


def test_one_close_sentence_counts_more_than_its_words_scattered() -> None:
    table = bundled()
    kiln, stone, rain = (
        np.array(table.rows(word), np.uint32) for word in ("kiln", "stone", "rain")
    )
    asked = AskedWords.of([{int(kiln[0]): 1.0}, {int(stone[0]): 1.0}], np.array([1.0, 1.0]))
    close = [np.concatenate([kiln, stone]), rain]
    scattered = [np.concatenate([kiln, rain]), np.concatenate([stone, rain])]

    found = comparison_parts(
        asked, unpack_sentences([pack_sentences(close), pack_sentences(scattered)]), table
    )

    assert found["closest sentence"][0] == pytest.approx(1.0, abs=1e-5)
    assert found["closest sentence"][0] > found["closest sentence"][1]
    assert found["word by word"][0] == pytest.approx(found["word by word"][1], abs=0.05)


def test_a_word_is_as_alike_as_the_best_of_its_translations() -> None:
    table = bundled()
    (kiln,), (yao,), (rain,) = (table.rows(word) for word in ("kiln", "窑", "rain"))
    asked = AskedWords.of([{kiln: 1.0, yao: 0.9}, {rain: 1.0}], np.array([2.0, 1.0]))

    likeness = asked.likeness(np.array([yao, rain]), table)

    assert likeness.shape == (2, 2)
    assert likeness[0, 0] >= 0.9
    assert likeness[1, 1] == pytest.approx(1.0, abs=1e-5)
