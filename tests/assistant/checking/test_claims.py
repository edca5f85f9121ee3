import pytest

from assistant.checking.claims import numbers_of, read_claims, without_markers
from assistant.checking.printed import take_sources


@pytest.mark.parametrize(
    ("draft", "markers"),
    [
        ("The harbour froze [1].", (1,)),
        ("The harbour froze. [1]", (1,)),
        ("The harbour froze.[1][2]", (1, 2)),
        ("The harbour froze [1, 2].", (1, 2)),
        ("The harbour froze [1–3].", (1, 2, 3)),
        ("The harbour froze [2-4, 7].", (2, 3, 4, 7)),
        ("The harbour froze [^5].", (5,)),
        ("The harbour froze (2).", (2,)),
        ("The harbour froze in (1) winter.", ()),
        ("The harbour froze [2023].", ()),
        ("港口结了冰【1】。", (1,)),
        ("港口结了冰［１、２］。", (1, 2)),
        ("港口结了冰。〔3〕", (3,)),
        ("港口[1]在第二个冬天【2】结了冰。", (1, 2)),
        ("港口结了冰[1；2]。", (1, 2)),
        ("港口结了冰【1至3】。", (1, 2, 3)),
        ("港口结了冰（1）。", (1,)),
    ],
)
def test_markers_of_any_brackets_are_read_and_taken_out(
    draft: str, markers: tuple[int, ...]
) -> None:
    (claim,) = read_claims(draft)

    assert claim.markers == markers
    assert "[1" not in claim.text
    assert "【" not in claim.text


def test_a_marker_belongs_to_the_sentence_it_follows() -> None:
    claims = read_claims("It froze. [1] We walked [2]. 我们走了。【3】后来雪化了。")

    assert [(c.text, c.markers) for c in claims] == [
        ("It froze.", (1,)),
        ("We walked.", (2,)),
        ("我们走了。", (3,)),
        ("后来雪化了。", ()),
    ]


def test_a_marker_that_begins_a_line_belongs_to_what_follows() -> None:
    claims = read_claims("First we waited.\n[2] Then it froze.\n- 【3】后来雪化了。")

    assert [c.markers for c in claims] == [(), (2,), (3,)]


def test_paragraph_ids_are_markers_too() -> None:
    (claim,) = read_claims("It froze [harbour-01:0a1b2c3d, 港口:99887766].")

    assert claim.paragraphs == ("harbour-01:0a1b2c3d", "港口:99887766")
    assert claim.text == "It froze."


def test_lists_and_headings_lose_their_signs() -> None:
    claims = read_claims("# Winter\n\n- It froze.\n2. We walked.\n* 雪化了。\n")

    assert [c.text for c in claims] == ["Winter", "It froze.", "We walked.", "雪化了。"]


def test_a_line_without_letters_is_no_sentence() -> None:
    assert read_claims("---\n\n***\n[1]\n") == []


def test_a_range_of_a_thousand_sources_is_no_citation() -> None:
    assert numbers_of("1-900") == []


def test_without_markers_leaves_the_words() -> None:
    assert without_markers("It froze [1] twice【2】.") == "It froze twice."


def test_the_list_of_sources_under_a_draft_is_read_and_left_out() -> None:
    draft = (
        "It froze. [1]\n\nSources:\n\n[1] Mira · Harbour · 2021 · §1 Ice · harbour:0a1b2c3d\n"
        "    It froze in the second winter.\n    第二个冬天结了冰。\n"
    )

    text, numbered = take_sources(draft)

    assert numbered == {1: "harbour:0a1b2c3d"}
    assert [c.text for c in read_claims(text)] == ["It froze."]
