"""Interview → what the index keeps of each text: its terms, its words, its windows, their vectors.

The terms are those a query meets in the word index; the words are rows of the bundled table, by
which texts and queries are compared word by word whichever embedder made the vectors.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from index.amounts import amount_terms
from index.fold import fold
from index.names import chinese_names, latin_names, sounding
from index.protocols import Embedder
from index.records import Interview, Language
from index.sentences import split_sentences, windows
from index.static import StaticEmbedder, bundled
from index.store.writing import Analysed, AnalysedText
from index.words import index_terms, is_chinese, stem, stop_words, tokens

ANALYSIS = "3"
"""Raise it whenever the same text would get other terms, words or windows."""

COMMON = 3e-6
"""Share of all words above which a capitalised word is no name ("Yesterday"), about one in 330,000.

Chosen on names of transcripts: below it stand Sundar and Kuechly, above it Monday and London, which
the dictionary knows.
"""


def analyse(interview: Interview, embedder: Embedder) -> Analysed:
    """Return what the index keeps of every text of an interview.

    Raises:
        EmbedderError: the embedder failed.
        UsageError: the installation lacks the bundled table.
    """
    table = bundled()
    texts = list(_texts(interview))
    spans = [(i, span) for i, (_, _, text) in enumerate(texts) for span in windows(text)]
    matrix = embedder.embed([texts[i][2][start:end] for i, (start, end) in spans])
    known = np.flatnonzero(np.any(matrix, axis=1))
    of_text: dict[int, list[int]] = {}
    for row in known.tolist():
        of_text.setdefault(spans[row][0], []).append(row)
    return {
        key: _analysed(
            text,
            speaker,
            table,
            windows=[spans[row][1] for row in of_text.get(i, [])],
            vectors=matrix[of_text.get(i, [])],
        )
        for i, (key, speaker, text) in enumerate(texts)
    }


def is_common(name: str, table: StaticEmbedder) -> bool:
    """Whether a capitalised word is an ordinary one, by how rare the bundled table has it."""
    rows = table.rows(stem(fold(name)))
    return len(rows) == 1 and background(table.row_weight(rows[0])) > COMMON


def background(weight: float) -> float:
    """Return a word's share of all words of its language, from its weight in the bundled table.

    The table's weights are a / (a + share) with a = 0.001. Source: Arora et al., ICLR 2017 (SIF).
    """
    return 1e-3 * (1 - weight) / max(weight, 1e-3)


def _analysed(
    text: str, speaker: str | None, table: StaticEmbedder, **vectors: object
) -> AnalysedText:
    folded = fold(text)
    sentences = [tokens(fold(text[start:end])) for start, end in split_sentences(text)]
    said = [word for sentence in sentences for word in sentence]
    counted = index_terms(folded)
    # Not of the length: whose words they are, amounts, and Chinese words of one character, which
    # pairs hide and which translations are made of (钱, money).
    beside = [word for word in said if len(word) == 1 and is_chinese(word)]
    beside += amount_terms(text)
    if speaker:
        beside += set(index_terms(fold(speaker)))
    names = [name for name in latin_names(text) if not is_common(name, table)]
    return AnalysedText(
        terms=Counter([*counted, *beside]),
        length=len(counted),
        sentences=[_rows(sentence, table) for sentence in sentences],
        names=sounding([*names, *chinese_names(said)]),
        **vectors,  # type: ignore[arg-type]  # windows and vectors, as the caller made them
    )


def _rows(said: list[str], table: StaticEmbedder) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """Return the rows of the table that words have, without stop words."""
    content = [word for word in set(said) if stem(word) not in stop_words()]
    rows = {row for word in content for row in table.rows(word)}
    return np.array(sorted(rows), np.uint32)


def _texts(interview: Interview) -> Iterator[tuple[tuple[str, Language], str | None, str]]:
    for paragraph in interview.paragraphs:
        for language, text in paragraph.texts.items():
            yield (paragraph.id, language), paragraph.speaker, text
