"""A whole reply in a fence or in JSON is read; anything else stays as it was written."""

import pytest

from assistant.unwrapping import unwrapped, without_thoughts

SAID = "They waited eleven hours [1]."
GESAGT = "他们等了十一个小时【1】。"


@pytest.mark.parametrize("text", [SAID, GESAGT, f"{SAID}\n\n{GESAGT}"])
@pytest.mark.parametrize(
    "wrap",
    [
        "```\n{}\n```",
        "```markdown\n{}\n```\n",
        "~~~\n{}\n~~~",
        "Here is the answer:\n\n```\n{}\n```",
    ],
)
def test_a_fence_around_all_of_it_is_taken_off(text: str, wrap: str) -> None:
    assert unwrapped(wrap.format(text)) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{{"answer": "{SAID}", "citations": [1]}}', SAID),
        (f'```json\n{{"answer": "{SAID}", "citations": [1]}}\n```', SAID),
        (f'以下是回答：\n{{"答案": "{GESAGT}"}}', GESAGT),
        ('{"Answer": "They waited.", "citations": [1, "2", "[3]"]}', "They waited. [1][2][3]"),
        ('{"回答": "他们等了。", "引用": [{"number": 2}]}', "他们等了。 [2]"),
        ('{"answer": {"text": "They waited.", "sources": [4]}}', "They waited. [4]"),
        ('{"answer": "They waited. It rained.", "citations": [1]}', "They waited. It rained."),
        (
            '{"sentences": [{"text": "A.", "citations": [1]}, {"text": "B.", "citations": [2]}]}',
            "A. [1]\nB. [2]",
        ),
        ('["A. [1]", "B. [2]"]', "A. [1]\nB. [2]"),
        ('{"answer": null, "not_found": "the price"}', "NOT FOUND: the price"),
        ('{"answer": "", "citations": []}', ""),
    ],
)
def test_the_answer_is_taken_out_of_json(text: str, said: str) -> None:
    assert unwrapped(text) == said


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        f"{SAID}\n```\ncode\n```",
        "```\na\n```\nbetween\n```\nb\n```",
        '{"name": "search", "arguments": {}}',
        '{"answer": 1, "citations": [1]',
        '{"answer": 11}',
        "[1] They waited.",
        "[]",
        "{" * 5000,
        "",
        "Here is the answer:",
    ],
    ids=lambda text: text[:20],
)
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert unwrapped(text) == text


@pytest.mark.parametrize("said", [SAID, GESAGT])
@pytest.mark.parametrize(
    "reply",
    [
        "<think>Perhaps [2].\nOr [3]?</think>{}",
        "{}<think>也许是[2]。</think>",
        "<reasoning>Perhaps.</reasoning>{}<analysis>So be it.</analysis>",
        "It may be [2].</think>{}",
        "{}<think>And now I would",
    ],
)
def test_reasoning_is_no_part_of_the_answer(said: str, reply: str) -> None:
    assert without_thoughts(reply.format(said)) == said


@pytest.mark.parametrize("text", [SAID, "I think > you do.", "a </b> c", ""])
def test_what_is_no_reasoning_stays(text: str) -> None:
    assert without_thoughts(text) == text
