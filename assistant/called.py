"""Names in a question → what the other language calls them: 顾南枝 is Gu Nanzhi, 卡洛韦 Calloway.

Whoever is asked about is named in the transcripts of the other language too, only otherwise. What
a name is called there is looked for as its translation would be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from assistant.romanised import is_surname, spellings, surnames, syllables, written
from index.analyse import is_common
from index.data import read_lines
from index.dictionary import Dictionary
from index.fold import fold
from index.names import chinese_names, latin_names, sounding
from index.records import Language
from index.search.names import encoded, similarities
from index.static import StaticEmbedder
from index.words import is_chinese, stem, tokens

Names = Mapping[Language, Sequence[str]]
"""What may be foreign names in some texts, by language, as written."""

ALIKE = 0.8
"""Likeness of sound from which a foreign name is another; 卡洛韦 and Calloway have .83."""
SURNAME = 0.8
"""What a name counts where only its surname stands."""
CONSONANTS = 3
"""That a name needs to be told by its sound alone; shorter ones sound like too many others."""

_LATIN = re.compile(r"[A-Za-z]+")
_FAMILIAR = "老小阿"
_FOREIGN_LENGTHS = range(2, 8)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}")


def called_in_chinese(question: str, table: StaticEmbedder) -> dict[str, list[tuple[str, float]]]:
    """Return for each word of names spelled in Pinyin what it may be: patterns and strengths."""
    found: dict[str, list[tuple[str, float]]] = {}
    for run in _spelled(question, table):
        ways = [(run, 1.0), (run[::-1], 1.0)] if len(run) > 1 else []
        ways += [([word], 1.0) for word in run if syllables(word) > 1]
        patterns = ["".join(written(word) or "" for word in way) for way, _ in ways]
        alone = [f"[{surnames(word)}]" for word in run if len(run) == 1 and surnames(word)]
        for word in run:
            found[word] = [(p, 1.0) for p in dict.fromkeys(patterns)] or [
                (p, SURNAME) for p in alone
            ]
    return found


def called_in_english(
    words: Sequence[str], dictionary: Dictionary, table: StaticEmbedder
) -> dict[str, dict[str, float]]:
    """Return for each Chinese word that may be somebody's name its parts as Pinyin spells them."""
    found: dict[str, dict[str, float]] = {}
    for word in words:
        ways = dict(_romanised(word, dictionary))
        kept = {stem(way): strength for way, strength in ways.items() if not is_common(way, table)}
        if kept:
            found[word] = kept
    return found


def sounding_alike(question: str, names: Names, table: StaticEmbedder) -> Iterator[tuple[str, str]]:
    """Yield a foreign name of the question with the one of the other script that sounds like it.

    Args:
        question: as asked.
        names: of the texts that may answer, by language, as written.
        table: says which capitalised words are ordinary.
    """
    for language, stretches in _foreign(question, table):
        there = sounding(names.get(language, ()))
        asked = sounding(stretches)
        if not there or not asked:
            continue
        codes = encoded(list(asked.values()))
        for name, skeleton in there.items():
            likeness = similarities(skeleton, codes)
            best = int(likeness.argmax())
            part = list(asked)[best]
            if likeness[best] >= ALIKE and max(len(skeleton), len(asked[part])) >= CONSONANTS:
                yield fold(part), fold(name)


def names_in(texts: Iterable[str], table: StaticEmbedder) -> Names:
    """Return what may be foreign names in texts: capitalised words, and characters for sounds."""
    found: dict[Language, dict[str, None]] = {"en": {}, "zh": {}}
    for text in texts:
        latin, chinese = _names_of(text)
        found["en"].update((name, None) for name in latin if not is_common(name, table))
        found["zh"].update(dict.fromkeys(chinese))
    return {language: tuple(names) for language, names in found.items()}


@lru_cache(maxsize=1 << 12)
def _names_of(text: str) -> tuple[list[str], list[str]]:
    return latin_names(text), chinese_names(tokens(fold(text)))


def _spelled(question: str, table: StaticEmbedder) -> list[list[str]]:
    """Return the runs of words that may be one Pinyin name each, folded."""
    words = [match[0] for match in _LATIN.finditer(question)]
    named = [_may_be_pinyin(place, word, table) for place, word in enumerate(words)]
    runs = [
        [word.lower() for word, _ in group]
        for is_name, group in groupby(zip(words, named, strict=True), key=itemgetter(1))
        if is_name
    ]
    return [run for run in runs if len(run) <= 2]


def _may_be_pinyin(place: int, word: str, table: StaticEmbedder) -> bool:
    count = syllables(word.lower())
    if not count or is_common(word, table):
        return False
    return word[0].isupper() if place else count > 1


def _romanised(word: str, dictionary: Dictionary) -> Iterator[tuple[str, float]]:
    if not is_chinese(word) or len(word) > 4:
        return
    if len(word) == 1 or (len(word) == 2 and word[0] in _FAMILIAR):
        if is_surname(word[-1]):
            yield from ((way, 1.0) for way in spellings(word[-1]))
        return
    if is_surname(word[0]) and word not in dictionary:
        yield from ((way, SURNAME) for way in spellings(word[0]))
        yield from ((way, 1.0) for way in spellings(word[1:]))


def _foreign(question: str, table: StaticEmbedder) -> Iterator[tuple[Language, list[str]]]:
    """Yield cuts of what may be one foreign name each, with the other script's language."""
    for name in _CAPITALISED.findall(question):
        if not is_common(name, table) and not syllables(name.lower()):
            yield "zh", [name]
    for run in _transliterated().findall(fold(question)):
        starts = range(len(run) - 1)
        yield "en", [run[i : i + n] for i in starts for n in _FOREIGN_LENGTHS if i + n <= len(run)]


@cache
def _transliterated() -> re.Pattern[str]:
    """Return what finds runs of the characters that foreign names are written in."""
    characters = "".join(line.split(" ")[1] for line in read_lines("transliteration.txt"))
    return re.compile(f"[{characters}]{{2,}}")
