"""Parallel texts → which word translates which, for what a dictionary leaves out or ranks low.

CC-CEDICT has 小屁孩 for "kid" and "to like", never "to love", for 喜欢; who translates talks says
孩子 and "love".

Source: Model 1 of Brown et al., Computational Linguistics 1993, both directions trained to agree as
in Liang, Taskar & Klein, NAACL 2006.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.fold import fold
from index.making.corpora import Pair
from index.words import content_words, is_chinese

Translation = tuple[str, str]
"""An English stem and a Chinese word."""

Words = tuple[list[str], list[str]]
"""The different content words of an English text and of its Chinese."""

LONGEST = 60
"""Words of a text; in longer ones anything goes with anything."""

ROUNDS = 6
# How often the dictionary's translations are taken to have been seen, before any text is read.
TRUST = 2.0
# What stands against all words of the other text: some words are translated by none.
NOTHING = 0.02
# What words that occur together may count for at first, and those that hardly do.
TOGETHER, FLOOR = 0.2, 1e-4
# Below this many times, or this share of both words' occurrences, it was chance.
LEAST_COUNT, LEAST_SHARE = 3.0, 0.02

# What is learnt weighs at most so much of a word's translations, and half of them where it was seen
# so often. At most 0.7 found no more, and puts in front what only technicians say.
MOST, HALF = 0.5, 5.0


def learn_translations(
    pairs: Iterable[Pair], prior: Mapping[Translation, float]
) -> dict[Translation, float]:
    """Return how often which word was translated by which, those that are hardly chance.

    Args:
        pairs: English texts, each with its Chinese.
        prior: how likely translations are by the dictionary, 0 to 1.
    """
    texts = [found for pair in pairs if (found := _words(pair))]
    english = Counter(word for first, _ in texts for word in first)
    chinese = Counter(word for _, second in texts for word in second)
    met = Counter((e, z) for first, second in texts for e in first for z in second)

    def shared(pair: Translation, times: float) -> float:
        return times * times / (english[pair[0]] * chinese[pair[1]])

    forth = {
        pair: prior.get(pair, 0.0) + TOGETHER * shared(pair, n) + FLOOR for pair, n in met.items()
    }
    back = forth
    counts: dict[Translation, float] = {}
    for _ in range(ROUNDS):
        counts = _expected(texts, forth, back)
        forth, back = (_likelihood(counts, prior, met, side) for side in (0, 1))
    return {
        pair: times
        for pair, times in counts.items()
        if times >= LEAST_COUNT and shared(pair, times) >= LEAST_SHARE
    }


def taught(
    weights: Mapping[str, Mapping[str, float]], seen: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return a dictionary's weights mixed with what was seen, both as shares of their word.

    Args:
        weights: word to its translations, each with a weight over 0.
        seen: word to its translations, each with how often it was seen.
    """
    found = {key: _shares(targets) for key, targets in weights.items()}
    for key, targets in seen.items():
        times = sum(targets.values())
        part = min(MOST, times / (times + HALF)) if key in found else 1.0
        mixed = {word: (1 - part) * share for word, share in found.get(key, {}).items()}
        for word, share in _shares(targets).items():
            mixed[word] = mixed.get(word, 0.0) + part * share
        found[key] = mixed
    return found


def by_word(
    counts: Mapping[Translation, float],
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Return counts as Chinese word → English stems, and English stem → Chinese words."""
    to_english: dict[str, dict[str, float]] = defaultdict(dict)
    to_chinese: dict[str, dict[str, float]] = defaultdict(dict)
    for (english, chinese), times in counts.items():
        to_english[chinese][english] = times
        to_chinese[english][chinese] = times
    return to_english, to_chinese


def _words(pair: Pair) -> Words | None:
    """Return the words of both texts, or nothing where one has none or too many."""
    said = set(content_words(fold(pair.first)))
    english = sorted(word for word in said if word.isascii() and word.isalpha())
    chinese = sorted(word for word in set(content_words(fold(pair.second))) if is_chinese(word))
    fitting = all(0 < len(found) <= LONGEST for found in (english, chinese))
    return (english, chinese) if fitting else None


def _expected(
    texts: Sequence[Words], forth: Mapping[Translation, float], back: Mapping[Translation, float]
) -> dict[Translation, float]:
    """Return how often words were translated by each other, as both directions say."""
    counts: dict[Translation, float] = defaultdict(float)
    for english, chinese in texts:
        ahead = np.array([[forth[e, z] for z in chinese] for e in english])
        behind = np.array([[back[e, z] for z in chinese] for e in english])
        ahead /= ahead.sum(axis=0) + NOTHING
        behind /= behind.sum(axis=1, keepdims=True) + NOTHING
        agreed = ahead * behind
        for i, j in np.argwhere(agreed > 0.01).tolist():
            counts[english[i], chinese[j]] += float(agreed[i, j])
    return dict(counts)


def _likelihood(
    counts: Mapping[Translation, float],
    prior: Mapping[Translation, float],
    met: Iterable[Translation],
    side: int,
) -> dict[Translation, float]:
    """Return how likely each translation is among those of its word of one side."""
    times: dict[str, float] = defaultdict(float)
    for pair, count in counts.items():
        times[pair[side]] += count
    return {
        pair: (counts.get(pair, 0.0) + TRUST * prior.get(pair, 0.0)) / (times[pair[side]] + TRUST)
        + FLOOR / 100
        for pair in met
    }


def _shares(targets: Mapping[str, float]) -> dict[str, float]:
    total = sum(targets.values())
    return {word: weight / total for word, weight in targets.items()}
