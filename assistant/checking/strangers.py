"""A claim's words for things × all that is cited → those that nothing there speaks of.

A claim may put anything in other words but what it is about: "repairs of the roof" does not stand
on repairs of the floor, though all its other words do. Verbs and adjectives are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asked import tables
from assistant.checking.records import Difference
from assistant.checking.support import Held
from index.fold import fold
from index.nouns import is_noun
from index.words import is_chinese, words

NOUN = 0.8
"""Share of an English word's meanings that are nouns from which it is one."""
RARE = 0.9
"""Weight from which a word tells what a claim is about."""
SYNONYM = 0.2
"""How much of their meanings two words of one language share when one may stand for the other."""
LEAST = 3
"""Words a clause must have for one of them to stand alone."""
MET = 0.5
"""How far a word is met that the text may have in other words."""
MEANINGS = 6
PIVOTS = 12
"""Translations of a word that are looked at."""
STEM = 5
"""Letters from which two words that begin alike are forms of one."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of what is cited."""

    text: str
    """Folded."""
    words: frozenset[str]


def strangers(held: Held, told: Told) -> list[Difference]:
    """Return the one rare noun of a clause that nothing speaks of, if all its other words are met.

    A clause of which more is unmet is put in other words, and left to its score;
    so is one whose values are told: "an efficiency of 72%" stands on "72 come back".
    """
    count = len(held.words)
    if count < LEAST or held.has_values or not held.shares.size:
        return []
    met = held.shares[:count].max(axis=1)
    unmet = [i for i in range(count) if met[i] < MET]
    if len(unmet) != 1 or held.weights[unmet[0]] < RARE:
        return []
    word = held.words[unmet[0]]
    if noun_share(word) < NOUN or _is_spoken_of(word, told):
        return []
    return [Difference("word", word, "", held.start)]


def told_of(texts: Sequence[str]) -> Told:
    """Return what texts tell, whatever their language."""
    folded = fold(" ".join(texts))
    return Told(folded, _words_of(folded))


@lru_cache(maxsize=1 << 9)
def _words_of(folded: str) -> frozenset[str]:
    return frozenset(words(folded))


@lru_cache(maxsize=1 << 13)
def noun_share(word: str) -> float:
    """Return the share of a word's meanings that are nouns, 0 to 1; 0 if none is known."""
    if is_chinese(word):
        return float(is_noun(word))
    found = list(tables()[0].translations(word).items())[:MEANINGS]
    total = sum(weight for _, weight in found)
    return sum(w for meaning, w in found if is_noun(meaning)) / total if total else 0.0


def _is_spoken_of(word: str, told: Told) -> bool:
    if word in told.words or (is_chinese(word) and word in told.text):
        return True
    if any(_may_be(target, told) for target in _meanings(word)):
        return True
    if is_chinese(word):
        return all(character in told.text for character in word)
    if any(_begins_like(word, other) for other in told.words):
        return True
    return any(_shared(word, other) >= SYNONYM for other in told.words)


def _may_be(target: str, told: Told) -> bool:
    return target in told.words or (is_chinese(target) and len(target) > 1 and target in told.text)


def _begins_like(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= STEM - 1 and len(long) >= STEM and long.startswith(short[: len(long) - 3])


@lru_cache(maxsize=1 << 13)
def _meanings(word: str) -> dict[str, float]:
    return dict(list(tables()[0].translations(word).items())[:PIVOTS])


@lru_cache(maxsize=1 << 15)
def _shared(word: str, other: str) -> float:
    """Return how far two words have the same translations, 0 to 1 (Bhattacharyya)."""
    if is_chinese(word) != is_chinese(other):
        return 0.0
    mine, theirs = _meanings(word), _meanings(other)
    return float(sum((w * theirs[t]) ** 0.5 for t, w in mine.items() if t in theirs))
