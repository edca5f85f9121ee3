"""Passages → what to quote: which paragraphs, and which sentences of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.asked import Asked
from assistant.kinds import kinds_asked
from assistant.passages import Passage, is_mere_question, weight
from index.fold import fold

WORTH = 0.42
"""What a second paragraph must be worth to be cited, less what it stands behind the first: alone,
how far it stands behind says hardly anything (AUC .54 to .63, on questions left out). 0.35 cites
more often, finds .02 more and is right .02 less; 0.5 the other way round."""
BEHIND = 0.1
"""What a deviation that it stands behind the first costs."""
WORTH_NEXT = 0.15
"""How much more the one after it must be worth."""
MOST = 3
"""Paragraphs cited at most."""
SHINGLE = 4
LIKE = 0.6
"""Share of their runs of four characters that two texts have in common when they are the same words
said twice, a name or a comma apart."""

MOST_SENTENCES = 8
ROOM = 900
"""Characters a passage of three sentences or more has, a Chinese one counting 3: what a reader
takes in at a glance. What answers mostly stands beside the words of the question, not among them,
so a passage fills its room."""
DENSITY = 0.1
KIND = 0.1
"""What a sentence of the kind asked for (a number, a date, a reason) is worth."""
LENGTH = 0.03 / 300


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentences of a passage that answer, verbatim."""

    passage: Passage
    text: str


def choose(passages: Sequence[Passage], asked: Asked) -> list[Quote]:
    """Return what to quote: of the first passage, and of others only that are worth it themselves.

    Args:
        passages: best first.
        asked: the question with the words that complete it.
    """
    if not passages:
        return []
    chosen: list[Quote] = []
    for passage in unlike([passages[0], *_worth_citing(passages)], MOST):
        quote = Quote(passage, choose_sentences(passage, asked))
        if not any(alike(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return chosen


def _worth_citing(passages: Sequence[Passage]) -> list[Passage]:
    """Return those of the next best passages that meet enough of a question by themselves."""
    first = passages[0].standing
    others = [p for p in passages[1:] if not is_mere_question(p)][: MOST - 1]
    return [
        passage
        for place, passage in enumerate(others)
        if passage.worth - BEHIND * (first - passage.standing) >= WORTH + WORTH_NEXT * place
    ]


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


def _runs(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring sentences that fit a passage; two always do."""
    for first in range(len(sizes)):
        for last in range(first + 1, min(first + MOST_SENTENCES, len(sizes)) + 1):
            if last > first + 2 and sum(sizes[first:last]) > ROOM:
                break
            yield first, last
