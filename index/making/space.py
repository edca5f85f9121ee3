"""Texts → the rows of their words, and rows → one vector a text, while the table is being made."""

import random
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.fold import fold
from index.protocols import Matrix
from index.static import Rows, unit
from index.words import is_chinese, tokens

FIT = 6.0
"""How much a translation's fit counts: one 0.3 closer to the text is six times as likely."""

Bag = NDArray[np.intp]
"""The rows of a text's words, repeats kept."""


class Space:
    """Numbers the words of a vocabulary in the order given."""

    def __init__(self, words: Sequence[str]) -> None:
        order = sorted(range(len(words)), key=lambda place: words[place].encode())
        self._rows = Rows([words[place].encode() for place in order])
        self._order = np.array(order, dtype=np.intp)
        self.words = words

    def bag(self, text: str) -> Bag:
        """Return the rows of a text's words, found as the embedder finds them."""
        found = [row for token in tokens(fold(text)) for row in self._rows[token]]
        return self._order[found] if found else self._order[:0]

    def row(self, word: str) -> int | None:
        """Return the row of one word of the vocabulary."""
        found = self._rows[word]
        return int(self._order[found[0]]) if len(found) == 1 else None


def pool(bags: Sequence[Bag], vectors: Matrix) -> Matrix:
    """Return the unit sum of each bag's rows, shape (len(bags), dimension); no bag is empty."""
    starts = np.cumsum([0, *map(len, bags)])[:-1]
    return unit(np.add.reduceat(vectors[np.concatenate(bags)], starts, axis=0))


def glosser(
    space: Space,
    translations: Callable[[str], Mapping[str, float]],
    vectors: Matrix,
    *,
    seed: int = 0,
) -> Callable[[Bag], Bag]:
    """Return what turns a text's words into some of the other language, chosen by chance.

    A translation is as likely as the dictionary says, and likelier the better it fits the whole
    text: a model is trained (训练), goods go by train (列车). The language most words are of is
    turned into the other; words without a translation stay.

    Args:
        space: numbers the words.
        translations: of a word, with their probabilities.
        vectors: one row a word, to judge what fits by.
        seed: of the choices.
    """
    chance = random.Random(seed)
    is_han = np.array([is_chinese(word) for word in space.words])
    units = unit(vectors)
    known: dict[int, tuple[list[int], Matrix]] = {}

    def choices(row: int) -> tuple[list[int], Matrix]:
        if row not in known:
            found = translations(space.words[row]).items()
            rows = [(space.row(word), share) for word, share in found]
            placed = [(place, share) for place, share in rows if place is not None]
            shares = np.array([share for _, share in placed], dtype=np.float32)
            known[row] = [place for place, _ in placed], shares
        return known[row]

    def gloss(bag: Bag) -> Bag:
        turned = bag.copy()
        from_han = is_han[bag].mean() > 0.5
        context = pool([bag], vectors)[0]
        for place, row in enumerate(bag.tolist()):
            rows, shares = choices(row)
            if is_han[row] == from_han and rows:
                fitting = np.cumsum(shares * np.exp(FIT * (units[rows] @ context))).tolist()
                chosen = bisect(fitting, chance.random() * fitting[-1])
                turned[place] = rows[min(chosen, len(rows) - 1)]
        return turned

    return gloss
