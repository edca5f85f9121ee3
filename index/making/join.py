"""Word vectors and dictionary → the word vectors with translations drawn together, in place.

    python -m index.making.join --foundry FOLDER

Comes after the dictionary, which weighs translations by how close they lie.

Source: retrofitting to a lexicon as in Faruqui et al., NAACL 2015, across two languages.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.making.dictionary import plain_translations
from index.making.table import rewrite
from index.protocols import Matrix
from index.static import unit
from index.words import is_chinese

JOINED = "+joined-1"

PULL = 0.5
"""How far a word turns towards its translations, 0 to 1. From 0.3 to 0.7 crossing questions found
more and more of their paragraphs; from 0.5 on others began to find fewer."""


def drawn_together(
    words: Sequence[str],
    vectors: Matrix,
    translations: Callable[[str], Mapping[str, float]],
    *,
    pull: float = PULL,
) -> Matrix:
    """Return the vectors turned towards those of their words' translations; lengths stay.

    Chinese words turn first, towards the English as they were; then the English turn.

    Args:
        words: each once.
        vectors: one row a word.
        translations: of a word, with their probabilities.
        pull: how far to turn, 0 to 1.
    """
    row = {word: place for place, word in enumerate(words)}
    directions = unit(vectors)
    for chinese in (True, False):
        turned = directions.copy()
        for place, word in enumerate(words):
            known = {row[w]: p for w, p in translations(word).items() if w in row}
            if is_chinese(word) == chinese and known:
                shares = np.array(list(known.values()), dtype=np.float32)
                target = unit(shares[None] @ directions[list(known)])[0]
                turned[place] = (1 - pull) * directions[place] + pull * target
        directions = unit(turned)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(directions * lengths, dtype=np.float32)


def main() -> None:
    """Write the table again.

    Raises:
        ValueError: the table was joined before.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--foundry", type=Path, required=True)
    foundry = parser.parse_args().foundry
    translations = plain_translations(foundry)
    rewrite(JOINED, lambda words, vectors, _: drawn_together(words, vectors, translations))


if __name__ == "__main__":
    main()
