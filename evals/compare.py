"""A run and perhaps a baseline → what changed row by row, and one decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import Floor
from evals.figures import BY_NAME, figures
from evals.metrics import detectable_drop, mcnemar
from evals.records import Change, Decision, Figure, Row, Run, State, StoredAnswer
from evals.score import PASSING

MEAN_TOLERANCE = 0.02
"""How far a mean of a group may fall. Rows decide; this catches many small losses of rank."""

GROWTH = 2.0
GROWTH_CHARACTERS = 300
"""An answer that is more than twice as long, and by so many characters, is padded."""

INVARIANTS: Mapping[str, str] = {
    "markers": "a marker leads nowhere",
    "verbatim": "a quote is not verbatim",
    "attributed": "a quote is given to another speaker than the transcript names",
}
"""Checks that hold in every row, whatever the baseline says."""


COMPARED: tuple[State, ...] = ("fixed", "regressed", "unchanged")
"""States of rows that both runs have and that ask the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run, what it was compared with, and what came of it."""

    run: Run
    baseline: Run | None
    changes: tuple[Change, ...]
    """Of every row of either, in the order of the run; empty without a baseline."""
    means: tuple[tuple[Figure, Figure], ...]
    """Baseline and run over the rows that both have."""
    decision: Decision
    regressed: int
    """Questions that passed in both languages and no longer do."""
    fixed: int
    questions: int

    @property
    def p_value(self) -> float:
        """One-sided exact McNemar over questions; with nothing random, context and not a rule."""
        return mcnemar(self.regressed, self.fixed)

    @property
    def detectable(self) -> float | None:
        """The smallest true drop in passed questions that a set of this size would show."""
        return detectable_drop(self.questions)


def compare(run: Run, baseline: Run | None, floors: Sequence[Floor] = ()) -> Comparison:
    """Compare a run with a baseline, if there is one, and with what must always hold.

    Worse: a row lost a check, a row was not scored, a mean fell by more than the tolerance, a
    floor or an invariant is broken. Not comparable: the set, the corpus or the scorer is another,
    or questions were edited or taken away; then nothing is called better or worse for it.
    """
    foreign = list(_foreign(run, baseline)) if baseline else []
    changes = tuple(_changes(run, baseline)) if baseline and not foreign else ()
    both = [c for c in changes if c.state in COMPARED]
    means = _means(both)
    bad = [*_broken(run, floors), *_worse(changes, means)]
    gaps = [*foreign, *_gaps(changes)]
    regressed, fixed = _flips(changes)
    return Comparison(
        run=run,
        baseline=baseline,
        changes=changes,
        means=means,
        decision=_decide(bad, gaps, comparable=not foreign),
        regressed=regressed,
        fixed=fixed,
        questions=len({row.id for row in run.rows}),
    )


def _decide(bad: Sequence[str], gaps: Sequence[str], *, comparable: bool) -> Decision:
    if not comparable:
        return Decision("not comparable", (*gaps, *bad))
    if bad:
        return Decision("worse", (*bad, *gaps))
    return Decision("not comparable" if gaps else "no worse", tuple(gaps))


def _foreign(run: Run, baseline: Run) -> Iterator[str]:
    for what, now, then in (
        ("set", run.set_id, baseline.set_id),
        ("corpus", run.corpus, baseline.corpus),
        ("scorer", run.scorer, baseline.scorer),
    ):
        if now != then:
            yield f"the baseline is of another {what}: {then}, now {now}"


def _changes(run: Run, baseline: Run) -> Iterator[Change]:
    before = {row.key: row for row in baseline.rows}
    for row in run.rows:
        yield _change(before.pop(row.key, None), row)
    if run.complete:
        for row in before.values():
            yield Change(row.key, "removed", before=row)


def _change(before: Row | None, after: Row) -> Change:
    if after.answer is None:
        return Change(after.key, "errored", before=before, after=after)
    if before is None or before.answer is None:
        return Change(after.key, "new", after=after)
    if before.digest != after.digest:
        return Change(after.key, "incomparable", before=before, after=after)
    lost = [n for n, held in before.checks.items() if held and after.checks.get(n) is False]
    won = [n for n, held in after.checks.items() if held and before.checks.get(n) is False]
    # Where it declined before, an answer may be imprecise and still be gained; it may not be wrong.
    lost += [n for n in PASSING if after.checks.get(n) is False and n not in before.checks]
    if _grew(before.answer, after.answer):
        lost.append("length")
    state: State = "regressed" if lost else "fixed" if won else "unchanged"
    return Change(after.key, state, tuple(lost), tuple(won), before, after)


def _grew(before: StoredAnswer, after: StoredAnswer) -> bool:
    then, now = (sum(len(claim.text) for claim in answer.claims) for answer in (before, after))
    return now > GROWTH * then and now - then > GROWTH_CHARACTERS


def _means(changes: Iterable[Change]) -> tuple[tuple[Figure, Figure], ...]:
    both = [(c.before, c.after) for c in changes if c.before and c.after]
    then = {(f.metric, f.group): f for f in figures([before for before, _ in both])}
    now = figures([after for _, after in both])
    return tuple((then[f.metric, f.group], f) for f in now if (f.metric, f.group) in then)


def _worse(changes: Sequence[Change], means: Sequence[tuple[Figure, Figure]]) -> Iterator[str]:
    for change in changes:
        if change.state == "regressed":
            yield f"{change.key} lost: {', '.join(change.lost)}"
    for then, now in means:
        if then.value is None or now.value is None:
            continue
        fall = then.value - now.value
        if BY_NAME[now.metric].better == "lower":
            fall = -fall
        if fall > MEAN_TOLERANCE:
            yield (
                f"{BY_NAME[now.metric].label} of {now.group}:"
                f" {then.value:.3f} → {now.value:.3f} (n={now.n})"
            )


def _broken(run: Run, floors: Sequence[Floor]) -> Iterator[str]:
    for row in run.rows:
        if row.answer is None:
            yield f"{row.key} was not scored: {row.error}"
        for check, words in INVARIANTS.items():
            if row.checks.get(check) is False:
                yield f"{row.key}: {words}"
    if not run.complete:
        return  # the mean of a part says nothing about a floor
    known = {(f.metric, f.group): f for f in figures(run.rows)}
    for floor in floors:
        found = known.get((floor.metric, floor.group))
        label = f"{floor.metric} of {floor.group}"
        if found is None or found.value is None:
            yield f"{label} has a floor, and no row to measure it"
        elif floor.at_least is not None and found.value < floor.at_least:
            yield f"{label} is {found.value:.3f} (n={found.n}), under {floor.at_least:g}"
        elif floor.at_most is not None and found.value > floor.at_most:
            yield f"{label} is {found.value:.3f} (n={found.n}), over {floor.at_most:g}"


def _gaps(changes: Sequence[Change]) -> Iterator[str]:
    edited = sorted({c.key.rpartition("/")[0] for c in changes if c.state == "incomparable"})
    removed = sorted({c.key.rpartition("/")[0] for c in changes if c.state == "removed"})
    if edited:
        yield f"questions edited since the baseline: {', '.join(edited)}"
    if removed:
        yield f"questions gone since the baseline: {', '.join(removed)}"


def _flips(changes: Iterable[Change]) -> tuple[int, int]:
    """Count questions, not rows: the two languages of one question are no two observations."""
    by_question: dict[str, list[Change]] = {}
    for change in changes:
        by_question.setdefault(change.key.rpartition("/")[0], []).append(change)
    regressed = fixed = 0
    for members in by_question.values():
        if any(c.state not in COMPARED for c in members):
            continue
        then = all(c.before and c.before.passed for c in members)
        now = all(c.after and c.after.passed for c in members)
        regressed += then and not now
        fixed += now and not then
    return regressed, fixed
