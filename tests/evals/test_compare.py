"""The gate: what is worse, what cannot be compared, and what is written as a baseline."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.altered import Altered
from evals.baseline import (
    Floor,
    ForeignBaselineError,
    accept,
    read_baseline,
    run_values,
)
from evals.compare import compare
from evals.faults import faults
from evals.mutants import kill_table, kills
from evals.policies import policies
from evals.records import Reply, Run
from evals.run import draw, rescore, run
from index.errors import UsageError
from tests.evals.world import BENCH, CORPUS, FIT, ORACLE, QUESTIONS, perfect_run

TODAY = date(2026, 1, 2)


def changed(number: int, **fields: object) -> Run:
    own = perfect_run()
    rows = list(own.rows)
    rows[number] = replace(rows[number], **fields)  # type: ignore[arg-type]  # any field
    return replace(own, rows=tuple(rows))


def test_two_runs_are_the_same_but_for_their_times() -> None:
    one, other = (json.dumps(run_values(perfect_run()), sort_keys=True) for _ in range(2))
    assert one == other
    assert "seconds" not in one


def test_the_same_run_is_no_worse() -> None:
    comparison = compare(perfect_run(), perfect_run())
    assert (comparison.decision.outcome, comparison.decision.exit_code) == ("no worse", 0)
    assert {change.state for change in comparison.changes} == {"unchanged"}
    assert comparison.p_value == 1


def test_one_lost_check_of_one_row_is_worse() -> None:
    checks = dict(perfect_run().rows[0].checks) | {"first_right": False}
    comparison = compare(changed(0, checks=checks), perfect_run())
    assert comparison.decision.exit_code == 1
    assert comparison.decision.reasons == ("kiln-1/en lost: first_right",)
    back = compare(perfect_run(), changed(0, checks=checks))
    assert back.decision.exit_code == 0
    assert [c.key for c in back.changes if c.state == "fixed"] == ["kiln-1/en"]


@pytest.mark.parametrize("field", ["set_id", "corpus", "scorer"])
def test_a_baseline_from_elsewhere_cannot_be_compared(field: str) -> None:
    comparison = compare(perfect_run(), replace(perfect_run(), **{field: "other"}))  # type: ignore[arg-type]  # any field
    assert comparison.decision.exit_code == 7
    assert comparison.changes == ()


def test_another_system_can_be_compared() -> None:
    assert compare(perfect_run(), replace(perfect_run(), system={})).decision.exit_code == 0


def test_stored_answers_can_be_scored_again() -> None:
    old = replace(perfect_run(), scorer="0", rows=changed(0, checks={}, scores={}).rows)
    assert compare(perfect_run(), old).decision.exit_code == 7
    again = rescore(old, FIT, BENCH)
    assert run_values(again) == run_values(perfect_run())
    assert compare(perfect_run(), again).decision.exit_code == 0


def test_edited_and_removed_questions_are_gaps_and_new_ones_are_not() -> None:
    edited = compare(changed(0, digest="other"), perfect_run())
    assert edited.decision.exit_code == 7
    assert edited.decision.reasons == ("questions edited since the baseline: kiln-1",)
    own = perfect_run()
    fewer = replace(own, rows=own.rows[2:])
    assert compare(fewer, own).decision.reasons == ("questions gone since the baseline: kiln-1",)
    assert compare(own, fewer).decision.exit_code == 0
    part = compare(replace(fewer, complete=False), own)
    assert part.decision.exit_code == 0, "what was not asked is not gone"


def test_an_unscored_row_is_worse_and_never_a_zero() -> None:
    lost = replace(FIT, vanished={"kiln-2": ("talk:ffffffff",)})
    partial = run("kiln", lost, ORACLE, BENCH, made_of={})
    assert partial.rows[2].scores == {}
    comparison = compare(partial, perfect_run())
    assert comparison.decision.exit_code == 1
    assert "kiln-2/en was not scored: gold vanished: talk:ffffffff" in comparison.decision.reasons
    with pytest.raises(UsageError, match="every row scored"):
        accept(partial, Path("x.json"), reason="because", changes="", today=TODAY)


def test_invariants_hold_without_any_baseline() -> None:
    forged = Altered("forged", ORACLE, faults(CORPUS)["a forged marker"])
    decision = compare(run("kiln", FIT, forged, BENCH, made_of={}), None).decision
    assert decision.exit_code == 1
    assert decision.reasons[0] == "kiln-1/en: a marker leads nowhere"


def test_floors_hold_whatever_the_baseline_says() -> None:
    floors = [Floor("recall@5", "zh→en", at_least=0.85), Floor("false_answer", "all", at_most=0)]
    assert compare(perfect_run(), None, floors).decision.exit_code == 0
    high = [Floor("recall@1", "all", at_least=0.9), Floor("recall@5", "fr→en", at_least=0)]
    decision = compare(perfect_run(), None, high).decision
    assert decision.exit_code == 1
    assert decision.reasons == (
        "recall@1 of all is 0.875 (n=8), under 0.9",
        "recall@5 of fr→en has a floor, and no row to measure it",
    )
    assert compare(replace(perfect_run(), complete=False), None, high).decision.exit_code == 0


def test_a_baseline_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kiln.json"
    accept(perfect_run(), path, reason="First.", changes="all new", today=TODAY)
    comparison = compare(perfect_run(), read_baseline(path))
    assert comparison.decision.exit_code == 0
    first = path.read_bytes()
    accept(perfect_run(), path, reason="Second.", changes="none", today=TODAY)
    assert path.read_bytes() == first
    log = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
    assert log.index("Second.") < log.index("First.")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["CHANGELOG.md", "kiln.json"]


@pytest.mark.parametrize(
    ("fields", "reason", "told"),
    [({"complete": False}, "x", "whole set"), ({}, " ", "needs a reason")],
)
def test_a_baseline_needs_a_whole_run_and_a_reason(
    fields: dict[str, bool], reason: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=told):
        accept(
            replace(perfect_run(), **fields),  # type: ignore[arg-type]  # any field
            tmp_path / "x.json", reason=reason, changes="", today=TODAY,
        )  # fmt: skip
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "is not a baseline: it lacks 'schema'"),
        ("[]", "is not a baseline: it holds no JSON object"),
        ('"baseline"', "is not a baseline: it holds no JSON object"),
        ('{"schema": "1"}', "is not a baseline: schema is of another type"),
        ('{"schema": 1}', "is not a baseline: it lacks 'set'"),
    ],
)
def test_a_file_that_is_no_baseline_is_named(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told) as caught:
        read_baseline(path)
    assert caught.value.exit_code == 2
    assert "write one with: interviews eval --accept" in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"scores": {"recall@5": float("nan")}}, "rows[0].scores.'recall@5' is no finite number"),
        ({"scores": {"recall@5": 10**400}}, "rows[0].scores.'recall@5' is no finite number"),
        ({"id": "kiln-2"}, "the row kiln-2/en stands twice"),
        ({"scores": []}, "rows[0].scores is of another type"),
        ({"scores": {"recall@5": "1"}}, "rows[0].scores.'recall@5' is of another type"),
        ({"checks": {"answered": 1}}, "rows[0].checks.'answered' is of another type"),
        ({"language": "fr"}, "rows[0].language is none of en, zh"),
        ({"answer": {}}, "rows[0].answer lacks 'outcome'"),
        ({"colour": "red"}, "rows[0] has no field 'colour'"),
    ],
)
def test_a_row_of_another_shape_is_named(
    fields: dict[str, object], told: str, tmp_path: Path
) -> None:
    values = run_values(perfect_run())
    values["rows"][0] |= fields
    path = tmp_path / "x.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(told)) as caught:
        read_baseline(path)
    assert caught.value.exit_code == 2


def test_a_baseline_without_rows_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(run_values(perfect_run()) | {"rows": []}), encoding="utf-8-sig")
    with pytest.raises(UsageError, match="it holds no rows"):
        read_baseline(path)


def test_a_baseline_of_another_format_cannot_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"schema": 99}', encoding="utf-8")
    with pytest.raises(ForeignBaselineError) as caught:
        read_baseline(path)
    assert caught.value.exit_code == 7


def test_every_mutant_of_a_right_system_is_killed() -> None:
    table = kills(ORACLE, FIT, BENCH)
    assert len(table) >= 12
    assert [kill.mutant for kill in table if kill.outcome != "killed"] == [], kill_table(table)


@pytest.mark.parametrize("name", faults(CORPUS))
def test_a_fault_in_one_answer_is_enough(name: str) -> None:
    fault = faults(CORPUS)[name]

    def once(reply: Reply) -> Reply:
        return fault(reply) if reply.answer.question in victims else reply

    victims = {
        text
        for q in QUESTIONS
        if q.id in VICTIMS.get(name, {"kiln-1"})
        for text in q.texts.values()
    }
    mutated = run("kiln", FIT, Altered(name, ORACLE, once), BENCH, made_of={})
    assert compare(mutated, perfect_run()).decision.exit_code == 1


# Faults that need a certain question: one in the other language only, one that is declined, …
VICTIMS = {"one language dropped": {"kiln-3"}, "everything answered": {"kiln-5"}}


def test_stupid_rules_score_below_the_truth() -> None:
    own = sum(bool(row.passed) for row in perfect_run().rows)
    for policy in policies(ORACLE):
        rows = run("kiln", FIT, policy, BENCH, made_of={}).rows
        assert sum(bool(row.passed) for row in rows) < own, policy.name


def test_a_sample_is_drawn_the_same_way_each_time() -> None:
    drawn = draw(QUESTIONS, 3)
    assert drawn == draw(QUESTIONS[::-1], 3)[::-1]
    assert len(drawn) == 3
    assert draw(QUESTIONS, 99) == list(QUESTIONS)
