"""Names in one script, found in the other."""

import re

import pytest

from assistant.asked import tables
from assistant.called import called_in_chinese, called_in_english, names_in, sounding_alike
from assistant.romanised import is_surname, spellings, surnames, syllables, written


@pytest.mark.parametrize(
    ("word", "characters"), [("lingyi", "令仪"), ("tao", "陶"), ("xian", "西安"), ("lv", "吕")]
)
def test_a_spelling_finds_its_characters(word: str, characters: str) -> None:
    pattern = written(word)
    assert pattern is not None
    assert re.fullmatch(pattern, characters)


@pytest.mark.parametrize("word", ["frost", "reinholt", "", "q" * 99])
def test_other_words_are_no_pinyin(word: str) -> None:
    assert written(word) is None
    assert syllables(word) == 0


def test_characters_have_their_spellings() -> None:
    assert "lingyi" in spellings("令仪")
    assert spellings("wing") == spellings("") == []
    assert is_surname("陶")
    assert "陶" in surnames("tao")


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        pytest.param("What does Tao Lingyi build?", "lingyi", "陶令仪造船", id="family name first"),
        pytest.param("What does Lingyi Tao build?", "tao", "陶令仪造船", id="family name last"),
        pytest.param("Does Auntie Tao knit?", "tao", "陶嬢嬢织毛衣", id="family name alone"),
    ],
)
def test_a_name_in_pinyin_is_found_in_chinese(question: str, word: str, text: str) -> None:
    found = called_in_chinese(question, tables()[1])

    assert any(re.search(pattern, text) for pattern, _ in found[word])


def test_english_words_are_no_names() -> None:
    assert called_in_chinese("Did the song last long?", tables()[1]) == {}


@pytest.mark.parametrize(
    ("word", "spelled"), [("陶令仪", "lingyi"), ("老陶", "tao"), ("陶", "tao")]
)
def test_a_chinese_name_is_spelled(word: str, spelled: str) -> None:
    dictionary, table = tables()

    assert spelled in called_in_english([word], dictionary, table)[word]


def test_ordinary_chinese_words_are_not_spelled() -> None:
    assert called_in_english(["高兴", "木船", "boat"], *tables()) == {}


def test_a_foreign_name_is_told_by_its_sound() -> None:
    table = tables()[1]
    english = names_in(["Odalys Brandt and Reinholt were late."], table)
    chinese = names_in(["雷因霍尔特船长来晚了。"], table)

    assert ("雷因霍尔特", "reinholt") in sounding_alike("雷因霍尔特迟到了吗？", english, table)
    assert "Odalys" in english["en"]
    assert all("traditional" not in other for _, other in sounding_alike("", chinese, table))
