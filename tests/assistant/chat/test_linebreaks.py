import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.linebreaks import break_offsets, typed_units, units


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines(text: str, width: int) -> list[str]:
    offsets = [0, *break_offsets(text, width, cells), len(text)]
    return [text[a:b].rstrip() for a, b in pairwise(offsets)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("prices fell fast", ["prices ", "fell ", "fast"], id="english"),
        pytest.param("价格下降", ["价", "格", "下", "降"], id="chinese"),
        pytest.param("价格，下降。", ["价", "格，", "下", "降。"], id="closing marks stay left"),
        pytest.param("说（价格）", ["说", "（价", "格）"], id="opening marks stay right"),
        pytest.param("说“好”。", ["说", "“好”。"], id="curly quotes"),
        pytest.param("用GPU，快", ["用", "GPU，", "快"], id="crossing"),
        pytest.param("很贵[1][12]。但", ["很", "贵[1][12]。", "但"], id="citations"),
        pytest.param("他——是", ["他——", "是"], id="a dash is not halved"),
        pytest.param("don’t say “no”", ["don’t ", "say ", "“no”"], id="english quotes"),
        pytest.param("涨了3.5%。", ["涨", "了", "3.5%。"], id="numbers"),
        pytest.param("   ", [], id="blanks"),
        pytest.param("价\u3000格", ["价\u3000", "格"], id="wide blank"),
    ],
)
def test_units_follow_both_scripts(text: str, found: list[str]) -> None:
    assert [unit for _, _, unit in units(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("  价格 a", ["  ", "价", "格 ", "a"]), ("   ", ["   "]), ("", []), ("fell", ["fell"])],
)
def test_blanks_that_are_typed_are_units(text: str, found: list[str]) -> None:
    assert [unit for _, _, unit in typed_units(text)] == found
    assert all(text[start:end] == unit for start, end, unit in typed_units(text))


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("In 2023 算力的价格下降了", 12, ["In 2023 算力", "的价格下降了"]),
        ("价格下降了。", 10, ["价格下降", "了。"]),
        ("价格下（降）了", 8, ["价格下", "（降）了"]),
        ("prices fell", 6, ["prices", "fell"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("算力https://example.org", 8, ["算力", "https://", "example.", "org"]),
        ("", 8, [""]),
    ],
)
def test_lines_are_full_and_keep_their_marks(text: str, width: int, broken: list[str]) -> None:
    assert lines(text, width) == broken


@given(st.text(alphabet="价格，。（）“” aB[1]—\u3000", max_size=60), st.integers(4, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    if text.strip():
        assert "".join(unit for _, _, unit in units(text)) == text
    offsets = break_offsets(text, width, cells)
    assert offsets == sorted(set(offsets))
    assert all(cells(line.strip()) <= width for line in lines(text, width))
