"""Labelled claims → how far the claim check agrees with whoever labelled them.

    python -m evals.agreement                  all; exit code 1 below the gate
    python -m evals.agreement --half held-out  what nothing was tuned on
    python -m evals.agreement --pairs FOLDER   parallel texts besides, as a sanity check

Each claim says whether rules were written with it in view (`tuning`) or before anybody looked.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from assistant.checking.check import check_sentence
from assistant.records import Source, Verdict
from assistant.wiring import sample_folder
from index.errors import InputError
from index.parse import parse_interview, read_transcript
from index.records import LANGUAGES, Interview, InterviewSummary, Language, Paragraph
from index.sentences import split_sentences

Half = Literal["tuning", "held-out", "both"]
CLAIMS = Path(__file__).with_name("sets") / "claims.jsonl"
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CELLS = ("en", "zh", "crossing")
"""Where claim and paragraph share a language, and where they do not."""
GATE = 0.90
"""Least accuracy in each cell."""
PARAGRAPHS = 3
SENTENCES = 4
"""Of each document and each paragraph of parallel texts, from the beginning."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One claim, what it cites, and what a reader made of it."""

    id: str
    language: str
    """`en`, `zh`, or claim-paragraph as in `en-zh`."""
    claim: str
    paragraphs: tuple[str, ...]
    label: Verdict
    detail: str
    """What is wrong, or not told; empty when nothing is."""
    half: Half
    """"tuning" was there to be looked at while rules were written; "held-out" was not."""

    @property
    def cell(self) -> str:
        """The language, or that two are crossed."""
        return self.language if self.language in LANGUAGES else "crossing"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled claim and the verdict of the check."""

    labelled: Labelled
    verdict: Verdict
    codes: tuple[str, ...]
    seconds: float


def read_labelled(path: Path) -> list[Labelled]:
    """Return the claims of a file, in order.

    Raises:
        InputError: a line is no claim.
    """
    claims = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            values = json.loads(line)
            claims.append(
                Labelled(
                    values["id"],
                    values["language"],
                    values["claim"],
                    tuple(values["paragraphs"]),
                    values["label"],
                    values["detail"],
                    values["half"],
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: no labelled claim ({error})") from error
    return claims


def read_sources(folder: Path) -> dict[str, Source]:
    """Return the paragraphs of a folder of transcripts, by id."""
    return {
        source.paragraph.id: source
        for path in sorted(folder.glob("*.md"))
        for source in sources_of(_read(path))
    }


def sources_of(interview: Interview) -> list[Source]:
    """Return the paragraphs of an interview with their places."""
    summary = InterviewSummary(
        id=interview.id,
        title=interview.title,
        path=interview.path,
        date=interview.date,
        source=interview.source,
        speakers=interview.speakers,
        languages=interview.languages,
        tags=interview.tags,
        sections=len(interview.sections),
        paragraphs=len(interview.paragraphs),
    )
    return [
        Source(paragraph, summary, section.index, section.heading)
        for section in interview.sections
        for paragraph in section.paragraphs
    ]


def judge_all(claims: Iterable[Labelled], sources: Mapping[str, Source]) -> list[Judged]:
    """Check every claim against the paragraphs it cites."""
    judged = []
    for labelled in claims:
        began = time.perf_counter()
        check = check_sentence(labelled.claim, [sources[name] for name in labelled.paragraphs])
        seconds = time.perf_counter() - began
        codes = tuple(reason.code for reason in check.reasons)
        judged.append(Judged(labelled, check.verdict, codes, seconds))
    return judged


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
    """Whether every cell reaches the gate."""
    return all((accuracy(_cell(judged, cell)) or 0.0) >= GATE for cell in CELLS)


def report(judged: Sequence[Judged]) -> str:
    """Return figures, confusion and disagreements as lines."""
    lines = ["cell          n  accuracy  kappa  supported or not"]
    for cell in CELLS:
        part = _cell(judged, cell)
        lines.append(
            f"{cell:<9}{len(part):>6}  {_figure(accuracy(part)):>8}  {_figure(kappa(part)):>5}"
            f"  {_figure(standing(part)):>16}"
        )
    times = sorted(j.seconds * 1000 for j in judged)
    if times:
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        lines.append(f"{middle:.1f} ms a sentence, 95 of 100 under {late:.1f} ms")
    for cell in CELLS:
        lines += ["", *_table(cell, _cell(judged, cell))]
    wrong = [j for j in judged if j.verdict != j.labelled.label]
    lines += ["", f"{len(wrong)} disagreements (label → verdict)"]
    lines += [
        f"  {j.labelled.id} {j.labelled.label} → {j.verdict} ({', '.join(j.codes) or '-'})"
        f" {j.labelled.detail or '-'}: {j.labelled.claim}"
        for j in wrong
    ]
    return "\n".join(lines)


def pair_rates(folder: Path) -> str:
    """Return the verdicts of sentences against their translations and against other paragraphs.

    Nothing is labelled: a sentence should be borne out by its own paragraph in the other language,
    and not by the next paragraph of the same document.
    """
    counted: dict[tuple[str, str], Counter[Verdict]] = {}
    for path in sorted(folder.glob("*.md")):
        sources = [s for s in sources_of(_read(path)) if len(s.paragraph.texts) == 2]
        for place, source in enumerate(sources[:PARAGRAPHS]):
            other = sources[(place + 1) % len(sources)]
            for kind, against in (("translation", source), ("next paragraph", other)):
                if kind == "next paragraph" and other is source:
                    continue
                _count_pairs(counted, kind, source, against)
    return "\n".join(
        f"{direction}, {kind:<14} n={found.total()}: "
        + ", ".join(f"{v} {found[v] / found.total():.2f}" for v in VERDICTS)
        for (direction, kind), found in counted.items()
    )


def main(arguments: Sequence[str]) -> int:
    """Print the agreement; return 1 when a cell is below the gate."""
    options = _parser().parse_args(arguments)
    sources = read_sources(sample_folder())
    claims = [c for c in read_labelled(CLAIMS) if options.half in {"both", c.half}]
    judged = judge_all(claims, sources)
    sys.stdout.write(report(judged) + "\n")
    if options.pairs is not None:
        sys.stdout.write("\n" + pair_rates(options.pairs) + "\n")
    return 0 if passes(judged) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.agreement")
    parser.add_argument("--half", choices=get_args(Half), default="both")
    parser.add_argument("--pairs", type=Path, help="a folder of transcripts in both languages")
    return parser


def _count_pairs(
    counted: dict[tuple[str, str], Counter[Verdict]], kind: str, source: Source, against: Source
) -> None:
    for mine, theirs in ((LANGUAGES[0], LANGUAGES[1]), (LANGUAGES[1], LANGUAGES[0])):
        found = counted.setdefault((f"{mine}→{theirs}", kind), Counter())
        text = source.paragraph.texts[mine]
        for start, end in islice(split_sentences(text), SENTENCES):
            alone = replace(against, paragraph=_only(against.paragraph, theirs))
            found[check_sentence(text[start:end], [alone]).verdict] += 1


def _only(paragraph: Paragraph, language: Language) -> Paragraph:
    """Return a paragraph with one of its texts."""
    return replace(paragraph, texts={language: paragraph.texts[language]})


def _read(path: Path) -> Interview:
    return parse_interview(read_transcript(path), interview_id=path.stem, path=str(path))


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
