"""A Chinese word → whether it names a thing; for words that stand alone, without their sentence."""

from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def is_noun(word: str) -> bool:
    """Whether the segmenter's dictionary has a Chinese word as a noun or a name.

    Of a word it cuts in two, the last part decides, as it does in Chinese compounds.

    Args:
        word: folded, as `index.words.words` gives it.
    """
    import rjieba  # noqa: PLC0415  loading its dictionary takes 0.1 s

    parts = rjieba.tag(word)
    return bool(parts) and parts[-1][1].startswith("n")
