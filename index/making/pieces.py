"""Pieces of words in many languages → those that English and Chinese are made of."""

from collections.abc import Callable, Sequence

from index.words import is_chinese

MARKS = frozenset({"<unk>", "<s>", "</s>", "<pad>"})


def kept_pieces(
    pieces: Sequence[str],
    cut: Callable[[str], Sequence[int]],
    *,
    english: Sequence[str],
    chinese: Sequence[str],
) -> list[int]:
    """Return the numbers of the pieces that stay, ascending.

    Args:
        pieces: all there are, by number.
        cut: a word to the numbers of its pieces.
        english: words whose pieces stay, also as names and headings write them, and themselves,
            should they stand right after a mark or a Chinese character.
        chinese: words whose pieces stay.
    """
    known = set(english)
    kept = {n for n, piece in enumerate(pieces) if is_plain(piece) or _bare(piece) in known}
    for word in english:
        for written in (word, word.capitalize(), word.upper()):
            kept.update(cut(written))
    for word in chinese:
        kept.update(cut(word))
    return sorted(kept)


def is_plain(piece: str) -> bool:
    """Whether a piece is Chinese, has no letter, or is a single ASCII character."""
    bare = _bare(piece)
    if piece in MARKS or (bare and is_chinese(bare)):
        return True
    return not any(map(str.isalpha, bare)) or (len(bare) == 1 and bare.isascii())


def _bare(piece: str) -> str:
    return piece.replace("▁", "").lower()
