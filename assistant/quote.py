"""Question → an answer made of the interviews' own sentences; no model."""

import time

from assistant.records import Abstention, Answer, Citation, Sentence, Source
from index.language import detect_language
from index.search import Searcher
from index.sentences import split_sentences


def answer_by_quoting(question: str, searcher: Searcher) -> Answer:
    """Return the sentences that answer a question, or an abstention."""
    began = time.monotonic()
    language = detect_language(question)
    hits = searcher.search(question, k=3)
    citations, sentences = [], []
    for number, hit in enumerate(hits, start=1):
        source = Source(hit.paragraph, hit.interview, hit.section, hit.heading)
        spoken = language if language in hit.paragraph.texts else next(iter(hit.paragraph.texts))
        text = hit.paragraph.texts[spoken]
        start, end = split_sentences(text)[0]
        citations.append(Citation(number, source, text[start:end], spoken))
        sentences.append(Sentence(text[start:end], (number,), "supported"))
    return Answer(
        question=question,
        language=language,
        outcome="answered" if hits else "abstained",
        mode="extractive",
        sentences=tuple(sentences),
        citations=tuple(citations),
        abstention=None if hits else Abstention({}, (), "?"),
        seconds=time.monotonic() - began,
    )
