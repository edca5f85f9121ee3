import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.flow import LONG, Flow
from assistant.chat.leaves import Leaf, Words, read_leaves


def brief(leaves: list[Leaf]) -> list[str]:
    """Return each leaf as one line: + where it stands apart, its kind unless text, its words."""
    return [
        f"{'+' if leaf.is_apart else ''}"
        f"{'' if leaf.kind == 'text' else f'<{leaf.kind}{leaf.level or leaf.info}>'}"
        f"{leaf.first}{leaf.words.text}"
        + "/".join("|".join(cell.text for cell in row) for row in leaf.rows)
        for leaf in leaves
    ]


def stream(text: str, size: int) -> tuple[list[Leaf], list[Leaf]]:
    """Return a text's leaves as they settle, and all that was seen of them on the way."""
    flow = Flow()
    settled: list[Leaf] = []
    seen: list[Leaf] = []
    for start in range(0, len(text), size):
        settled += flow.feed(text[start : start + size])
        seen += flow.tail()
    return [*settled, *flow.tail()], seen


CASES = {
    "paragraphs": ("One **two**.\n\n二。", ["+One two.", "+二。"]),
    "heading": ("## 价格\nfell", ["+<heading2>价格", "+fell"]),
    "joined lines": ("价格\n下降\nand fell\nfast", ["+价格下降 and fell fast"]),
    "numbered lines": ("有：\n1、价格\n2、成本", ["+有：\n1、价格\n2、成本"]),
    "list": ("说：\n\n- 一\n- two", ["+说：", "+• 一", "• two"]),
    "loose list": ("3. 一\n\n4. two", ["+3. 一", "+4. two"]),
    "nested list": ("1. a\n   - 二\n   - b\n2. c", ["+1. a", "   • 二", "   • b", "2. c"]),
    "paragraphs in an item": ("- 一\n\n  又", ["+• 一", "+  又"]),
    "quotation": ("> 一\n>\n> two", ["+│ 一", "+│ two"]),
    "list in a quotation": ("> - 一\n> - two", ["+│ • 一", "│ • two"]),
    "code": ("```py\nx = '价'\n```", ["+<codepy>x = '价'"]),
    "rule": ("a\n\n---\n\nb", ["+a", "+<rule>", "+b"]),
    "table": ("| a | 价 |\n|---|:-:|\n| 1 | **二** |", ["+<table>a|价/1|二"]),
    "uneven table": ("|a|b|\n|-|-|\n|1|\n|1|2|3|", ["+<table>a|b/1|/1|2"]),
    "no table": ("|a|b|\n|一|", ["+|a|b|\n|一|"]),
    "citations": ("下降[1][2]。", ["+下降[1][2]。"]),
    "markup": ("<b>粗</b> [link](x) ![图](y)", ["+<b>粗</b> link 图"]),
    "entities": ("a&#8238;b &amp; 价&#27;", ["+ab & 价�"]),
    "escapes": ("a\x1b[31mb\x07", ["+a[31mb"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_a_text_is_read_into_leaves(text: str, found: list[str]) -> None:
    # Rows of what is no table are joined as any paragraph's lines are.
    assert brief(read_leaves(text)) == [line.replace("|\n|", "| |") for line in found]


STREAMED = {name: case for name, case in CASES.items() if name not in {"no table"}}


@pytest.mark.parametrize("text", [text for text, _ in STREAMED.values()], ids=STREAMED)
@pytest.mark.parametrize("size", [1, 4, 100])
def test_a_streamed_text_ends_as_the_whole_is_read(text: str, size: int) -> None:
    settled, _ = stream(text + "\n", size)

    assert settled == read_leaves(text)


def test_a_row_is_in_the_table_as_soon_as_it_is_whole() -> None:
    flow = Flow()

    assert flow.feed("| a | 价 |\n|---|---|\n| 1 | 二 |\n| 2") == []
    assert brief(flow.tail()) == ["+<table>a|价/1|二", "| 2"]
    assert flow.feed(" | 三 |\n\n后") == []
    assert brief(flow.tail()) == ["+<table>a|价/1|二/2|三", "+后"]
    assert brief(flow.feed("。\n\n")) == ["+<table>a|价/1|二/2|三", "+后。"]


def test_two_tables_stay_two() -> None:
    flow = Flow()

    assert brief(flow.feed("|a|\n|-|\n|一|\n\n|b|\n|-|\n")) == ["+<table>a/一"]
    assert brief(flow.tail()) == ["+<table>b"]


@pytest.mark.parametrize("start", ["**价格**", "| **价", "- **二**"])
def test_a_very_long_tail_is_plain_until_it_is_finished(start: str) -> None:
    flow = Flow()
    text = start + "\x1b[1m长" * LONG

    assert flow.feed(text) == []
    (leaf,) = flow.tail()
    assert leaf.words.text == text.replace("\x1b", "")
    assert [*flow.feed("\n\nnext\n"), *flow.tail()][0] == read_leaves(text)[0]


def test_styles_are_spans() -> None:
    (leaf,) = read_leaves("**价格。**是 `x` [1] [看](https://e.org)")

    assert leaf.words.text == "价格。是 x [1] 看"
    assert [(leaf.words.text[s.start : s.end], s.style, s.target) for s in leaf.words.spans] == [
        ("价格。", "strong", ""),
        ("x", "code", ""),
        ("[1]", "citation", "1"),
        ("看", "link", "https://e.org"),
    ]


def test_a_cell_is_words() -> None:
    (leaf,) = read_leaves("|价|\n|-:|\n|[1]|")

    assert leaf.aligns == ("right",)
    assert leaf.rows[0] == (Words("价"),)
    assert leaf.rows[1][0].spans[0].target == "1"


@given(st.text(alphabet="ab价，*_`[1]|-\n .>#&;()!\x1b", max_size=80), st.integers(1, 9))
def test_any_text_is_read_and_obeys_nothing(text: str, size: int) -> None:
    settled, seen = stream(text, size)

    for leaf in [*read_leaves(text), *settled]:
        assert "\x1b" not in leaf.words.text + leaf.info
    assert all(0 <= s.start <= s.end <= len(x.words.text) for x in seen for s in x.words.spans)
