"""A hit → why it stands where it stands, for a person wondering."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index.records import Match
from index.search.candidates import Known, Standing
from index.search.closeup import AskedWords
from index.search.merge import Yardstick
from index.search.query import Concept, parts
from index.search.score import Floats
from index.static import StaticEmbedder
from index.store.packing import Sentences
from index.store.reading import Bags

USUAL = "less what is usual"
BESIDE = "beside one chosen before"

SIMILAR = 0.45
"""Cosine from which two words are shown as alike in meaning; unrelated ones stay below 0.3."""

MOST_ALIKE = 5
"""Matches of meaning shown; more are noise."""


def explain_parts(
    found: Mapping[str, Floats],
    at: int,
    weights: Mapping[str, float],
    yardstick: Yardstick,
    score: float,
    *,
    lifts: Mapping[str, float],
) -> dict[str, float]:
    """Return what each part gave the text `at`, on the scale of the final score: they sum to it.

    `lifts` are what was added to the measured score, by reason.
    """
    shares = {
        name: float(weights[name] * values[at]) / yardstick.deviation
        for name, values in found.items()
    }
    shares[USUAL] = -yardstick.mean / yardstick.deviation
    shares |= {name: lift for name, lift in lifts.items() if lift}
    lost = score - sum(shares.values())
    return shares if abs(lost) < 1e-6 else {**shares, BESIDE: lost}


def matches(terms: Sequence[Match], meanings: Sequence[Match]) -> tuple[Match, ...]:
    """Return both kinds, weightiest first; what was met as a term is not shown as alike."""
    met = {match.query for match in terms}
    alike = sorted((m for m in meanings if m.query not in met), key=lambda m: -m.weight)
    shown = dict.fromkeys([*terms, *alike[:MOST_ALIKE]])
    return tuple(sorted(shown, key=lambda match: -match.weight))


def term_matches(standings: Sequence[Standing], bag: Bags, known: Known) -> list[Match]:
    """Return which concepts of a query a text has, each as its weightiest term there.

    Args:
        standings: of the concepts.
        bag: of the one text.
        known: numbers of terms.
    """
    numbers = set(bag.terms.tolist())
    attainable = sum(standing.weight for standing in standings) or 1.0
    return [
        _matched(standing.concept, term, standing.weight / attainable)
        for standing in standings
        if (term := _best_term(standing.concept, numbers, known)) is not None
    ]


def _matched(concept: Concept, term: str, weight: float) -> Match:
    how = "word" if term == concept.word else concept.how
    return Match(concept.word, term.removeprefix("#"), how, weight)


def _best_term(concept: Concept, numbers: set[int], known: Known) -> str | None:
    """Return the weightiest term of a concept that a text has."""
    there = [
        term
        for term in concept.terms
        if all(part in known and known[part][0] in numbers for part in parts(term))
    ]
    return max(there, key=lambda term: concept.terms[term], default=None)


def meaning_matches(asked: AskedWords, words: Sentences, table: StaticEmbedder) -> Iterator[Match]:
    """Yield the word of a text most similar to each word of the query.

    Args:
        asked: the query's words as rows of the table.
        words: of the one text.
        table: the bundled one.
    """
    if not len(asked.rows) or not len(words.words):
        return
    similar = asked.likeness(words.words, table).T
    whole = float(asked.weights.sum()) or 1.0
    own = asked.rows[asked.starts]
    for row, weight, likeness in zip(own, asked.weights, similar, strict=True):
        best = int(np.argmax(likeness))
        if likeness[best] >= SIMILAR and words.words[best] != row:
            share = float(weight) / whole * float(likeness[best])
            yield Match(table.word(int(row)), table.word(int(words.words[best])), "meaning", share)
