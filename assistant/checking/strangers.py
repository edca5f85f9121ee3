"""A claim's words for things × all that is cited → those that nothing there speaks of.

A claim may put anything in other words but what it is about: "repairs of the roof" does not stand
on repairs of the floor, though all its other words do. Verbs and adjectives are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.asked import tables
from assistant.checking.people import characters_of
from assistant.checking.records import Difference
from assistant.checking.support import Held
from index.fold import fold
from index.nouns import is_noun
from index.words import is_chinese, stem, words

NOUN = 0.8
"""Share of an English word's meanings that are nouns from which it is one."""
RARE = 0.9
"""Weight from which a word tells what a claim is about."""
SYNONYM = 0.2
"""How much of their meanings two words of one language share when one may stand for the other."""
LEAST = 2
"""Words a clause must have for one of them to stand alone."""
SURE_SENSE = 0.5
"""Nearness of sense from which a clause is taken to be told."""
REST = 0.6
"""Share of a clause's other words that must be met."""
REST_WORD_FOR_WORD = 0.9
"""The same where the sense is near: put in other words, a clause has strange words by right."""
MET = 0.5
"""How far a word is met that the text may have in other words."""
MEANINGS = 6
PIVOTS = 12
"""Translations of a word that are looked at."""
STEM = 5
"""Letters from which two words that begin alike are forms of one."""

_MEASURED = (
    "count efficiency amount length height width weight depth age price cost fee value number total"
    " sum share rate ratio speed distance volume size capacity power temperature profit revenue"
    " income loss salary wage score average time date year percentage duration"
    " 效率 金额 全长 长度 高度 宽度 重量 深度 年龄 价格 价钱 售价 成本 费用 数量 总数 总额 比例"
    " 速度 距离 音量 容量 功率 温度 利润 收入 损失 工资 平均 时间 日期 年份"
    " 单价 总价 面积 身高 噪音 声音 对方 双方"
)
ATTRIBUTES = frozenset(stem(word) for word in _MEASURED.split())
"""Words for what a value measures, and for either side of a talk."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of what is cited."""

    text: str
    """Folded."""
    words: frozenset[str]


def strangers(held: Held, told: Told) -> list[Difference]:
    """Return the one rare noun of a clause that nothing speaks of, if its other words are met.

    A clause of which more is unmet is put in other words, and left to its score. What a value
    measures ("an efficiency of 72%") need not be named. Between the languages a word may only lack
    its translation, so this is for claim and text of one.
    """
    count = len(held.words)
    if count < LEAST or not held.shares.size:
        return []
    met, weights = held.shares[:count].max(axis=1), held.weights[:count]
    strange = [
        place
        for place, word in enumerate(held.words)
        if met[place] < MET
        and weights[place] >= RARE
        and noun_share(word) >= NOUN
        and word not in ATTRIBUTES
        and not characters_of(word)
        and not _is_spoken_of(word, told)
    ]
    if len(strange) != 1:
        return []
    rest = np.delete(np.arange(count), strange)
    least = REST if held.sense < SURE_SENSE else REST_WORD_FOR_WORD
    if weights[rest] @ met[rest] < least * weights[rest].sum():
        return []
    return [Difference("word", held.words[strange[0]], "", held.start)]


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
        return all(c in told.text for c in word) or any(c in told.words for c in word)
    if any(_begins_like(word, other) for other in told.words):
        return True
    return any(_shared(word, other) >= SYNONYM for other in told.words)


def _may_be(target: str, told: Told) -> bool:
    return target in told.words or (is_chinese(target) and len(target) > 1 and target in told.text)


def _begins_like(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(short) >= STEM - 1 and long.endswith(short):
        return True
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
