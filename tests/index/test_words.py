import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fold import fold
from index.words import content_words, index_terms, query_terms, stem, stop_words, tokens, words

FORMS = [
    pytest.param(["company", "companies"], id="plural-y"),
    pytest.param(["box", "boxes"], id="plural-es"),
    pytest.param(["movie", "movies"], id="plural-ie"),
    pytest.param(["make", "makes", "making", "made"], id="irregular"),
    pytest.param(["run", "runs", "running", "ran"], id="doubled"),
    pytest.param(["hope", "hopes", "hoping", "hoped"], id="lost-e"),
    pytest.param(["train", "trains", "training", "trained"], id="plain"),
    pytest.param(["create", "creates", "creating", "created"], id="ate"),
    pytest.param(["enable", "enables", "enabling", "enabled"], id="ble"),
    pytest.param(["study", "studies", "studying", "studied"], id="y"),
    pytest.param(["gpu", "gpus"], id="short-name"),
    pytest.param(["use", "uses", "using", "used"], id="use"),
    pytest.param(["see", "sees", "seeing", "saw", "seen"], id="see"),
]

APART = [("care", "car"), ("rate", "rat"), ("plane", "plan"), ("news", "new"), ("united", "unit")]
APART += [("universe", "university"), ("business", "busy"), ("thing", "th"), ("king", "k")]


@pytest.mark.parametrize("forms", FORMS)
def test_all_forms_of_a_word_share_a_stem(forms: list[str]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("first", "second"), APART)
def test_different_words_keep_different_stems(first: str, second: str) -> None:
    assert stem(first) != stem(second)


@pytest.mark.parametrize("word", ["算力", "2024", "gpt4", "привет", "a", ""])
def test_only_english_words_are_stemmed(word: str) -> None:
    assert stem(word) == word


TOKENS = [
    pytest.param("Nvidia's 1,000 GPUs", ["nvidia", "1000", "gpus"], id="en-possessive-thousands"),
    pytest.param("They don't, we’ll", ["they", "do", "we"], id="en-contractions"),
    pytest.param("O'Reilly", ["oreilly"], id="en-apostrophe-in-name"),
    pytest.param("C++ and C#, not C", ["cplusplus", "and", "csharp", "not", "c"], id="en-symbols"),
    pytest.param("state-of-the-art", ["state", "of", "the", "art"], id="en-hyphens"),
    pytest.param("GPT-4o in 2024", ["gpt", "4o", "in", "2024"], id="en-names-with-digits"),
    pytest.param("我们训练模型。", ["我们", "训练", "模型"], id="zh-words"),
    pytest.param("我們訓練模型", ["我们", "训练", "模型"], id="zh-traditional"),
    pytest.param("英伟达的芯片", ["英伟达", "的", "芯片"], id="zh-name-kept-whole"),
    pytest.param("用GPU训练", ["用", "gpu", "训练"], id="mixed-scripts-part"),
    pytest.param("привет мир", ["привет", "мир"], id="other-script-whole"),
    pytest.param("", [], id="empty"),
    pytest.param("…!?。", [], id="marks-only"),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_text_is_cut_into_words_by_script(text: str, expected: list[str]) -> None:
    assert tokens(fold(text)) == expected


def test_words_are_the_stems_of_the_tokens() -> None:
    assert words(fold("Companies 训练 models")) == ["company", "训练", "model"]


def test_chinese_is_indexed_as_neighbouring_pairs_and_lone_characters() -> None:
    assert index_terms(fold("人工智能 AI 强")) == ["人工", "工智", "智能", "ai", "强"]


def test_index_terms_hold_only_what_the_word_index_keeps_whole() -> None:
    text = fold("Nvidia’s state-of-the-art GPU，《芯片》 costs $1,000.50!")

    assert all(term.isalnum() for term in index_terms(text))


def test_a_query_looks_for_no_stop_words_and_no_pair_across_one() -> None:
    assert query_terms(fold("What does Nvidia say about inference?")) == ["nvidia", "inferenc"]
    assert query_terms(fold("谁的芯片")) == ["芯片"]
    assert "力的" not in query_terms(fold("算力的成本是什么？"))


@pytest.mark.parametrize("question", ["What is it?", "这是什么？"])
def test_a_question_of_stop_words_is_still_looked_for(question: str) -> None:
    assert query_terms(fold(question)) == index_terms(fold(question))
    assert content_words(fold(question)) == words(fold(question))


def test_content_words_leave_out_stop_words_of_both_languages() -> None:
    assert content_words(fold("Why is the cost so high?")) == ["cost", "high"]
    assert content_words(fold("为什么成本这么高？"))[0] == "成本"


def test_stop_words_are_stems_in_simplified_characters() -> None:
    assert all(fold(stem(word)) == word for word in stop_words())


@given(st.text())
def test_every_query_term_is_an_index_term_of_any_text(text: str) -> None:
    folded = fold(text)

    assert set(query_terms(folded)) <= set(index_terms(folded))


@given(st.text())
def test_words_survive_joining_with_blanks(text: str) -> None:
    assert all(word and not word.isspace() for word in words(fold(text)))
