"""A claim that puts one event before another × a text → whether the text tells them otherwise.

A transcript is taken to tell things in the order they happened, unless it says itself that it
does not; where both events are not found, nothing is decided.
"""

import re

from assistant.checking.meaning import Passage, meet, read_passage, telling_words, weigh
from assistant.checking.names import names_of
from assistant.checking.records import Difference
from index.fold import fold
from index.words import words

FOUND = 0.45
"""Share of an event's words that one clause must meet to be where it is told."""

_LATER_FIRST = re.compile(r"^(?P<later>.+?)\s+(?:only )?(?:after|once)\s+(?P<earlier>.+)$")
_EARLIER_FIRST = re.compile(r"^(?P<earlier>.+?)\s+(?:came )?before\s+(?P<later>.+)$")
_AFTER_FIRST = re.compile(r"^(?:after|once)\s+(?P<earlier>.+?),\s*(?P<later>.+)$")
_CHINESE = (
    re.compile(r"^(?P<earlier>.+?)(?:以后|之后|后)[,，]\s*(?P<later>.+)$"),
    re.compile(r"^(?P<later>.+?)(?:之前|以前|前)[,，]\s*(?P<earlier>.+)$"),
    re.compile(r"^.{0,8}先(?P<earlier>.+?)[,，]\s*(?:后来|然后|再|之后)(?P<later>.+)$"),
)
_TURNS_BACK = re.compile(
    r"\bbefore (?:that|he|she|they|we|i)\b|\bhad (?:already|been)\b|在那之前|走之前|早就|在此之前"
)


def wrong_order(claim: str, text: str) -> Difference | None:
    """Return how a claim turns round the order in which a text tells two events."""
    plain = fold(claim)
    for pattern in (_AFTER_FIRST, _LATER_FIRST, _EARLIER_FIRST, *_CHINESE):
        match = pattern.match(plain)
        if match is None:
            continue
        passage = read_passage(text)
        earlier, later = (_place(match[part], passage) for part in ("earlier", "later"))
        if earlier is None or later is None or earlier == later:
            return None
        first, last = sorted((earlier, later))
        if passage.clauses[first].sentence == passage.clauses[last].sentence:
            return None  # one sentence orders its events by its own words
        told = passage.text[passage.clauses[first].start : passage.clauses[last].end]
        happened_first = last if _TURNS_BACK.search(fold(told)) else first
        return None if happened_first == earlier else Difference("order", claim, told, 0)
    return None


def _place(event: str, passage: Passage) -> int | None:
    """Return the clause that tells of an event best; None when none does."""
    names = {word for name in names_of(event) for word in words(fold(name))}
    own = [word for word in telling_words(event) if word not in names]
    if not own or not passage.clauses:
        return None
    weights = weigh(own)
    totals = weights @ meet(own, passage) / weights.sum()
    best = int(totals.argmax())
    return best if float(totals[best]) >= FOUND else None
