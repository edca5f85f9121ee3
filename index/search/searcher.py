"""A query over one snapshot of a store: each language searched, the two merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.analyse import background
from index.dictionary import Dictionary
from index.protocols import Embedder, Matrix
from index.records import LANGUAGES, Filters, Language, SearchHit
from index.search.candidates import CANDIDATES, Known, Standing, merged, propose, stand
from index.search.closeup import (
    Asked,
    comparison_part,
    exact_counts,
    total,
    vector_parts,
    word_parts,
)
from index.search.collection import Collection
from index.search.merge import Ranked, Yardstick, one_place_each, spread, yardstick
from index.search.names import name_concepts
from index.search.query import Concept, Query, concepts, parts, read_query, settle, without_meta
from index.search.score import WEIGHTS, Floats, Places
from index.static import StaticEmbedder, bundled
from index.store.opening import Store
from index.words import stem, stop_words, tokens

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Scored:
    """The candidates of one language."""

    places: Places
    """Ascending."""
    parts: Mapping[str, Floats]
    scores: Floats
    yardstick: Yardstick
    standings: Sequence[Standing]
    counts: Floats


class Searcher:
    """Answers queries from one snapshot of a store."""

    def __init__(
        self, store: Store, embedder: Embedder, *, weights: Mapping[str, float] = WEIGHTS
    ) -> None:
        self.store = store
        self._embedder = embedder
        self._weights = weights
        self._names: dict[Language, dict[str, str]] = {}

    def search(
        self, query: str, *, k: int, filters: Filters = NO_FILTERS, explain: bool = False
    ) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""
        read = read_query(query)
        asked = self._asked(read)
        scored = [self._scored(read, asked, language, k, filters) for language in LANGUAGES]
        ranked = one_place_each(self._ranked(scored))
        chosen, scores = spread(ranked, k)
        rows = ranked.paragraphs[chosen].tolist()
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
            )
            for rank, (i, score, found) in enumerate(
                zip(chosen, scores, self.store.rows.paragraphs(rows), strict=True), start=1
            )
        ]

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

    def _asked(self, query: Query) -> Asked:
        """Return the query as vectors; the bundled embedder is given its content words only."""
        said = tokens(query.folded)
        content = [token for token in said if stem(token) not in stop_words()]
        content = without_meta(content) or said
        bundled_one = isinstance(self._embedder, StaticEmbedder)
        vector = self._embedder.embed([" ".join(content) if bundled_one else query.text])[0]
        rows = [row for token in content for row in self._table.rows(token)]
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
        wanted, known = self._wanted(query, language)
        standings = stand(wanted, known, self._shares(wanted), collection)
        places = self._candidates(standings, asked, collection, k)
        if not len(places):
            return None
        texts = collection.layout.texts[places]
        counts = exact_counts(standings, self.store.rows.bags(texts), known)
        found = word_parts(standings, counts, collection, places)
        windows = self.store.rows.window_vectors(texts)
        found |= vector_parts(asked, collection, places, windows)
        found |= comparison_part(asked, self.store.lookup.word_rows(texts), self._table)
        scores = total(found, self._weights)
        return Scored(places, found, scores, yardstick(scores), standings, counts)

    def _wanted(self, query: Query, language: Language) -> tuple[list[Concept], Known]:
        """Return the concepts looked for in a language, and the terms of theirs that are known."""
        if language not in self._names:
            self._names[language] = self.store.lookup.names(language)
        wanted = concepts(query, language, self._dictionary)
        wanted += name_concepts(query, language, self._names[language], self._table)
        terms = {part for concept in wanted for term in concept.terms for part in parts(term)}
        known = self.store.rows.frequencies(language, sorted(terms))
        return settle(wanted, known.keys()), known

    def _shares(self, wanted: Sequence[Concept]) -> dict[str, float]:
        """Return each term's share of all words of its language; 0 for what is no word."""
        terms = {term for concept in wanted for term in concept.terms}
        return {
            term: background(self._table.weight(term)) if len(self._table.rows(term)) == 1 else 0.0
            for term in terms
        }

    def _candidates(
        self, standings: Sequence[Standing], asked: Asked, collection: Collection, k: int
    ) -> Places:
        most = max(CANDIDATES, k)
        if len(collection) <= 2 * most:
            return np.arange(len(collection))
        spoken_for = propose(standings, collection, most)
        return merged(spoken_for, self._nearest(asked.vector, collection, most))

    def _nearest(self, vector: Matrix, collection: Collection, most: int) -> Places:
        if not np.any(vector):
            return np.zeros(0, np.int64)
        rows, _ = self.store.nearest(collection.language, vector, most)
        texts = np.unique(self.store.rows.texts_of_vectors(rows)[:, 0])
        return collection.places_of(texts)

    def _ranked(self, scored: Sequence[Scored | None]) -> Ranked:
        """Return the candidates of both languages with their measured scores."""
        columns: list[list[np.ndarray]] = [[] for _ in range(7)]
        for number, (language, found) in enumerate(zip(LANGUAGES, scored, strict=True)):
            if found is None:
                continue
            collection = self._collections[language]
            layout, windows = collection.layout, collection.windows
            for column, values in zip(
                columns,
                (
                    layout.paragraphs[found.places],
                    found.yardstick.measure(found.scores),
                    np.full(len(found.places), number),
                    found.places,
                    layout.interviews[found.places],
                    layout.positions[windows.first[found.places]],
                    layout.positions[windows.end[found.places] - 1] + 1,
                ),
                strict=True,
            ):
                column.append(values)
        if not columns[0]:
            nothing = np.zeros(0, np.int64)
            return Ranked(nothing, nothing.astype(float), *[nothing] * 5)
        return Ranked(*(np.concatenate(column) for column in columns))
