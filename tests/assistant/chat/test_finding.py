import pytest

from assistant.chat.finding import Finding, find_in
from index.fold import fold

TEXTS = [fold(text) for text in ("The Fog 大霧", "no wind", "fog again", "渡口的雾", "")]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("fog", (0, 2)),
        ("ＦＯＧ", (0, 2)),
        ("雾", (0, 3)),
        ("大雾", (0,)),
        ("fog  again", (2,)),
        ("again fog", ()),  # as typed, unlike a search
        ("", ()),
        ("   ", ()),
    ],
)
def test_a_phrase_is_found_where_it_stands(words: str, places: tuple[int, ...]) -> None:
    assert find_in(TEXTS, words).places == places


@pytest.mark.parametrize(("place", "found"), [(0, 2), (2, 2), (3, 7), (8, 2)])
def test_one_goes_on_around_the_end(place: int, found: int) -> None:
    assert Finding("x", (2, 7)).at_or_after(place) == found


def test_places_are_numbered() -> None:
    assert [Finding("x", (2, 7)).number(place) for place in (2, 7, 3)] == [1, 2, 0]
