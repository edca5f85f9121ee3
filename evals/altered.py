"""Systems around a system: one that remembers, and one that changes every reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Abstention, Answer, Citation, Said, Sentence, Source
from evals.protocols import AnswerSystem
from evals.records import Reply
from index.language import detect_language
from index.records import Language, SearchHit
from index.sentences import split_sentences

NOTHING_SAID = {"en": "The interviews do not say.", "zh": "访谈中没有提到。"}


@dataclass(frozen=True, slots=True)
class Remembering:
    """Asks the system once a question; whatever is built around it costs no second search."""

    system: AnswerSystem
    replies: dict[tuple[str, tuple[Said, ...]], Reply] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The system's own."""
        return self.system.name

    def ask(self, question: str, history: Sequence[Said]) -> Reply:
        """Return the first reply to this question after these turns."""
        key = question, tuple(history)
        if key not in self.replies:
            self.replies[key] = self.system.ask(question, history)
        return self.replies[key]


@dataclass(frozen=True, slots=True)
class Altered:
    """Answers as the system does, then changes the reply."""

    name: str
    system: AnswerSystem
    change: Callable[[Reply], Reply]

    def ask(self, question: str, history: Sequence[Said]) -> Reply:
        """Return the changed reply."""
        return self.change(self.system.ask(question, history))


def quote_hits(reply: Reply, spans: Sequence[tuple[SearchHit, str, Language]]) -> Reply:
    """Return the reply with an answer that says these words of these hits, one sentence each."""
    citations = tuple(
        Citation(number, source_of(hit), words, language)
        for number, (hit, words, language) in enumerate(spans, start=1)
    )
    sentences = tuple(Sentence(c.quote, (c.number,), "supported") for c in citations)
    return answered(reply, sentences, citations) if citations else refuse(reply)


def answered(
    reply: Reply, sentences: tuple[Sentence, ...], citations: tuple[Citation, ...]
) -> Reply:
    """Return the reply with another answer in place of its own."""
    answer = replace(
        reply.answer,
        outcome="answered",
        sentences=sentences,
        citations=citations,
        abstention=None,
    )
    return Reply(answer, reply.hits)


def refuse(reply: Reply) -> Reply:
    """Return the reply with an abstention in place of its answer."""
    language = reply.answer.language
    answer: Answer = replace(
        reply.answer,
        outcome="abstained",
        sentences=(),
        citations=(),
        abstention=Abstention({}, (), NOTHING_SAID[language]),
    )
    return Reply(answer, reply.hits)


def first_sentence(hit: SearchHit, question: str) -> tuple[SearchHit, str, Language]:
    """Return a hit with the first sentence of its text, in the question's language if it has it."""
    hit, text, language = whole_text(hit, question)
    start, end = split_sentences(text)[0]
    return hit, text[start:end], language


def whole_text(hit: SearchHit, question: str) -> tuple[SearchHit, str, Language]:
    """Return a hit with its whole text, in the question's language if it has it."""
    texts = hit.paragraph.texts
    asked = detect_language(question)
    language = asked if asked in texts else next(iter(texts))
    return hit, texts[language], language


def source_of(hit: SearchHit) -> Source:
    """Return the paragraph of a hit and its place."""
    return Source(hit.paragraph, hit.interview, hit.section, hit.heading)
