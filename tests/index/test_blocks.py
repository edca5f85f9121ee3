import pytest

from index.blocks import clean_heading, read_blocks
from index.captions import unroll_captions
from index.loops import collapse_loops
from index.markup import join_lines, strip_marks
from index.times import take_heading_time, take_time


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_blocks(text)]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["我们在 Acme", "公司喝茶，每", "天八杯。"], "我们在 Acme 公司喝茶，每天八杯。"),
        (["one two", "three"], "one two three"),
        (["水温，", "Acme 说"], "水温，Acme 说"),
        (["**水温**", "。对"], "**水温**。对"),
        (["a state-", "of-the-art kettle"], "a state-of-the-art kettle"),
        (["茶。  ", "茶：一种叶子。"], "茶。\n茶：一种叶子。"),
    ],
)
def test_wrapped_lines_join_as_their_script_does(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It is **hot** and *green*.", "It is hot and green."),
        ("速度是**八十度** 。对", "速度是八十度。对"),
        ("**a** and 2**3 and 5 * 4", "a and 2**3 and 5 * 4"),
        ("call `brew_tea` in __init__", "call brew_tea in __init__"),
        ("an _old_ snake_case_name", "an old snake_case_name"),
        (r"\#470, \[laughs\] and \*\*kwargs", "#470, [laughs] and **kwargs"),
        ("It&#39;s &quot;hot&quot; &amp; AT&T;", 'It\'s "hot" & AT&T;'),
        ("see [the tea](https://tea.example/a_(b)) now", "see the tea now"),
        ("![](https://x.example/a)![](https://x.example/b)", ""),
        ("x <y and z> w, <b>bold</b>", "x <y and z> w, bold"),
        ("八十&#8203;度", "八十度"),
        ("**open only", "open only"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert strip_marks(marked) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### 缘起\n大家好。", [("heading", "缘起"), ("text", "大家好。")]),
        ("缘起\n----\n\n大家好。", [("heading", "缘起 ----"), ("text", "大家好。")]),
        ("大家好。\n---\n再见。", [("text", "大家好。"), ("text", "再见。")]),
        ("One.\n\n***\n\n*\n\n> ★\n\nTwo.", [("text", "One."), ("text", "Two.")]),
        ("- tea\n- water", [("item", "tea"), ("item", "water")]),
        ("  * **水温：**\n八十度", [("item", "**水温：**八十度")]),
        ("1. 绿茶\n2. 红茶", [("item", "1. 绿茶"), ("item", "2. 红茶")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table", "| a | b | |---|---| | 1 | 2 |")]),
        ("```insta-toc\ntitle: x\n```\n\nWords.", [("text", "Words.")]),
        ("```\n- [1. a](#a)\n- [2. b](#b)\n```\nWords.", [("text", "Words.")]),
        ("<p>One.</p><p>Two.</p>", [("text", "One."), ("text", "Two.")]),
        ("1984 was hot.\n#tea is a tag", [("text", "1984 was hot. #tea is a tag")]),
    ],
)
def test_blocks_are_what_a_reader_sees(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_wrappers_are_remembered() -> None:
    text = "外。\n<details><summary>Original</summary>\n\nInside.\n\n</details>\n\nAfter."

    assert [(b.text, b.wrap, b.part) for b in read_blocks(text)] == [
        ("外。", "", 0),
        ("Inside.", "fold", 1),
        ("After.", "", 0),
    ]


def test_a_tooltip_is_not_speech_and_a_span_is_a_label() -> None:
    text = '<span class="speaker">安 (中文):</span> 喝<span class="tooltiptext">gloss</span>茶'

    assert kinds(text) == [("text", "**安:** 喝茶")]


@pytest.mark.parametrize(
    ("heading", "clean"),
    [("## 关于嘉宾", "关于嘉宾"), ("**01.** 背景", "01. 背景"), ("Tea ##", "Tea")],
)
def test_headings_lose_leftover_marks(heading: str, clean: str) -> None:
    assert clean_heading(heading) == clean


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("3:33 - Kettles and Cups", ("3:33", "Kettles and Cups")),
        ("水温 [02:00-06:00]", ("02:00", "水温")),
        ("水温", (None, "水温")),
        ("12:30", (None, "12:30")),
    ],
)
def test_heading_times_become_a_field(heading: str, expected: tuple[str | None, str]) -> None:
    assert take_heading_time(heading) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[00:17] How hot?", ("00:17", "How hot?")),
        ("(00:12:40) How hot?", ("00:12:40", "How hot?")),
        ("00:00:06 多热", ("00:00:06", "多热")),
        ("Hot. [15:59] Very. [16:10]", ("15:59", "Hot. Very.")),
        ("[inaudible 00:20:27] hot", (None, "[inaudible 00:20:27] hot")),
        ("At 12:30 we drink.", (None, "At 12:30 we drink.")),
    ],
)
def test_time_stamps_leave_the_words(text: str, expected: tuple[str | None, str]) -> None:
    assert take_time(text) == expected


def test_rolling_captions_say_everything_once() -> None:
    cues = [
        "WEBVTT\nKind: captions",
        "00:00:01.000 --> 00:00:02.000 align:start position:0%\n多热",
        "00:00:02.000 --> 00:00:03.000\n多热\n八十<00:00:02.500><c>度</c>",
        "00:00:03.000 --> 00:00:04.000\n八十度\n看叶子",
    ]

    assert unroll_captions("\n\n".join(cues)) == "[00:00:01] 多热八十度看叶子"


def test_numbered_cues_become_paragraphs() -> None:
    cues = [
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\nTea is number {n}." for n in range(40)
    ]

    paragraphs = unroll_captions("\n\n".join(cues)).split("\n\n")

    assert paragraphs[0].startswith("[00:00:00] Tea is number 0. Tea is number 1.")
    assert all(400 <= len(paragraph) <= 900 for paragraph in paragraphs[:-1])


def test_a_change_of_speaker_ends_a_caption_paragraph() -> None:
    text = "\n".join(
        f"00:00:0{n} {words}" for n, words in enumerate(["a b", "c", ">> d", "e", "f"])
    )

    assert unroll_captions(text) == "[00:00:00] a b c\n\n>> [00:00:02] d e f"


def test_prose_with_times_is_no_caption() -> None:
    text = "At 10:30 we met.\n\nAt 11:30 we left."

    assert unroll_captions(text) == text


@pytest.mark.parametrize("unit", ["哈", "对对，是的", "thank you so much. "])
def test_recognition_loops_collapse(unit: str) -> None:
    collapsed = collapse_loops(f"开始的话在这里。{unit * 80}结束的话也在这里。")

    assert collapsed.startswith("开始的话在这里。")
    assert collapsed.endswith("结束的话也在这里。")
    assert len(collapsed) < 100


def test_people_may_repeat_themselves() -> None:
    text = "No, no, no, no, no. Never, never, never. " + "对对对对对对。"

    assert collapse_loops(text) == text
