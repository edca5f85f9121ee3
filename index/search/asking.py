"""Query → all that is looked for: whom it names, its vector, and its words in each language.

What a word is called in the other language comes from the bundled dictionary and from the store's
own paragraphs with two texts; only the texts of the query's language are asked in its own words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.analyse import background, is_common
from index.dictionary import Dictionary
from index.protocols import Embedder, Matrix
from index.records import LANGUAGES, InterviewSummary, Language
from index.search.candidates import Known
from index.search.closeup import AskedWords
from index.search.collection import Collection
from index.search.learnt import Pairs, Taught, learnt, paired, with_learnt
from index.search.names import name_concepts
from index.search.people import Directory, Named, directory, people_named, without_names
from index.search.query import Concept, Query, concepts, parts, read_query, settle, without_named
from index.static import StaticEmbedder, bundled
from index.store.opening import Store
from index.words import stem

MIN_NAME = 3
"""Letters a word of a name has; shorter ones tell nobody apart ("Grad B")."""

TRANSLATIONS = 8
"""Of one word, compared with the words of texts; more are rare senses."""

TRANSLATED = 0.9
"""What likeness to a word's likeliest translation counts, of likeness to the word itself: a
dictionary may mean another sense. 0.8 does as well.
"""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the texts of one language."""

    concepts: Sequence[Concept]
    known: Known
    """Those parts of their terms that some text has."""
    shares: Mapping[str, float]
    """Of all words of the language, for each term; 0 for what is no word."""
    words: AskedWords
    is_crossing: bool
    """Whether the query is in the other language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a query asks for."""

    language: Language
    vector: Matrix
    """Of the whole query, from the store's embedder; zeros where it knows nothing."""
    wanted: Mapping[Language, Wanted]
    named: Named
    years: frozenset[str]
    """As it writes them: `2019`."""


class Interpreter:
    """Reads queries as one snapshot of a store lets them be read."""

    def __init__(
        self, store: Store, embedder: Embedder, collections: Mapping[Language, Collection]
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._collections = collections
        self._dictionary = Dictionary()
        self._names: dict[Language, dict[str, str]] = {}
        self.table = embedder if isinstance(embedder, StaticEmbedder) else bundled()
        """Of words, by which queries and texts are compared whatever the store's embedder is."""

    def read(self, text: str) -> Asked:
        """Return what a query asks for."""
        query = read_query(text, self.table.weight)
        named = people_named(query, self._people)
        query = without_names(query, named)
        wanted = {language: self._wanted(query, language) for language in LANGUAGES}
        years = frozenset(_YEAR.findall(query.folded))
        return Asked(query.language, self._vector(query), wanted, named, years)

    @cached_property
    def interviews(self) -> dict[int, InterviewSummary]:
        """The interviews by their rows, each found by a paragraph of its own."""
        found: dict[int, InterviewSummary] = {}
        for collection in self._collections.values():
            firsts = collection.layout.paragraphs[collection.interview_start]
            first = {p.row: p.interview for p in self._store.rows.paragraphs(firsts.tolist())}
            found |= dict(
                zip(
                    collection.interviews.tolist(),
                    [first[row] for row in firsts.tolist()],
                    strict=True,
                )
            )
        return found

    @cached_property
    def _people(self) -> Directory:
        titles = {row: interview.title for row, interview in self.interviews.items()}
        return directory(self._store.lookup.speaking(), titles, self._is_ordinary)

    @cached_property
    def _pairs(self) -> dict[Language, Pairs]:
        english, chinese = (self._collections[language] for language in LANGUAGES)
        return {"en": paired(english, chinese), "zh": paired(chinese, english)}

    def _is_ordinary(self, word: str) -> bool:
        return len(word) < MIN_NAME or is_common(word, self.table)

    def _vector(self, query: Query) -> Matrix:
        """Return the query's vector; the bundled embedder is given its content words only."""
        only = isinstance(self._embedder, StaticEmbedder)
        vector: Matrix = self._embedder.embed([" ".join(query.tokens) if only else query.text])[0]
        return vector

    def _wanted(self, query: Query, language: Language) -> Wanted:
        is_crossing = language != query.language
        taught = self._taught(query, language) if is_crossing else {}
        found = with_learnt(concepts(query, language, self._dictionary), taught)
        if language not in self._names:
            self._names[language] = self._store.lookup.names(language)
        named = name_concepts(query, language, self._names[language], self.table)
        terms = {part for c in (*found, *named) for term in c.terms for part in parts(term)}
        known = self._store.rows.frequencies(language, sorted(terms))
        kept = [*without_named(settle(found, known.keys()), named, known.keys()), *named]
        words = self._words(query, taught, is_crossing=is_crossing)
        return Wanted(kept, known, self._shares(kept), words, is_crossing)

    def _taught(self, query: Query, language: Language) -> Taught:
        """Return what words of a query are called in the other language, as the store has it."""
        own, other = self._collections[query.language], self._collections[language]
        return learnt(query.words, own, other, self._pairs[query.language], self._store.rows)

    def _shares(self, wanted: Sequence[Concept]) -> dict[str, float]:
        terms = {term for concept in wanted for term in concept.terms}
        rows = {term: self.table.rows(term) for term in terms}
        return {
            term: background(self.table.row_weight(of[0])) if len(of) == 1 else 0.0
            for term, of in rows.items()
        }

    def _words(self, query: Query, taught: Taught, *, is_crossing: bool) -> AskedWords:
        """Return the content words of a query; across languages, their translations besides."""
        groups: list[dict[int, float]] = []
        shares: list[float] = []
        for token in query.tokens:
            own = self.table.rows(token)
            beside = self._translated(token, taught) if is_crossing else {}
            # A compound is its parts, each a word of its own; a word no table has may be learnt.
            for row in own:
                groups.append({row: 1.0, **beside})
                shares.append(background(self.table.row_weight(row)))
            if beside and not own:
                groups.append(beside)
                shares.append(0.0)
        # From 0 for a word of every tenth to 14 for the rarest.
        weights = np.log(0.1 / (np.clip(np.array(shares), 1e-7, 0.1) + 1e-7))
        return AskedWords.of(groups, np.maximum(weights, 0.0))

    def _translated(self, token: str, taught: Taught) -> dict[int, float]:
        """Return the rows of a word's translations, with what likeness to them counts."""
        word = stem(token)
        found: dict[int, float] = {}
        if len(self.table.rows(token)) == 1:
            ways = list(self._dictionary.translations(word).items())[:TRANSLATIONS]
            for way, share in ways:
                rows = self.table.rows(way)
                if len(rows) == 1:
                    found[rows[0]] = TRANSLATED * float(np.sqrt(share / ways[0][1]))
        for way in taught.get(word, {}):
            found |= dict.fromkeys(self.table.rows(way), 1.0)
        return found
