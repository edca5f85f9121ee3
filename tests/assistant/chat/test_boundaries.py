import pytest

from assistant.chat.boundaries import word_after, word_before, word_spans


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("   ", [], id="blanks"),
        pytest.param("why did prices fall", ["why", "did", "prices", "fall"], id="english"),
        pytest.param("don't re-read it", ["don't", "re-read", "it"], id="inside a word"),
        pytest.param("我们讨论算力成本", ["我们", "讨论", "算力", "成本"], id="chinese"),
        pytest.param("问GPU价格", ["问", "GPU", "价格"], id="crossing"),
        pytest.param("GPU,价格", ["GPU", ",", "价格"], id="marks apart"),
        pytest.param("/find 定价", ["/", "find", "定价"], id="a command"),
        pytest.param("真的？！是", ["真的", "？！", "是"], id="chinese marks"),
        pytest.param("a_b c1", ["a_b", "c1"], id="names"),
    ],
)
def test_words_are_found_in_both_languages(line: str, words: list[str]) -> None:
    assert [line[start:end] for start, end in word_spans(line)] == words


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("why did prices fall", "why did prices "),
        ("why did  ", "why "),
        ("我们讨论算力成本", "我们讨论算力"),
        ("问GPU价格", "问GPU"),
        ("问GPU", "问"),
        ("成本，", "成本"),
        ("", ""),
    ],
)
def test_deleting_a_word_leaves_the_one_before(line: str, left: str) -> None:
    assert line[: word_before(line, len(line))] == left


@pytest.mark.parametrize(
    ("line", "column", "passed"),
    [
        ("why did", 0, "why"),
        ("why did", 3, " did"),
        ("我们讨论算力", 0, "我们"),
        ("我们讨论算力", 2, "讨论"),
        ("问GPU价格", 1, "GPU"),
        ("end  ", 3, "  "),
    ],
)
def test_moving_right_passes_one_word(line: str, column: int, passed: str) -> None:
    assert line[column : word_after(line, column)] == passed


def test_a_segmenter_that_drops_characters_moves_one_by_one() -> None:
    assert word_spans("成本", segment=lambda _: ["成"]) == [(0, 1), (1, 2)]
