"""The bundled sample → any number of paragraphs, made of its sentences in another order."""

import random
from collections.abc import Iterator
from pathlib import Path

from assistant.wiring import sample_folder
from index.parse import parse_interview, read_transcript
from index.records import LANGUAGES, Language
from index.sentences import split_sentences

SENTENCES = 4
"""Sentences of a paragraph: some 60 words."""

TURNS = 500
"""Paragraphs of an interview: two hours of talk."""

SWAPPED = 0.1
"""Share of sentences in which one word becomes a number, so that sentences are not all repeated."""


def sentences() -> dict[Language, list[str]]:
    """Return the sentences of the sample interviews, by language."""
    found: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for path in sorted(sample_folder().glob("*.md")):
        interview = parse_interview(read_transcript(path), interview_id=path.stem, path=str(path))
        for paragraph in interview.paragraphs:
            for language, text in paragraph.texts.items():
                found[language] += [text[start:end] for start, end in split_sentences(text)]
    return found


def write_corpus(folder: Path, paragraphs: int, *, seed: int = 0) -> list[str]:
    """Write transcripts of so many paragraphs, half of them in each language; return the texts."""
    chance = random.Random(seed)
    known = sentences()
    texts: list[str] = []
    for number in range(-(-paragraphs // TURNS)):
        language = LANGUAGES[number % len(LANGUAGES)]
        size = min(TURNS, paragraphs - len(texts))
        turns = list(_turns(known[language], size, chance))
        page = "\n\n".join(f"**Speaker {i % 3 + 1}:** {turn}" for i, turn in enumerate(turns))
        header = f"---\ntitle: Talk {number}\ndate: {2000 + number % 25}-01-01\n---\n\n"
        (folder / f"talk-{number:05}.md").write_text(f"{header}{page}\n", encoding="utf-8")
        texts += turns
    return texts


def questions(count: int, *, seed: int = 1) -> list[str]:
    """Return so many questions: some words of sentences, in both languages by turns."""
    chance = random.Random(seed)
    known = sentences()
    return [_question(chance.choice(known[LANGUAGES[i % 2]]), chance) for i in range(count)]


def _turns(known: list[str], count: int, chance: random.Random) -> Iterator[str]:
    for _ in range(count):
        picked = [_varied(chance.choice(known), chance) for _ in range(SENTENCES)]
        yield " ".join(" ".join(picked).split())


def _varied(sentence: str, chance: random.Random) -> str:
    words = sentence.split(" ")
    if chance.random() < SWAPPED and len(words) > 2:
        words[chance.randrange(len(words))] = str(chance.randrange(10_000))
    return " ".join(words)


def _question(sentence: str, chance: random.Random) -> str:
    """Return a stretch of a sentence, about ten words, asked as a question."""
    if sentence.isascii():
        words = sentence.split()
        start = chance.randrange(max(len(words) - 10, 1))
        return f"What about {' '.join(words[start : start + 10])}?"
    start = chance.randrange(max(len(sentence) - 16, 1))
    return f"{sentence[start : start + 16]}是怎么回事？"
