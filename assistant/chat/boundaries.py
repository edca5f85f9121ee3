"""A line of mixed text → where its words begin and end, for moving and deleting by word.

A run of Chinese is not one word: it is cut as a reader would cut it.
"""

import re
from collections.abc import Callable, Sequence

from index.words import HAN, tokens

Segment = Callable[[str], Sequence[str]]
"""A run of Chinese → its words in order, which joined are the run again."""

_RUN = re.compile(rf"[{HAN}]+|(?:[^\W{HAN}]+(?:['’\-][^\W{HAN}]+)*)|[^\w\s]+|\s+")
_CHINESE = re.compile(rf"[{HAN}]")


def word_spans(line: str, segment: Segment = tokens) -> list[tuple[int, int]]:
    """Return where each word and each run of marks begins and ends; blanks belong to none."""
    spans: list[tuple[int, int]] = []
    for run in _RUN.finditer(line):
        start, end = run.span()
        if _CHINESE.match(run[0]):
            spans += _cut(run[0], start, segment)
        elif not run[0].isspace():
            spans.append((start, end))
    return spans


def word_before(line: str, column: int, segment: Segment = tokens) -> int:
    """Return where the word before a column begins; blanks before the column are passed over."""
    starts = [start for start, _ in word_spans(line[:column], segment)]
    return starts[-1] if starts else 0


def word_after(line: str, column: int, segment: Segment = tokens) -> int:
    """Return where the word after a column ends; blanks after the column are passed over."""
    spans = word_spans(line[column:], segment)
    return column + spans[0][1] if spans else len(line)


def _cut(run: str, start: int, segment: Segment) -> list[tuple[int, int]]:
    words = segment(run)
    if "".join(words) != run:  # a segmenter that drops characters would move the cursor astray
        words = list(run)
    spans = []
    for word in words:
        spans.append((start, start + len(word)))
        start += len(word)
    return spans
