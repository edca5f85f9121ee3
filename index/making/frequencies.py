"""How often words are used, from wordfreq; the only module that imports it."""

from collections import defaultdict
from collections.abc import Callable

from index.fold import fold

# What a word no list has is taken to be used: below the rarest of the lists.
RARE = 1e-8


def chinese_frequencies() -> dict[str, float]:
    """Return folded Chinese word to its share of all words, 0 to 1."""
    return _summed("zh", fold)


def english_frequencies() -> dict[str, float]:
    """Return folded English word, unstemmed, to its share of all words, 0 to 1."""
    return _summed("en", fold)


def _summed(language: str, key: Callable[[str], str]) -> dict[str, float]:
    import wordfreq  # noqa: PLC0415  of the teacher extra, to make tables only

    frequencies: dict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict(language).items():
        frequencies[key(word)] += share
    return dict(frequencies)
