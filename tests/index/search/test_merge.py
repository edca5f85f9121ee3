import numpy as np
import pytest

from index.search.merge import Ranked, one_place_each, spread, yardstick


def ranked(*texts: tuple[int, float, int, int, int]) -> Ranked:
    """Return texts given as (paragraph, score, interview, first, end)."""
    columns = np.array(texts, float).reshape(-1, 5).T
    paragraphs, scores, interviews, first, end = columns
    places = np.arange(len(texts))
    return Ranked(
        paragraphs.astype(int), scores, places % 2, places, interviews.astype(int), first, end
    )


def test_the_answer_does_not_measure_itself() -> None:
    ordinary = np.linspace(0.2, 0.5, 100)

    alone = yardstick(ordinary)
    with_answers = yardstick(np.concatenate([ordinary, [5.0] * 3]))

    assert with_answers.mean == pytest.approx(alone.mean, abs=0.02)
    assert with_answers.deviation == pytest.approx(alone.deviation, rel=0.1)


@pytest.mark.parametrize("scores", [[], [0.4], [0.4, 0.4, 0.4]])
def test_few_texts_are_measured_by_the_usual(scores: list[float]) -> None:
    found = yardstick(np.array(scores))

    assert found.deviation > 0.05
    assert np.all(np.abs(found.measure(np.array(scores))) < 3)


def test_a_paragraph_of_two_texts_keeps_the_better() -> None:
    best = one_place_each(ranked((1, 0.2, 0, 0, 1), (2, 0.5, 0, 1, 2), (1, 0.9, 0, 0, 1)))

    assert best.paragraphs.tolist() == [1, 2]
    assert best.scores.tolist() == [0.9, 0.5]
    assert best.place.tolist() == [2, 1]


def test_one_stretch_of_talk_does_not_take_all_places() -> None:
    texts = ranked((1, 3.0, 7, 0, 9), (2, 2.9, 7, 1, 10), (3, 2.6, 8, 0, 9))

    chosen, scores = spread(texts, 3)

    assert [int(texts.paragraphs[i]) for i in chosen] == [1, 3, 2]
    assert scores == sorted(scores, reverse=True)


def test_the_same_places_of_other_interviews_do_not_overlap() -> None:
    texts = ranked((1, 3.0, 7, 0, 9), (2, 2.9, 8, 0, 9))

    assert spread(texts, 2) == ([0, 1], [3.0, 2.9])


def test_less_than_asked_for_is_all_there_is() -> None:
    assert spread(ranked((1, 1.0, 0, 0, 1)), 10)[0] == [0]
    assert spread(ranked(), 10) == ([], [])
