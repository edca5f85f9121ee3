"""Text as it streams in → what is for the reader, and calls that were written as text."""

import pytest

from assistant.models.wording import Wording, joined

TOOLS = ("search", "read")


def worded(text: str, *, tools: tuple[str, ...] = TOOLS, size: int = 3) -> tuple[str, list[object]]:
    """Return what comes of a text that arrives in pieces of a size."""
    wording = Wording(tools)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    shown = "".join(wording.add(piece) for piece in pieces)
    rest, requests = wording.end()
    return shown + rest, [(request.name, request.arguments) for request in requests]


PLAIN = [
    "The frost came [1].",
    "霜冻来了【1】。他说：“<茶> 死了。”",
    "[1] says so; [2] too.",
    "{1} is a marker of another kind.",
    "  \n\n Leading blanks stay.",
    "```python\nprint(1)\n```",
    '```json\n{"year": 2024}\n```',
    '{"name": "Maria", "arguments": {"for": "tea"}}',
    'He said {"name": "search", "arguments": {}} in the middle.',
    "<thin ice> and < thought",
    "a <tool_box> and <",
    "I would search for tea, then read.",
    "",
]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_text_comes_through_whole(text: str, size: int) -> None:
    assert worded(text, size=size) == (text, [])
    assert worded(text, size=size, tools=()) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        '<tool_call>\n{"name": "search", "arguments": {"query": "霜冻"}}\n</tool_call>',
        '<tool_call>{"name": "search", "parameters": {"query": "霜冻"}}',
        '{"name": "search", "arguments": {"query": "霜冻"}}',
        ' [{"name": "search", "arguments": {"query": "霜冻"}}]\n',
        '```json\n{"name": "search", "arguments": "{\\"query\\": \\"霜冻\\"}"}\n```',
        '{"type": "function", "function": {"name": "search", "arguments": {"query": "霜冻"}}}',
        '[TOOL_CALLS] [{"name": "search", "arguments": {"query": "霜冻"}}]',
        '[TOOL_CALLS]search[ARGS]{"query": "霜冻"}',
        '<|python_tag|>{"name": "search", "parameters": {"query": "霜冻"}}',
        '<function=search>{"query": "霜冻"}</function>',
        "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>search\n```json\n"
        '{"query": "霜冻"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_call_written_as_text_is_a_call(text: str, size: int) -> None:
    assert worded(text, size=size) == ("", [("search", {"query": "霜冻"})])
    assert worded("我先查。" + text, size=size)[1] in ([("search", {"query": "霜冻"})], [])
    assert worded(text, size=size, tools=()) == (text, [])


def test_several_calls_in_one_text_all_count() -> None:
    call = '<tool_call>{{"name": "{}", "arguments": {{}}}}</tool_call>\n'

    text, calls = worded("Both. " + call.format("search") + call.format("read"))

    assert (text, calls) == ("Both. ", [("search", {}), ("read", {})])


def test_a_call_that_cannot_be_read_is_no_answer() -> None:
    text, calls = worded('Yes. <tool_call>{"name": "search", "arguments": {"query": "霜')

    assert (text, calls) == ("Yes. ", [("search", None)])


def test_a_tool_that_was_not_offered_is_not_called() -> None:
    text = '<tool_call>{"name": "delete", "arguments": {}}</tool_call>'

    assert worded(text) == (text, [])


@pytest.mark.parametrize("tools", [TOOLS, ()])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_reasoning_at_the_beginning_is_dropped(tools: tuple[str, ...], size: int) -> None:
    for mark in ("think", "thinking"):
        text = f"\n<{mark}>他们说的是茶吗？\n{{</{mark}>\n\nYes [1]. <think>"
        assert worded(text, tools=tools, size=size) == ("Yes [1]. <think>", [])
    assert worded("<think>cut sho", tools=tools, size=size) == ("", [])


def test_a_call_after_reasoning_is_a_call() -> None:
    text = '<think>tea</think>{"name": "search", "arguments": {}}'

    assert worded(text) == ("", [("search", {})])


def test_text_is_not_held_longer_than_needed() -> None:
    wording = Wording(TOOLS)

    assert wording.add("[") == ""
    assert wording.add("1] ") == "[1] "
    assert wording.add("frost <to") == "frost "
    assert wording.add("day>") == "<today>"


def test_halves_of_a_character_are_joined() -> None:
    high, low = "\ud83c", "\udf75"
    wording = Wording(())

    shown = wording.add("tea " + high) + wording.add(low + " 茶") + wording.add(high)

    assert shown == "tea 🍵 茶"
    assert wording.end() == ("\ufffd", [])
    assert joined(low) == "\ufffd"
