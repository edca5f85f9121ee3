"""The bundled embedder: a text's vector is the weighted mean of its words' vectors.

English and Chinese words share one space, so a question finds text of the other language. No
network runs: a look-up, a sum. The tables are read in place; `index.making.vectors` makes them.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.data import table_path
from index.fold import fold
from index.protocols import Matrix
from index.words import is_chinese, stem, tokens

TABLE = "vectors.npy"
FACTORS = "vectors-factors.npy"
VOCABULARY = "vectors.txt"
ABOUT = "vectors.json"

COMMON_SHARE = 1e-3
"""Share of all words at which a word weighs half. Source: Arora, Liang & Ma, ICLR 2017, say
between 1e-4 and 1e-3 for `a`."""

# Texts summed at once: bounds the working memory to some 20 MB for usual paragraphs.
BLOCK = 256


class StaticEmbedder:
    """Turns texts and words of either language into vectors; safe to share between threads.

    Raises:
        UsageError: the installation lacks its tables.
    """

    def __init__(self) -> None:
        factors = np.load(table_path(FACTORS))
        about = json.loads(table_path(ABOUT).read_text(encoding="utf-8"))
        vocabulary = table_path(VOCABULARY).read_bytes().split(b"\n")
        self._vectors: NDArray[np.int8] = np.load(table_path(TABLE), mmap_mode="r")
        self._scales = factors["scale"].astype(np.float32)
        self._shares: NDArray[np.float32] = factors["share"]
        self._rows = Rows(vocabulary)
        self._fingerprint: str = about["fingerprint"]

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return "bundled"

    @property
    def fingerprint(self) -> str:
        """Changes with the tables and with the way texts are made of words."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return int(self._vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        A text is given as written; folding is done here. Each word counts as often as it
        occurs, and as much as was learnt, which its row's length says. The row of a text
        without any known word is zero.
        """
        rows = [self._rows_of(text) for text in texts]
        blocks = [self._sums(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]
        return unit(np.concatenate(blocks)) if blocks else np.zeros((0, self.dimension), np.float32)

    def vectors(self, words: Sequence[str]) -> tuple[Matrix, NDArray[np.bool_]]:
        """Return a unit row for each word, shape (len(words), dimension), and which are known.

        Args:
            words: as `index.words.words` gives them. The row of an unknown word is zero.
        """
        rows = [list(self._rows[word]) for word in words]
        return unit(self._sums(rows)), np.array([bool(found) for found in rows], dtype=np.bool_)

    def rows(self, token: str) -> tuple[int, ...]:
        """Return the rows of the table that stand for a token of `index.words.tokens`.

        One for a word of the vocabulary, those of its parts for another Chinese word, else none.
        """
        return self._rows[token]

    def unit_rows(self, rows: NDArray[np.integer]) -> Matrix:
        """Return the vectors of rows of the table, each of length 1, shape (n, dimension)."""
        return unit(self._vectors[rows].astype(np.float32))

    def row_weight(self, row: int) -> float:
        """Return how much the word of a row says, see `weight`."""
        return float(COMMON_SHARE / (COMMON_SHARE + self._shares[row]))

    def word(self, row: int) -> str:
        """Return the word of a row of the table."""
        return self._rows.word(row)

    def weight(self, word: str) -> float:
        """Return how much a word says: near 0 for "the", near 1 for rare words, 1 for unknown ones.

        It is `COMMON_SHARE` / (`COMMON_SHARE` + share), with the word's share of all words of
        its language as general word lists have it. A compound weighs the mean of its parts.
        """
        rows = self._rows[word]
        return sum(map(self.row_weight, rows)) / len(rows) if rows else 1.0

    def _rows_of(self, text: str) -> list[int]:
        rows: list[int] = []
        known = self._rows
        for token in tokens(fold(text)):
            rows += known[token]
        return rows

    def _sums(self, rows: list[list[int]]) -> Matrix:
        """Return the weighted sum of each list of rows."""
        sums = np.zeros((len(rows), self.dimension), np.float32)
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.intp)
        if not len(flat):
            return sums
        scales = self._scales[flat]
        vectors = self._vectors[flat].astype(np.float32)
        stop = 0
        for place, text in enumerate(rows):
            start, stop = stop, stop + len(text)
            sums[place] = scales[start:stop] @ vectors[start:stop]
        return sums


@cache
def bundled() -> StaticEmbedder:
    """Return the bundled embedder, one for all that need its table.

    Raises:
        UsageError: the installation lacks its tables.
    """
    return StaticEmbedder()


def unit(matrix: Matrix) -> Matrix:
    """Return the matrix with rows of length 1; rows of zeros stay zero."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class Rows(dict[str, tuple[int, ...]]):
    """Word → its rows of the table, looked up on first use and remembered.

    One row for a word of the vocabulary, those of its parts for another Chinese word, none for
    what is unknown.
    """

    def __init__(self, vocabulary: list[bytes]) -> None:
        self._vocabulary = vocabulary

    def word(self, row: int) -> str:
        """Return the word of a row."""
        return self._vocabulary[row].decode()

    def __missing__(self, word: str) -> tuple[int, ...]:
        rows = self._find(word) or self._find(stem(word)) or self._find_parts(word)
        self[word] = rows
        return rows

    def _find(self, word: str) -> tuple[int, ...]:
        key = word.encode()
        row = bisect_left(self._vocabulary, key)
        return (row,) if row < len(self._vocabulary) and self._vocabulary[row] == key else ()

    def _find_parts(self, word: str) -> tuple[int, ...]:
        """Return the rows of the longest known parts of a Chinese word, from the left."""
        rows: tuple[int, ...] = ()
        start = 0
        while is_chinese(word) and start < len(word):
            ends = range(len(word), start, -1)
            end = next((end for end in ends if self._find(word[start:end])), start + 1)
            rows += self._find(word[start:end])
            start = end
        return rows
