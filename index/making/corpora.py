"""Transcripts on disk → sentences, parallel texts and questions to learn vectors from.

Two public corpora, unpacked: English podcast transcripts (changelog) and mostly Chinese ones, some
with an English and a Chinese paragraph in turn (foundry). Files are read in order of their names
and samples are drawn by a hash of the text, so the same folders give the same examples.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from index.sentences import split_sentences
from index.words import HAN

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SPEAKER = re.compile(r"^\*\*[^*]{1,40}\*\*[:：]?\s*")
_MARKUP = re.compile(r"\*\*|^[>*\-\s]+|<[^<>]*>")
_HEADING = re.compile(r"#+\s+(.*)")
_HAN = re.compile(f"[{HAN}]")
QUESTION_MARKS = ("?", "？")


class Pair(NamedTuple):
    """Two texts that should lie close: a translation, or a question and its answer."""

    first: str
    second: str


def read_paragraphs(folder: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of each Markdown file under a folder, headings among them."""
    for path in sorted(folder.rglob("*.md")):
        text = _FRONT_MATTER.sub("", path.read_text(encoding="utf-8", errors="replace"))
        paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
        yield [part for part in paragraphs if part]


def clean(paragraph: str) -> str:
    """Return a paragraph's words on one line, without its speaker and its markup."""
    return " ".join(_MARKUP.sub("", _SPEAKER.sub("", paragraph)).split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in split_sentences(text)]


def han_share(text: str) -> float:
    """Return the share of Chinese characters, 0 to 1."""
    return len(_HAN.findall(text)) / max(1, len(text))


def draw(texts: Iterable[str], count: int) -> list[str]:
    """Return count different texts, those with the smallest hashes: chance, but the same again."""
    return sorted(set(texts), key=_hash)[:count]


def english_sentences(files: Iterable[list[str]]) -> tuple[list[str], list[str], list[str]]:
    """Return statements, questions and windows of three sentences of English transcripts.

    Short ones say too little to learn from, long ones take the teacher too long.
    """
    statements, questions, windows = [], [], []
    for paragraphs in files:
        for paragraph in paragraphs:
            found = sentences(clean(paragraph)) if not paragraph.startswith("#") else []
            lengths = [len(sentence.split()) for sentence in found]
            for sentence, length in zip(found, lengths, strict=True):
                if sentence.endswith("?") and 5 <= length <= 30:
                    questions.append(sentence)
                elif 7 <= length <= 35:
                    statements.append(sentence)
            if 25 < sum(lengths[:3]) < 90 and len(found) >= 3:
                windows.append(" ".join(found[:3]))
    return statements, questions, windows


def parallel_texts(files: Iterable[list[str]]) -> list[Pair]:
    """Return English texts with their Chinese: neighbouring paragraphs, and their sentences.

    A file counts when at least five English paragraphs are followed by a Chinese one of a
    plausible length. Sentences are paired where both paragraphs have as many.
    """
    found = []
    for paragraphs in files:
        bodies = [clean(paragraph) for paragraph in paragraphs if not paragraph.startswith("#")]
        pairs = [Pair(*both) for both in pairwise(bodies) if _is_translation(*both)]
        if len(pairs) >= 5:
            for pair in pairs:
                found += [pair, *_sentence_pairs(pair)]
    return found


def _is_translation(english: str, chinese: str) -> bool:
    long_enough = len(english) > 20 and len(chinese) > 8
    languages = han_share(english) < 0.1 and han_share(chinese) > 0.3
    return long_enough and languages and 1.2 < len(english) / len(chinese) < 6


def _sentence_pairs(pair: Pair) -> Iterator[Pair]:
    english, chinese = sentences(pair.first), sentences(pair.second)
    if len(english) == len(chinese) > 1:
        for first, second in zip(english, chinese, strict=True):
            if len(first) > 15 and len(second) > 5:
                yield Pair(first, second)


def questions_and_answers(files: Iterable[list[str]]) -> Iterator[Pair]:
    """Yield what is asked, or said over a section, with the beginning of what follows.

    A paragraph ending in a question and the next one; a heading and each of its paragraphs.
    """
    for paragraphs in files:
        heading = ""
        for place, paragraph in enumerate(paragraphs):
            first, _, rest = paragraph.partition("\n")
            if match := _HEADING.match(first):
                heading = clean(match[1])
            body = clean(rest if match else paragraph)
            if len(body) < 40:
                continue
            if _is_telling(heading):
                yield Pair(heading, body[:400])
            asked = sentences(body)[-1]
            following = clean(paragraphs[place + 1]) if place + 1 < len(paragraphs) else ""
            if asked.endswith(QUESTION_MARKS) and _is_telling(asked) and len(following) > 60:
                yield Pair(asked, following[:600])


def _is_telling(text: str) -> bool:
    """Say whether a question or heading is long enough to mean something and no longer."""
    if han_share(text) > 0.3:
        return 6 <= len(text) <= 100
    return 3 <= len(text.split()) <= 35


def sentences_in_context(files: Iterable[list[str]]) -> Iterator[Pair]:
    """Yield one Chinese sentence of each paragraph with its neighbours.

    Source: the inverse cloze task of Lee, Chang & Toutanova, ACL 2019.
    """
    for paragraphs in files:
        for paragraph in map(clean, paragraphs):
            found = sentences(paragraph) if han_share(paragraph) > 0.3 else []
            if len(found) >= 3:
                place = int(_hash(paragraph), 16) % len(found)
                around = found[max(0, place - 2) : place] + found[place + 1 : place + 4]
                if 8 < len(found[place]) < 100 and len("".join(around)) > 30:
                    yield Pair(found[place], " ".join(around)[:400])


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
