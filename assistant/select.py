"""Candidates → the passages to quote, best first: which paragraphs, and which sentences of each."""

import re
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

# What a paragraph's standing is made of, in units of the search score (standard deviations).
# Source: half of the questions over the bundled sample; the other half and the seeds agree.
SUPPORTED = 12.0
COVERED = 8.0
ASKING = 3.0
EDITOR = 0.5
"""What being the editor's words costs: speech comes first unless only they answer."""
BRIEF = 2.0
BRIEF_TURN = 90
"""Characters under which a turn is brief ("Yes, exactly."), Chinese ones counting 3."""
SURROUNDING = 0.7
"""What a word counts that only the question before, the heading, the title or a name has."""

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
NEIGHBOURS = 3
"""Sentences whose words count together for how much of a question a paragraph meets at once."""

_OF_ONESELF = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|me|my|we|our|you|your)\b|[我咱你您]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one paragraph that may be quoted."""

    candidate: Candidate
    language: Language
    start: int
    end: int
    standing: float
    """How well the paragraph answers, in standard deviations of the search score."""
    best_sentence: str
    """The one sentence that meets most."""
    by_sentence: Shares
    """How far that sentence meets each word of the question."""
    by_neighbours: Shares
    """How far the best few neighbouring sentences do."""
    by_everything: Shares
    """How far the paragraph does together with what it stands in."""
    is_spoken: bool
    """Whether somebody speaks here, rather than writes."""

    @property
    def quote(self) -> str:
        """The words, verbatim."""
        return self.candidate.found.paragraph.texts[self.language][self.start : self.end]

    @property
    def source(self) -> Source:
        """The paragraph and where it stands."""
        found = self.candidate.found
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
    here, text = texts[language], paragraph.texts[language]
    first, last = _choose_sentences(asked, here, text)
    best = int(np.argmax(here.shares @ asked.weights))
    together = _best_neighbours(here, asked)
    own: Shares = np.max([covered.whole for covered in texts.values()], axis=0)
    around = _surrounding(candidate, asked, coverage)
    supported = float(np.maximum(own, SURROUNDING * around) @ asked.weights)
    return Passage(
        candidate=candidate,
        language=language,
        start=here.spans[first][0],
        end=here.spans[last - 1][1],
        standing=candidate.score
        + SUPPORTED * supported
        + COVERED * float(together @ asked.weights)
        - _handicap(candidate),
        best_sentence=text[slice(*here.spans[best])],
        by_sentence=here.shares[best],
        by_neighbours=together,
        by_everything=np.maximum(own, around),
        is_spoken=_is_spoken(candidate.found),
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


def weight(text: str) -> int:
    """Return the length of a text in characters, a Chinese one counting 3."""
    return len(text) + 2 * sum("\u4e00" <= character <= "\u9fff" for character in text)


def _handicap(candidate: Candidate) -> float:
    paragraph = candidate.found.paragraph
    is_brief = min(map(weight, paragraph.texts.values())) < BRIEF_TURN
    return ASKING * candidate.is_question + EDITOR * (paragraph.role == "editor") + BRIEF * is_brief


def _is_spoken(found: FoundParagraph) -> bool:
    texts = found.paragraph.texts.values()
    return found.paragraph.speaker is not None or any(_OF_ONESELF.search(fold(t)) for t in texts)


def _surrounding(candidate: Candidate, asked: Asked, coverage: Coverage) -> Shares:
    """Return how far the question before, the heading, the title and the names meet the words."""
    found = candidate.found
    texts = [found.heading, found.interview.title, found.paragraph.speaker or ""]
    texts += found.interview.speakers
    if candidate.asked is not None:
        texts += candidate.asked.paragraph.texts.values()
    together = "\n".join(text.strip() for text in texts)
    return coverage.cover(asked, together, [(0, len(together))]).whole


def _best_neighbours(covered: Covered, asked: Asked) -> Shares:
    """Return what the few neighbouring sentences that meet most together meet."""
    shares = covered.shares
    runs = [shares[i : i + NEIGHBOURS].max(axis=0) for i in range(len(shares))]
    return max(runs, key=lambda run: float(run @ asked.weights))


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


def _alike(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    if first in second or second in first:
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE
