"""A turn → the folded words it is found by; a search → the words looked for, and an excerpt."""

import re
from collections.abc import Iterator, Sequence

from assistant.history.records import Excerpt, Field
from assistant.records import Answer
from index.fold import fold, fold_with_offsets

AROUND = 40
"""Characters shown on either side of what was found."""

_WORD = re.compile(r'"([^"]+)"|([^\s"]+)')


def read_words(search: str) -> list[str]:
    """Return the words looked for, folded, each once; what stands in quotes is one word."""
    found = (phrase.strip() or word for phrase, word in _WORD.findall(fold(search)))
    return list(dict.fromkeys(word for word in found if word))


def texts_of(question: str, text: str, answer: Answer | None) -> Iterator[tuple[Field, str]]:
    """Yield the texts of a turn that are searched, each with where it stands.

    Quotes once: of an answer that is nothing else, they are not the answer too. Where a paragraph
    has another language, its text stands beside the quote.
    """
    yield "question", question
    if text:
        yield "answer", text
    if answer is None:
        return
    if answer.mode == "agent":
        for sentence in answer.sentences:
            yield "answer", sentence.text
    for citation in answer.citations:
        yield "quote", citation.quote
        for language, words in citation.source.paragraph.texts.items():
            if language != citation.language:
                yield "quote", words
    if answer.abstention is not None:
        yield "answer", answer.abstention.missing


def folded(texts: Iterator[tuple[Field, str]]) -> str:
    """Return texts as they are kept for searching; no word of a search reaches across a line."""
    return "\n".join(fold(text) for _, text in texts)


def find(texts: Sequence[tuple[Field, str]], words: Sequence[str]) -> tuple[Field, Excerpt] | None:
    """Return where most of the words stand, the first of equals; None where none does."""
    best: tuple[int, Field, Excerpt] | None = None
    for field, text in texts:
        spans, met = find_spans(text, words)
        if met and (best is None or met > best[0]):
            best = met, field, excerpt(text, spans)
    return best and best[1:]


def find_spans(text: str, words: Sequence[str]) -> tuple[list[tuple[int, int]], int]:
    """Return where words stand in a text, in order, apart; and how many of the words do."""
    plain, offsets = fold_with_offsets(text)
    spans: list[tuple[int, int]] = []
    met = 0
    for word in words:
        places = [match.start() for match in re.finditer(re.escape(word), plain)]
        met += bool(places)
        for start, stop in ((offsets[p], offsets[p + len(word)]) for p in places):
            spans.append((start, max(stop, start + 1)))  # a part of a ligature is all of it
    return _apart(spans), met


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> Excerpt:
    """Return the surroundings of the first place, with all places that fit in."""
    start = max(0, spans[0][0] - AROUND)
    stop = min(len(text), spans[0][1] + AROUND)
    before, after = "…" if start else "", "…" if stop < len(text) else ""
    # One blank for each white space, so that places stay where they are.
    shown = before + re.sub(r"\s", " ", text[start:stop]) + after
    shift = len(before) - start
    inside = [(first, min(last, stop)) for first, last in spans if first < stop]
    return Excerpt(shown, tuple((first + shift, last + shift) for first, last in inside))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places in order, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((start, stop))
    return joined
