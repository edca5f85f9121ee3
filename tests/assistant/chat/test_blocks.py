import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.blocks import Block, Splitter


def split(text: str, size: int = 10_000) -> list[Block]:
    splitter = Splitter()
    found = [
        block
        for start in range(0, len(text), size)
        for block in splitter.feed(text[start : start + size])
    ]
    return [*found, *splitter.finish()]


def brief(blocks: list[Block]) -> list[str]:
    """Return blocks as `kind indent text`, with a + where a blank line stands before."""
    return [f"{'+' if b.is_apart else ''}{b.kind}{b.indent or ''} {b.text!r}" for b in blocks]


CASES = {
    "paragraphs": ("One.\n\n二。\n", ["+text 'One.'", "+text '二。'"]),
    "a paragraph of lines": ("价格\nfell\n", ["+text '价格\\nfell'"]),
    "heading": ("# 价格\nIt fell\n", ["+text '# 价格'", "+text 'It fell'"]),
    "underlined": ("价格\n===\nIt fell", ["+text '价格\\n==='", "+text 'It fell'"]),
    "rule": ("a\n\n---\nb", ["+text 'a'", "+text '---'", "+text 'b'"]),
    "tight list": ("说：\n- 一\n- two\n", ["+text '说：'", "+item '- 一'", "item '- two'"]),
    "loose list": ("1. 一\n\n2. two\n", ["+item '1. 一'", "+item '2. two'"]),
    "numbers": ("9) 九\n10) ten", ["+item '9) 九'", "item '10) ten'"]),
    "nested": (
        "- a\n  - 二\n    1. c\n- d",
        ["+item '- a'", "item2 '- 二'", "item4 '1. c'", "item '- d'"],
    ),
    "items of lines": (
        "- 一\n  more\nlazy\n\n  又\n\nafter",
        ["+item '- 一\\n  more\\nlazy\\n\\n  又'", "+text 'after'"],
    ),
    "nested items of lines": (
        "- a\n  - b\n    又\n",
        ["+item '- a'", "item2 '- b\\n  又'"],
    ),
    "table": (
        "价：\n\n| a | 价 |\n|---|---|\n| 1 | 二 |\nafter",
        [
            "+text '价：'",
            "+row '| a | 价 |'",
            "row '|---|---|'",
            "row '| 1 | 二 |'",
            "+text 'after'",
        ],
    ),
    "table without edges": (
        "a | 价\n--- | ---\n1 | 二\n\nx | y",
        ["+row 'a | 价'", "row '--- | ---'", "row '1 | 二'", "+text 'x | y'"],
    ),
    "two tables": (
        "|a|\n|-|\n\n|b|\n|-|",
        ["+row '|a|'", "row '|-|'", "+row '|b|'", "row '|-|'"],
    ),
    "code": ("```py\n- x\n\n| y\n```\n后", ["+code '```py\\n- x\\n\\n| y\\n```'", "+text '后'"]),
    "code in an item": (
        "- 一\n  ```\n  - x\n  ```\n- b",
        ["+item '- 一\\n  ```\\n  - x\\n  ```'", "item '- b'"],
    ),
    "open code": ("~~~\n没有完", ["+code '~~~\\n没有完'"]),
    "quote": ("> 一\n> two\nlazy\n\nb", ["+text '> 一\\n> two\\nlazy'", "+text 'b'"]),
    "quote after text": ("a\n> 引", ["+text 'a'", "+text '> 引'"]),
    "line ends": ("a\r\n\r\n- 一\r\n", ["+text 'a'", "+item '- 一'"]),
    "not an item": ("-5 度\n*强调*", ["+text '-5 度\\n*强调*'"]),
    "nothing": ("\n\n", []),
}


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_every_item_and_row_is_a_block(text: str, found: list[str]) -> None:
    assert brief(split(text)) == found


@pytest.mark.parametrize("text", [text for text, _ in CASES.values()], ids=CASES)
@pytest.mark.parametrize("size", [1, 3])
def test_pieces_of_any_size_make_the_same_blocks(text: str, size: int) -> None:
    assert split(text, size) == split(text)


@given(st.text(alphabet="ab价 |-*1.\n`>#", max_size=60), st.integers(1, 7))
def test_any_text_splits_the_same_in_any_pieces(text: str, size: int) -> None:
    assert split(text, size) == split(text)
    words = "".join(c for block in split(text) for c in block.text if not c.isspace())
    assert words == "".join(c for c in text if not c.isspace())


def test_an_item_is_finished_when_the_next_begins() -> None:
    splitter = Splitter()

    assert splitter.feed("1. 一\n2. t") == []
    assert brief(splitter.tail) == ["+item '1. 一'", "item '2. t'"]
    assert brief(splitter.feed("wo\n3")) == ["+item '1. 一'"]
    assert brief(splitter.feed(". ")) == []
    assert brief(splitter.finish()) == ["item '2. two'", "item '3. '"]


def test_looking_at_the_tail_changes_nothing() -> None:
    splitter = Splitter()
    splitter.feed("| a |\n| - |\n| 价")

    assert splitter.tail == splitter.tail
    assert brief(splitter.feed(" |\n")) == ["row '| 价 |'"]
