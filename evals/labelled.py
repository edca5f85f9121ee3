"""A file of labelled claims, a folder of transcripts → each claim with the check's verdict.

Each claim says whether rules were written with it in view: `tuning` and `dev` were, `held-out` was
looked at since, `held` was kept apart. The last two were written by others, who had not seen the
check: `second` was looked at when rules were mended, of `unseen` nothing but its figures.
"""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.checking.check import check_sentence
from assistant.records import Source, Verdict
from index.errors import InputError
from index.parse import parse_interview, read_transcript
from index.records import LANGUAGES, Interview

Half = Literal["tuning", "held-out", "dev", "held", "second", "unseen"]
CLAIMS = Path(__file__).with_name("sets") / "claims.jsonl"


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
    """Which part of the set it belongs to, as above."""

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
        for source in sources_of(read_whole(path))
    }


def sources_of(interview: Interview) -> list[Source]:
    """Return the paragraphs of an interview with their places."""
    summary = interview.summary
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


def read_whole(path: Path) -> Interview:
    """Return the interview of a transcript, named after its file."""
    return parse_interview(read_transcript(path), interview_id=path.stem, path=str(path))
