"""The program with one fault each: the gate must call every one of them worse.

`python -m evals.mutants` runs all over the sample set and prints which check caught which.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from evals.altered import Altered
from evals.compare import compare
from evals.corpus import Fit, Notice, indexed
from evals.faults import faults
from evals.protocols import AnswerSystem
from evals.records import Run
from evals.run import run
from evals.score import Bench
from evals.system import opened_system


@dataclass(frozen=True, slots=True)
class Kill:
    """What became of one mutant."""

    mutant: str
    outcome: str
    """`killed`, `survived`, or `no effect` when it answered every question as the program does."""
    reasons: int
    first: str


def kills(
    system: AnswerSystem, fitted: Fit, bench: Bench, others: Sequence[AnswerSystem] = ()
) -> list[Kill]:
    """Run every mutant of a system and hold it against the system's own run."""
    own = _run(system, fitted, bench)
    altered = [Altered(name, system, change) for name, change in faults(bench.corpus).items()]
    return [_kill(own, _run(mutant, fitted, bench)) for mutant in (*altered, *others)]


def kill_table(table: Sequence[Kill]) -> str:
    """Return the kills as lines."""
    width = max(len(kill.mutant) for kill in table)
    lines = [f"{k.mutant:<{width}}  {k.outcome:<9}  {k.reasons:>4}  {k.first}" for k in table]
    killed = sum(kill.outcome == "killed" for kill in table)
    head = f"{'mutant':<{width}}  outcome    lost  first reason"
    return "\n".join([head, *lines, f"{killed} of {len(table)} killed"])


@contextmanager
def stale_system(folder: Path, settings: Settings, notice: Notice) -> Iterator[AnswerSystem]:
    """Yield the program over an index made before the second half of every transcript came."""
    with TemporaryDirectory() as scratch:
        old = Path(scratch, "corpus")
        shutil.copytree(folder, old)
        for path in sorted(old.rglob("*")):
            if path.suffix in {".md", ".txt"}:
                lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
                path.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
        with indexed(old, settings) as there, opened_system(there, notice) as system:
            yield Altered("a stale index", system, lambda reply: reply)


def _run(system: AnswerSystem, fitted: Fit, bench: Bench) -> Run:
    return run("mutants", fitted, system, bench, made_of={})


def _kill(own: Run, mutated: Run) -> Kill:
    decision = compare(mutated, own).decision
    if decision.outcome == "worse":
        return Kill(mutated.system["name"], "killed", len(decision.reasons), decision.reasons[0])
    same = [a.answer == b.answer for a, b in zip(own.rows, mutated.rows, strict=True)]
    return Kill(mutated.system["name"], "no effect" if all(same) else "survived", 0, "")
