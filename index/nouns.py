"""A Chinese word → whether it names a thing; for words that stand alone, without their sentence."""

from functools import lru_cache

import rjieba


@lru_cache(maxsize=1 << 14)
def is_noun(word: str) -> bool:
    """Whether the segmenter's dictionary has a Chinese word as a noun or a name.

    Of a word it cuts in two, the last part decides, as it does in Chinese compounds.

    Args:
        word: folded, as `index.words.words` gives it.
    """
    parts = rjieba.tag(word)
    return bool(parts) and parts[-1][1].startswith("n")
