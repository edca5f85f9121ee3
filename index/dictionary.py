"""The bundled bilingual dictionary: a word of one language → weighted words of the other.

The table is a sorted text file, read in place: opening it maps it into memory, a look-up is a
binary search. English keys are stems, or phrases of stems joined by blanks; Chinese keys are
folded words. What a word could mean is not decided here: all senses come back, weighted.
"""

import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.data import table_path
from index.words import is_chinese

TABLE = "dictionary.tsv"
LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Translation:
    """One word or phrase of a text, and what it may be in the other language."""

    words: tuple[str, ...]
    """The words translated, as `index.words.words` gives them; two or more make a phrase."""
    weights: Mapping[str, float]
    """Word of the other language to probability, 0 to 1, best first; they sum to 1."""


class Dictionary:
    """Looks words up in the bundled table; safe to share between threads.

    Raises:
        UsageError: the installation lacks the table.
    """

    def __init__(self) -> None:
        with table_path(TABLE).open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._find = lru_cache(maxsize=1 << 14)(self._search)

    def __contains__(self, word: str) -> bool:
        """Say whether the word itself is a headword."""
        return self._find(word) is not None

    def translations(self, word: str) -> Mapping[str, float]:
        """Return the words of the other language with their probabilities, best first.

        The weights sum to 1. A Chinese compound the dictionary lacks is answered by its
        longest known parts, each with an equal share. Empty when nothing is known.

        Args:
            word: an English stem, a phrase of stems joined by blanks, or a Chinese word.
        """
        if (line := self._find(word)) is not None:
            return parse_weights(line)
        if not is_chinese(word) or len(word) == 1:
            return {}
        parts = self.known_parts(word)
        merged: dict[str, float] = {}
        for part in parts:
            for target, weight in self.translations(part).items():
                merged[target] = merged.get(target, 0.0) + weight / len(parts)
        return dict(sorted(merged.items(), key=lambda item: -item[1]))

    def known_parts(self, word: str) -> list[str]:
        """Return the longest headwords that make up a Chinese word, from the left.

        Characters that are no headword are left out; single ones count only when no longer
        part was found, because alone they mean too much.
        """
        parts: list[str] = []
        start = 0
        while start < len(word):
            ends = range(len(word), start, -1)
            end = next((end for end in ends if word[start:end] in self), start + 1)
            parts.append(word[start:end])
            start = end
        known = [part for part in parts if part in self]
        return [part for part in known if len(part) > 1] or known

    def translate(self, words: Sequence[str]) -> list[Translation]:
        """Translate a text's words one by one, and its phrases besides.

        A phrase the dictionary has ("artifici intelligenc") gives one more Translation, after
        those of its words; phrases do not overlap, the longest from the left wins. Words
        without a translation are left out.

        Args:
            words: of one language, in order, stop words among them or not.
        """
        units = [(word,) for word in words] + self._phrases(words)
        found = (Translation(unit, self.translations(" ".join(unit))) for unit in units)
        return [translation for translation in found if translation.weights]

    def _phrases(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        found = []
        start = 0
        while start < len(words):
            longest = min(LONGEST_PHRASE, len(words) - start)
            lengths = range(longest, 1, -1)
            match = (n for n in lengths if " ".join(words[start : start + n]) in self)
            if length := next(match, 0):
                found.append(tuple(words[start : start + length]))
            start += length or 1
        return found

    def _search(self, key: str) -> str | None:
        """Return what stands after the key on its line; lines are sorted by their bytes."""
        wanted = key.encode() + b"\t"
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            start = self._lines.rfind(b"\n", low, middle) + 1 or low
            end = self._lines.find(b"\n", start)
            line = self._lines[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        return None


def parse_weights(line: str) -> dict[str, float]:
    """Return the weighted words of a line: `钱 412 资金 180` in units of a thousandth."""
    fields = line.split(" ")
    shares = [int(share) for share in fields[1::2]]
    total = sum(shares)
    return {
        word: int(weight) / total for word, weight in zip(fields[::2], fields[1::2], strict=True)
    }
