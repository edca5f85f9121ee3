"""Words of a query → what they are called in the other language, learnt from the store itself.

Paragraphs with both texts are a parallel text: a word of one language and one of the other that
stand in the same paragraphs, and hardly elsewhere, mean the same. That is how a search knows the
names of places, ships and machines, which no dictionary has. Learnt when asked, for what is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.protocols import Rows
from index.search.collection import Collection
from index.search.query import Concept, parts
from index.search.score import Places
from index.store.reading import Bags, Reader
from index.words import is_chinese

Taught = Mapping[str, Mapping[str, float]]
"""Word to terms of the other language, each with its likeness, 0 to 1, best first."""

FEWEST = 2
"""Paragraphs that two words must share; in a single one, everything stands beside everything."""

MOST = 40
"""Paragraphs with both texts beyond which a word is common, and the dictionary knows it."""

CHANCE = 0.5
"""Taken from what two words share and added to what either has: two paragraphs prove little."""

ALIKE = 0.6
"""Likeness from which two words are taken to mean the same: that of two that share two paragraphs
and stand in no other, or five of seven.
"""

NEAR_BEST = 0.85
"""Share of the best likeness that another translation of the same word needs."""

KEPT = 3
"""Translations kept of a word: a name is two terms, and pairs of characters overlap."""

LIKELIEST = 12
"""Terms of which it is looked up where they stand: those that share most and are rarest."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The paragraphs with texts of two languages; arrays of shape (n,)."""

    own: Places
    """Places in the collection of the query's language, ascending."""
    other: Places
    """Places of the same paragraphs in the other collection."""


def paired(own: Collection, other: Collection) -> Pairs:
    """Return the paragraphs that two languages share."""
    mine, theirs = own.layout.paragraphs, other.layout.paragraphs
    _, here, there = np.intersect1d(mine, theirs, return_indices=True)
    order = np.argsort(here)
    return Pairs(here[order], there[order])


def learnt(
    words: Iterable[str], own: Collection, other: Collection, pairs: Pairs, rows: Reader
) -> Taught:
    """Return what words are called in the other language, as far as the store tells.

    Likeness is the Dice coefficient over the paragraphs with both texts, lowered by `CHANCE`.

    Args:
        words: of the query, as terms of the word index or Chinese words of any length.
        own: the texts of the query's language.
        other: the texts of the other language.
        pairs: the paragraphs that both have.
        rows: the store.

    Source: Dice, Ecology 1945; for words of parallel texts, Smadja et al., Computational
    Linguistics 1996.
    """
    beside = _beside(words, own, pairs, rows)
    if not beside:
        return {}
    texts = np.unique(np.concatenate(list(beside.values())))
    bags = rows.bags(other.layout.texts[texts])
    shared = {
        word: _shared(np.searchsorted(texts, places), bags) for word, places in beside.items()
    }
    names = _names(shared.values(), other, rows)
    likely = {number for counts in shared.values() for number in _likeliest(counts, names)}
    among = _among(likely, other, pairs)
    found = {
        word: _alike(
            {names[n][0]: (having, among[n]) for n, having in counts.items() if n in among},
            len(beside[word]),
        )
        for word, counts in shared.items()
    }
    return {word: terms for word, terms in found.items() if terms}


def with_learnt(found: Sequence[Concept], taught: Taught) -> list[Concept]:
    """Return the concepts with what was learnt of their words, and new ones for other words."""
    lacking = [word for word in taught if word not in {concept.word for concept in found}]
    every = [*found, *(Concept(word, "translation", {}) for word in lacking)]
    return [_merged(c, taught[c.word]) if c.word in taught else c for c in every]


def _beside(words: Iterable[str], own: Collection, pairs: Pairs, rows: Reader) -> dict[str, Places]:
    """Return the places in the other collection that stand beside each rare word, ascending."""
    wanted = [word for word in dict.fromkeys(words) if not word.isdigit()] if len(pairs.own) else []
    known = rows.frequencies(own.language, sorted({p for word in wanted for p in parts(word)}))
    postings = own.postings(sorted({number for number, _ in known.values()}))
    found = {}
    for word in wanted:
        places = pairs.own
        for part in parts(word):
            having = postings[known[part][0]] if part in known else places[:0]
            places = np.intersect1d(places, having, assume_unique=True)
        if FEWEST <= len(places) <= MOST:
            found[word] = np.sort(pairs.other[np.searchsorted(pairs.own, places)])
    return found


def _shared(texts: Rows, bags: Bags) -> dict[int, int]:
    """Return the terms that enough of some texts of the bags have, with how many have them."""
    terms = np.concatenate([bags.terms[bags.offsets[t] : bags.offsets[t + 1]] for t in texts])
    distinct, having = np.unique(terms, return_counts=True)
    # Fewer cannot be alike, however rare the term.
    enough = having >= max(FEWEST, ALIKE / (2 - ALIKE) * len(texts))
    return dict(zip(distinct[enough].tolist(), having[enough].tolist(), strict=True))


def _names(
    shared: Iterable[Mapping[int, int]], other: Collection, rows: Reader
) -> dict[int, tuple[str, int]]:
    """Return the words behind terms, each with how many texts have it.

    Numbers, and names in the script of the query's language, are left out.
    """
    words = rows.terms(other.language, {number for found in shared for number in found})
    known = rows.frequencies(other.language, sorted(words.values()))
    return {
        number: (word, known[word][1])
        for number, word in words.items()
        if word in known and is_chinese(word) == (other.language == "zh") and word[0].isalpha()
    }


def _likeliest(counts: Mapping[int, int], names: Mapping[int, tuple[str, int]]) -> list[int]:
    """Return the terms that may be most alike, by their likeness if all they are in is paired."""
    known = [number for number in counts if number in names]
    known.sort(key=lambda number: (-counts[number] / (1 + names[number][1]), names[number][0]))
    return known[:LIKELIEST]


def _among(numbers: Iterable[int], other: Collection, pairs: Pairs) -> dict[int, int]:
    """Return how many of the paragraphs with both texts have each term."""
    places = np.sort(pairs.other)
    return {
        number: len(np.intersect1d(places, found, assume_unique=True))
        for number, found in other.postings(sorted(numbers)).items()
    }


def _alike(terms: Mapping[str, tuple[int, int]], count: int) -> dict[str, float]:
    """Return the terms most alike to a word of `count` paragraphs; each has (shared, all)."""
    dice = {
        term: 2 * (shared - CHANCE) / (count + among + 2 * CHANCE)
        for term, (shared, among) in terms.items()
    }
    best = sorted(dice.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    return {term: like for term, like in best if like >= max(ALIKE, NEAR_BEST * best[0][1])}


def _merged(concept: Concept, taught: Mapping[str, float]) -> Concept:
    """Return a concept that trusts what was learnt as far as it is alike, and its terms else."""
    trust, total = max(taught.values()), sum(taught.values())
    terms = {term: weight * (1 - trust) for term, weight in concept.terms.items()}
    for term, likeness in taught.items():
        terms[term] = terms.get(term, 0.0) + trust * likeness / total
    return replace(concept, terms=terms)
