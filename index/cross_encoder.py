"""Two texts read together → whether the second answers the first, or bears it out.

A sentence encoder looks at each text alone; this network sees both at once, so that it tells a
paragraph that speaks of the matter from one that says what is asked. Some twenty milliseconds for a
few sentences: fit for the best few paragraphs of a search, not for archives. Runs in this process;
knows onnxruntime, which comes with chromadb.

Source: multilingual-e5-small (Wang et al., 2024), reduced to the pieces of English and Chinese and
trained by `index.making.cross_encoder` on questions and claims of our own.
"""

import os
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime

from index.data import table_path
from index.encoder import plain, read_tokenizer
from index.language import HAN
from index.protocols import Matrix

PIECES = "cross-encoder-pieces.txt"
GRAPH = "cross-encoder.onnx"

BEGIN, PADDING, END, UNKNOWN = 0, 1, 2, 3
"""Pieces that stand for the ends of a text, for nothing, and for what has no piece."""
MOST_FIRST = 80
"""Tokens of the first text that are read."""
MOST_TOKENS = 190
"""Of both texts together with the marks of their ends."""
BORNE_OUT, ANSWERED = 0, 1
"""Columns of what comes out."""
ROOM = 100
"""Tokens of a text that are given to read, about; what the network was trained on."""
TOKENS_OF_CHARACTER, TOKENS_OF_WORD = 0.72, 1.35
"""A Chinese character and an English word have as many."""
MOST_THREADS = 4
"""More gain nothing on texts so short."""
_HAN = re.compile(f"[{HAN}]")
_FATAL = 4  # onnxruntime's least talkative level


class CrossEncoder:
    """Reads pairs of texts; safe to share between threads.

    Raises:
        UsageError: the installation lacks its tables.
    """

    def __init__(self) -> None:
        self._tokenizer = read_tokenizer(PIECES, UNKNOWN)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _FATAL
        # By itself it counts cores that are two in one as one, and takes twice as long.
        options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
        self._session = onnxruntime.InferenceSession(
            str(table_path(GRAPH)), options, providers=["CPUExecutionProvider"]
        )

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return log-odds that the second text of each pair bears the first out, and answers it.

        Shape (len(pairs), 2), mostly between -4 and 4. What is beyond `MOST_TOKENS` is not read.

        Args:
            pairs: a claim or a question, and what is said.
        """
        if not pairs:
            return np.zeros((0, 2), np.float32)
        rows = [self._tokens(one, other) for one, other in pairs]
        width = max(map(len, rows))
        tokens = np.full((len(rows), width), PADDING, np.int64)
        for place, row in enumerate(rows):
            tokens[place, : len(row)] = row
        (scores,) = self._session.run(None, {"tokens": tokens, "mask": tokens != PADDING})
        return np.asarray(scores, np.float32)

    def _tokens(self, one: str, other: str) -> list[int]:
        """Return the pieces of a pair as the network was trained to see them."""
        first, second = (
            each.ids for each in self._tokenizer.encode_batch_fast([plain(one), plain(other)])
        )
        first = first[:MOST_FIRST]
        second = second[: MOST_TOKENS - len(first) - 4]
        return [BEGIN, *first, END, END, *second, END]


@cache
def cross_encoder() -> CrossEncoder:
    """Return the bundled network, one for all that need it.

    Raises:
        UsageError: the installation lacks its tables.
    """
    return CrossEncoder()


def window(text: str, spans: Sequence[tuple[int, int]], near: Sequence[float]) -> str:
    """Return the neighbouring sentences of a text that come nearest, as many as there is room for.

    Args:
        text: a paragraph.
        spans: its sentences.
        near: how near each comes to what the text is read with.
    """
    if tokens_about(text) <= ROOM or not spans:
        return text
    sizes = [tokens_about(text[start:end]) for start, end in spans]
    first = last = max(range(len(spans)), key=lambda place: near[place])
    used = sizes[first]
    while True:
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(spans)]
        sides = [i for i in sides if used + sizes[i] <= ROOM]
        if not sides:
            return text[spans[first][0] : spans[last][1]]
        best = max(sides, key=lambda place: (near[place], place))
        first, last, used = min(first, best), max(last, best), used + sizes[best]


def tokens_about(text: str) -> float:
    """Return about how many tokens a text has."""
    rest, characters = _HAN.subn(" ", text)
    return 1 + TOKENS_OF_CHARACTER * characters + TOKENS_OF_WORD * len(rest.split())
