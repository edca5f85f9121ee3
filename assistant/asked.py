"""Question → its words as they are looked for: how rare each is, and what else it may be called."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.called import Names, called_in_chinese, called_in_english, sounding_alike
from index.dictionary import Dictionary
from index.fold import fold
from index.language import detect_language
from index.numbers import Value, find_values
from index.protocols import Matrix
from index.records import Language
from index.static import StaticEmbedder, bundled
from index.store.reading import Reader
from index.words import is_chinese, stem, stop_words, tokens, words

Shares = NDArray[np.float32]
"""A number for each word of a question, 0 to 1, shape (words,)."""

TRANSLATIONS = 12
"""Translations of a word that are looked for; later ones are rare senses."""
PSEUDO_TEXTS = 300.0
"""Texts of general language a small collection is filled up with, so that its own common words
("battery" in talks on batteries) weigh little and a word it happens to lack is not thought rare."""
TEXT_WORDS = 100.0
"""Words such a text has."""
GENERAL = 1e-3
"""`StaticEmbedder.weight` is GENERAL / (GENERAL + share of the word in general language)."""

# Words of asking for a view: what is asked about is the rest. As stems, in both languages.
_ASKING = (
    "opinion view thought regard concern compar comparison summariz summary discus discussion"
    " interview interviewee guest speaker podcast answer question conclusion person people"
    " chang mind much many often ever"
    " 看法 观点 想法 意见 总结 讨论 访谈 采访 嘉宾 受访者 问题 回答 节目 看 这次"
    " 改变 变化 主意 们 喜欢"
)
# "Which one", "that one", "a piece of": a Chinese noun is asked for by its measure word.
_POINTING = re.compile(
    r"[哪那这][位部条支家座台张本段件项场句只份间所批]?|一[台家条件座张本段项份间所批]"
)

# Not the first word of a sentence, which always begins so.
_NAME = re.compile(r"(?<=[a-z,'] )[A-Z][A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its words are looked for."""

    text: str
    language: Language
    words: tuple[str, ...]
    """Content words, each once, in order."""
    written: tuple[str, ...]
    """The same as they were asked, folded and not stemmed."""
    weights: Shares
    """What each word says, summing to 1; empty when the question has no word at all."""
    said: float
    """What the question says altogether, in the units of rarity (natural logarithms)."""
    vectors: Matrix
    """Of each word, shape (words, dimension)."""
    translations: tuple[Mapping[str, float], ...]
    """Of each word: word of the other language to strength, 0 to 1."""
    absent: tuple[bool, ...]
    """Of each word: whether no text in the question's language has it."""
    values: Mapping[int, Value]
    """Place of a word → the value it is part of."""
    own: tuple[bool, ...]
    """Of each word: whether it was asked now, not taken over from the turns before."""
    named: tuple[bool, ...]
    """Of each word: whether it is part of somebody's name."""
    pairs: tuple[tuple[str, ...], ...]
    """Of each word: the pairs of characters of a Chinese compound; of others nothing."""
    spelled: Mapping[int, tuple[tuple[re.Pattern[str], float], ...]]
    """Place of a word → the characters that a name spelled in Pinyin may stand for."""


def read_asked(
    question: str,
    rows: Reader,
    *,
    besides: Sequence[str] = (),
    names: Names | None = None,
) -> Asked:
    """Return a question as its words are looked for.

    Args:
        question: as asked.
        rows: the collection that says which words are rare.
        besides: words of the turns before that complete it.
        names: of the texts that may answer, see `names_in`.
    """
    language = detect_language(question)
    own = _content_words(question)
    question = " ".join([question, *besides])
    written = _content_words(question) if besides else own
    found = list(written)
    frequencies = _frequencies(found, rows, language)
    weights = np.array(_weights(found, frequencies, rows.collection(language).texts), np.float32)
    vectors, _ = tables()[1].vectors(found)
    return Asked(
        text=question,
        language=language,
        words=tuple(found),
        written=tuple(written.values()),
        weights=weights / weights.sum() if found else weights,
        said=float(weights.sum()),
        vectors=vectors,
        translations=tuple(_called(question, written, _translations(found), names or {})),
        absent=tuple(frequency == 0 for frequency in frequencies),
        values=_values(question, found),
        own=tuple(word in own for word in found),
        named=_named(question, written),
        pairs=tuple(map(_pairs, found)),
        spelled=_spelled(question, written),
    )


@cache
def tables() -> tuple[Dictionary, StaticEmbedder]:
    """Return the bundled tables, opened once.

    They tell what words mean, whichever embedder the texts were embedded with.

    Raises:
        UsageError: the installation lacks them.
    """
    return Dictionary(), bundled()


def _content_words(question: str) -> dict[str, str]:
    """Return the stems of the words asked about, each with how it was written first.

    Words of asking are left out, and all stop words, unless nothing else is left.
    """
    written: dict[str, str] = {}
    for token in tokens(fold(question)):
        written.setdefault(stem(token), token)
    kept = {word: token for word, token in written.items() if word not in stop_words()}
    asking = {w for w in kept if w in _ASKING.split() or _POINTING.fullmatch(w)}
    return {w: t for w, t in kept.items() if w not in asking} or kept or written


def _frequencies(found: Sequence[str], rows: Reader, language: Language) -> list[int]:
    """Return how many texts have each word, at most: of a Chinese compound, its rarest pair."""
    parts = {word: _terms(word) for word in found}
    wanted = sorted({term for terms in parts.values() for term in terms})
    known = rows.frequencies(language, wanted)
    return [min(known.get(term, (0, 0))[1] for term in parts[word]) for word in found]


def _weights(found: Sequence[str], frequencies: Sequence[int], texts: int) -> list[float]:
    """Return the rarity of words, in the collection filled up with general language."""
    _, embedder = tables()
    every = texts + PSEUDO_TEXTS
    weights = []
    for word, here in zip(found, frequencies, strict=True):
        common = GENERAL * (1 / max(embedder.weight(word), 1e-6) - 1)
        having = here + PSEUDO_TEXTS * (1 - math.exp(-common * TEXT_WORDS))
        weights.append(math.log(1 + (every - having + 0.5) / (having + 0.5)))
    return weights


def _translations(found: Sequence[str]) -> list[dict[str, float]]:
    """Return the translations of words, with those of the phrases they are part of."""
    meant: dict[str, dict[str, float]] = {word: {} for word in found}
    for translation in tables()[0].translate(found):
        best = list(translation.weights.items())[:TRANSLATIONS]
        for word in translation.words:
            for target, weight in best:
                # A rare sense is still better than nothing: half, and up with its probability.
                meant[word][target] = max(meant[word].get(target, 0), min(1.0, 0.5 + weight))
    return [meant[word] for word in found]


def _called(
    question: str, found: Mapping[str, str], meant: list[dict[str, float]], names: Names
) -> list[dict[str, float]]:
    """Return the translations of words, with what the names among them are called elsewhere."""
    dictionary, table = tables()
    for word, called in called_in_english(list(found), dictionary, table).items():
        meant[list(found).index(word)].update(called)
    for own, other in sounding_alike(question, names, table):
        for place, word in enumerate(found.values()):
            if word in own or own in word or (len(word) > 1 and word[-2:] == own[:2]):
                meant[place][other if is_chinese(other) else stem(other)] = 1.0
    return meant


def _named(question: str, found: Mapping[str, str]) -> tuple[bool, ...]:
    """Return which words are names by their form, or may be as Chinese ones are."""
    latin = {fold(name) for name in _NAME.findall(question)}
    names = latin | called_in_english(list(found.values()), *tables()).keys()
    return tuple(token in names for token in found.values())


def _spelled(
    question: str, found: Mapping[str, str]
) -> dict[int, tuple[tuple[re.Pattern[str], float], ...]]:
    """Return the patterns of the names spelled in Pinyin, by the places of their words."""
    called = called_in_chinese(question, tables()[1])
    return {
        place: tuple((re.compile(pattern), strength) for pattern, strength in called[word])
        for place, word in enumerate(found.values())
        if called.get(word)
    }


def _pairs(word: str) -> tuple[str, ...]:
    if len(word) < 3 or not is_chinese(word):
        return ()
    return tuple(word[i : i + 2] for i in range(len(word) - 1))


def _terms(word: str) -> list[str]:
    """Return a word as the word index has it."""
    if is_chinese(word) and len(word) > 1:
        return [word[i : i + 2] for i in range(len(word) - 1)]
    return [word]


def _values(question: str, found: Sequence[str]) -> dict[int, Value]:
    """Return which words are part of a value, and which value that is."""
    values: dict[int, Value] = {}
    for value in find_values(question):
        inside = words(fold(question[value.start : value.end]))
        for place, word in enumerate(found):
            if word in inside or stem(word) in inside:
                values[place] = value
    return values
