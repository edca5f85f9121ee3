"""Interview → what the index keeps of each text: its terms, its windows and their vectors."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from index.fold import fold
from index.protocols import Embedder
from index.records import Interview, Language
from index.sentences import windows
from index.store.writing import Analysed, AnalysedText
from index.words import index_terms

ANALYSIS = "1"
"""Raise it whenever the same text would get other terms or windows."""


def analyse(interview: Interview, embedder: Embedder) -> Analysed:
    """Return terms, windows and vectors of every text of an interview.

    Raises:
        EmbedderError: the embedder failed.
    """
    texts = list(_texts(interview))
    spans = [(i, span) for i, (_, text) in enumerate(texts) for span in windows(text)]
    matrix = embedder.embed([texts[i][1][start:end] for i, (start, end) in spans])
    known = np.flatnonzero(np.any(matrix, axis=1))
    of_text: dict[int, list[int]] = {}
    for row in known.tolist():
        of_text.setdefault(spans[row][0], []).append(row)
    return {
        key: AnalysedText(
            terms=Counter(index_terms(fold(text))),
            windows=[spans[row][1] for row in of_text.get(i, [])],
            vectors=matrix[of_text.get(i, [])],
        )
        for i, (key, text) in enumerate(texts)
    }


def _texts(interview: Interview) -> Iterator[tuple[tuple[str, Language], str]]:
    for paragraph in interview.paragraphs:
        for language, text in paragraph.texts.items():
            yield (paragraph.id, language), text
