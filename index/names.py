"""Text → the names in it, and how they sound: one skeleton of consonants for both scripts.

马斯克 and Musk are both MSK. A name is written down as it was heard, so vowels, which every speaker
hears otherwise, do not count. Nothing here knows who anybody is.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from index.data import read_lines
from index.fold import fold
from index.words import is_chinese, stop_words

SHORTEST = 2
"""Consonants below which a skeleton says nothing."""

_LATIN_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}")
_CHINESE_LENGTHS = range(2, 8)

# Sounds that one spelling or the other does not keep apart share a letter.
_CLASSES = dict(zip("bpmfvwdtnlrgkhjqxzcs", "BBMFFWDDNLLKKHJJSSSS", strict=True))
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsw")
_INITIAL_CLASSES = {"zh": "J", "ch": "J", "sh": "S", "r": "L"}
# How English letters are said where that is not the letter's own class, in this order.
_ENGLISH = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("x", "ks"),
        ("tch|ch", "q"),
        ("sch|sh", "x"),
        ("ph", "f"),
        ("th", "s"),
        ("ck", "k"),
        ("gh", "g"),
        ("wh", "w"),
        ("kn", "n"),
        ("wr", "r"),
        ("qu", "kw"),
        ("dg", "j"),
        ("ng", "n"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("g(?=[eiy])", "j"),
        ("[rh](?=[^aeiouy]|$)", ""),  # before a consonant or at the end they are not heard
        ("(?<=[aeiou])w", ""),
        ("j$", "k"),
        ("[aeiouy]", ""),
    )
)


def latin_names(text: str) -> list[str]:
    """Return the capitalised words of text as written, each once, in order."""
    return list(dict.fromkeys(_LATIN_NAME.findall(text)))


def chinese_names(tokens: Iterable[str]) -> list[str]:
    """Return runs of tokens written only in the characters that foreign names are written in.

    Args:
        tokens: of folded text, as `index.words.tokens` gives them. Each name comes once.
    """
    found: dict[str, None] = {}
    run = ""
    for token in (*tokens, ""):
        if token and token not in stop_words() and all(c in _syllables() for c in token):
            run += token
            continue
        if len(run) in _CHINESE_LENGTHS:
            found[run] = None
        run = ""
    return list(found)


def sound(name: str) -> str:
    """Return the skeleton of a name in either script: its consonants, by class, without repeats."""
    folded = fold(name)
    return _sound_of_chinese(folded) if is_chinese(folded) else _sound_of_latin(folded)


def sounding(names: Sequence[str]) -> dict[str, str]:
    """Return names with their skeletons, without those too short to say anything."""
    pairs = ((name, sound(name)) for name in names)
    return {name: skeleton for name, skeleton in pairs if len(skeleton) >= SHORTEST}


@lru_cache(maxsize=1 << 16)
def _sound_of_latin(name: str) -> str:
    for pattern, said in _ENGLISH:
        name = pattern.sub(said, name)
    return _without_repeats("".join(_CLASSES.get(letter, "") for letter in name))


@lru_cache(maxsize=1 << 16)
def _sound_of_chinese(name: str) -> str:
    return _without_repeats("".join(_sound_of_syllable(_syllables().get(c, "")) for c in name))


def _sound_of_syllable(syllable: str) -> str:
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    rest = syllable[len(initial) :]
    sounds = _INITIAL_CLASSES.get(initial) or _CLASSES.get(initial[:1], "")
    if initial == "h" and rest[:1] in ("u", "o") and len(rest) > 1:
        sounds = "W"  # 华 stands for Wa, 霍 for Ho or Wo
    if rest.endswith(("n", "ng")):
        return sounds + "N"
    return "L" if syllable == "er" else sounds


def _without_repeats(skeleton: str) -> str:
    return re.sub(r"(.)\1+", r"\1", skeleton)


@cache
def _syllables() -> dict[str, str]:
    """Return the characters of foreign names with their readings."""
    lines = (line.split(" ") for line in read_lines("transliteration.txt"))
    return {character: syllable for syllable, characters in lines for character in characters}
