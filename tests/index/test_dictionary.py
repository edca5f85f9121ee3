import pytest

from index.data import read_lines, table_path
from index.dictionary import TABLE, Dictionary
from index.errors import UsageError
from index.fold import fold
from index.words import stem, words

DICTIONARY = Dictionary()

PAIRS = [
    ("money", "钱"),
    ("company", "公司"),
    ("training", "训练"),
    ("inference", "推理"),
    ("invest", "投资"),
    ("cost", "成本"),
    ("nvidia", "英伟达"),
    ("chip", "芯片"),
    ("farmer", "农民"),
    ("music", "音乐"),
]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_word_finds_its_translation_in_both_directions(english: str, chinese: str) -> None:
    assert chinese in DICTIONARY.translations(stem(english))
    assert stem(english) in DICTIONARY.translations(chinese)


@pytest.mark.parametrize("word", ["money", "train", "钱", "打", "大语言模型", "machin learn"])
def test_weights_are_probabilities_best_first(word: str) -> None:
    weights = list(DICTIONARY.translations(word).values())

    assert sum(weights) == pytest.approx(1.0)
    assert weights == sorted(weights, reverse=True)


def test_the_word_people_say_comes_before_rare_ones() -> None:
    money = list(DICTIONARY.translations("money"))

    assert money[0] == "钱"


def test_a_phrase_is_translated_as_a_whole_besides_its_words() -> None:
    found = DICTIONARY.translate(words("artificial intelligence"))

    assert [t.words for t in found] == [
        ("artificial",),
        ("intelligenc",),
        ("artificial", "intelligenc"),
    ]
    assert next(iter(found[-1].weights)) == "人工智能"


def test_the_longest_phrase_wins_over_those_inside_it() -> None:
    phrases = [t.words for t in DICTIONARY.translate(words("large language model")) if t.words[1:]]

    assert phrases == [("larg", "languag", "model")]


def test_a_compound_the_dictionary_lacks_is_answered_by_its_parts() -> None:
    assert "数据公司" not in DICTIONARY
    assert DICTIONARY.known_parts("数据公司") == ["数据", "公司"]
    assert {"data", "company"} <= set(DICTIONARY.translations("数据公司"))


@pytest.mark.parametrize("word", ["xyzzyx", "", "12345", "\t", "\n", "привет", "𠔻𠔻"])
def test_the_unknown_has_no_translation(word: str) -> None:
    assert DICTIONARY.translations(word) == {}
    assert DICTIONARY.translate([word]) == []


def test_the_first_and_the_last_line_are_found() -> None:
    lines = read_lines(TABLE)

    for line in (lines[0], lines[-1]):
        assert DICTIONARY.translations(line.split("\t")[0])


def test_the_table_is_sorted_by_bytes_and_folded() -> None:
    keys = [line.split("\t")[0] for line in read_lines(TABLE)]

    assert [key.encode() + b"\t" for key in keys] == sorted(key.encode() + b"\t" for key in keys)
    assert all(fold(key) == key for key in keys)


def test_a_missing_table_says_what_to_do() -> None:
    with pytest.raises(UsageError, match=r"absent\.tsv is missing from this installation"):
        table_path("absent.tsv")
