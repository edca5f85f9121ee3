"""A query over one snapshot of a store: each language searched, the two merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.analyse import background, is_common
from index.dictionary import Dictionary
from index.protocols import Embedder, Matrix
from index.records import LANGUAGES, Explanation, Filters, Language, SearchHit
from index.search.candidates import (
    CANDIDATES,
    Known,
    Standing,
    highest,
    merged,
    propose,
    stand,
)
from index.search.closeup import (
    Asked,
    comparison_parts,
    exact_counts,
    total,
    vector_parts,
    word_parts,
)
from index.search.collection import Collection
from index.search.copies import without_copies
from index.search.explain import explain_parts, matches, meaning_matches, term_matches
from index.search.merge import (
    FAVOUR,
    Ranked,
    Yardstick,
    favoured,
    joined,
    laid_out,
    one_place_each,
    spread,
    yardstick,
)
from index.search.names import name_concepts
from index.search.passing import Passing
from index.search.people import Named, people_named, without_names
from index.search.query import (
    Concept,
    Query,
    concepts,
    parts,
    read_query,
    settle,
    without_named,
)
from index.search.score import WEIGHTS, Floats, Places, cosines
from index.search.speakers import speakers_like
from index.static import StaticEmbedder, bundled
from index.store.opening import Store

NO_FILTERS = Filters()

SPARE = 10
"""Places looked at beyond those asked for, to fill up for near-copies left out."""

MIN_NAME = 3
"""Letters a word of a name has; shorter ones tell nobody apart ("Grad B")."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The candidates of one language."""

    places: Places
    """Ascending."""
    parts: Mapping[str, Floats]
    scores: Floats
    yardstick: Yardstick
    standings: Sequence[Standing]
    known: Known


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
        self._names: dict[Language, dict[str, str]] = {}
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
        read = read_query(query, self._table.weight)
        named = people_named(read, self._speaking, self._is_ordinary)
        read = without_names(read, named)
        asked = self._asked(read)
        filters = self._loosened(self._filters if filters == NO_FILTERS else filters)
        scored = [self._scored(read, asked, language, k, filters) for language in LANGUAGES]
        ranked = one_place_each(favoured(self._ranked(scored), named.interviews))
        chosen, scores = self._unlike(ranked, *spread(ranked, k + SPARE), k)
        rows = ranked.paragraphs[chosen].tolist()
        why = self._explained(scored, asked, ranked, chosen, scores, named=named) if explain else {}
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

    def _is_ordinary(self, word: str) -> bool:
        return len(word) < MIN_NAME or is_common(word, self._table)

    @cached_property
    def _speaking(self) -> dict[int, frozenset[str]]:
        return self.store.lookup.speaking()

    @cached_property
    def _collections(self) -> dict[Language, Collection]:
        layouts = self.store.lookup.layouts()
        return {
            language: Collection(self.store.lookup, language, layouts[language])
            for language in LANGUAGES
        }

    @cached_property
    def _dictionary(self) -> Dictionary:
        return Dictionary()

    @cached_property
    def _table(self) -> StaticEmbedder:
        return self._embedder if isinstance(self._embedder, StaticEmbedder) else bundled()

    def _loosened(self, filters: Filters) -> Filters:
        """Return the filters with the speakers that are meant, or one that nobody is."""
        if not filters.speakers:
            return filters
        meant = [self.speakers_like(name) for name in filters.speakers]
        return replace(filters, speakers=frozenset().union(*meant) or filters.speakers)

    def _asked(self, query: Query) -> Asked:
        """Return the query as vectors; the bundled embedder is given its content words only."""
        only = isinstance(self._embedder, StaticEmbedder)
        vector = self._embedder.embed([" ".join(query.tokens) if only else query.text])[0]
        rows = [row for token in query.tokens for row in self._table.rows(token)]
        shares = [background(self._table.row_weight(row)) for row in rows]
        # From 0 for a word of every tenth to 14 for the rarest.
        weights = np.log(0.1 / (np.clip(shares, 1e-7, 0.1) + 1e-7))
        return Asked(vector, np.array(rows, np.int64), np.maximum(weights, 0.0))

    def _scored(
        self, query: Query, asked: Asked, language: Language, k: int, filters: Filters
    ) -> Scored | None:
        """Return the candidates of a language with their parts; None when there are none."""
        collection = self._collections[language]
        if not len(collection) or filters.language not in (None, language):
            return None
        allowed = self._passing.places(replace(filters, language=None), collection)
        wanted, known = self._wanted(query, language)
        standings = stand(wanted, known, self._shares(wanted), collection)
        places = self._candidates(standings, asked, collection, allowed, max(CANDIDATES, k))
        found = self._parts(standings, asked, collection, places, known)
        touched = np.any(np.stack(list(found.values())), axis=0)
        places, found = places[touched], {name: part[touched] for name, part in found.items()}
        if not len(places):
            return None  # nothing there has anything to do with an emoji or another script
        scores = total(found, self._weights)
        return Scored(places, found, scores, yardstick(scores), standings, known)

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

    def _wanted(self, query: Query, language: Language) -> tuple[list[Concept], Known]:
        """Return the concepts looked for in a language, and the terms of theirs that are known."""
        if language not in self._names:
            self._names[language] = self.store.lookup.names(language)
        wanted = concepts(query, language, self._dictionary)
        named = name_concepts(query, language, self._names[language], self._table)
        terms = {
            part for concept in (*wanted, *named) for term in concept.terms for part in parts(term)
        }
        known = self.store.rows.frequencies(language, sorted(terms))
        return [*without_named(settle(wanted, known.keys()), named, known.keys()), *named], known

    def _shares(self, wanted: Sequence[Concept]) -> dict[str, float]:
        """Return each term's share of all words of its language; 0 for what is no word."""
        terms = {term for concept in wanted for term in concept.terms}
        rows = {term: self._table.rows(term) for term in terms}
        return {
            term: background(self._table.row_weight(of[0])) if len(of) == 1 else 0.0
            for term, of in rows.items()
        }

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
        if not np.any(asked.vector):
            return merged(spoken_for)
        if allowed is None:
            return merged(spoken_for, self._nearest(asked.vector, collection, most))
        near = highest(cosines(collection.vectors(allowed), asked.vector), most)
        return merged(spoken_for, allowed[near])

    def _nearest(self, vector: Matrix, collection: Collection, most: int) -> Places:
        rows, _ = self.store.nearest(collection.language, vector, most)
        texts = np.unique(self.store.rows.texts_of_vectors(rows)[:, 0])
        return collection.places_of(texts)

    def _parts(
        self,
        standings: Sequence[Standing],
        asked: Asked,
        collection: Collection,
        places: Places,
        known: Known,
    ) -> dict[str, Floats]:
        """Return the parts of the candidates' scores."""
        texts = collection.layout.texts[places]
        counts = exact_counts(standings, self.store.rows.bags(texts), known)
        windows = self.store.rows.window_vectors(texts)
        return (
            word_parts(standings, counts, collection, places)
            | vector_parts(asked, collection, places, windows)
            | comparison_parts(asked, self.store.lookup.sentences(texts), self._table)
        )

    def _ranked(self, scored: Sequence[Scored | None]) -> Ranked:
        """Return the candidates of both languages with their measured scores."""
        return joined(
            [
                laid_out(
                    number,
                    self._collections[language],
                    found.places,
                    found.yardstick.measure(found.scores),
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
        *,
        named: Named,
    ) -> dict[int, Explanation]:
        """Return why each chosen text stands where it stands."""
        why = {}
        for i, score in zip(chosen, scores, strict=True):
            language = LANGUAGES[int(ranked.language[i])]
            found = scored[int(ranked.language[i])]
            assert found is not None
            place = ranked.place[i : i + 1]
            text = self._collections[language].layout.texts[place]
            at = int(np.searchsorted(found.places, place[0]))
            why[i] = Explanation(
                explain_parts(
                    found.parts,
                    at,
                    self._weights,
                    found.yardstick,
                    score,
                    favour=FAVOUR * (int(ranked.interviews[i]) in named.interviews),
                ),
                matches(
                    term_matches(found.standings, self.store.rows.bags(text), found.known),
                    list(meaning_matches(asked, self.store.lookup.sentences(text), self._table)),
                ),
            )
        return why
