"""Candidates → the passages to quote, best first: which paragraphs, and which sentences of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from assistant.coverage import Asked, Coverage, Covered, Shares
from assistant.evidence import Candidate
from assistant.kinds import asks_several, kinds_asked
from assistant.records import Source
from index.fold import fold
from index.records import Language
from index.store.paragraphs import FoundParagraph

# Weights of a paragraph's standing, in units of the search score (standard deviations).
# Source: half of the questions over the bundled sample; the other half agrees.
COVERED = 8.0
ASKING = 3.0
EDITOR = 0.5
"""What being the editor's words costs: speech comes first unless only they answer."""
SURROUNDING = 0.7
"""What a word counts that only the question before, the heading or the title has."""

CLOSE = 0.1
"""How far behind the first a second paragraph may stand and still be cited."""
CLOSE_SEVERAL = 3.0
"""The same when the question asks for several things, or compares."""
MOST = 3
"""Paragraphs cited at most."""
LIKE = 0.8
"""Likeness of two quotes from which they are the same words said twice."""

MOST_SENTENCES = 4
ROOM = 360
"""Characters a passage of three sentences or more has, a Chinese one counting 3: what a reader
takes in at a glance. What answers mostly stands beside the words of the question, not among them,
so a passage fills its room."""
DENSITY = 0.1
KIND = 0.1
"""What a sentence of the kind asked for (a number, a date, a reason) is worth."""
LENGTH = 0.03 / 300


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one paragraph that may be quoted."""

    candidate: Candidate
    language: Language
    start: int
    end: int
    standing: float
    """How well the paragraph answers, in standard deviations of the search score."""
    covered: float
    """Share of the question that the passage itself meets, 0 to 1."""
    supported: float
    """The same with the rest of the paragraph and what it stands in."""
    met: Shares
    """How far each word of the question is met by all that."""

    @property
    def quote(self) -> str:
        """The words, verbatim."""
        return self.candidate.found.paragraph.texts[self.language][self.start : self.end]

    @property
    def source(self) -> Source:
        """The paragraph and where it stands."""
        return source_of(self.candidate.found)


def source_of(found: FoundParagraph) -> Source:
    """Return a stored paragraph as a source."""
    return Source(found.paragraph, found.interview, found.section, found.heading)


def rank(candidates: Sequence[Candidate], asked: Asked, coverage: Coverage) -> list[Passage]:
    """Return the best passage of every candidate, best paragraph first; ties keep their order."""
    passages = [best_passage(candidate, asked, coverage) for candidate in candidates]
    return sorted(passages, key=lambda passage: -passage.standing)


def best_passage(candidate: Candidate, asked: Asked, coverage: Coverage) -> Passage:
    """Return the sentences of a paragraph that answer best.

    They are taken from the text in the question's language where there is one.
    """
    paragraph = candidate.found.paragraph
    language = asked.language if asked.language in paragraph.texts else next(iter(paragraph.texts))
    texts = {spoken: coverage.cover(asked, text) for spoken, text in paragraph.texts.items()}
    here = texts[language]
    first, last = _choose_sentences(asked, here, paragraph.texts[language])
    within = np.asarray(here.shares[first:last].max(axis=0), np.float32)
    own: Shares = np.max([text.whole for text in texts.values()], axis=0)
    around = _surrounding(candidate, asked, coverage)
    met: Shares = np.maximum(own, SURROUNDING * around)
    supported = float(met @ asked.weights)
    return Passage(
        candidate=candidate,
        language=language,
        start=here.spans[first][0],
        end=here.spans[last - 1][1],
        standing=candidate.score
        + COVERED * supported
        - ASKING * candidate.is_question
        - EDITOR * (paragraph.role == "editor"),
        covered=float(within @ asked.weights),
        supported=supported,
        met=met,
    )


def choose(passages: Sequence[Passage], question: str) -> list[Passage]:
    """Return the passages to quote: the first, and others only where they stand close to it."""
    if not passages:
        return []
    limit = passages[0].standing - (CLOSE_SEVERAL if asks_several(question) else CLOSE)
    return unlike([passage for passage in passages if passage.standing >= limit], MOST)


def unlike(passages: Sequence[Passage], most: int) -> list[Passage]:
    """Return the first passages that do not say nearly the same words as one before."""
    kept: list[Passage] = []
    for passage in passages:
        if len(kept) == most:
            break
        if not any(_alike(passage.quote, other.quote) for other in kept):
            kept.append(passage)
    return kept


def _surrounding(candidate: Candidate, asked: Asked, coverage: Coverage) -> Shares:
    """Return how far the question before, the heading, the title and the names meet the words."""
    found = candidate.found
    names = [found.paragraph.speaker or "", *found.interview.speakers]
    texts = [found.heading, found.interview.title, " , ".join(names)]
    if candidate.asked is not None:
        texts += candidate.asked.paragraph.texts.values()
    met = [coverage.cover(asked, text).whole for text in texts if text.strip()]
    return np.max(met, axis=0) if met else np.zeros(len(asked.words), np.float32)


def _choose_sentences(asked: Asked, covered: Covered, text: str) -> tuple[int, int]:
    """Return the run of sentences, first and end, that meets most words; the earlier of equals."""
    spans = covered.spans
    wanted = kinds_asked(asked.text)
    fits = [wanted.fit(text[start:end]) for start, end in spans]
    each = covered.shares @ asked.weights
    best, chosen = -1.0, (0, len(spans))
    for first, last in _runs(text, spans):
        run = slice(first, last)
        worth = float(covered.shares[run].max(axis=0) @ asked.weights + DENSITY * each[run].sum())
        worth += KIND * any(fits[run]) + LENGTH * weight(text[spans[first][0] : spans[last - 1][1]])
        if worth > best + 1e-6:
            best, chosen = worth, (first, last)
    return chosen


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring sentences that fit a passage; two always do."""
    for first in range(len(spans)):
        for last in range(first + 1, min(first + MOST_SENTENCES, len(spans)) + 1):
            size = weight(text[spans[first][0] : spans[last - 1][1]])
            if last > first + 2 and size > ROOM:
                break
            yield first, last


def weight(text: str) -> int:
    """Return the length of a text in characters, a Chinese one counting 3."""
    return len(text) + 2 * sum("\u4e00" <= character <= "\u9fff" for character in text)


def _alike(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).quick_ratio() >= LIKE and (
        SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE
    )
