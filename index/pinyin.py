"""A name in one script → the same in the other, by the spelling of Mandarin in Latin letters.

Only pinyin: 林 is Lin, not Lam. Tones, blanks, hyphens and apostrophes do not count, and the family
name may come first or last.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from index.data import read_lines
from index.fold import fold
from index.language import HAN

LONGEST_NAME = 6
"""Characters; a longer run is a title or an institution."""

_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_MARKS = str.maketrans("", "", "'-")


def spelt_like(name: str, people: Sequence[str]) -> frozenset[str]:
    """Return the people whose names in the other script a name spells; mostly nobody.

    Those whose whole name it is; if there are none, those of whose name it is a part: "Xiaomei" and
    "Lin" are parts of 林晓梅.
    """
    for is_whole in (True, False):
        if meant := frozenset(p for p in people if _spells(name, p, is_whole=is_whole)):
            return meant
    return frozenset()


def romanised(name: str) -> str:
    """Return a name folded, each Chinese character spelt by one of its readings."""
    spelt = (f"{_readings(c)[0]} " if _readings(c) else c for c in fold(name))
    return " ".join("".join(spelt).split())


def _spells(name: str, other: str, *, is_whole: bool) -> bool:
    """Whether a name is another one in the other script, or, if it need not be whole, a part."""
    asked, said = _runs(name), _runs(other)
    if bool(asked) == bool(said):
        return False
    if asked:
        words = _words(other)
        stretches = [words] if is_whole else _stretches(words)
        return any(_reads(way, run) for run in asked for s in stretches for way in _ways(s))
    whole = [way for way in _ways(_words(name)) if way]
    parts = said if is_whole else [part for run in said for part in _stretches(run)]
    return any(_reads(way, "".join(part)) for way in whole for part in parts)


def _runs(name: str) -> list[str]:
    """Return the Chinese runs of a name that are as short as names."""
    return [run for run in _HAN_RUN.findall(fold(name)) if len(run) <= LONGEST_NAME]


def _words(name: str) -> list[str]:
    return [word.translate(_MARKS) for word in _WORD.findall(fold(name))]


def _stretches(of: Sequence[str]) -> list[Sequence[str]]:
    return [of[i:j] for i in range(len(of)) for j in range(i + 1, len(of) + 1)]


def _ways(words: Sequence[str]) -> Iterator[str]:
    """Yield words run together, as they stand and with the last, or the first, at the other end."""
    yield "".join(words)
    if len(words) > 1:
        yield "".join([words[-1], *words[:-1]])
        yield "".join([*words[1:], words[0]])


def _reads(letters: str, characters: str) -> bool:
    """Whether the letters spell the characters, one after the other."""
    spellings = [_readings(character) for character in characters]
    if not letters or not all(spellings):
        return False
    return bool(re.fullmatch("".join(f"(?:{'|'.join(way)})" for way in spellings), letters))


@lru_cache(maxsize=4096)
def _readings(character: str) -> tuple[str, ...]:
    """Return how a character may be spelt; ü is typed u, v or yu."""
    found = _table().get(character, ())
    return tuple(
        dict.fromkeys(
            s.replace("v", u) for s in found for u in (("u", "v", "yu") if "v" in s else "v")
        )
    )


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Return the syllables of each character."""
    found: dict[str, list[str]] = {}
    for line in read_lines("pinyin.txt"):
        syllable, characters = line.split(" ")
        for character in characters:
            found.setdefault(character, []).append(syllable)
    return {character: tuple(syllables) for character, syllables in found.items()}
