import pytest

from index.names import chinese_names, latin_names, sound, sounding
from index.words import tokens


@pytest.mark.parametrize(
    ("chinese", "latin"),
    [
        ("马斯克", "Musk"),
        ("布拉德", "Brad"),
        ("埃隆", "Elon"),
        ("扎克伯格", "Zuckerberg"),
        ("贾里德", "Jared"),
        ("特斯拉", "Tesla"),
        ("克拉克", "Clark"),
    ],
)
def test_a_name_sounds_nearly_alike_in_both_scripts(chinese: str, latin: str) -> None:
    one, other = sound(chinese), sound(latin)

    assert one[0] == other[0] or {one[0], other[0]} <= set("JSD")
    assert set(one) & set(other)


def test_case_and_width_do_not_change_a_sound() -> None:
    assert sound("MUSK") == sound("Ｍｕｓｋ") == sound("musk")


def test_latin_names_are_capitalised_words_each_once() -> None:
    assert latin_names("Mira met Mira and Jo in Oslo.") == ["Mira", "Oslo"]


def test_chinese_names_are_runs_of_the_characters_of_foreign_names() -> None:
    assert chinese_names(tokens("他见到了布兰特和马斯克。")) == ["布兰特", "马斯克"]


def test_skeletons_too_short_to_tell_are_left_out() -> None:
    assert sounding(["Io", "Musk"]) == {"Musk": sound("Musk")}
