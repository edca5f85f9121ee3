"""A name as somebody types it → the speakers it may mean."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from index.fold import fold
from index.names import SHORTEST, sound
from index.words import is_chinese

_LATIN_WORD = re.compile(r"[a-z0-9]+")

MISSPELT = 85.0
"""Likeness of letters from which a name is another one misspelt, 0 to 100; Jensan has 83 to Jensen
and 91 with the surname.
"""


def speakers_like(name: str, speakers: Sequence[str]) -> frozenset[str]:
    """Return the speakers that a name means, by the first of these that anybody fulfils.

    The same name, whatever case, width and script; all its words among theirs ("jensen"), or a part
    of a Chinese name; nearly the same letters; the same sound in the other script.
    """
    folded = fold(name)
    others = [(other, _folded(other)) for other in speakers]
    for rule in (_is_same, _is_part, _is_misspelt, _sounds_like):
        if meant := frozenset(other for other, said in others if rule(folded, said)):
            return meant
    return frozenset()


_folded = lru_cache(maxsize=1 << 14)(fold)  # the same speakers are asked about again and again


def _is_same(name: str, other: str) -> bool:
    return name == other


def _is_misspelt(name: str, other: str) -> bool:
    return fuzz.ratio(name, other) >= MISSPELT


def _is_part(name: str, other: str) -> bool:
    if is_chinese(name):
        return name in other
    # Only Latin words: cutting Chinese ones would load a dictionary that nothing here needs.
    asked = set(_LATIN_WORD.findall(name))
    return bool(asked) and asked <= set(_LATIN_WORD.findall(other))


def _sounds_like(name: str, other: str) -> bool:
    """Whether one of the two is Chinese and a word of the Latin one sounds like it."""
    if is_chinese(name) == is_chinese(other):
        return False
    chinese, latin = (name, other) if is_chinese(name) else (other, name)
    skeleton = sound(chinese)
    return len(skeleton) >= SHORTEST and skeleton in {
        sound(word) for word in (*latin.split(), latin.replace(" ", ""))
    }
