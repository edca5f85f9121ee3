"""Lines of a set: what is wrong with each is said in one line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.corpus import fit, mistakes
from evals.new import check_file, write_template
from evals.questions import SetError, load_set, read_lines
from evals.records import Question
from tests.evals.world import CORPUS, QUESTIONS, nugget, question

GOOD: dict[str, Any] = {
    "id": "kiln-1",
    "kind": "fact",
    "question": {"en": "Who paid?", "zh": "谁出的钱？"},
    "answerable": True,
    "unanswerable": None,
    "gold": ["talk:00000004"],
    "nuggets": [{"en": ["aunt"], "zh": ["姨妈"], "vital": True, "value": None}],
    "speaker": None,
}
NUGGET = GOOD["nuggets"][0]


def lines(*values: dict[str, Any]) -> str:
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "riddle"}, "no kind 'riddle'"),
        ({"question": {"en": "Who?"}}, "the question is missing in 'zh'"),
        ({"question": {"en": "Who?", "zh": " "}}, "the question is missing in 'zh'"),
        ({"gold": "talk:00000004"}, "'gold' must be a list"),
        ({"gold": []}, "answerable without gold"),
        ({"gold": ["talk"]}, "'talk' is not a paragraph id"),
        ({"gold": ["talk:00000004"] * 2}, "stands twice"),
        ({"also": ["talk:00000004"]}, "stands twice"),
        ({"same": [["talk:00000004"]]}, "'same' must be a list of lists"),
        ({"same": [["talk:00000004", "talk:00000005"]]}, "'same' must be a list of lists"),
        ({"same": ["talk:00000004"]}, "'same' must be a list of lists"),
        ({"nuggets": []}, "without a vital nugget"),
        ({"nuggets": [NUGGET | {"zh": []}]}, "nugget 1 needs a list of accepted forms in 'zh'"),
        ({"nuggets": [NUGGET | {"value": {"kind": "number", "text": "many"}}]}, "no single value"),
        ({"answerable": "yes"}, "'answerable' must be true or false"),
        ({"answerable": False}, "'unanswerable' must be one of"),
        ({"answerable": False, "unanswerable": "absent"}, "unanswerable with gold"),
        ({"unanswerable": "absent"}, "'unanswerable' is not null"),
        ({"forbidden": ["Aunt"]}, "forbidden 'Aunt' is also an accepted form"),
        ({"kind": "followup"}, "a followup without history"),
        ({"history": [{"question": {"en": "x", "zh": "x"}}]}, "the answer of turn 1 is missing"),
        ({"where": [{"interview": "talk"}]}, "'where' must be a list of objects"),
        ({"where": [{"interview": "t", "section": 1, "paragraph": 1}] * 2}, "one place for each"),
        ({"id": "Kiln 1"}, "lower-case"),
        ({"id": 3}, "'id' must be text"),
        ({"golden": []}, "there is no field 'golden'"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(change: dict[str, Any], told: str) -> None:
    questions, problems = read_lines(lines(GOOD | change))
    assert not questions
    assert told in str(problems[0])
    assert str(problems[0]).startswith("line 1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id": "a",}', "line 1: a comma too many at character 11"),
        ('{"gold": ["a",]}', "line 1: a comma too many"),
        ("[" * 100_000, "line 1: not JSON that can be read"),
        ('{"id": ' + "9" * 5_000 + "}", "line 1: not JSON that can be read"),
        ('{"id": "a", "note": "\\ud800"}', "line 1: a text holds half a character"),
        ("{", "line 1: not JSON"),
        ("[1]", "line 1: not a JSON object"),
        ("", "holds no question"),
    ],
)
def test_what_is_not_json_is_named(text: str, told: str) -> None:
    assert told in str(read_lines(text)[1][0])


def test_an_id_used_twice_names_both_lines() -> None:
    problems = read_lines(lines(GOOD) + "\n\n" + lines(GOOD))[1]
    assert [str(problem) for problem in problems] == [
        "line 3 (kiln-1): the id was used in line 1 already"
    ]


def test_a_missing_field_is_named_and_other_lines_are_still_checked() -> None:
    short = {name: value for name, value in GOOD.items() if name != "speaker"}
    problems = read_lines(lines(short, GOOD | {"id": "kiln-2", "gold": []}))[1]
    assert [problem.line for problem in problems] == [1, 2]


def test_a_note_may_change_without_changing_the_question() -> None:
    (noted,) = read_lines(lines(GOOD | {"note": "hard"}))[0]
    (plain,) = read_lines(lines(GOOD))[0]
    (other,) = read_lines(lines(GOOD | {"speaker": "Mara"}))[0]
    assert noted.digest == plain.digest != other.digest


def test_all_problems_of_a_file_come_in_one_error(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("{\n[]\n", encoding="utf-8")
    with pytest.raises(SetError, match="has 2 problems") as caught:
        load_set(path)
    assert [problem.line for problem in caught.value.problems] == [1, 2]


def test_gold_that_moved_is_followed_by_its_anchor_or_by_the_map() -> None:
    moved = question("q", "a", "甲", [4])
    elsewhere = fit((_with_gold(moved, "other-file:00000004"),), CORPUS, {})
    assert elsewhere.moved == {"other-file:00000004": "talk:00000004"}
    assert elsewhere.questions[0].gold == ("talk:00000004",)
    mapped = fit((_with_gold(moved, "talk:ffffffff"),), CORPUS, {"talk:ffffffff": "talk:00000005"})
    assert mapped.questions[0].gold == ("talk:00000005",)


def test_gold_is_found_at_its_place_when_that_says_the_fact() -> None:
    aunt = question("q", "a", "甲", [4], [nugget("aunt", "姨妈")])
    placed = replace(_with_gold(aunt, "talk:ffffffff"), where=(("talk", 1, 4),))
    assert fit((placed,), CORPUS, {}).questions[0].gold == ("talk:00000004",)
    elsewhere = replace(placed, where=(("talk", 1, 5),))
    assert fit((elsewhere,), CORPUS, {}).vanished == {"q": ("talk:ffffffff",)}


def test_gold_that_vanished_is_named() -> None:
    lost = fit((_with_gold(question("q", "a", "甲", [4]), "talk:ffffffff"),), CORPUS, {})
    assert lost.vanished == {"q": ("talk:ffffffff",)}


def test_an_author_hears_what_can_never_score() -> None:
    assert [mistakes(q, CORPUS) for q in QUESTIONS[:1]] == [[]]
    wrong = question("q", "a", "甲", [2], [nugget("399 bowls", "399只")], forbidden=["340"])
    assert mistakes(wrong, CORPUS) == ["no gold paragraph holds any form of the nugget '399 bowls'"]
    clash = question(
        "q", "a", "甲", [2], [nugget("340 bowls", "340只碗")], forbidden=["that night"]
    )
    assert mistakes(clash, CORPUS) == ["forbidden 'that night' stands in a gold sentence"]


def test_a_new_file_is_begun_and_then_checked(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    write_template(path)
    count, problems = check_file(path, CORPUS)
    assert count == 1
    assert [str(problem) for problem in problems] == [
        "line 1 (mine-001): '<interview>:<anchor>' is not a paragraph id (<interview>:<anchor>)"
    ]


def _with_gold(asked: Question, gold: str) -> Question:
    return replace(asked, gold=(gold,))
