"""Figures, changes and decisions → lines of text: what the terminal and the Markdown share."""

import unicodedata
from collections.abc import Mapping, Sequence

from evals.compare import Comparison
from evals.figures import CELLS, METRICS
from evals.records import Figure, Row, StoredAnswer
from index.plurals import counted

GROUPS: Mapping[str, tuple[str, ...]] = {
    "cell": ("all", *CELLS),
    "language": ("all", "en", "zh"),
    "unanswerable": ("all", "near_miss", "false_premise", "absent", "off_topic"),
    "all": ("all",),
}
POLICY_METRICS = {
    "passed": "passed",
    "nuggets_vital": "nuggets",
    "citation_precision": "cite precision",
    "citation_recall": "cite recall",
    "contradicted": "contradicted",
    "false_answer": "false answers",
    "false_refusal": "false refusals",
}
HEADLINES = {
    "no worse": "NO WORSE",
    "worse": "WORSE",
    "not comparable": "NOT COMPARABLE",
}


def metric_table(figures: Sequence[Figure]) -> list[list[list[str]]]:
    """Return one table for each way of grouping, as rows of cells, the head first."""
    known = {(f.metric, f.group): f for f in figures}
    tables = []
    for grouping, groups in GROUPS.items():
        metrics = [m for m in METRICS if m.grouping == grouping]
        shown = [g for g in groups if any((m.name, g) in known for m in metrics)]
        rows = [[m.label, *(_cell(known.get((m.name, g))) for g in shown)] for m in metrics]
        tables.append([["", *shown], *rows])
    return tables


def policy_table(systems: Mapping[str, Sequence[Figure]]) -> list[list[str]]:
    """Return the means that matter, one system a row."""
    rows = [["", *POLICY_METRICS.values()]]
    for system, figures in systems.items():
        known = {f.metric: f for f in figures if f.group == "all"}
        rows.append([system, *(_cell(known.get(name)) for name in POLICY_METRICS)])
    return rows


def decision_lines(comparison: Comparison, *, most: int) -> list[str]:
    """Return the verdict, why, and what a set of this size could miss."""
    decision = comparison.decision
    against = "the baseline" if comparison.baseline else "what must always hold"
    lines = [f"{HEADLINES[decision.outcome]} than {against}" if decision.outcome != "not comparable"
             else f"{HEADLINES[decision.outcome]} with the baseline"]  # fmt: skip
    lines += [f"- {reason}" for reason in decision.reasons[:most]]
    if len(decision.reasons) > most:
        lines.append(f"- and {len(decision.reasons) - most} more")
    if comparison.changes:
        lines.append(state_line(comparison))
    lines.append(power_line(comparison))
    return lines


def state_line(comparison: Comparison) -> str:
    """Return how many rows are in each state."""
    counts: dict[str, int] = {}
    for change in comparison.changes:
        counts[change.state] = counts.get(change.state, 0) + 1
    return "rows: " + ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))


def power_line(comparison: Comparison) -> str:
    """Return the smallest drop that the set can show, and the test's p when there is a baseline."""
    drop = comparison.detectable
    asked = counted(comparison.questions, "question")
    seen = (
        f"{asked} show a true drop of {100 * drop:.1f} points or more"
        if drop is not None
        else f"{asked} {'is' if comparison.questions == 1 else 'are'} too few to show any true drop"
    )
    line = f"{seen} in questions passed (exact McNemar, one-sided 5 %, power 80 %)"
    if not comparison.changes:
        return line
    return (
        f"{line}; here {comparison.regressed} regressed, {comparison.fixed} fixed,"
        f" p = {comparison.p_value:.3f}; nothing is random, so each row that changed is a change"
    )


def answer_lines(answer: StoredAnswer | None) -> list[str]:
    """Return an answer's sentences with markers and what the markers lead to, or its abstention."""
    if answer is None:
        return ["(not scored)"]
    lines = [
        f"{claim.text} {''.join(f'[{n}]' for n in claim.citations)}".rstrip()
        for claim in answer.claims
    ]
    cited = [f"[{c.number}] {c.speaker or '-'} · {c.paragraph}" for c in answer.cited]
    return [*lines, *cited] or [answer.message]


def failed_checks(row: Row) -> list[str]:
    """Return the checks that a row does not pass, with what is known about why."""
    failed = [name for name, held in row.checks.items() if not held]
    reasons = [f"{name}: {', '.join(found)}" for name, found in row.details.items()]
    return [*failed, *reasons]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as columns; a wide character takes two places."""
    widths = [max(width_of(row[i]) for row in rows if i < len(row)) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            f"{cell}{' ' * (widths[i] - width_of(cell))}" for i, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )


def side_by_side(left: Sequence[str], right: Sequence[str], *, width: int) -> str:
    """Return two texts in columns of that width each, broken anywhere."""
    columns = [[part for line in lines for part in _broken(line, width)] for lines in (left, right)]
    height = max(len(column) for column in columns)
    one, other = (column + [""] * (height - len(column)) for column in columns)
    return "\n".join(
        f"  {a}{' ' * (width - width_of(a))} │ {b}".rstrip()
        for a, b in zip(one, other, strict=True)
    )


def width_of(text: str) -> int:
    """Return the places a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _broken(line: str, width: int) -> list[str]:
    parts, part = [], ""
    for character in line:
        if width_of(part + character) > width:
            cut = part.rfind(" ") + 1 if character.isascii() and " " in part else len(part)
            parts.append(part[:cut].rstrip())
            part = part[cut:]
        part += character
    return [*parts, part]


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "-"
    return f"{figure.value:.3f} (n={figure.n})"
