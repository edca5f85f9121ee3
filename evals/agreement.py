"""Labelled claims → how far the claim check agrees with whoever labelled them.

python -m evals.agreement                  all; exit code 1 below the gate
python -m evals.agreement --half unseen    what nothing was tuned on
python -m evals.agreement --figures        without the claims that disagree
python -m evals.agreement --pairs FOLDER   parallel texts besides, as a sanity check
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from assistant.records import Verdict
from assistant.wiring import sample_folder
from evals.labelled import CLAIMS, Half, Judged, judge_all, read_labelled, read_sources
from evals.parallel import pair_rates
from index.plurals import counted

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CELLS = ("en", "zh", "crossing")
"""Where claim and paragraph share a language, and where they do not."""
GATE = 0.90
"""Least accuracy in each cell, over the claims the rules were made with."""
BY_OTHERS: tuple[Half, ...] = ("second", "unseen")
"""Claims of people who had not seen the check; shown apart, for they tell what to expect."""


def accuracy(judged: Sequence[Judged]) -> float | None:
    """Return the share of verdicts that are the label, 0 to 1; None without any."""
    if not judged:
        return None
    return sum(j.verdict == j.labelled.label for j in judged) / len(judged)


def standing(judged: Sequence[Judged]) -> float | None:
    """Return the share where label and verdict agree on "supported" or not; None without any."""
    if not judged:
        return None
    told = "supported"
    return sum((j.verdict == told) == (j.labelled.label == told) for j in judged) / len(judged)


def kappa(judged: Sequence[Judged]) -> float | None:
    """Return the agreement beyond chance, at most 1; None when chance alone would always agree.

    Source: Cohen, "A coefficient of agreement for nominal scales", 1960.
    """
    observed = accuracy(judged)
    if observed is None:
        return None
    labels = Counter(j.labelled.label for j in judged)
    verdicts = Counter(j.verdict for j in judged)
    chance = sum(labels[v] * verdicts[v] for v in VERDICTS) / len(judged) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def confusion(judged: Sequence[Judged]) -> Counter[tuple[Verdict, Verdict]]:
    """Return how often each label got each verdict."""
    return Counter((j.labelled.label, j.verdict) for j in judged)


def passes(judged: Sequence[Judged]) -> bool:
    """Whether every cell reaches the gate, without what others wrote."""
    own = [j for j in judged if j.labelled.half not in BY_OTHERS] or judged
    return all((accuracy(_cell(own, cell)) or 0.0) >= GATE for cell in CELLS)


def report(judged: Sequence[Judged], *, names: bool = True) -> str:
    """Return figures by cell, half and kind of fault as lines.

    Args:
        judged: the claims with their verdicts.
        names: whether the claims that disagree follow.
    """
    own = [j for j in judged if j.labelled.half not in BY_OTHERS]
    others = [j for j in judged if j.labelled.half in BY_OTHERS]
    lines = [*_by_cell(own)] if own else []
    if others:
        lines += ["", "written by others, who had not seen the check", *_by_cell(others)]
    lines += [*_pace(judged)]
    for cell in CELLS:
        lines += ["", *_table(cell, _cell(judged, cell))]
    lines += ["", *_by_fault(judged)]
    return "\n".join([*lines, "", *_disagreements(judged)] if names else lines)


def main(arguments: Sequence[str]) -> int:
    """Print the agreement; return 1 when a cell is below the gate."""
    options = _parser().parse_args(arguments)
    claims = [c for c in read_labelled(CLAIMS) if options.half in {None, c.half}]
    judged = judge_all(claims, read_sources(sample_folder()))
    sys.stdout.write(report(judged, names=not options.figures) + "\n")
    if options.pairs is not None:
        sys.stdout.write("\n" + pair_rates(options.pairs) + "\n")
    return 0 if passes(judged) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.agreement")
    parser.add_argument("--half", choices=get_args(Half), help="only this part of the set")
    parser.add_argument("--figures", action="store_true", help="leave out the claims themselves")
    parser.add_argument("--pairs", type=Path, help="a folder of transcripts in both languages")
    return parser


def _by_cell(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the figures of every cell, and below it of every half that has claims in it."""
    yield "cell                 n  accuracy  kappa  supported or not"
    for cell in CELLS:
        part = _cell(judged, cell)
        yield _line(cell, part)
        for half in get_args(Half):
            mine = [j for j in part if j.labelled.half == half]
            if 0 < len(mine) < len(part):
                yield _line(f"  {half}", mine)


def _line(name: str, part: Sequence[Judged]) -> str:
    return (
        f"{name:<16}{len(part):>6}  {_figure(accuracy(part)):>8}  {_figure(kappa(part)):>5}"
        f"  {_figure(standing(part)):>16}"
    )


def _pace(judged: Sequence[Judged]) -> Iterator[str]:
    times = sorted(j.seconds * 1000 for j in judged)
    if times:
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        yield f"{middle:.1f} ms a sentence, 95 of 100 under {late:.1f} ms"


def _by_fault(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many claims of each kind of fault got their label, worst kind first."""
    faults: dict[str, list[bool]] = {}
    for j in judged:
        fault = j.labelled.detail.partition(":")[0] or "none"
        faults.setdefault(fault, []).append(j.verdict == j.labelled.label)
    yield "fault                      n  accuracy"
    for fault, right in sorted(faults.items(), key=lambda item: sum(item[1]) / len(item[1])):
        yield f"{fault:<22}{len(right):>6}  {sum(right) / len(right):>8.3f}"


def _disagreements(judged: Sequence[Judged]) -> Iterator[str]:
    wrong = [j for j in judged if j.verdict != j.labelled.label]
    yield f"{counted(len(wrong), 'disagreement')} (label → verdict)"
    for j in wrong:
        yield (
            f"  {j.labelled.id} {j.labelled.label} → {j.verdict} ({', '.join(j.codes) or '-'})"
            f" {j.labelled.detail or '-'}: {j.labelled.claim}"
        )


def _cell(judged: Sequence[Judged], cell: str) -> list[Judged]:
    return [j for j in judged if j.labelled.cell == cell]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(cell: str, judged: Sequence[Judged]) -> list[str]:
    found = confusion(judged)
    head = f"{cell + ': label ↓ verdict →':<26}" + "".join(f"{v:>14}" for v in VERDICTS)
    rows = [
        f"{label:<26}" + "".join(f"{found[label, verdict]:>14}" for verdict in VERDICTS)
        for label in VERDICTS
    ]
    return [head, *rows]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
