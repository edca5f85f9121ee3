"""The program with one fault each: the gate must call every one of them worse.

`python -m evals.mutants` runs all over the sample set and prints which check caught which.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings, load_settings
from evals.altered import Altered
from evals.commands import Options, corpus_folder, opened_workplace
from evals.compare import compare
from evals.corpus import Fit, Notice, indexed
from evals.faults import faults
from evals.honesty import Bench
from evals.protocols import AnswerSystem
from evals.records import Run
from evals.run import run
from evals.system import opened_system
from index.errors import UsageError
from index.scan import ENDINGS

SHOWN = 6
"""Checks the table names of each mutant."""


@dataclass(frozen=True, slots=True)
class Kill:
    """What became of one mutant."""

    mutant: str
    outcome: str
    """`killed`, `survived`, or `no effect` when it answered every question as the program does."""
    reasons: int
    """Rows, means and invariants that gave it away."""
    by: tuple[str, ...]
    """The checks that rows lost, the one most lost first."""


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
    lines = [
        f"{k.mutant:<{width}}  {k.outcome:<9}  {k.reasons:>7}  {', '.join(k.by[:SHOWN])}"
        for k in table
    ]
    killed = sum(kill.outcome == "killed" for kill in table)
    head = f"{'mutant':<{width}}  outcome    reasons  by"
    return "\n".join([head, *lines, f"{killed} of {len(table)} killed"])


@contextmanager
def stale_system(folder: Path, settings: Settings, notice: Notice) -> Iterator[AnswerSystem]:
    """Yield the program over an index made when every second transcript was not there yet."""
    with TemporaryDirectory() as scratch:
        old = Path(scratch, "corpus")
        shutil.copytree(folder, old)
        for path in [p for p in sorted(old.rglob("*")) if p.suffix in ENDINGS][1::2]:
            path.unlink()
        with indexed(old, settings) as there, opened_system(there, notice) as system:
            yield Altered("a stale index", system, lambda reply: reply)


def _run(system: AnswerSystem, fitted: Fit, bench: Bench) -> Run:
    return run("mutants", fitted, system, bench, made_of={})


def _kill(own: Run, mutated: Run) -> Kill:
    comparison = compare(mutated, own)
    name, reasons = mutated.system["name"], comparison.decision.reasons
    if comparison.decision.outcome == "worse":
        lost = Counter(check for change in comparison.changes for check in change.lost)
        return Kill(name, "killed", len(reasons), tuple(check for check, _ in lost.most_common()))
    same = [a.answer == b.answer for a, b in zip(own.rows, mutated.rows, strict=True)]
    return Kill(name, "no effect" if all(same) else "survived", 0, ())


def kill_all(options: Options, settings: Settings, notice: Notice) -> list[Kill]:
    """Run all mutants of the program over a set.

    Raises:
        UsageError: the set has no corpus folder to make a stale index of.
    """
    folder = corpus_folder(options)
    if folder is None:
        raise UsageError("a stale index needs transcripts: name a corpus folder")
    with (
        opened_workplace(options, settings, notice) as work,
        stale_system(folder, settings, notice) as stale,
    ):
        return kills(work.system, work.fitted, work.bench, [stale])


def main() -> None:
    """Print the table of kills; leave with 1 when a mutant survived."""
    parser = argparse.ArgumentParser(prog="python -m evals.mutants", description=__doc__)
    parser.add_argument("--set", dest="set_name", default="sample")
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    options = Options(given.set_name, given.corpus)
    table = kill_all(options, load_settings({}), lambda line: print(line, file=sys.stderr))  # noqa: T201  # a command
    print(kill_table(table))  # noqa: T201  # its output
    sys.exit(any(kill.outcome != "killed" for kill in table))


if __name__ == "__main__":
    main()
