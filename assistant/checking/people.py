"""A person × a text → whether the text names them, in either script.

By a part of the name as written, by how it sounds, or by how a Chinese surname is spelt in Latin.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from index.fold import fold
from index.language import HAN
from index.names import chinese_names, latin_names, sound
from index.words import tokens

SHORTEST_SOUND = 3
"""Consonants from which a name is compared by its sound."""
UNLIKE = 0.6
"""Share of the longer name's consonants in which another must differ to be somebody else's."""

_SURNAMES = Path(__file__).with_name("surnames.txt")
"""How the commonest are spelt; a spelling that is also an English word is left out."""

# What a person is called besides the name.
_ROLES = frozenset(
    ["captain", "dr", "mr", "mrs", "ms", "speaker", "host", "guest", "the", "and", "of"]
)
_TITLES = ("船长", "老师", "医生", "先生", "女士")


def mentions(text: str, person: str) -> bool:
    """Whether a text names a person."""
    folded = fold(text)
    said = frozenset(tokens(folded))
    if any(part in said if part.isascii() else part in folded for part in name_parts(person)):
        return True
    if _is_heard(text, person):
        return True
    surnames = {part.lstrip("老小阿")[:1] for part in name_parts(person) if not part.isascii()}
    capitals = {fold(name) for name in latin_names(text)}
    return any(surnames & set(characters_of(name)) for name in capitals)


def _is_heard(text: str, person: str) -> bool:
    """Whether a name of the text sounds like a part of a person's, to the last consonant.

    Two consonants are enough here, for a person is one of the few of an interview.
    """
    heard = [sound(name) for name in [*latin_names(text), *chinese_names(tokens(fold(text)))]]
    parts = [sound(part) for part in name_parts(person)]
    if sounds_like_any(parts, frozenset(s for s in heard if len(s) >= SHORTEST_SOUND)):
        return True
    return any(
        min(len(one), len(other)) > 1
        and abs(len(one) - len(other)) <= 1
        and (one.startswith(other) or other.startswith(one))
        for one in parts
        for other in heard
    )


def name_parts(person: str) -> list[str]:
    """Return how a person is called: each Latin word, a Chinese name, and what is made of it."""
    folded = fold(person)
    parts = [part for part in re.findall(r"[a-z][a-z'-]+", folded) if part not in _ROLES]
    for name in re.findall(f"[{HAN}]{{2,}}", folded):
        bare = next((name.removesuffix(t) for t in _TITLES if name.endswith(t)), name)
        parts += [bare] if bare != name else [name]
        if len(bare) == 3 and bare[0] in surname_characters():
            parts += [bare[1:], f"{bare[0]}总", f"老{bare[0]}"]
    return parts


def characters_of(spelling: str) -> str:
    """Return the Chinese surnames that a Latin spelling stands for, empty for none."""
    return _surnames().get(fold(spelling), "")


def spelling_of(name: str) -> str:
    """Return how the surname that a Chinese name begins with is spelt, empty when it is none."""
    bare = fold(name).lstrip("老小阿")[:1]
    return next((latin for latin, han in _surnames().items() if bare and bare in han), "")


@cache
def surname_characters() -> str:
    """Return the characters of the surnames known, once each."""
    return "".join(dict.fromkeys("".join(_surnames().values())))


@lru_cache(maxsize=1 << 11)
def name_sounds(text: str) -> frozenset[str]:
    """Return how the names of a text sound, those of enough consonants."""
    names = [*latin_names(text), *chinese_names(tokens(fold(text)))]
    return frozenset(s for name in names if len(s := sound(name)) >= SHORTEST_SOUND)


def sounds_like(skeleton: str, others: Iterable[str]) -> bool:
    """Whether a name sounds like another, up to one consonant of long ones, or begins like it."""
    if len(skeleton) < SHORTEST_SOUND:
        return False
    return any(
        _plainly(skeleton) == _plainly(other)
        or skeleton.startswith(other)
        or other.startswith(skeleton)
        or (min(len(skeleton), len(other)) > 3 and Levenshtein.distance(skeleton, other) <= 1)
        for other in others
    )


def sounds_like_any(skeletons: Iterable[str], others: frozenset[str]) -> bool:
    """Whether any of some names sounds like any of others."""
    return any(sounds_like(skeleton, others) for skeleton in skeletons)


def _plainly(skeleton: str) -> str:
    """Return a skeleton without what transcribers hear otherwise: v as w or f, h not at all."""
    return skeleton.replace("F", "W").replace("H", "")


def is_unlike(one: str, other: str) -> bool:
    """Whether two names share less than half of how they sound."""
    one, other = _plainly(one), _plainly(other)
    return Levenshtein.distance(one, other) > UNLIKE * max(len(one), len(other))


@cache
def _surnames() -> dict[str, str]:
    lines = _SURNAMES.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)
