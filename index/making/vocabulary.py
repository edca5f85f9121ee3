"""Dictionary, word lists and transcripts → the words that get a vector, and a text for each."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.fold import fold
from index.making.glosses import Gloss
from index.words import stem, tokens

ENGLISH_WORDS = 54_000
CHINESE_WORDS = 85_000
"""With 128 numbers of 8 bits each, some 20 MB."""

GLOSSES_A_WORD = 6
_ENGLISH = re.compile(r"[a-z0-9]+")

# A share of the podcasts' own words, so that new names of technology come in ("kubernetes").
SPEECH_SHARE = 0.3
LEAST_COUNT = 5
# What one mention in a gloss counts: a word of the dictionary is worth a vector if it is rare, too.
MENTION = 2e-9


@dataclass(frozen=True, slots=True)
class Word:
    """A word to make a vector for."""

    text: str
    """An English stem or a Chinese word, as `index.words` gives them."""
    meaning: str
    """English to embed in its place: the usual form of the stem, or the Chinese word's glosses."""
    use: float
    """Its share of all words of its language, 0 to 1."""


def english_words(
    frequencies: Mapping[str, float],
    speech: Iterable[str],
    glosses: Mapping[str, Sequence[Gloss]],
    *,
    most: int = ENGLISH_WORDS,
) -> list[Word]:
    """Return the most used English stems, each with its most used form.

    Args:
        frequencies: folded word to its share of all words.
        speech: folded words of transcripts, repeats kept.
        glosses: of each Chinese word; their words are in the vocabulary's interest.
        most: how many to return.
    """
    use: dict[str, float] = defaultdict(float)
    use.update({word: f for word, f in frequencies.items() if _ENGLISH.fullmatch(word)})
    counts = Counter(speech)
    for word, count in counts.items():
        if count >= LEAST_COUNT and _ENGLISH.fullmatch(word):
            use[word] += SPEECH_SHARE * count / counts.total()
    for gloss in (gloss for renderings in glosses.values() for gloss in renderings):
        for token in set(tokens(gloss.text)):
            if token.isascii() and token.isalpha():
                use[token] += MENTION
    forms: dict[str, list[str]] = {}
    for word in sorted(use, key=lambda word: (-use[word], word)):
        forms.setdefault(stem(word), []).append(word)
    total = sum(use.values())
    found = [Word(key, of[0], sum(use[form] for form in of) / total) for key, of in forms.items()]
    return sorted(found, key=lambda word: (-word.use, word.text))[:most]


def chinese_words(
    frequencies: Mapping[str, float],
    glosses: Mapping[str, Sequence[Gloss]],
    *,
    always: Collection[str] = (),
    most: int = CHINESE_WORDS,
) -> list[Word]:
    """Return the most used Chinese words of the dictionary that text is cut into.

    Args:
        frequencies: folded word to its share of all words.
        glosses: of each word of the dictionary.
        always: words to put first, used or not.
        most: how many to return.
    """
    found = [
        Word(word, _meaning(renderings), frequencies.get(word, 0.0))
        for word, renderings in glosses.items()
        if tokens(fold(word)) == [word]
    ]
    return sorted(found, key=lambda word: (word.text not in always, -word.use, word.text))[:most]


def _meaning(renderings: Sequence[Gloss]) -> str:
    best = sorted(renderings, key=lambda gloss: -gloss.weight)[:GLOSSES_A_WORD]
    return ", ".join(gloss.text for gloss in best)
