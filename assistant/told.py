"""Text → its sentences as questions are held against them; the latest texts are remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.fold import fold
from index.sentences import split_sentences
from index.words import stop_words, words

REMEMBERED = 1 << 11
"""Texts: some 40 MB, and more than a conversation comes back to."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One text, sentence by sentence."""

    spans: Spans
    """Characters of each sentence."""
    folded: tuple[str, ...]
    whole: str
    """The folded sentences, a line each."""
    rows: Mapping[str, tuple[int, ...]]
    """Word → the sentences it stands in, ascending."""
    content: tuple[str, ...]
    """The words of all sentences but the stop words, each once."""
    of_sentence: tuple[tuple[int, ...], ...]
    """Of each sentence, the places of its words in `content`."""


@lru_cache(maxsize=REMEMBERED)
def read_told(text: str, *, is_one: bool = False) -> Told:
    """Return a text as questions are held against it.

    Args:
        text: as the paragraph has it.
        is_one: whether it is taken for one sentence.
    """
    spans = ((0, len(text)),) if is_one else tuple(split_sentences(text))
    sentences = [text[start:end] for start, end in spans]
    folded = tuple(fold(sentence) for sentence in sentences)
    said = tuple(tuple(dict.fromkeys(words(sentence))) for sentence in folded)
    places: dict[str, int] = {}
    for sentence in said:
        for word in sentence:
            # Function words come near to everything and mean nothing.
            if word not in stop_words():
                places.setdefault(word, len(places))
    return Told(
        spans=spans,
        folded=folded,
        whole="\n".join(folded),
        rows=_rows_of(said),
        content=tuple(places),
        of_sentence=tuple(tuple(places[w] for w in each if w in places) for each in said),
    )


def _rows_of(said: Sequence[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for row, sentence in enumerate(said):
        for word in sentence:
            rows[word] = (*rows.get(word, ()), row)
    return rows
