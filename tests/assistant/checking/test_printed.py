from assistant.checking.claims import read_claims
from assistant.checking.printed import take_sources, whole_lines
from assistant.render import LABELS

ENGLISH = """\
{extractive}

“The mill ran on water, and nobody in the whole valley could remember a time when it had not
done so.” [1]

([1] {other_language})

{sources}:

[1] Mira · The mill · 2024-05-06 · §1 Water · mill:00000001
    https://example.org/mill
    The mill ran on water.
"""
ABSTAINED = """\
{abstained}

{searched}: x 3, y 4

{nearest}

· Mira · The mill · 2024-05-06 · §1 Water · mill:00000001
    The mill ran on water.
"""


def test_the_words_of_the_page_itself_are_no_claims() -> None:
    for labels in LABELS.values():
        text, numbered = take_sources(ENGLISH.format(**labels))

        assert numbered == {1: "mill:00000001"}
        assert [claim.markers for claim in read_claims(whole_lines(text))] == [(1,)]


def test_a_page_that_says_nothing_holds_no_claim() -> None:
    for labels in LABELS.values():
        text, numbered = take_sources(ABSTAINED.format(**labels))

        assert numbered == {}
        assert read_claims(text) == []


def test_a_doubt_behind_a_sentence_is_left_out() -> None:
    page = (
        "The mill ran on steam. [1] ⚠ NOT borne out: the paragraph says water\n\n"
        "[1] Mira · The mill · §1 Water · mill:00000001\n    Water.\n"
    )

    text, _ = take_sources(page)

    assert [claim.text for claim in read_claims(text)] == ["The mill ran on steam."]


def test_lines_broken_by_the_page_are_joined() -> None:
    english = "The mill ran on water for as long as anybody could\nremember it."
    chinese = "磨坊一直靠水力转动，山谷里没有一个人记得起它曾经用过别的\n东西来推磨。"

    assert whole_lines(english).count("\n") == 0
    assert "could remember" in whole_lines(english)
    assert "别的东西" in whole_lines(chinese)


def test_lines_their_writer_broke_stay() -> None:
    draft = "# The mill\nIt ran on water.\n- first\n- second\n\nShort\nlines"

    assert whole_lines(draft) == draft


def test_every_sentence_of_a_quotation_is_one_and_has_its_marker() -> None:
    claims = read_claims(
        "“It froze. We waited, “all night”, she said. It thawed.” [2] Then spring came [3]."
    )

    assert [claim.text for claim in claims] == [
        "“It froze.”",
        "“We waited, “all night”, she said.”",
        "“It thawed.”",
        "Then spring came.",
    ]
    assert [claim.markers for claim in claims] == [(2,), (2,), (2,), (3,)]


def test_a_chinese_quotation_keeps_its_marks_too() -> None:
    claims = read_claims("“河冻上了。我们等了一夜。”[1]")

    assert [claim.text for claim in claims] == ["“河冻上了。”", "“我们等了一夜。”"]
    assert [claim.markers for claim in claims] == [(1,), (1,)]
