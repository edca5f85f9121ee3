"""Transcripts in both languages → how their sentences fare against their own translations.

Nothing is labelled: a sentence should be borne out by its own paragraph in the other language, and
not by the next paragraph of the same document.
"""

from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import get_args

from assistant.checking.check import check_sentence
from assistant.records import Source, Verdict
from evals.labelled import read_whole, sources_of
from index.records import LANGUAGES, Language, Paragraph
from index.sentences import split_sentences

PARAGRAPHS = 3
SENTENCES = 4
"""Of each document and each paragraph of parallel texts, from the beginning."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def pair_rates(folder: Path) -> str:
    """Return the verdicts of sentences against their translations and other paragraphs."""
    counted: dict[tuple[str, str], Counter[Verdict]] = {}
    for path in sorted(folder.glob("*.md")):
        sources = [s for s in sources_of(read_whole(path)) if len(s.paragraph.texts) == 2]
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
