import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pairing import leading_language, pair_turns
from index.parse import parse_interview
from index.turns import Turn


def turns(text: str, **options: object) -> list[Turn]:
    """Read `E1 Z1 E2`: a turn for each word, its language from the letter."""
    return [Turn(word, "en" if word[0] == "E" else "zh", **options) for word in text.split()]  # type: ignore[arg-type]


def paired(text: str, first: str | None = None) -> str:
    pairs = pair_turns(turns(text), first=first)  # type: ignore[arg-type]
    return " ".join("+".join(turn.text for turn in pair) for pair in pairs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E1 Z1", "E1+Z1"),
        ("Z1 E1 Z2 E2", "Z1+E1 Z2+E2"),
        ("E1 E2 E3", "E1 E2 E3"),
        ("E1 E2 Z1 Z2", "E1+Z1 E2+Z2"),
        ("E1 Z1 E2 E3 Z2 Z3", "E1+Z1 E2+Z2 E3+Z3"),
        ("E1 Z1 Z2 E3 Z3", "E1+Z1 Z2 E3+Z3"),
        ("E1 E2 Z2 E3 Z3", "E1 E2+Z2 E3+Z3"),
        ("Z1 E1 E2 Z3 E3", "Z1+E1 E2 Z3+E3"),
        ("E1 E2 E3 Z1 Z2", "E1 E2 E3 Z1 Z2"),
        ("Z1 Z2 Z3 E4 Z5 Z6 Z7", "Z1 Z2 Z3 E4 Z5 Z6 Z7"),
    ],
)
def test_a_missing_side_shifts_nothing(text: str, expected: str) -> None:
    assert paired(text) == expected


def test_the_file_decides_where_both_orders_would_do() -> None:
    assert paired("Z1 E2 Z2", first="en") == "Z1 E2+Z2"
    assert paired("Z1 E2 Z2", first="zh") == "Z1+E2 Z2"


def test_lengths_that_cannot_match_are_not_paired() -> None:
    long, short = Turn("word " * 200, "en"), Turn("很短的一句话，说的是另外一件事情。" * 2, "zh")

    assert pair_turns([long, short]) == [(long,), (short,)]


def test_editors_matter_and_speech_do_not_mix() -> None:
    said, note, translation = Turn("E1", "en"), Turn("Zn", "zh", role="editor"), Turn("Z1", "zh")

    assert pair_turns([said, note, translation]) == [(said, translation), (note,)]


def test_a_folded_block_closes_its_group() -> None:
    group = [*turns("Z1 Z2"), *turns("E1 E2", wrap="fold", part=1)]
    next_group = [*turns("Z3"), *turns("E3", wrap="fold", part=2)]

    pairs = pair_turns([*group, *next_group])

    assert [[t.text for t in pair] for pair in pairs] == [["Z1", "E1"], ["Z2", "E2"], ["Z3", "E3"]]


def test_one_folded_text_stands_for_several_turns_of_one_speaker() -> None:
    pairs = pair_turns([*turns("Z1 Z2", speaker="安"), *turns("E1", wrap="fold", part=1)])

    assert [[t.text for t in pair] for pair in pairs] == [["Z1\nZ2", "E1"]]


def test_several_speakers_are_not_merged_into_one_paragraph() -> None:
    an, bo = Turn("Z1", "zh", speaker="安"), Turn("Z2", "zh", speaker="波")

    assert len(pair_turns([an, bo, *turns("E1", wrap="fold", part=1)])) == 3


def test_blocks_of_one_language_pair_only_by_equal_counts() -> None:
    equal = [*turns("E1 E2", wrap="language", part=1), *turns("Z1 Z2", wrap="language", part=2)]
    unequal = [*turns("E1 E2", wrap="language", part=1), *turns("Z1", wrap="language", part=2)]

    assert [len(pair) for pair in pair_turns(equal)] == [2, 2]
    assert [len(pair) for pair in pair_turns(unequal)] == [1, 1, 1]


def test_a_declared_translation_belongs_to_the_turn_before_it() -> None:
    said, other, declared = (
        Turn("Z1", "zh"),
        Turn("Z2", "zh"),
        Turn("E2", "en", is_counterpart=True),
    )

    assert pair_turns([said, other, declared]) == [(said,), (other, declared)]


def test_the_leading_language_is_that_of_most_sections() -> None:
    assert leading_language([turns("E1 Z1"), turns("E1 Z1"), turns("Z1 E1")]) == "en"
    assert leading_language([turns("E1"), turns("Z1")]) is None


@given(st.lists(st.sampled_from(["E", "Z"]), max_size=12))
def test_every_turn_comes_out_once_and_in_order(letters: list[str]) -> None:
    words = [f"{letter}{place}" for place, letter in enumerate(letters)]
    pairs = pair_turns(turns(" ".join(words)))

    assert sorted(turn.text for pair in pairs for turn in pair) == sorted(words)
    assert all(len({turn.language for turn in pair}) == len(pair) for pair in pairs)


DIALOGUES = {
    "names": (
        "**Ruth Amadi:** Why did you leave?\n\n**林晓梅：** 因为炉子永远修不好了。\n\n"
        "**Ruth Amadi:** Who agreed?\n\n**林晓梅：** 没有人同意。\n"
    ),
    "chinese asks": (
        "**林晓梅：** 你为什么离开？\n\n**Ruth Amadi:** The furnace was beyond repair.\n\n"
        "**林晓梅：** 谁同意？\n\n**Ruth Amadi:** Nobody did.\n"
    ),
    "in runs": (
        "**Ruth Amadi:** Welcome.\n\n**Ruth Amadi:** Why did you leave?\n\n"
        "**林晓梅：** 谢谢。\n\n**林晓梅：** 因为炉子永远修不好了。\n"
    ),
    "a part": "**Host:** Go on.\n\n**林晓梅：** 炉子永远修不好了。\n",
}


@pytest.mark.parametrize("kind", DIALOGUES)
def test_people_who_talk_in_two_languages_keep_their_own_words(kind: str) -> None:
    found = parse_interview(DIALOGUES[kind], interview_id="x", path="x.md")

    assert all(len(paragraph.texts) == 1 for paragraph in found.paragraphs)
    assert {p.speaker for p in found.paragraphs if "zh" in p.texts} == {"林晓梅"}
    assert "林晓梅" not in {p.speaker for p in found.paragraphs if "en" in p.texts}
    words = [text for paragraph in found.paragraphs for text in paragraph.texts.values()]
    assert [DIALOGUES[kind].index(text) for text in words] == sorted(
        DIALOGUES[kind].index(text) for text in words
    )


def test_a_translated_talk_stays_one_in_two_languages() -> None:
    text = (
        "**Host:** Why?\n\n**主持人：** 为什么？\n\n"
        "**Ann Lee:** The furnace broke.\n\n**安·李：** 炉子坏了。\n"
    )
    found = parse_interview(text, interview_id="x", path="x.md")

    assert [sorted(p.texts) for p in found.paragraphs] == [["en", "zh"], ["en", "zh"]]
