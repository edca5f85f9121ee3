"""Names of a query → names of the texts that sound alike, within a script or across the two.

A weighted edit distance over skeletons of consonants (see `index.names`): confusing J and S costs
less than K and B, and a lost L or N hardly counts, because that is how names are misheard and
transliterated.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from index.analyse import is_common
from index.fold import fold
from index.names import chinese_names, latin_names, sounding
from index.records import Language
from index.search.query import Concept, Query
from index.static import StaticEmbedder
from index.words import is_chinese, stem, stop_words, tokens

ALIKE = 0.75
"""Similarity of skeletons from which two names may be one; musk and 马斯克 have 1."""

NEAR_BEST = 0.1
"""What may be less alike than the best of a name's matches and still counts."""

MOST = 8
"""Names that one may be; more alike ones mean that the skeleton tells nothing."""

MOST_ASKED = 12
"""Names of one query that are compared with those of the texts, a few milliseconds each."""

MISHEARD = 0.9
"""Similarity of skeletons that two spellings of one script need."""

MISSPELT = 60.0
"""Likeness of letters they need besides, 0 to 100; Sundar and Sunund have 67."""

# Chosen on the names of public question sets in two languages, where it was worth .015 of the
# first five places; nothing depends on the second digit.
_CONFUSED = {
    "JS": 0.3, "WF": 0.3, "WH": 0.3, "HK": 0.3, "NM": 0.3,
    "JD": 0.5, "KJ": 0.5, "SD": 0.5, "BF": 0.5, "LN": 0.7, "BM": 0.8,
}  # fmt: skip
_LOST = {"L": 0.4, "H": 0.4, "N": 0.5, "W": 0.5, "D": 0.5, "K": 0.6, "S": 0.6}
_LETTERS = "\0BDFHJKLMNPSTW"


def name_concepts(
    query: Query, language: Language, names: Mapping[str, str], table: StaticEmbedder
) -> list[Concept]:
    """Return a concept for each name of the query that sounds like names of the texts.

    Args:
        query: what is asked.
        language: of the texts.
        names: of the texts, with their sounds.
        table: says which capitalised words are no names.
    """
    if not names:
        return []
    asked = _asked(query, table)
    skeletons = sorted(set(names.values()))
    codes = encoded(skeletons)
    found = []
    for name, sound in asked.items():
        likeness = dict(zip(skeletons, similarities(sound, codes).tolist(), strict=True))
        across = is_chinese(name) != (language == "zh")
        alike = _across(names, likeness) if across else _within(name, names, likeness)
        if alike:
            found.append(Concept(name, "name", alike))
    return found


def similarities(skeleton: str, codes: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return how alike a skeleton is to each of n encoded ones: 1 for equal, shape (n,).

    1 - distance / the longer length, where the distance is that of Wagner & Fischer (J. ACM 1974)
    with weights.
    """
    n, width = codes.shape
    asked = encoded([skeleton])[0][: len(skeleton)]
    lost, swapped = _costs()
    row = np.concatenate([np.zeros((n, 1)), np.cumsum(lost[codes], axis=1)], axis=1)
    for letter in asked:
        following = np.empty_like(row)
        following[:, 0] = row[:, 0] + lost[letter]
        for j in range(width):
            kept = np.minimum(
                row[:, j] + swapped[letter, codes[:, j]], row[:, j + 1] + lost[letter]
            )
            following[:, j + 1] = np.minimum(kept, following[:, j] + lost[codes[:, j]])
        row = following
    longest = np.maximum(np.count_nonzero(codes, axis=1), len(asked))
    similar: NDArray[np.float64] = 1 - row[:, -1] / longest
    return similar


def encoded(skeletons: Sequence[str]) -> NDArray[np.int8]:
    """Return skeletons as rows of letter numbers, padded with zeros."""
    width = max(map(len, skeletons), default=0)
    rows = [[_LETTERS.index(c) for c in s] + [0] * (width - len(s)) for s in skeletons]
    return np.array(rows, np.int8).reshape(len(skeletons), width)


def _asked(query: Query, table: StaticEmbedder) -> dict[str, str]:
    """Return the names of the query with their sounds."""
    latin = [
        name
        for name in latin_names(query.text)
        if stem(fold(name)) not in stop_words() and not is_common(name, table)
    ]
    return sounding([*latin, *chinese_names(tokens(query.folded))][:MOST_ASKED])


def _across(names: Mapping[str, str], likeness: Mapping[str, float]) -> dict[str, float]:
    """Return the terms that sound most alike; a name that may be several is each of them less."""
    alike = {_term(name): likeness[sound] for name, sound in names.items()}
    best = max(alike.values())
    near = [(term, s) for term, s in alike.items() if s >= max(ALIKE, best - NEAR_BEST)]
    near.sort(key=lambda match: (-match[1], match[0]))
    return {term: similar / len(near) for term, similar in near[:MOST]}


def _within(name: str, names: Mapping[str, str], likeness: Mapping[str, float]) -> dict[str, float]:
    """Return other spellings in the same script, for what was misheard."""
    own = _term(name)
    near = {
        _term(other): 0.5 * likeness[sound]
        for other, sound in names.items()
        if likeness[sound] >= MISHEARD and fuzz.ratio(own, _term(other)) >= MISSPELT
    }
    near.pop(own, None)
    return dict(sorted(near.items(), key=lambda match: -match[1])[:MOST])


def _term(name: str) -> str:
    """Return what stands for a name in the word index."""
    return " ".join(stem(word) for word in tokens(fold(name))) if name.isascii() else fold(name)


@cache
def _costs() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what losing each letter costs, and what taking one for another does."""
    lost = np.array([0.0, *(_LOST.get(letter, 1.0) for letter in _LETTERS[1:])])
    swapped = np.ones((len(_LETTERS), len(_LETTERS)))
    np.fill_diagonal(swapped, 0)
    for pair, cost in _CONFUSED.items():
        i, j = (_LETTERS.index(letter) for letter in pair)
        swapped[i, j] = swapped[j, i] = cost
    # Padding is free to pass but matches no letter: the distance is read at the last column.
    swapped[0, :] = swapped[:, 0] = 1e9
    return lost, swapped
