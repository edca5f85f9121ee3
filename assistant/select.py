"""Candidates → the passages to quote, best first: which paragraphs, and which sentences of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.asked import Asked, Shares
from assistant.coverage import Covered, cover
from assistant.evidence import Candidate, ends_asking
from assistant.kinds import asks_several, kinds_asked
from assistant.records import Source
from index.fold import fold
from index.language import HAN
from index.records import Language
from index.store.paragraphs import FoundParagraph

# What a paragraph's standing is made of, in units of the search score (standard deviations).
# Source: the questions over the bundled sample and the seeds, where a third more or less of each
# moves the share of right first paragraphs by less than .02.
SUPPORTED = 12.0
COVERED = 8.0
ASKING = 3.0
BEHIND = 0.5
"""How far a question stands behind its reply at least."""
EDITOR = 3.0
"""What being the editor's words costs: speech comes first unless only they answer."""
BRIEF = 2.0
BRIEF_TURN = 90
"""Characters under which a turn is brief ("Yes, exactly."), Chinese ones counting 3."""
SURROUNDING = 0.7
"""What a word counts that only the question before, the heading, the title or a name has."""

CLOSE = 1.0
"""How far behind the first a second paragraph may stand and still be cited."""
CLOSE_SEVERAL = 4.0
"""The same when the question asks for several things, or compares."""
MOST = 3
"""Paragraphs cited at most."""
SHINGLE = 4
LIKE = 0.6
"""Share of their runs of four characters that two texts have in common when they are the same words
said twice, a name or a comma apart."""

MOST_SENTENCES = 6
ROOM = 600
"""Characters a passage of three sentences or more has, a Chinese one counting 3: what a reader
takes in at a glance. What answers mostly stands beside the words of the question, not among them,
so a passage fills its room."""
DENSITY = 0.1
KIND = 0.1
"""What a sentence of the kind asked for (a number, a date, a reason) is worth."""
LENGTH = 0.03 / 300
NEIGHBOURS = 3
"""Sentences whose words count together for how much of a question a paragraph meets at once."""

_HAN = re.compile(f"[{HAN}]")
_OF_ONESELF = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|me|my|we|our|you|your)\b|[我咱你您]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that may answer, held against the question."""

    candidate: Candidate
    language: Language
    """Of the text to quote: the question's where there is one."""
    covered: Covered
    """That text, sentence by sentence."""
    standing: float
    """How well the paragraph answers, in standard deviations of the search score."""
    best_sentence: int
    """The place of the one sentence that meets most."""
    by_neighbours: Shares
    """How far the best few neighbouring sentences meet each word of the question."""
    by_everything: Shares
    """How far the paragraph does together with what it stands in."""
    is_spoken: bool
    """Whether somebody speaks here, rather than writes."""

    @property
    def text(self) -> str:
        """The text to quote from."""
        return self.candidate.found.paragraph.texts[self.language]

    @property
    def by_sentence(self) -> Shares:
        """How far the best sentence meets each word of the question."""
        return np.asarray(self.covered.shares[self.best_sentence], np.float32)

    @property
    def source(self) -> Source:
        """The paragraph and where it stands."""
        found = self.candidate.found
        return Source(found.paragraph, found.interview, found.section, found.heading)


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentences of a passage that answer, verbatim."""

    passage: Passage
    text: str


def rank(candidates: Sequence[Candidate], asked: Asked) -> list[Passage]:
    """Return the candidates held against a question, best first; ties keep their order."""
    passages = [weigh(candidate, asked) for candidate in candidates]
    answered: dict[int, float] = {}
    for passage in passages:
        if passage.candidate.asked is not None:
            row = passage.candidate.asked.row
            answered[row] = max(answered.get(row, passage.standing), passage.standing)
    return sorted(
        (_behind_its_reply(passage, answered) for passage in passages), key=lambda p: -p.standing
    )


def weigh(candidate: Candidate, asked: Asked) -> Passage:
    """Return a candidate held against a question."""
    paragraph = candidate.found.paragraph
    language = asked.language if asked.language in paragraph.texts else next(iter(paragraph.texts))
    texts = {spoken: cover(asked, text) for spoken, text in paragraph.texts.items()}
    here = texts[language]
    together = _best_neighbours(here, asked)
    own: Shares = np.max([covered.whole for covered in texts.values()], axis=0)
    around = _surrounding(candidate, asked)
    supported = float(np.maximum(own, SURROUNDING * around) @ asked.weights)
    return Passage(
        candidate=candidate,
        language=language,
        covered=here,
        standing=candidate.score
        + SUPPORTED * supported
        + COVERED * float(together @ asked.weights)
        - _handicap(candidate),
        best_sentence=int(np.argmax((here.shares * asked.weights).sum(axis=1))),
        by_neighbours=together,
        by_everything=np.maximum(own, around),
        is_spoken=_is_spoken(candidate.found),
    )


def _behind_its_reply(passage: Passage, answered: Mapping[int, float]) -> Passage:
    """Return a question behind its best reply, however well it repeats what was asked."""
    reply = answered.get(passage.candidate.found.row)
    if reply is None or not _is_mere_question(passage):
        return passage
    return replace(passage, standing=min(passage.standing, reply - BEHIND))


def _is_mere_question(passage: Passage) -> bool:
    return passage.candidate.is_question and ends_asking(passage.candidate.found)


def choose(passages: Sequence[Passage], asked: Asked, question: str) -> list[Quote]:
    """Return what to quote: of the first passage, and of others only that stand close to it.

    Args:
        passages: best first.
        asked: the question with the words that complete it.
        question: as it was asked.
    """
    if not passages:
        return []
    limit = passages[0].standing - (CLOSE_SEVERAL if asks_several(question) else CLOSE)
    chosen: list[Quote] = []
    close = [p for p in passages[1:] if p.standing >= limit and not _is_mere_question(p)]
    for passage in unlike([passages[0], *close], MOST):
        quote = Quote(passage, choose_sentences(passage, asked))
        if not any(alike(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return chosen


def choose_sentences(passage: Passage, asked: Asked) -> str:
    """Return the run of sentences that meets most words of the question; the earlier of equals."""
    text, covered = passage.text, passage.covered
    spans = covered.spans
    wanted = kinds_asked(asked.text)
    fits = [wanted.fit(text[start:end]) for start, end in spans]
    sizes = [weight(text[start:end]) for start, end in spans]
    each = covered.shares @ asked.weights
    best, chosen = -1.0, (0, len(spans))
    for first, last in _runs(sizes):
        run = slice(first, last)
        worth = float(covered.shares[run].max(axis=0) @ asked.weights + DENSITY * each[run].sum())
        worth += KIND * any(fits[run]) + LENGTH * sum(sizes[run])
        if worth > best + 1e-6:
            best, chosen = worth, (first, last)
    return text[spans[chosen[0]][0] : spans[chosen[1] - 1][1]]


def unlike(passages: Sequence[Passage], most: int) -> list[Passage]:
    """Return the first passages whose paragraphs are not nearly the same words as one before."""
    kept: list[Passage] = []
    for passage in passages:
        if len(kept) == most:
            break
        if not any(alike(passage.text, other.text) for other in kept):
            kept.append(passage)
    return kept


def alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same words, or one holds the other."""
    first, second = fold(one), fold(other)
    if first in second or second in first:
        return True
    ones, others = _shingles(first), _shingles(second)
    return len(ones & others) >= LIKE * len(ones | others)


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1))}


def weight(text: str) -> int:
    """Return the length of a text in characters, a Chinese one counting 3."""
    return len(text) + 2 * len(_HAN.findall(text))


def _handicap(candidate: Candidate) -> float:
    paragraph = candidate.found.paragraph
    is_brief = min(map(weight, paragraph.texts.values())) < BRIEF_TURN
    return ASKING * candidate.is_question + EDITOR * (paragraph.role == "editor") + BRIEF * is_brief


def _is_spoken(found: FoundParagraph) -> bool:
    texts = found.paragraph.texts.values()
    return found.paragraph.speaker is not None or any(_OF_ONESELF.search(fold(t)) for t in texts)


def _surrounding(candidate: Candidate, asked: Asked) -> Shares:
    """Return how far the question before, the heading, the title and the names meet the words."""
    found = candidate.found
    texts = [found.heading, found.interview.title, found.paragraph.speaker or ""]
    texts += found.interview.speakers
    if candidate.asked is not None:
        texts += candidate.asked.paragraph.texts.values()
    together = "\n".join(text.strip() for text in texts)
    return cover(asked, together, [(0, len(together))]).whole


def _best_neighbours(covered: Covered, asked: Asked) -> Shares:
    """Return what the few neighbouring sentences that meet most together meet."""
    shares = covered.shares
    runs = [shares[i : i + NEIGHBOURS].max(axis=0) for i in range(len(shares))]
    return max(runs, key=lambda run: float(run @ asked.weights))


def _runs(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring sentences that fit a passage; two always do."""
    for first in range(len(sizes)):
        for last in range(first + 1, min(first + MOST_SENTENCES, len(sizes)) + 1):
            if last > first + 2 and sum(sizes[first:last]) > ROOM:
                break
            yield first, last
