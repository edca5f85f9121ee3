"""Folded text → words: English stems, Chinese words, and the terms of the word index.

Text must have been folded first (see `fold`). Words are lower-case English stems, numbers,
Chinese words as segmented, and whole words of other scripts. Nothing here knows what a word
means. The only module that imports rjieba.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from index.data import read_lines

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The characters that Chinese words are made of, as the inside of a regular expression's [ ]."""

_RUN = re.compile(rf"[a-z0-9]+|[{HAN}]+|[^\W_a-z0-9{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_CONTRACTION = re.compile(r"(?<=[a-z])(?:'(?:s|re|ve|ll|d|m)\b|n't\b)")
_INNER_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SYMBOL_NAMES = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp"}
_SYMBOL_NAME = re.compile(r"\b(?:c\+\+|[cf]#)(?!\w)")


def tokens(text: str) -> list[str]:
    """Return the words of folded text as written, unstemmed, in order.

    "nvidia's 1,000 gpus很贵" gives nvidia, 1000, gpus, 很, 贵.
    """
    if text.isascii():
        return _runs(text)
    found: list[str] = []
    for run in _runs(text):
        if run > "z" and is_chinese(run):
            found += _segmenter()(run)
        else:
            found.append(run)
    return found


def words(text: str) -> list[str]:
    """Return the words of folded text in order: English stems, Chinese words, numbers."""
    return [stem(token) for token in tokens(text)]


def content_words(text: str) -> list[str]:
    """Return the words that are not stop words; all of them when nothing else is left."""
    every = words(text)
    return [word for word in every if word not in stop_words()] or every


def index_terms(text: str) -> list[str]:
    """Return the terms of folded text for the word index, in order, repeats kept.

    English words as stems, numbers and words of other scripts whole, Chinese as the pairs
    of neighbouring characters; a Chinese character standing alone is a term itself.
    """
    terms: list[str] = []
    for run in _runs(text):
        if run > "z" and is_chinese(run):
            terms += _pairs(run)
        else:
            terms.append(stem(run))
    return terms


def query_terms(text: str) -> list[str]:
    """Return what to look for in the word index: the index terms without stop words.

    A Chinese stop word separates its neighbours, so no pair spans it. Falls back to all
    index terms when nothing else is left ("what is it?").
    """
    terms: list[str] = []
    for run in _runs(text):
        if run > "z" and is_chinese(run):
            for part in _without_stop_words(_segmenter()(run)):
                terms += _pairs(part)
        elif (word := stem(run)) not in stop_words():
            terms.append(word)
    return terms or index_terms(text)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return an English word without its inflection: "companies", "company" → "company".

    Plurals, -ing and -ed, and some hundred irregular forms; never a derivation, so that
    "universe" and "university" stay apart. Anything but a-z comes back as it is. The result
    need not be a word ("engine" → "engin"); all forms of one word share it.

    Source: Porter, "An algorithm for suffix stripping", 1980, steps 1a, 1b and 5a.
    """
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    if (irregular := _irregular().get(word)) is not None:
        return _without_e(irregular) if irregular != word else word
    return _without_e(_without_ending(_without_plural(word)))


def is_chinese(word: str) -> bool:
    """Say whether a word is written in Chinese characters."""
    return _HAN_RUN.match(word) is not None


@cache
def stop_words() -> frozenset[str]:
    """Return the function words of both languages, and the words of asking, as stems."""
    return frozenset(stem(word) for line in read_lines("stopwords.txt") for word in line.split())


def _runs(text: str) -> list[str]:
    """Cut text into runs of one script, with what English puts inside words smoothed."""
    if "'" in text:
        text = _INNER_APOSTROPHE.sub("", _CONTRACTION.sub(" ", text))
    if "," in text:
        text = _THOUSANDS.sub("", text)
    if "#" in text or "++" in text:
        text = _SYMBOL_NAME.sub(lambda found: _SYMBOL_NAMES[found[0]], text)
    return _RUN.findall(text)


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [a + b for a, b in pairwise(run)]


def _without_stop_words(segments: list[str]) -> Iterator[str]:
    """Yield the stretches between stop words, each joined again."""
    stretch = ""
    for segment in segments:
        if segment not in stop_words():
            stretch += segment
        elif stretch:
            yield stretch
            stretch = ""
    if stretch:
        yield stretch


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """Return the function that cuts Chinese into words, with our names taught to it."""
    import rjieba  # noqa: PLC0415  loading its dictionary takes 0.1 s, English text needs none

    for name in read_lines("names.txt"):
        rjieba.add_word(name, None, None)
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


@cache
def _irregular() -> dict[str, str]:
    return dict(line.split(" ") for line in read_lines("irregular.txt"))


_VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
_DOUBLE = re.compile(r"([bdfgmnprt])\1$")
# One syllable ending consonant-vowel-consonant: such a stem lost an e ("mak", "hop").
_SHORT = re.compile(r"^[^aeiou]*[aeiouy][^aeiouwxy]$")
_ONE_VOWEL_GROUP = re.compile(r"^[^aeiouy]*[aeiouy]+[^aeiouy]*$")


def _without_plural(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    return word[:-1] if _VOWEL.search(word[:-2]) else word


def _without_ending(word: str) -> str:
    """Drop -ing or -ed when a vowel is left before it, and mend what is left."""
    if word.endswith("ied"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest == word or not _VOWEL.search(rest) or word.endswith("eed"):
            continue
        if rest.endswith(("at", "bl", "iz")) or _SHORT.match(rest):
            return rest + "e"
        return rest[:-1] if _DOUBLE.search(rest) else rest
    return word


def _without_e(word: str) -> str:
    """Drop a final e unless it tells two short words apart ("care", "car")."""
    if word.endswith("ie") and len(word) > 4:
        return word[:-2] + "y"
    if not word.endswith("e") or len(word) < 4:
        return word
    rest = word[:-1]
    if rest.endswith("e") or _SHORT.match(rest):
        return word
    return rest
