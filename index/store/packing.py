"""Values → what a column holds, and back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint32]
Counts = NDArray[np.uint16]
Offsets = NDArray[np.int64]

END = np.uint32(2**32 - 1)
"""Stands after each sentence; no row of a table has that number."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The words of the sentences of n texts, end to end."""

    words: Ids
    texts: Offsets
    """Where each text's words begin, shape (n + 1,)."""
    sentences: Offsets
    """Where the words of each of m sentences begin, shape (m + 1,)."""
    first: Offsets
    """Which is the first sentence of each text, shape (n + 1,)."""
    distinct: Offsets
    """How many different words each text has, shape (n,)."""


def day_number(date: str | None) -> int | None:
    """Return a date as yyyymmdd, the first day of a month or a year that names no day."""
    if date is None:
        return None
    year, month, day = [*date.split("-"), "01", "01"][:3]
    return int(year) * 10_000 + int(month) * 100 + int(day)


def pack_terms(ids: Ids, counts: Counts) -> bytes:
    """Pack n ascending term numbers (uint32) and their counts (uint16) into 6 n bytes."""
    return ids.astype("<u4").tobytes() + counts.astype("<u2").tobytes()


def unpack_terms(blob: bytes) -> tuple[Ids, Counts]:
    """Undo `pack_terms`."""
    n = len(blob) // 6
    return np.frombuffer(blob, "<u4", n), np.frombuffer(blob, "<u2", n, 4 * n)


def pack_sentences(sentences: Sequence[Ids]) -> bytes:
    """Pack the words of a text's sentences, numbers below `END`, so that many texts unpack at once.

    As uint32: how many different words the text has, then those of each sentence and `END`.
    """
    distinct = len(np.unique(np.concatenate(sentences))) if len(sentences) else 0
    end = np.array([END], np.uint32)
    pieces = [part for sentence in sentences for part in (sentence, end)]
    packed = np.concatenate([np.array([distinct], np.uint32), *pieces])
    return packed.astype("<u4").tobytes()


def unpack_sentences(blobs: Sequence[bytes]) -> Sentences:
    """Undo `pack_sentences` for n texts."""
    sizes = np.array([len(blob) // 4 for blob in blobs], np.int64)
    packed = np.frombuffer(b"".join(blobs), "<u4")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    is_end = packed == END
    is_word = ~is_end
    is_word[starts[:-1]] = False
    words_before = np.concatenate([[0], np.cumsum(is_word)])
    ends_before = np.concatenate([[0], np.cumsum(is_end)])
    return Sentences(
        words=packed[is_word],
        texts=words_before[starts],
        sentences=np.concatenate([[0], words_before[np.flatnonzero(is_end)]]),
        first=ends_before[starts],
        distinct=packed[starts[:-1]].astype(np.int64),
    )


def word_line(ids: Ids) -> str:
    """Return term numbers as the words of a full-text row."""
    return " ".join(f"{i:x}" for i in ids.tolist())
