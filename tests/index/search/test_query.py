import pytest

from index.dictionary import Dictionary
from index.records import Language
from index.search.query import MAX_CONCEPTS, Concept, concepts, parts, read_query, settle


def plain(_word: str) -> float:
    return 1.0


def looked_for(text: str, language: Language) -> list[Concept]:
    return concepts(read_query(text, plain), language, Dictionary())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Summarize the discussion about storage", ["storag"]),
        ("What was mentioned in conclusion?", ["conclusion"]),
        ("总结他对电池的看法", ["电池"]),
    ],
)
def test_words_about_the_conversation_are_dropped_unless_alone(text: str, words: list[str]) -> None:
    assert list(read_query(text, plain).words) == words


def test_in_its_own_language_a_query_is_its_terms() -> None:
    assert [c.terms for c in looked_for("battery costs", "en")] == [{"battery": 1.0}, {"cost": 1.0}]
    assert [c.word for c in looked_for("电池成本", "zh")] == ["电池", "池成", "成本"]


def test_in_the_other_language_a_word_is_its_translations() -> None:
    (concept,) = looked_for("电池", "en")

    assert concept.how == "translation"
    assert "battery" in concept.terms


def test_an_amount_is_a_concept_in_both_languages() -> None:
    for language in ("en", "zh"):
        amounts = [c for c in looked_for("4000亿", language) if c.how == "number"]
        assert [c.terms for c in amounts] == [{"#400000000000": 1.0}]


def test_a_latin_word_that_stands_in_the_texts_is_its_own_best_translation() -> None:
    asked = Concept("apple", "translation", {"apple": 1.0, "苹果": 0.8})

    (there,) = settle([asked], {"apple", "苹果"})
    (absent,) = settle([asked], {"苹果"})

    assert (there.how, there.terms) == ("word", {"apple": 1.0, "苹果": 0.4})
    assert absent.terms == {"苹果": 0.8}


@pytest.mark.parametrize(
    ("term", "made_of"),
    [
        ("battery", ("battery",)),
        ("电池", ("电池",)),
        ("钟", ("钟",)),
        ("钟表匠", ("钟表", "表匠")),
        ("mv link", ("mv", "link")),
        ("#400", ("#400",)),
    ],
)
def test_parts_of_terms(term: str, made_of: tuple[str, ...]) -> None:
    assert parts(term) == made_of


def test_a_pasted_document_is_searched_by_the_words_that_say_most() -> None:
    text = " ".join(f"word{n}" for n in range(500))
    query = read_query(text, lambda word: float(word == "word400"))

    assert len(query.words) == MAX_CONCEPTS
    assert query.words[0] == "word400"
