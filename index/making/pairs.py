"""Questions and claims of our own about paragraphs of others → pairs of texts with their answers.

`pairs.jsonl` names each paragraph by folder and id and holds, in both languages, what it tells and
what it does not quite tell, what it answers and what it does not quite answer. The paragraphs are
read from folders of transcripts; those that are not there are left out.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.cross_encoder import ANSWERED, BORNE_OUT, window
from index.encoder import sentence_encoder
from index.errors import InputError
from index.parse import parse_interview, read_transcript
from index.records import Interview, Language
from index.sentences import split_sentences

PAIRS = Path(__file__).with_name("pairs.jsonl")
ROWS: Mapping[str, tuple[int, int]] = {
    "told": (BORNE_OUT, 1),
    "untold": (BORNE_OUT, 0),
    "answered": (ANSWERED, 1),
    "unanswered": (ANSWERED, 0),
}
"""Of a line: what is asked of the pair, and whether it is so."""
BOTH: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))
LEAST_WORDS, LEAST_CHARACTERS = 8, 15
"""Of a sentence that says enough to be recognised in its translation."""


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts, what is asked of them, and the answer."""

    first: str
    second: str
    task: int
    """`BORNE_OUT` or `ANSWERED`."""
    label: int
    """1 or 0."""


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph as it is read."""

    speaker: str | None
    texts: Mapping[Language, str]


def read_folder(folder: Path) -> dict[str, list[list[Told]]]:
    """Return the paragraphs of a folder of transcripts, by section and file name."""
    return {
        interview.summary.id: [
            [Told(p.speaker, p.texts) for p in section.paragraphs] for section in interview.sections
        ]
        for interview in _interviews(folder)
    }


def read_paragraphs(folder: Path) -> dict[str, Told]:
    """Return the paragraphs of a folder of transcripts by id."""
    return {
        paragraph.id: Told(paragraph.speaker, paragraph.texts)
        for interview in _interviews(folder)
        for section in interview.sections
        for paragraph in section.paragraphs
    }


def _interviews(folder: Path) -> Iterator[Interview]:
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt"}):
        try:
            yield parse_interview(read_transcript(path), interview_id=path.stem, path=str(path))
        except InputError:
            continue  # a folder of others may hold anything


def own_examples(folders: Mapping[str, Path], chance: random.Random) -> Iterator[Example]:
    """Yield the pairs of `pairs.jsonl` whose paragraphs are there.

    Args:
        folders: by the name that begins the ids.
        chance: draws which text of a bilingual paragraph is read.
    """
    paragraphs = {name: read_paragraphs(folder) for name, folder in folders.items()}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name, _, paragraph = row["paragraph"].partition("/")
        told = paragraphs.get(name, {}).get(paragraph)
        if told is not None:
            for kind, (task, label) in ROWS.items():
                for written in row[kind].values():
                    text = chance.choice(list(told.texts.values()))
                    yield Example(written, as_read(written, told.speaker, text), task, label)


def as_read(first: str, speaker: str | None, text: str) -> str:
    """Return what of a text is given to read with another, and who says it."""
    spans = split_sentences(text)
    encode = sentence_encoder().encode
    near = encode([text[start:end] for start, end in spans]) @ encode([first])[0]
    said = window(text, spans, near.tolist())
    return f"{speaker}: {said}" if speaker else said


def translations(folders: Sequence[Path], chance: random.Random) -> Iterator[Example]:
    """Yield sentences with their paragraph's other text, and with that of a neighbour."""
    for folder in folders:
        for sections in read_folder(folder).values():
            both = [p.texts for section in sections for p in section if len(p.texts) > 1]
            for one, other in pairwise(both):
                for mine, theirs in BOTH:
                    yield from _translation(one[mine], one[theirs], other[theirs], chance)


def _translation(text: str, told: str, beside: str, chance: random.Random) -> Iterator[Example]:
    sentences = [text[start:end] for start, end in split_sentences(text)]
    telling = [s for s in sentences if len(s.split()) >= LEAST_WORDS or _is_long(s)]
    if telling:
        sentence = chance.choice(telling)
        yield Example(sentence, as_read(sentence, None, told), BORNE_OUT, 1)
        yield Example(sentence, as_read(sentence, None, beside), BORNE_OUT, 0)


def _is_long(sentence: str) -> bool:
    return not sentence.isascii() and len(sentence) >= LEAST_CHARACTERS


def pack_examples(pack: Path, chance: random.Random) -> Iterator[Example]:
    """Yield the questions of a pack with the section that answers them and with another one.

    A question that its document does not answer comes with any section of it.
    """
    documents = read_folder(pack / "docs")
    for line in (pack / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sections = documents.get(Path(row.get("doc") or row.get("about_doc") or "").stem, [])
        question, place = row["question"], row.get("section_index")
        if place is not None and place < len(sections):
            for text in _texts(sections[place]):
                yield Example(question, as_read(question, None, text), ANSWERED, 1)
        others = [text for i, s in enumerate(sections) if i != place for text in _texts(s)]
        if others:
            yield Example(question, as_read(question, None, chance.choice(others)), ANSWERED, 0)


def _texts(section: Sequence[Told]) -> list[str]:
    """Return a section's text in each language."""
    joined: dict[Language, str] = {}
    for paragraph in section:
        for language, text in paragraph.texts.items():
            joined[language] = f"{joined.get(language, '')} {text}".strip()
    return list(joined.values())
