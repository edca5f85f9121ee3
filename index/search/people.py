"""People a query names → the interviews they speak in, whatever script their names are written in.

Who is asked about tells where to look, not what to look for: in her own interviews a person's name
hardly occurs, while others mention it. So a name that belongs to somebody who speaks is taken out
of the words, and her interviews are favoured instead: all of them, though one transcript labels her
顾南枝, the next Gu Nanzhi, and a third only Q and A under a title with her name.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.fold import fold
from index.language import HAN
from index.names import SHORTEST, chinese_names, latin_names, sound
from index.pinyin import romanised
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

LONG_ENOUGH = 3
"""Consonants that one of two names needs for them to be told by their sound."""

CHARACTERS = range(2, 5)
"""Characters of a Chinese name that pinyin may spell."""

_PART = re.compile(
    r"(?:speaker|spk|voice|host|guest|interviewer|moderator|audience|q|a"
    r"|发言人|说话人|嘉宾|主持人?|记者|问|答|观众|听众)[\s_-]*(?:\d+|[a-z]|[一二三四甲乙丙])?"
)
_HAN_RUN = re.compile(f"[{HAN}]+")
_CAPITALISED = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who speaks in a store."""

    interviews: Mapping[str, frozenset[int]]
    """Name as a transcript labels somebody to the rows of the interviews that are theirs."""
    spelt: Mapping[str, frozenset[str]]
    """Letters that a name is spelt by, run together, to the names."""
    sounds: Mapping[bool, tuple[Sequence[str], NDArray[np.int8]]]
    """Of the Latin (False) and the Chinese names (True) that can be told by their sound: n names,
    a name once for each of its words, and their encoded skeletons.
    """
    chinese: tuple[str, ...]
    """Chinese names as written, folded."""
    count: int
    """Interviews of the store."""


def directory(
    speaking: Mapping[int, frozenset[str]],
    titles: Mapping[int, str],
    is_ordinary: Callable[[str], bool],
) -> Directory:
    """Return who speaks where.

    Args:
        speaking: who speaks in each interview, by its row.
        titles: of the interviews; one that names somebody who speaks elsewhere is hers as well.
        is_ordinary: whether a word is one of the language, as those of "Project Manager" are.
    """
    everybody = frozenset().union(*speaking.values())
    known = [name for name in sorted(everybody) if _is_person(name, is_ordinary)]
    spelt: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for letters in _spellings(name):
            spelt[letters].add(name)
    folded = {row: fold(title) for row, title in titles.items()}
    interviews = {
        name: frozenset(row for row, names in speaking.items() if name in names)
        | frozenset(row for row, title in folded.items() if _is_titled(name, title))
        for name in known
    }
    return Directory(
        interviews,
        {way: frozenset(names) for way, names in spelt.items()},
        {script: _sounds(known, is_wanted=script) for script in (False, True)},
        tuple(part for name in known for part in _scripts(fold(name)) if is_chinese(part)),
        len(speaking),
    )


def people_named(query: Query, people: Directory) -> Named:
    """Return the people a query names."""
    known = list(people.interviews)
    meant: dict[str, frozenset[str]] = {}
    for ways in _candidates(query, people):
        read = ((way, _meant(way, known, people)) for way in ways)
        meant |= dict(next(([found] for found in read if found[1]), []))
    found = frozenset().union(*meant.values())
    interviews = frozenset().union(*(people.interviews[name] for name in found))
    if not found or len(interviews) == people.count:
        return NOBODY
    names = [fold(name) for name, whom in meant.items() if whom]
    return Named((*names, *_given(names, query)), interviews)


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


def _is_titled(name: str, title: str) -> bool:
    """Whether a title has a name, or the Chinese part of it."""
    return any(part in title for part in _scripts(fold(name)))


def _scripts(name: str) -> list[str]:
    """Return the Chinese and the Latin part of a folded name, without what is too short."""
    latin = " ".join(_HAN_RUN.sub(" ", name).split())
    return [part for part in (*_HAN_RUN.findall(name), latin) if len(part) >= CHARACTERS[0]]


def _spellings(name: str) -> Iterator[str]:
    """Yield the letters of a name run together, family name first and last."""
    for part in _scripts(fold(name)):
        words = re.sub(r"['’-]", "", romanised(part)).split()
        yield "".join(words)
        yield "".join([*words[-1:], *words[:-1]])


def _candidates(query: Query, people: Directory) -> Iterator[Sequence[str]]:
    """Yield what may be somebody's name in a query, each as ways to read it, likeliest first."""
    runs = _CAPITALISED.findall(query.text)
    yield from (_stretches(run.split(" ")) for run in runs)
    yield from ([name] for name in latin_names(query.text) if name not in " ".join(runs).split(" "))
    yield from ([part] for name in _dotted(query) for part in name)
    yield from ([name] for name in people.chinese if name in query.folded)
    yield from ([name] for name in _shorts(query.folded) if _letters(name) in people.spelt)


def _given(names: Sequence[str], query: Query) -> Iterator[str]:
    """Yield what a query writes beside names with a dot: 伊内丝·卡洛韦 is all one person's name."""
    for name in _dotted(query):
        if any(part in names for part in name):
            yield from (part for part in name if part not in names)


def _dotted(query: Query) -> Iterator[list[str]]:
    """Yield the parts of foreign names in Chinese; folding made a hyphen of the dot."""
    for run in chinese_names(tokens(query.folded)):
        if found := re.search("-?".join(run), query.folded):
            yield found[0].split("-")


def _stretches(words: Sequence[str]) -> list[str]:
    """Return the runs of some words, longest first."""
    count = len(words)
    return [
        " ".join(words[start : start + length])
        for length in range(count, 0, -1)
        for start in range(count - length + 1)
    ]


def _shorts(text: str) -> Iterator[str]:
    """Yield the stretches of Chinese that are as long as names."""
    for run in _HAN_RUN.findall(text):
        for length in CHARACTERS:
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _letters(name: str) -> str:
    return re.sub(r"[ '’-]", "", romanised(name))


def _meant(name: str, known: Sequence[str], people: Directory) -> frozenset[str]:
    """Return the people a name means, under all the names they go by."""
    direct = (
        speakers_like(name, known)
        or people.spelt.get(_letters(name), frozenset())
        or _sounding(name, people)
    )
    same = (people.spelt.get(way, frozenset()) for who in direct for way in _spellings(who))
    alike = (_sounding(part, people) for who in direct for part in _scripts(fold(who)))
    return direct.union(*same, *alike)


def _sounding(name: str, people: Directory) -> frozenset[str]:
    """Return the people whose names in the other script sound most like a name; mostly nobody."""
    others, codes = people.sounds[not is_chinese(fold(name))]
    found: set[str] = set()
    for skeleton in map(sound, _sayable(name)):
        if len(skeleton) < SHORTEST or not others:
            continue
        # Of two skeletons one may be short: K L is what is heard of Calloway, K L W of 卡洛韦.
        longer = np.maximum(np.count_nonzero(codes, axis=1), len(skeleton))
        alike = np.where(longer >= LONG_ENOUGH, similarities(skeleton, codes), 0.0)
        best = float(alike.max())
        found |= {others[i] for i in np.flatnonzero(alike == best).tolist() if best >= ALIKE}
    return frozenset(found)


def _sounds(known: Sequence[str], *, is_wanted: bool) -> tuple[list[str], NDArray[np.int8]]:
    found = [
        (name, word)
        for name in known
        if is_chinese(fold(name)) == is_wanted
        for word in map(sound, _sayable(name))
        if len(word) >= SHORTEST
    ]
    return [name for name, _ in found], encoded([word for _, word in found])


def _sayable(name: str) -> list[str]:
    """Return the words of a name that are said as they are written in the other script."""
    folded = fold(name)
    return chinese_names(tokens(folded)) if is_chinese(folded) else folded.split(" ")


def _words(name: str) -> set[str]:
    said = tokens(name)
    return {name, *said, *(stem(token) for token in said)}
