"""A finished evaluation → a terminal page, Markdown, JSON or JUnit XML; pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from xml.etree import ElementTree

from assistant.render import printable
from evals.baseline import run_values
from evals.compare import INVARIANTS, Comparison
from evals.figures import latency
from evals.records import Change, Corpus, Figure, Question, Row
from evals.tables import (
    aligned,
    answer_lines,
    decision_lines,
    failed_checks,
    metric_table,
    policy_table,
    side_by_side,
    state_line,
)
from index.plurals import counted

SCHEMA = 1
COLUMN = 56
MOST_CHANGES = 20
MOST_REASONS = 40
MOST_CHARACTERS = 160
QUOTE, BAR = "'", "\\|"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one evaluation came to."""

    comparison: Comparison
    figures: tuple[Figure, ...]
    systems: Mapping[str, tuple[Figure, ...]]
    """The system and the degenerate policies beside it, by name."""


def page(report: Report) -> str:
    """Return what the terminal shows."""
    run = report.comparison.run
    parts = [headline(report), *(f"note: {note}" for note in run.notes)]
    parts += [aligned(table) for table in metric_table(report.figures)]
    if report.systems:
        parts.append(aligned(policy_table(report.systems)))
    changed = [c for c in report.comparison.changes if c.state in {"regressed", "fixed"}]
    parts += [change_block(change) for change in changed[:MOST_CHANGES]]
    if len(changed) > MOST_CHANGES:
        parts.append(
            f"and {counted(len(changed) - MOST_CHANGES, 'more row')} changed (all with --json)"
        )
    parts.append("\n".join(decision_lines(report.comparison, most=MOST_REASONS)))
    times = latency(run.rows)
    if times["p50"] is not None and times["p95"] is not None:
        parts.append(f"an answer takes {1000 * times['p50']:.0f} ms, 95 % under"
                     f" {1000 * times['p95']:.0f} ms (never compared)")  # fmt: skip
    return "\n\n".join(parts)


def headline(report: Report) -> str:
    """Return what was asked of what."""
    run = report.comparison.run
    made = ", ".join(f"{name} {value}" for name, value in run.system.items() if value)
    part = "" if run.complete else " (a part of it)"
    return (
        f"set {run.set_id}{part}: {counted(report.comparison.questions, 'question')},"
        f" {counted(len(run.rows), 'row')}; corpus {run.corpus}, scorer {run.scorer}"
        f"\nsystem: {made}"
    )


def change_block(change: Change) -> str:
    """Return one row that changed, with both answers side by side."""
    marks = [f"lost {', '.join(change.lost)}"] if change.lost else []
    marks += [f"won {', '.join(change.won)}"] if change.won else []
    before = ["baseline", *answer_lines(change.before.answer if change.before else None)]
    after = ["now", *answer_lines(change.after.answer if change.after else None)]
    body = side_by_side(before, after, width=COLUMN)
    return f"{change.key} {change.state}: {'; '.join(marks)}\n{body}"


def markdown(report: Report) -> str:
    """Return one screen for a pull request: verdict, figures, the rows that got worse."""
    comparison = report.comparison
    verdict, *reasons = decision_lines(comparison, most=10)
    tables = metric_table(report.figures)
    parts = [f"## {verdict}", "\n".join(reasons), headline(report).replace("\n", "  \n")]
    parts += [_markdown_table(table) for table in tables]
    if report.systems:
        parts.append(_markdown_table(policy_table(report.systems)))
    worse = [c for c in comparison.changes if c.state == "regressed"][:MOST_CHANGES]
    if worse:
        rows = [["row", "lost", "baseline", "now"]]
        rows += [[c.key, ", ".join(c.lost), _inline(c.before), _inline(c.after)] for c in worse]
        parts.append(_markdown_table(rows))
    return "\n\n".join(parts) + "\n"


def json_values(report: Report) -> dict[str, Any]:
    """Return everything as JSON values; all times stand in `times` alone."""
    comparison = report.comparison
    rows = comparison.run.rows
    return {
        "schema": SCHEMA,
        "run": run_values(comparison.run),
        "figures": [_figure(figure) for figure in report.figures],
        "systems": {
            name: [_figure(figure) for figure in figures if figure.group == "all"]
            for name, figures in report.systems.items()
        },
        "comparison": {
            "outcome": comparison.decision.outcome,
            "exit_code": comparison.decision.exit_code,
            "reasons": list(comparison.decision.reasons),
            "changes": [
                {"row": c.key, "state": c.state, "lost": list(c.lost), "won": list(c.won)}
                for c in comparison.changes
                if c.state != "unchanged"
            ],
            "regressed": comparison.regressed,
            "fixed": comparison.fixed,
            "questions": comparison.questions,
            "p": comparison.p_value,
            "detectable_drop": comparison.detectable,
        },
        "times": {**latency(rows), "rows": {row.key: round(row.seconds, 4) for row in rows}},
    }


def json_text(report: Report) -> str:
    """Return `json_values` with sorted keys, so that equal runs are equal texts but for times."""
    return json.dumps(json_values(report), ensure_ascii=False, sort_keys=True)


def junit(report: Report) -> str:
    """Return JUnit XML: one case a row.

    With a baseline a row fails when it got worse, without one when it is not right; a broken
    invariant always fails it. Rows that cannot be compared are skipped, unscored ones are errors.
    """
    changes = {change.key: change for change in report.comparison.changes}
    run = report.comparison.run
    suite = ElementTree.Element("testsuite", name=f"interviews eval {run.set_id}")
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for row in run.rows:
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"{run.set_id}.{row.kind}", name=row.key,
            time=f"{row.seconds:.3f}",
        )  # fmt: skip
        counts["tests"] += 1
        outcome, message = _junit_outcome(row, changes.get(row.key))
        if outcome is not None:
            ElementTree.SubElement(case, outcome, message=printable(message))
            counts[{"failure": "failures", "error": "errors"}.get(outcome, "skipped")] += 1
    for name, count in counts.items():
        suite.set(name, str(count))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def question_page(
    question: Question, corpus: Corpus, rows: Sequence[Row], old: Sequence[Row]
) -> str:
    """Return one question whole: what is right, its evidence, both answers and their checks."""
    parts = [f"{question.id} · {question.kind} · {question.unanswerable or 'answerable'}"]
    for name in question.gold:
        source = corpus.sources[name]
        words = "\n".join(f"    {text}" for text in source.paragraph.texts.values())
        parts.append(f"gold {name} · {source.paragraph.speaker or '-'} · {source.heading}\n{words}")
    for nugget in question.nuggets:
        forms = " | ".join(form for several in nugget.forms.values() for form in several)
        parts.append(f"nugget{'' if nugget.vital else ' (not vital)'}: {forms}")
    if question.forbidden:
        parts.append(f"forbidden: {' | '.join(question.forbidden)}")
    if question.note:
        parts.append(f"note: {question.note}")
    before = {row.key: row for row in old}
    for row in rows:
        state = "not scored" if row.passed is None else "passed" if row.passed else "failed"
        head = [f"{row.key} · {state} · {question.texts[row.language]}"]
        head += [f"  ✗ {line}" for line in failed_checks(row)]
        now = answer_lines(row.answer)
        if row.key in before:
            then = ["baseline", *answer_lines(before[row.key].answer)]
            head.append(side_by_side(then, ["now", *now], width=COLUMN))
        else:
            head += [f"  {line}" for line in now]
        parts.append("\n".join(head))
    return "\n\n".join(parts)


def accepted_changes(comparison: Comparison) -> str:
    """Return what a changelog says of an accepted run."""
    return state_line(comparison) if comparison.changes else f"rows: {len(comparison.run.rows)} new"


def _junit_outcome(row: Row, change: Change | None) -> tuple[str | None, str]:
    if row.answer is None:
        return "error", row.error or "not scored"
    broken = [words for check, words in INVARIANTS.items() if row.checks.get(check) is False]
    if broken:
        return "failure", "; ".join(broken)
    if change is None or change.state == "new":
        return (None, "") if row.passed else ("failure", "; ".join(failed_checks(row)))
    if change.state == "regressed":
        return "failure", f"lost {', '.join(change.lost)}; {'; '.join(failed_checks(row))}"
    if change.state == "incomparable":
        return "skipped", "the question was edited since the baseline"
    return None, ""


def _figure(figure: Figure) -> dict[str, Any]:
    values = asdict(figure)
    return values | {"value": None if figure.value is None else round(figure.value, 6)}


def _markdown_table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _inline(row: Row | None) -> str:
    """Return an answer as code, so that no mark of a transcript does anything in a page."""
    text = " ".join(answer_lines(row.answer if row else None))[:MOST_CHARACTERS]
    return f"`{printable(text).replace('`', QUOTE).replace('|', BAR).replace(chr(10), ' ')}`"
