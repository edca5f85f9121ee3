"""How well evidence parts questions that can be answered from those that cannot.

    python -m evals.abstention PACK

PACK is a folder with `docs/` and `questions.jsonl` (and `unanswerable.jsonl`, if there is one), or
the name of a bundled set. Prints, for each language, the false refusals at the thresholds shipped,
and for each kind of unanswerable question: false answers at these, false answers where 15 % of the
answerable were refused, and how often an answerable question has more evidence (AUROC).
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.quote import find_passages
from assistant.settings import Settings
from assistant.signals import evidence, threshold
from assistant.wiring import opened_searcher
from evals.commands import CORPORA, SETS
from evals.corpus import indexed
from evals.packs import DOCS
from evals.questions import load_set
from index.errors import InterviewsError, UsageError
from index.records import LANGUAGES, Language
from index.search import Searcher

REFUSED = 0.15
"""Share of the answerable that may be refused."""
ANSWERABLE = "answerable"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in one language, and what may come of it."""

    language: Language
    text: str
    kind: str
    """`answerable`, or the kind of unanswerable."""
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with the evidence found for it."""

    asking: Asking
    evidence: float
    """Relative to the threshold that applies: answered from 0."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one kind of question is answered that should not be."""

    language: Language
    kind: str
    n: int
    answered: float
    """Share answered at the thresholds shipped."""
    answered_at: float
    """Share answered when `REFUSED` of the answerable are refused."""
    auroc: float
    """Chance that an answerable question has more evidence than one of this kind; ties half."""


def read_askings(name: str) -> tuple[Path, list[Asking]]:
    """Return the transcripts of a pack or a bundled set, and its questions.

    Raises:
        UsageError: there is no such pack or set.
    """
    if name in CORPORA:
        return CORPORA[name](), list(_of_set(SETS / f"{name}.jsonl"))
    folder = Path(name)
    files = [folder / "questions.jsonl", folder / "unanswerable.jsonl"]
    if not files[0].is_file():
        raise UsageError(f"{name} is no pack and no bundled set")
    texts = [file.read_text(encoding="utf-8") for file in files if file.is_file()]
    lines = [line for text in texts for line in text.splitlines()]
    return folder / DOCS, [_of_line(json.loads(line)) for line in lines if line.strip()]


def weigh(askings: Sequence[Asking], searcher: Searcher) -> list[Weighed]:
    """Return the evidence that each question has, over its threshold; nothing found is least."""
    weighed = []
    for asking in askings:
        asked, passages = find_passages(asking.text, searcher, asking.history)
        over = evidence(asked, passages) - threshold(asked, passages) if passages else -math.inf
        weighed.append(Weighed(asking, over))
    return weighed


def rates(weighed: Sequence[Weighed]) -> list[Rates]:
    """Return a line for each language and kind, the answerable first; their rate is of refusals."""
    found: list[Rates] = []
    for language in LANGUAGES:
        here = sorted((w for w in weighed if w.asking.language == language), key=_kind)
        values = {
            kind: sorted(w.evidence for w in group) for kind, group in groupby(here, key=_kind)
        }
        known = values.pop(ANSWERABLE, [])
        if not known:
            continue
        limit = known[int(REFUSED * len(known))]
        refused = _share(known, below=0.0)
        found.append(Rates(language, ANSWERABLE, len(known), 1 - refused, 1 - REFUSED, 0.5))
        found += [
            Rates(
                language,
                kind,
                len(others),
                1 - _share(others, below=0.0),
                1 - _share(others, below=limit),
                auroc(known, others),
            )
            for kind, others in values.items()
        ]
    return found


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive value is over a negative one, ties half; 0 to 1.

    Raises:
        ValueError: one of them is empty.
    """
    if not positive or not negative:
        raise ValueError("both sides need a value")
    over = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return over / (len(positive) * len(negative))


def table(found: Sequence[Rates]) -> str:
    """Return the rates as lines of text."""
    lines = [f"{'':4}{'kind':16}{'n':>5}{'answered':>10}{'at 15 %':>9}{'AUROC':>7}"]
    for r in found:
        last = "" if r.kind == ANSWERABLE else f"{r.auroc:7.2f}"
        lines.append(
            f"{r.language:4}{r.kind:16}{r.n:5}{r.answered:10.2f}{r.answered_at:9.2f}{last}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of one pack or set."""
    parser = argparse.ArgumentParser(prog="python -m evals.abstention")
    parser.add_argument(
        "pack", help="a folder with docs/ and questions.jsonl, or: sample, others, seeds"
    )
    name = parser.parse_args(arguments).pack
    try:
        folder, askings = read_askings(name)
        with (
            indexed(folder, Settings(store=Path())) as there,
            opened_searcher(there, lambda _: None) as searcher,
        ):
            sys.stdout.write(table(rates(weigh(askings, searcher))) + "\n")
    except InterviewsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _of_set(path: Path) -> Iterator[Asking]:
    for question in load_set(path).questions:
        for language, text in question.texts.items():
            said = tuple(
                (turn.question[language], turn.answer[language]) for turn in question.history
            )
            yield Asking(language, text, question.unanswerable or ANSWERABLE, said)


def _of_line(value: dict[str, Any]) -> Asking:
    answerable = value.get("answerable", bool(value.get("doc")))
    kind = ANSWERABLE if answerable else str(value.get("kind") or "unanswerable")
    return Asking(value["lang"], value["question"], kind)


def _kind(weighed: Weighed) -> str:
    return weighed.asking.kind


def _share(values: Sequence[float], *, below: float) -> float:
    return sum(value < below for value in values) / len(values)


if __name__ == "__main__":
    sys.exit(main())
