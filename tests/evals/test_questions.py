"""Lines of a set: what is wrong with each is said in one line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.checked import check_file, mistakes
from evals.corpus import fit
from evals.new import write_template
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
BOTH = GOOD["question"]
TURN = {"question": BOTH, "answer": {"en": "Mara.", "zh": "玛拉。"}}
FOLLOWUP = GOOD | {"kind": "followup", "history": [TURN]}
PLACE = {"interview": "talk", "section": 1, "paragraph": 4}


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
        ({"history": ["x"]}, "turn 1 of 'history' must be an object"),
        ({"history": [TURN | {"note": "x"}]}, "turn 1 has no field 'note'"),
        ({"history": [TURN]}, "history is for the kind 'followup' only"),
        ({"question": BOTH | {"fr": "Qui a payé ?"}}, "the question has no language 'fr'"),
        (
            {"kind": "followup", "history": [TURN | {"answer": {"en": "x", "zh": "x", "de": "x"}}]},
            "the answer of turn 1 has no language 'de'",
        ),
        ({"question": BOTH | {"zh": "谁" * 30_000}}, "has 30,000 characters in 'zh'; shorten it"),
        ({"question": {"en": "谁出的钱？", "zh": "Who paid for it?"}}, "'zh'; swap them"),
        ({"question": BOTH | {"en": "谁出的钱？"}}, "is in Chinese under 'en'"),
        ({"question": BOTH | {"zh": "Who paid for it?"}}, "is in English under 'zh'"),
        (
            {"kind": "followup", "history": [TURN | {"question": BOTH | {"en": "谁出的钱？"}}]},
            "the question of turn 1 is in Chinese under 'en'",
        ),
        ({"where": [PLACE | {"line": 3}]}, "'where' must be a list of objects"),
        ({"where": [PLACE | {"section": True}]}, "'where' must be a list of objects"),
        ({"nuggets": [NUGGET | {"value": {"text": "340"}}]}, "'value' of nugget 1 must be null or"),
        ({"nuggets": [NUGGET | {"fr": ["tante"]}]}, "nugget 1 has no field 'fr'"),
        ({"id": "k" * 200}, "the id has 200 characters"),
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
        ('{"id": "a"},', "line 1: a comma too many at character 12"),
        ('{"id": "a"} {"id": "b"}', "line 1: more than an object, from character 13"),
        ('{\n  "id": "a"\n}\n', "line 1: one JSON value over several lines"),
        ('[{"id": "a"},\n{"id": "b"}]', "line 1: one JSON value over several lines"),
        ('{"id": "a", "gold": [], "gold": []}', "line 1 (a): the key 'gold' stands twice"),
        ('{"id": "a", "id": "b"}', "line 1 (b): the key 'id' stands twice"),
        ('{"question": {"en": "x", "en": "y"}}', "line 1: the key 'en' stands twice"),
        ("", "holds no question"),
    ],
)
def test_what_is_not_json_is_named(text: str, told: str) -> None:
    assert told in str(read_lines(text)[1][0])


@pytest.mark.parametrize(
    "question",
    [
        {"en": "Wen Ailun?", "zh": "Wen Ailun？"},
        {"en": "沈砚秋?", "zh": "沈砚秋？"},
        {"en": "And 和平门?", "zh": "那 The Who 呢？"},
        {"en": "340?", "zh": "340？"},
        {"en": "What did 沈砚秋 say of the 钠离子电池?", "zh": "OpenAI 和 NVIDIA 谈了什么？"},
        {"en": "What does 的 mean?", "zh": "what 是什么意思？"},
    ],
)
def test_names_and_numbers_are_at_home_in_both_languages(question: dict[str, str]) -> None:
    assert read_lines(lines(GOOD | {"question": question}))[1] == []


def test_turns_before_a_followup_are_read() -> None:
    ((asked,), problems) = read_lines(lines(FOLLOWUP))
    assert not problems
    assert asked.history[0].answer["zh"] == "玛拉。"


def test_a_long_text_of_a_line_is_told_in_short() -> None:
    (problem,) = read_lines(lines(GOOD | {"kind": "riddle" * 1_000}))[1]
    assert len(str(problem)) < 300


def test_an_id_used_twice_names_both_lines() -> None:
    problems = read_lines(lines(GOOD) + "\n\n" + lines(GOOD))[1]
    assert [str(problem) for problem in problems] == [
        "line 3 (kiln-1): the id was used in line 1 already; give another"
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
    (told,) = mistakes(wrong, CORPUS)
    assert told.startswith("no gold paragraph holds any form of the nugget '399 bowls'")
    clash = question(
        "q", "a", "甲", [2], [nugget("340 bowls", "340只碗")], forbidden=["that night"]
    )
    (told,) = mistakes(clash, CORPUS)
    assert told.startswith("forbidden 'that night' stands in a gold sentence")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"interview": "walk"}, "'where' (walk, section 1, paragraph 4) is nowhere"),
        ({"paragraph": 0}, "'where' (talk, section 1, paragraph 0) is nowhere"),
        ({"paragraph": 5}, "'where' (talk, section 1, paragraph 5) is another paragraph"),
    ],
)
def test_a_place_that_is_not_the_golds_is_named(
    place: dict[str, Any], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    right = GOOD | {"where": [PLACE]}
    path.write_text(lines(right, right | {"id": "kiln-2", "where": [PLACE | place]}), "utf-8")
    (problem,) = check_file(path, CORPUS)[1]
    assert str(problem).startswith(f"line 2 (kiln-2): {told}")
    assert "write (talk, section 1, paragraph 4) for 'talk:00000004'" in str(problem)


def test_the_place_of_gold_that_moved_may_be_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    moved = {"gold": ["other-file:00000004"], "where": [PLACE | {"interview": "other-file"}]}
    path.write_text(lines(GOOD | moved), "utf-8")
    assert check_file(path, CORPUS)[1] == []


def test_gold_that_is_nowhere_is_wrong_for_who_writes_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(lines(GOOD | {"gold": ["talk:ffffffff"]}), "utf-8")
    (problem,) = check_file(path, CORPUS, needs_gold=True)[1]
    assert "there is no paragraph 'talk:ffffffff'" in str(problem)
    assert check_file(path, CORPUS)[1] == []


def test_a_new_file_is_begun_and_then_checked(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    write_template(path)
    questions, problems = check_file(path, CORPUS, needs_gold=True)
    assert len(questions) == 1
    assert [str(problem) for problem in problems] == [
        "line 1 (mine-001): '<interview>:<anchor>' is not a paragraph id (<interview>:<anchor>);"
        " see: interviews show INTERVIEW"
    ]


def _with_gold(asked: Question, gold: str) -> Question:
    return replace(asked, gold=(gold,))
