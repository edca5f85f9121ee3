"""People a query names → the interviews they speak in, whatever script their names are written in.

Who is asked about tells where to look, not what to look for: in her own interviews a person's name
hardly occurs, while others mention it. So a name that belongs to somebody who speaks is taken out
of the words, and her interviews are favoured instead.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.fold import fold
from index.names import SHORTEST, chinese_names, latin_names, sound
from index.search.names import encoded, similarities
from index.search.query import Query
from index.search.speakers import speakers_like
from index.words import index_terms, is_chinese, stem, tokens


@dataclass(frozen=True, slots=True)
class Named:
    """The people a query names who speak somewhere."""

    names: tuple[str, ...]
    """As the query has them, folded."""
    interviews: frozenset[int]
    """Rows of the interviews they speak in; empty where that says nothing, because all are."""


NOBODY = Named((), frozenset())

ALIKE = 0.8
"""Similarity of skeletons from which a name is a speaker's; 卡洛韦 and Calloway have .83."""

_PART = re.compile(
    r"(?:speaker|spk|voice|host|guest|interviewer|moderator|audience|q|a"
    r"|发言人|说话人|嘉宾|主持人?|记者|问|答|观众|听众)[\s_-]*(?:\d+|[a-z]|[一二三四甲乙丙])?"
)
LONG_ENOUGH = 3
"""Consonants a name needs to be told by its sound; shorter ones sound like too many others."""


def people_named(
    query: Query, speaking: Mapping[int, frozenset[str]], is_ordinary: Callable[[str], bool]
) -> Named:
    """Return the people a query names.

    Args:
        query: what is asked.
        speaking: who speaks in each interview, by its row.
        is_ordinary: whether a word is one of the language, as those of "Project Manager" are.
    """
    everybody = frozenset().union(*speaking.values())
    known = sorted(name for name in everybody if _is_person(name, is_ordinary))
    meant = {
        name: speakers_like(name, known) or _sounding(name, known)
        for name in _candidates(query, known)
    }
    people = frozenset().union(*meant.values())
    interviews = frozenset(row for row, names in speaking.items() if names & people)
    if not people or len(interviews) == len(speaking):
        return NOBODY
    return Named(tuple(fold(name) for name, whom in meant.items() if whom), interviews)


def without_names(query: Query, named: Named) -> Query:
    """Return the query without the words of the names; as it is if nothing else would be left."""
    words = {word for name in named.names for word in _words(name)}
    terms = {term for name in named.names for term in index_terms(name)}
    rest = replace(
        query,
        words=tuple(word for word in query.words if word not in words),
        terms=tuple(term for term in query.terms if term not in terms),
        tokens=tuple(t for t in query.tokens if t not in words and stem(t) not in words),
    )
    return rest if rest.words and rest.terms and rest.tokens else query


def _is_person(name: str, is_ordinary: Callable[[str], bool]) -> bool:
    """Whether a label is somebody's name, not a part, a number or an office."""
    if _PART.fullmatch(fold(name)):
        return False
    return is_chinese(fold(name)) or not all(is_ordinary(word) for word in name.split())


def _candidates(query: Query, known: Sequence[str]) -> list[str]:
    """Return what may be somebody's name in a query: by its form, or because it is known."""
    found = [*latin_names(query.text), *chinese_names(tokens(query.folded))]
    whole = (fold(name) for name in known)
    found += [name for name in whole if is_chinese(name) and name in query.folded]
    return list(dict.fromkeys(found))


def _sounding(name: str, known: Sequence[str]) -> frozenset[str]:
    """Return the people whose names in the other script sound most like a name; mostly nobody."""
    skeleton = sound(name)
    others = [
        (word, other)
        for other in known
        if is_chinese(fold(other)) != is_chinese(fold(name))
        for word in (sound(part) for part in fold(other).split(" "))
        if len(word) >= SHORTEST
    ]
    if len(skeleton) < LONG_ENOUGH or not others:
        return frozenset()
    alike = similarities(skeleton, encoded([word for word, _ in others]))
    best = float(alike.max())
    near = zip(others, alike.tolist(), strict=True)
    return frozenset(other for (_, other), likeness in near if likeness == best >= ALIKE)


def _words(name: str) -> set[str]:
    said = tokens(name)
    return {name, *said, *(stem(token) for token in said)}
