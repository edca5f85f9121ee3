"""Markers in any form become `[n]`, wherever the stream is cut; none points nowhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citing import Citing, numbers_of, settled, written

KNOWN = range(1, 10)


def streamed(text: str, size: int) -> tuple[str, list[int]]:
    citing = Citing(KNOWN)
    parts = [p for i in range(0, len(text), size) for p in citing.feed(text[i : i + size])]
    parts += citing.finish()
    return "".join(map(written, parts)), citing.unknown


CASES = [
    ("She left [1].", "She left [1]."),
    ("她走了【1】。", "她走了[1]。"),
    ("她走了［２］后来", "她走了[2]后来"),
    ("中文[3]中文", "中文[3]中文"),
    ("a [1、2] b", "a [1][2] b"),
    ("a [1,2] b [3; 4]", "a [1][2] b [3][4]"),
    ("a [1–3] [4-5] [6~7] [8至9]", "a [1][2][3] [4][5] [6][7] [8][9]"),
    ("(1) is no marker, nor is（2）here", "(1) is no marker, nor is（2）here"),
    ("[[1]] and [^2]", "[1] and [2]"),
    ("[source 1] [来源：2]【3†source】[证据 4] [第5段]", "[1] [2][3][4] [5]"),
    ("[1 and 2] [3和4]", "[1][2] [3][4]"),
    ("[①] [¹]", "[1] [1]"),
    ("[laughs] [sic] 【笑】", "[laughs] [sic] 【笑】"),
    ("in [2024] and 【1999】", "in (2024) and (1999)"),
    ("gone [42] now【77】。", "gone now。"),
    ("half [1, 42]", "half [1]"),
    ("wide [1-99]", "wide [1]"),
    ("zero [0]", "zero"),
    ("cut off [1", "cut off"),
    ("He left (2). 她走了（3）。", "He left [2]. 她走了[3]。"),
    ("He left (99). 走了（99）。走了「99」。", "He left. 走了。走了。"),
    ("He left {2}. He left <99>. 《99》。﹝1﹞。", "He left [2]. He left.。[1]。"),
    ("in (2019). aged (40) then", "in (2019). aged (40) then"),
    ("scooters.⁹⁹ 走了① m² 10³ x", "scooters. 走了[1] m² 10³ x"),
    ("\\[1\\] and \\[99\\] gone", "[1] and gone"),
    ("It is [1](http://evil.example). So [99](https://evil.example/x) what", "It is [1]. So what"),
    ("a ([1], [99]) b (see [2]) c", "a [1] b (see [2]) c"),
    ("[一] 【十】 [九]", "[1] [9]"),
    ("a (b) c (the ferry, 1999) d", "a (b) c (the ferry, 1999) d"),
    ("one step \\ more", "one step \\ more"),
    ("an open [ bracket", "an open [ bracket"),
    ("[٣] other digits", "[3] other digits"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_markers_come_out_in_one_form(text: str, expected: str, size: int) -> None:
    assert streamed(text, size)[0] == expected


def test_numbers_that_point_nowhere_are_counted() -> None:
    assert settled("a [42][1] 【43、2】 [42]", KNOWN) == ("a[1] [2]", [42, 43, 42])


def test_text_is_shown_as_soon_as_no_marker_can_follow() -> None:
    citing = Citing(KNOWN)

    assert citing.feed("She left ") == ["She left"]
    assert citing.feed("[") == []
    assert citing.feed("1") == []
    assert citing.feed("] in May") == [" ", 1, " in May"]


@pytest.mark.parametrize(
    ("inside", "numbers"), [("1-3", [1, 2, 3]), ("3-1", [3, 1]), ("2、2", [2]), ("１，２", [1, 2])]
)
def test_numbers_inside_a_marker(inside: str, numbers: list[int]) -> None:
    assert numbers_of(inside) == numbers


@given(
    st.lists(
        st.sampled_from(
            ["[", "]", "【", "】", "［", "］", "1", "42", "，", "-", " ", "茶", "a", "."]
        )
    ),
    st.integers(1, 4),
)
def test_however_it_is_cut_nothing_points_nowhere(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    whole = settled(text, KNOWN)

    assert streamed(text, size)[0] == whole[0]
    for number in re.findall(r"\[(\d{1,3})\]", whole[0]):
        assert int(number) in KNOWN
