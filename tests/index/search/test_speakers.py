import pytest

from index.search.speakers import speakers_like

SPEAKERS = ("Ottoline Brandt", "Otto Brand-Meyer", "Host", "主持人", "沈渡", "马斯克", "Ｄａｎａ")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Ottoline Brandt", {"Ottoline Brandt"}),
        ("ottoline brandt", {"Ottoline Brandt"}),
        ("brandt", {"Ottoline Brandt"}),
        ("Otoline Brandt", {"Ottoline Brandt"}),
        ("dana", {"Ｄａｎａ"}),
        ("沈渡", {"沈渡"}),
        ("主持", {"主持人"}),
        ("Musk", {"马斯克"}),
        ("Elon", set()),
        ("", set()),
        ("🙂", set()),
    ],
)
def test_a_name_means_the_speakers_it_is_written_or_sounds_like(name: str, meant: set[str]) -> None:
    assert speakers_like(name, SPEAKERS) == meant
