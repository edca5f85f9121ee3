"""What quoting can reach at most: the gold's own sentences, found by looking at what is right.

Stands beside the degenerate policies at the other end: the way from the program to here is lost in
finding and choosing; what is missing here, no quote can say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.records import Abstention, Answer, Citation, Said, Sentence, Source
from evals.altered import NOTHING_SAID
from evals.matching import nugget_found
from evals.records import Corpus, Question, Reply
from index.language import detect_language
from index.records import Language, SearchHit
from index.sentences import split_sentences

DEPTH = 10


@dataclass(frozen=True, slots=True)
class GoldQuoting:
    """Quotes the sentences of the gold that say a nugget; declines where there is no gold."""

    questions: Mapping[str, tuple[Question, Language]]
    """By what is asked: the question, and the language it is asked in."""
    corpus: Corpus = field(repr=False)
    name: str = "gold quoted (ceiling)"

    def ask(self, question: str, history: Sequence[Said]) -> Reply:  # noqa: ARG002  # it knows
        """Answer from the gold; what is found is the gold first, then all else in order.

        Raises:
            KeyError: the question is not of the set.
        """
        asked, language = self.questions[question]
        sources = [self.corpus.sources[name] for name in asked.gold]
        citations, sentences = [], []
        for number, source in enumerate(sources, start=1):
            spoken = _spoken(source, language)
            telling = _telling(source.paragraph.texts[spoken], asked)
            citations.append(Citation(number, source, telling[0], spoken))
            sentences += [Sentence(text, (number,), "supported") for text in telling]
        answer = Answer(
            question=question,
            language=language,
            outcome="answered" if citations else "abstained",
            mode="extractive",
            sentences=tuple(sentences),
            citations=tuple(citations),
            abstention=None if citations else Abstention({}, (), NOTHING_SAID[language]),
            seconds=0.0,
        )
        rest = [source for name, source in self.corpus.sources.items() if name not in asked.gold]
        ranked = [*sources, *rest][:DEPTH]
        return Reply(answer, tuple(_hit(s, rank) for rank, s in enumerate(ranked, start=1)))


def ceiling(questions: Iterable[Question], corpus: Corpus) -> GoldQuoting:
    """Return the system that knows what is right."""
    return GoldQuoting(
        {text: (q, language) for q in questions for language, text in q.texts.items()}, corpus
    )


def _spoken(source: Source, asked: Language) -> Language:
    texts = source.paragraph.texts
    return asked if asked in texts else next(iter(texts))


def _telling(text: str, question: Question) -> list[str]:
    """Return the sentences, or pairs of them, that say a nugget; the first one when none does."""
    spans = split_sentences(text)
    pairs = [(one[0], other[1]) for one, other in pairwise(spans)]
    units = [text[start:end] for start, end in [*spans, *pairs]]
    chosen: list[str] = []
    for nugget in question.nuggets:
        if not nugget_found(nugget, chosen):
            chosen += next(([unit] for unit in units if nugget_found(nugget, [unit])), [])
    return sorted(chosen, key=units.index) or units[:1]


def _hit(source: Source, rank: int) -> SearchHit:
    return SearchHit(
        rank=rank,
        score=1 / rank,
        paragraph=source.paragraph,
        interview=source.interview,
        section=source.section,
        heading=source.heading,
        position=rank,
        language=detect_language(next(iter(source.paragraph.texts.values()))),
    )
