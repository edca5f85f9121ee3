"""A query over one snapshot of a store: each language searched, the two merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.protocols import Embedder, Matrix
from index.records import LANGUAGES, Explanation, Filters, Language, SearchHit
from index.search.asking import Asked, Interpreter, Wanted
from index.search.candidates import (
    CANDIDATES,
    Standing,
    highest,
    merged,
    propose,
    stand,
)
from index.search.closeup import (
    comparison_parts,
    exact_counts,
    length_parts,
    total,
    vector_parts,
    word_parts,
)
from index.search.collection import Collection
from index.search.copies import without_copies
from index.search.explain import explain_parts, matches, meaning_matches, term_matches
from index.search.lifts import LOOKED_AT, Hints, followed, lifts
from index.search.merge import (
    Ranked,
    Yardstick,
    joined,
    laid_out,
    one_place_each,
    spread,
    yardstick,
)
from index.search.passing import Passing
from index.search.score import WEIGHTS, Floats, Places, cosines
from index.search.speakers import speakers_like
from index.static import StaticEmbedder
from index.store.opening import Store

NO_FILTERS = Filters()

SPARE = 10
"""Places looked at beyond those asked for, to fill up for near-copies left out."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The candidates of one language."""

    places: Places
    """Ascending."""
    parts: Mapping[str, Floats]
    yardstick: Yardstick
    lifts: Mapping[str, Floats]
    """What is added to the measured scores, by reason."""
    scores: Floats
    """Measured, with all that is added."""
    standings: Sequence[Standing]


class Searcher:
    """Answers queries from one snapshot of a store."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        filters: Filters = NO_FILTERS,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        self.store = store
        self._embedder = embedder
        self._filters = filters
        self._weights = weights
        self._passing = Passing(store)

    def search(
        self, query: str, *, k: int, filters: Filters = NO_FILTERS, explain: bool = False
    ) -> list[SearchHit]:
        """Return at most k paragraphs, best first; scores descend.

        Args:
            query: in English, Chinese or both; anything else finds what it happens to share.
            k: most paragraphs.
            filters: what to keep to, in place of the searcher's own. Speakers may be named
                loosely, see `speakers_like`.
            explain: whether hits say why they were found.
        """
        asked = self._interpreter.read(query)
        filters = self._loosened(self._filters if filters == NO_FILTERS else filters)
        scored = [self._scored(asked, language, k, filters) for language in LANGUAGES]
        ranked = one_place_each(self._ranked(scored))
        chosen, scores = self._unlike(ranked, *spread(ranked, k + SPARE), k)
        rows = ranked.paragraphs[chosen].tolist()
        why = self._explained(scored, asked, ranked, chosen, scores) if explain else {}
        return [
            SearchHit(
                rank=rank,
                score=score,
                paragraph=found.paragraph,
                interview=found.interview,
                section=found.section,
                heading=found.heading,
                position=found.position,
                language=LANGUAGES[int(ranked.language[i])],
                explanation=why.get(i),
            )
            for rank, (i, score, found) in enumerate(
                zip(chosen, scores, self.store.rows.paragraphs(rows), strict=True), start=1
            )
        ]

    def within(self, filters: Filters) -> "Searcher":
        """Return a searcher of the same store that keeps to the filters."""
        return Searcher(self.store, self._embedder, filters=filters, weights=self._weights)

    def weighing(self, weights: Mapping[str, float]) -> "Searcher":
        """Return a searcher of the same store that weighs the parts of a score otherwise."""
        return Searcher(self.store, self._embedder, filters=self._filters, weights=weights)

    def speakers_like(self, name: str) -> frozenset[str]:
        """Return the speakers of the store that a name may mean, however it is written."""
        return speakers_like(name, self.speakers)

    @cached_property
    def speakers(self) -> list[str]:
        """Everybody who speaks in an interview, sorted."""
        return self.store.lookup.speakers()

    @cached_property
    def _collections(self) -> dict[Language, Collection]:
        layouts = self.store.lookup.layouts()
        return {
            language: Collection(self.store.lookup, language, layouts[language])
            for language in LANGUAGES
        }

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self.store, self._embedder, self._collections)

    @property
    def _table(self) -> StaticEmbedder:
        return self._interpreter.table

    def _loosened(self, filters: Filters) -> Filters:
        """Return the filters with the speakers that are meant, or one that nobody is."""
        if not filters.speakers:
            return filters
        meant = [self.speakers_like(name) for name in filters.speakers]
        return replace(filters, speakers=frozenset().union(*meant) or filters.speakers)

    def _scored(self, asked: Asked, language: Language, k: int, filters: Filters) -> Scored | None:
        """Return the candidates of a language with their parts; None when there are none."""
        collection = self._collections[language]
        if not len(collection) or filters.language not in (None, language):
            return None
        allowed = self._passing.places(replace(filters, language=None), collection)
        wanted = asked.wanted[language]
        standings = stand(wanted.concepts, wanted.known, wanted.shares, collection)
        places = self._candidates(standings, asked, collection, allowed, max(CANDIDATES, k))
        found = self._parts(standings, asked.vector, wanted, collection, places)
        touched = np.any(np.stack(list(found.values())), axis=0)
        places, found = places[touched], {name: part[touched] for name, part in found.items()}
        if not len(places):
            return None  # nothing there has anything to do with an emoji or another script
        found |= length_parts(collection, places)
        summed = total(found, self._weights)
        measure = yardstick(summed)
        measured = measure.measure(summed)
        hints = self._hints(asked, wanted)
        lifted = lifts(measured, places, collection, self.store.rows, hints=hints)
        scores = measured + sum(lifted.values())
        return Scored(places, found, measure, lifted, scores, standings)

    def _hints(self, asked: Asked, wanted: Wanted) -> Hints:
        """Return what the query says besides its words to texts of a language."""
        dated = frozenset(
            row
            for row, interview in self._interpreter.interviews.items()
            if asked.years and (interview.date or "")[:4] in asked.years
        )
        own = self._collections[asked.language] if wanted.is_crossing else None
        return Hints(asked.named.interviews, dated, own)

    def _unlike(
        self, ranked: Ranked, chosen: Sequence[int], scores: Sequence[float], k: int
    ) -> tuple[list[int], list[float]]:
        """Return the first k chosen texts without near-copies of better ones, and their scores."""
        texts = [
            int(self._collections[LANGUAGES[int(ranked.language[i])]].layout.texts[ranked.place[i]])
            for i in chosen
        ]
        kept = without_copies(self.store.rows.words(np.array(texts, np.int64)))[:k]
        return [chosen[i] for i in kept], [scores[i] for i in kept]

    def _candidates(
        self,
        standings: Sequence[Standing],
        asked: Asked,
        collection: Collection,
        allowed: Places | None,
        most: int,
    ) -> Places:
        """Return the places worth scoring, ascending: all of few, else what words and vectors say.

        Where every text is compared there is nothing that neighbours could add. Chroma is never
        given a filter: one that lets much through costs it thirty searches, one that lets little
        through loses neighbours. Filtered, texts are compared as a whole here.
        """
        every = np.arange(len(collection)) if allowed is None else allowed
        if len(every) <= 2 * most:
            return every
        spoken_for = propose(standings, collection, allowed, most)
        replies = followed(propose(standings, collection, allowed, LOOKED_AT), collection)
        if allowed is not None:
            replies = np.intersect1d(replies, allowed)
        if not np.any(asked.vector):
            return merged(spoken_for, replies)
        if allowed is None:
            near = self._nearest(asked.vector, collection, most)
        else:
            like = cosines(collection.vectors(allowed), asked.vector)
            near = allowed[highest(like, most)]
        return merged(spoken_for, replies, near)

    def _nearest(self, vector: Matrix, collection: Collection, most: int) -> Places:
        rows, _ = self.store.nearest(collection.language, vector, most)
        texts = np.unique(self.store.rows.texts_of_vectors(rows)[:, 0])
        return collection.places_of(texts)

    def _parts(
        self,
        standings: Sequence[Standing],
        vector: Matrix,
        wanted: Wanted,
        collection: Collection,
        places: Places,
    ) -> dict[str, Floats]:
        """Return the parts of the candidates' scores that the query has to do with."""
        texts = collection.layout.texts[places]
        counts = exact_counts(standings, self.store.rows.bags(texts), wanted.known)
        windows = self.store.rows.window_vectors(texts)
        return (
            word_parts(standings, counts, collection, places)
            | vector_parts(vector, collection, places, windows)
            | comparison_parts(wanted.words, self.store.lookup.sentences(texts), self._table)
        )

    def _ranked(self, scored: Sequence[Scored | None]) -> Ranked:
        """Return the candidates of both languages with their measured scores."""
        return joined(
            [
                laid_out(
                    number,
                    self._collections[language],
                    found.places,
                    found.scores,
                )
                for number, (language, found) in enumerate(zip(LANGUAGES, scored, strict=True))
                if found is not None
            ]
        )

    def _explained(
        self,
        scored: Sequence[Scored | None],
        asked: Asked,
        ranked: Ranked,
        chosen: Sequence[int],
        scores: Sequence[float],
    ) -> dict[int, Explanation]:
        """Return why each chosen text stands where it stands."""
        why = {}
        for i, score in zip(chosen, scores, strict=True):
            language = LANGUAGES[int(ranked.language[i])]
            found, wanted = scored[int(ranked.language[i])], asked.wanted[language]
            assert found is not None
            place = ranked.place[i : i + 1]
            text = self._collections[language].layout.texts[place]
            at = int(np.searchsorted(found.places, place[0]))
            words = self.store.lookup.sentences(text)
            why[i] = Explanation(
                explain_parts(
                    found.parts,
                    at,
                    self._weights,
                    found.yardstick,
                    score,
                    lifts={name: float(values[at]) for name, values in found.lifts.items()},
                ),
                matches(
                    term_matches(found.standings, self.store.rows.bags(text), wanted.known),
                    list(meaning_matches(wanted.words, words, self._table)),
                ),
            )
        return why
