"""A text → its clauses; words of a claim × clauses → how far each word is met in each.

A word is met by itself, a translation, or a word of near meaning; nothing decides yet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.asked import tables
from index.fold import fold
from index.protocols import Matrix
from index.sentences import split_sentences
from index.words import is_chinese, stop_words, words

Shares = NDArray[np.float32]
"""How far each word is met in each clause, 0 to 1, shape (words, clauses)."""

NEAR = 0.35
"""Cosine from which two words of the bundled table say something alike."""
TRANSLATIONS = 12
"""Translations of a word that are looked for; later ones are rare senses."""
SHORT = 8
"""Weight below which a clause joins the next one; a Chinese character weighs 3."""

_CUT = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；:：—–。！？!?]+|\.(?=\s|$)")
# Words of telling: what is told is the rest. As stems, in both languages.
_TELLING_WORDS = (
    "claim believ think declar admit promis insist state accord report regard add note mean"
    " explain recall argu estimat expect suspect view opinion statement interview speaker guest"
    " altogether total overall roughly approximately around exactly certainly really"
    " 认为 觉得 表示 声称 相信 承认 坚持 估计 指出 提到 告诉 怀疑 否认 承诺 回忆 采访 访谈 嘉宾"
    " 一共 总共 大约 大概 左右 差不多 确实 实际上 后来 因此 曾经 曾 共"
)
_TELLING = frozenset(_TELLING_WORDS.split(" "))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence."""

    text: str
    """Folded."""
    start: int
    end: int
    """Characters of the text as written."""
    sentence: int
    words: frozenset[str]
    is_chinese: bool
    """Whether any of its characters is."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text, taken apart."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]
    distinct: tuple[str, ...]
    vectors: Matrix
    members: tuple[tuple[int, ...], ...]
    """Of each clause: which distinct words it has."""


@lru_cache(maxsize=1 << 9)
def read_passage(text: str) -> Passage:
    """Take a text apart; the same texts come again and again."""
    sentences = tuple(split_sentences(text))
    clauses = tuple(
        _clause(text, a, b, place)
        for place, (start, end) in enumerate(sentences)
        for a, b in clause_spans(text, start, end)
    )
    distinct = tuple(dict.fromkeys(word for clause in clauses for word in sorted(clause.words)))
    vectors, _ = tables()[1].vectors(distinct)
    places = {word: place for place, word in enumerate(distinct)}
    members = tuple(tuple(places[word] for word in clause.words) for clause in clauses)
    return Passage(text, sentences, clauses, distinct, vectors, members)


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the clauses of a sentence; very short ones join the next."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _CUT.finditer(text, start, end):
        if _weight(text[begin : match.start()]) >= SHORT:
            spans.append((begin, match.end()))
            begin = match.end()
    if text[begin:end].strip():
        if spans and _weight(text[begin:end]) < SHORT:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
    return spans


def telling_words(text: str) -> list[str]:
    """Return the content words of a claim, each once, without those that only say it is told."""
    left = _TELLING | stop_words()
    return list(dict.fromkeys(word for word in words(fold(text)) if word not in left))


def weigh(found: Sequence[str]) -> Shares:
    """Return what each word says, 0 to 1: rare words more."""
    return np.array([max(0.1, tables()[1].weight(word)) for word in found], np.float32)


def meet(found: Sequence[str], passage: Passage) -> Shares:
    """Return how far each word is met in each clause of a passage."""
    shares = np.zeros((len(found), len(passage.clauses)), np.float32)
    if not found or not passage.clauses:
        return shares
    vectors, _ = tables()[1].vectors(found)
    near = np.clip((vectors @ passage.vectors.T - NEAR) / (1 - NEAR), 0, 1)
    translations = _translations(tuple(found))
    for column, clause in enumerate(passage.clauses):
        if passage.members[column]:
            shares[:, column] = near[:, list(passage.members[column])].max(axis=1)
        for row, word in enumerate(found):
            met = _met(word, translations[row], clause)
            shares[row, column] = max(shares[row, column], met)
    return shares


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One translation of a word."""

    target: str
    strength: float
    is_chinese: bool


@lru_cache(maxsize=1 << 10)
def _translations(found: tuple[str, ...]) -> tuple[tuple[_Meaning, ...], ...]:
    """Return the translations of words, with those of the phrases they are part of."""
    meant: dict[str, dict[str, float]] = {word: {} for word in found}
    for translation in tables()[0].translate(found):
        for word in translation.words:
            for target, weight in list(translation.weights.items())[:TRANSLATIONS]:
                # A rare sense is still better than nothing: from .6, up with its probability.
                meant[word][target] = max(meant[word].get(target, 0), min(1.0, 0.6 + weight))
    return tuple(
        tuple(_Meaning(target, s, is_chinese(target)) for target, s in meant[word].items())
        for word in found
    )


def _met(word: str, meanings: Sequence[_Meaning], clause: Clause) -> float:
    if _has(word, clause):
        return 1.0
    best = max((m.strength * _has_part(m, clause) for m in meanings), default=0.0)
    if len(word) > 1 and is_chinese(word):
        # Compounds by their characters: 辞职 is half met by 辞了, 十九个人 by 十九人.
        best = max(best, sum(character in clause.text for character in word) / len(word) * 0.7)
        if len(word) > 2:
            pairs = [word[i : i + 2] for i in range(len(word) - 1)]
            best = max(best, sum(pair in clause.text for pair in pairs) / len(pairs) * 0.9)
    return best


def _has_part(meaning: _Meaning, clause: Clause) -> float:
    """Return how much of a translation a clause has; Chinese ones also count by characters."""
    word = meaning.target
    if word in clause.words:
        return 1.0
    if not meaning.is_chinese or not clause.is_chinese:
        return 0.0
    if len(word) > 1 and word in clause.text:
        return 1.0
    found = sum(character in clause.text for character in word)
    return 0.55 * found / len(word) if found * 2 >= len(word) else 0.0


def _has(word: str, clause: Clause) -> bool:
    # A single character is looked for as a word: inside others it means something else.
    return word in clause.words or (
        len(word) > 1 and clause.is_chinese and word in clause.text and is_chinese(word)
    )


def _clause(text: str, start: int, end: int, sentence: int) -> Clause:
    folded = fold(text[start:end])
    has_han = any(is_chinese(character) for character in folded)
    return Clause(folded, start, end, sentence, frozenset(words(folded)), has_han)


def _weight(piece: str) -> int:
    stripped = piece.strip()
    return len(stripped) + 2 * sum(is_chinese(character) for character in stripped)
