import numpy as np
import pytest

from index.names import sound
from index.search.names import encoded, name_concepts, similarities
from index.search.query import read_query
from index.static import bundled


def similarity(one: str, other: str) -> float:
    return float(similarities(one, encoded([other]))[0])


def test_equal_skeletons_are_wholly_alike() -> None:
    assert similarity("MSK", "MSK") == 1.0


def test_a_lost_sound_costs_less_than_a_foreign_one() -> None:
    assert similarity("KLBT", "KBT") > similarity("KLBT", "KMBT")


@pytest.mark.parametrize("other", ["MSK", "JNSN", "BLNT", "S"])
def test_likeness_has_no_direction(other: str) -> None:
    assert similarity("BLND", other) == pytest.approx(similarity(other, "BLND"))


def test_many_are_compared_at_once_as_each_alone() -> None:
    skeletons = ["MSK", "BLND", "LT", "KNDNS"]

    found = similarities("BLNT", encoded(skeletons))

    assert np.allclose(found, [similarity("BLNT", other) for other in skeletons])


@pytest.mark.parametrize(
    ("query", "language", "names", "term"),
    [
        ("Who is Brandt?", "zh", ["布兰特", "马斯克"], "布兰特"),
        ("马斯克说了什么？", "en", ["Musk", "Brandt"], "musk"),
        ("What did Sundar say?", "en", ["Sunund", "Brandt"], "sunund"),
    ],
)
def test_names_meet_across_scripts_and_slips(
    query: str, language: str, names: list[str], term: str
) -> None:
    known = {name: sound(name) for name in names}

    found = name_concepts(read_query(query, lambda _: 1.0), language, known, bundled())  # type: ignore[arg-type]

    assert [list(concept.terms) for concept in found] == [[term]]
    assert {concept.how for concept in found} == {"name"}


@pytest.mark.parametrize("query", ["what is it about?", "Yesterday was Monday", "他是谁？", ""])
def test_ordinary_words_are_no_names(query: str) -> None:
    known = {"Musk": "MSK", "马斯克": "MSK"}
    read = read_query(query, lambda _: 1.0)

    assert name_concepts(read, "en", known, bundled()) == []
    assert name_concepts(read, "zh", known, bundled()) == []
