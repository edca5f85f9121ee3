"""Query → concepts: each of its words with what it may be called in the texts of a language."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from typing import Literal

from index.amounts import amount_terms
from index.dictionary import Dictionary
from index.fold import fold
from index.language import detect_language
from index.records import Language
from index.words import content_words, is_chinese, query_terms, stem, stop_words, tokens

How = Literal["word", "translation", "name", "number"]

TRANSLATIONS = 16
"""Of one word; those after the sixteenth together weigh less than a tenth, and cost as much."""

BESIDE_ITSELF = 0.5
"""Weight of a Latin word's translations where the word itself stands in the texts."""

MAX_CONCEPTS = 64
"""Words a query is searched by; only pasted documents have more, and their rarest words tell."""

# Words about the conversation, not of it: every question has them, and meetings are full of them.
_META = (
    "summarize summarise discuss discussion discussed say said talk talked mention mentioned"
    " describe described explain think thought thoughts opinion opinions about regarding according"
    " asked question answer conclusion 总结 讨论 谈到 看法 观点 想法 看待"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is searched."""

    text: str
    folded: str
    language: Language
    words: tuple[str, ...]
    """Its content words without those about the conversation, unless nothing else is left."""
    terms: tuple[str, ...]
    """The same as terms of the word index."""
    tokens: tuple[str, ...]
    """The same as written, for their vectors."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for."""

    word: str
    """As the query has it."""
    how: How
    terms: Mapping[str, float]
    """What it may be called in the texts, each with its weight. A term of several parts, see
    `parts`, is found where all of them are.
    """


def read_query(text: str, weight: Callable[[str], float]) -> Query:
    """Return a query folded and cut into words.

    Args:
        text: as asked.
        weight: how much a word says; of more than `MAX_CONCEPTS`, the first that say most are kept.
    """
    folded = fold(text)
    said = tokens(folded)
    return Query(
        text,
        folded,
        detect_language(text),
        words=_telling(without_meta(content_words(folded)), weight),
        terms=_telling(without_meta(query_terms(folded)), weight),
        tokens=_telling(
            without_meta([t for t in said if stem(t) not in stop_words()]) or said, weight
        ),
    )


def concepts(query: Query, language: Language, dictionary: Dictionary) -> list[Concept]:
    """Return what to look for in texts of a language, in the query's order, repeats kept.

    Where the query is in the other language, a Latin word or a number may stand in the texts as
    it is; see `settle`.
    """
    amounts = [Concept(term[1:], "number", {term: 1.0}) for term in amount_terms(query.text)]
    if query.language == language:
        return [*(Concept(term, "word", {term: 1.0}) for term in query.terms), *amounts]
    found = (_translated(word, dictionary) for word in query.words)
    return [
        *(concept for concept in found if concept.terms),
        *_phrases(query.words, dictionary),
        *amounts,
    ]


def settle(found: Iterable[Concept], known: Collection[str]) -> list[Concept]:
    """Return the concepts with only the terms that some text has; others stay only by their words.

    A Latin word that stands in the texts itself is its own best translation.
    """
    return [_settled(concept, known) for concept in found]


def without_named(
    found: Iterable[Concept], named: Iterable[Concept], known: Collection[str]
) -> list[Concept]:
    """Return the concepts without those that no text has and whose word was taken for a name.

    The dictionary may know a name as something else: Brandt is also a finch.
    """
    names = {stem(fold(concept.word)) for concept in named}
    return [
        concept
        for concept in found
        if concept.word not in names
        or any(all(part in known for part in parts(term)) for term in concept.terms)
    ]


def parts(term: str) -> tuple[str, ...]:
    """Return the terms of the word index that a term is made of.

    A Chinese word of three characters and more is its pairs; words joined by blanks are themselves.
    """
    if " " in term:
        return tuple(term.split(" "))
    if len(term) > 2 and is_chinese(term):
        return tuple(dict.fromkeys(a + b for a, b in pairwise(term)))
    return (term,)


def without_meta(words: Sequence[str]) -> list[str]:
    """Return the words that are not about the conversation; all of them if none is left."""
    return [word for word in words if stem(word) not in _meta()] or list(words)


def _telling(words: Sequence[str], weight: Callable[[str], float]) -> tuple[str, ...]:
    if len(words) <= MAX_CONCEPTS:
        return tuple(words)
    return tuple(sorted(dict.fromkeys(words), key=weight, reverse=True)[:MAX_CONCEPTS])


def _translated(word: str, dictionary: Dictionary) -> Concept:
    terms = dict(islice(dictionary.translations(word).items(), TRANSLATIONS))
    if is_chinese(word):
        return Concept(word, "translation", terms)
    return Concept(word, "translation", {word: 1.0, **terms})


def _phrases(words: Sequence[str], dictionary: Dictionary) -> Iterator[Concept]:
    """Yield the phrases the dictionary knows besides their words: tap water is 自来水."""
    for found in dictionary.translate(words):
        if len(found.words) > 1:
            terms = dict(islice(found.weights.items(), TRANSLATIONS))
            yield Concept(" ".join(found.words), "translation", terms)


def _settled(concept: Concept, known: Collection[str]) -> Concept:
    if concept.how != "translation" or is_chinese(concept.word):
        return concept
    beside = {term: weight for term, weight in concept.terms.items() if term != concept.word}
    if concept.word not in known:
        return replace(concept, terms=beside)
    halved = {term: BESIDE_ITSELF * weight for term, weight in beside.items()}
    return Concept(concept.word, "word", {concept.word: 1.0, **halved})


@cache
def _meta() -> frozenset[str]:
    return frozenset(stem(word) for word in _META.split())
