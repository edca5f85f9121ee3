"""How often words are used, from wordfreq; the only module that imports it."""

from collections import defaultdict

import wordfreq

from index.fold import fold
from index.words import stem

# What a word no list has is taken to be used: below the rarest of the lists.
RARE = 1e-8


def chinese_frequencies() -> dict[str, float]:
    """Return folded Chinese word to its share of all words, 0 to 1."""
    return _summed({word: fold(word) for word in wordfreq.get_frequency_dict("zh")}, "zh")


def english_frequencies() -> dict[str, float]:
    """Return English stem to its share of all words, 0 to 1."""
    return _summed({word: stem(fold(word)) for word in wordfreq.get_frequency_dict("en")}, "en")


def _summed(names: dict[str, str], language: str) -> dict[str, float]:
    frequencies: dict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict(language).items():
        frequencies[names[word]] += share
    return dict(frequencies)
