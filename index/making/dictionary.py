"""CC-CEDICT, word use, parallel talks, word vectors → index/data/dictionary.tsv, both directions.

    python -m index.making.dictionary --foundry FOLDER

The folder holds the unpacked corpus of that name.

A line is `key TAB word weight word weight …`, weights in thousandths, best first; lines are
sorted by their bytes, which is what `index.dictionary` searches.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

import numpy as np

from index.dictionary import LONGEST_PHRASE
from index.making.cedict import read_cedict, read_supplement
from index.making.corpora import parallel_texts, read_paragraphs
from index.making.frequencies import RARE, chinese_frequencies
from index.making.glosses import Gloss, glosses_by_headword
from index.making.lexicon import Translation, by_word, learn_translations, taught
from index.static import StaticEmbedder
from index.words import stop_words, words

TABLE = Path(__file__).parent.parent / "data" / "dictionary.tsv"

Weights = dict[str, dict[str, float]]

# How much the use of a word counts among the translations of another. English has 钱 and
# 钱币 for "money"; people say 钱. The exponent of a Chinese word's frequency, tuned on question
# packs: 0.5 found .65 of the paragraphs first, 0 found .64 and .75 found .64. The other direction
# is better without (.53 first, against .50 with an exponent of 0.25).
PRIOR = 0.5
MOST_TRANSLATIONS = 12
LEAST_SHARE = 0.01

FIT = 4.0
# Taken for the cosine of a translation without a vector: that of a middling one.
UNKNOWN_COSINE = 0.3


def to_english(glosses: Mapping[str, list[Gloss]]) -> Weights:
    """Return Chinese word → English stems with weights.

    A gloss of several words shares its weight among its content words.
    """
    weights: Weights = defaultdict(dict)
    for headword, renderings in glosses.items():
        for gloss in renderings:
            stems = content_stems(gloss.text)
            for stem in stems:
                share = gloss.weight / len(stems)
                weights[headword][stem] = weights[headword].get(stem, 0.0) + share
    return weights


def to_chinese(glosses: Mapping[str, list[Gloss]], use: Mapping[str, float]) -> Weights:
    """Return English stem, or phrase of stems, → Chinese words with weights.

    A word inside a longer gloss counts by the square of its share: "chip" is not what
    "computer chip factory" says.
    """
    weights: Weights = defaultdict(dict)
    for headword, renderings in glosses.items():
        prior = use.get(headword, RARE) ** PRIOR
        for gloss in renderings:
            stems = content_stems(gloss.text)
            for stem in set(stems):
                share = gloss.weight * prior / len(stems) ** 2
                weights[stem][headword] = weights[stem].get(headword, 0.0) + share
            phrase = words(gloss.text)
            if 1 < len(phrase) <= LONGEST_PHRASE and len(stems) > 1:
                targets = weights[" ".join(phrase)]
                targets[headword] = targets.get(headword, 0.0) + gloss.weight * prior
    return weights


def content_stems(gloss: str) -> list[str]:
    """Return the stems of a gloss without stop words, unless nothing else is there."""
    stems = words(gloss)
    return [stem for stem in stems if stem not in stop_words()] or stems[:1]


def fitted(weights: Weights, embedder: StaticEmbedder) -> Weights:
    """Return the weights with those translations raised that lie close in the word vectors.

    Vectors learnt from speech know the usual sense: chips are of silicon (芯片) more often than
    of wood (碎片). Took paragraphs found first from .62 to .65 (English sentences looking for
    Chinese) and from .63 to .67 (the other way) with `FIT` at 4; 2 and 7 were no better.
    """
    found: Weights = {}
    for key, targets in weights.items():
        vectors, known = embedder.vectors([key, *targets])
        cosines = np.where(known[1:], vectors[1:] @ vectors[0], UNKNOWN_COSINE)
        factors = np.exp(FIT * cosines) if known[0] else np.ones(len(targets))
        shares = zip(targets.items(), factors.tolist(), strict=True)
        found[key] = {word: weight * factor for (word, weight), factor in shares}
    return found


def best_shares(targets: Mapping[str, float]) -> dict[str, float]:
    """Return the likeliest translations with their shares, 0 to 1, best first; ties by word."""
    best = sorted(targets.items(), key=lambda item: (-item[1], item[0]))[:MOST_TRANSLATIONS]
    total = sum(weight for _, weight in best)
    return {word: weight / total for word, weight in best if weight >= LEAST_SHARE * total}


def lines(weights: Weights) -> list[bytes]:
    """Return the table's lines of one direction, unsorted."""
    found = []
    for key, targets in weights.items():
        shares = best_shares(targets).items()
        fields = " ".join(f"{word} {round(1000 * share)}" for word, share in shares)
        found.append(f"{key}\t{fields}\n".encode())
    return found


def plain_weights(foundry: Path) -> tuple[Weights, Weights]:
    """Return Chinese → English and English → Chinese, before vectors have a say in it.

    Args:
        foundry: folder of transcripts, some of them in both languages.
    """
    glosses = glosses_by_headword(chain(read_supplement(), read_cedict()))
    english, chinese = to_english(glosses), to_chinese(glosses, chinese_frequencies())
    pairs = parallel_texts(read_paragraphs(foundry))
    seen_english, seen_chinese = by_word(learn_translations(pairs, likelihood(english, chinese)))
    return taught(english, seen_english), taught(chinese, seen_chinese)


def likelihood(english: Weights, chinese: Weights) -> dict[Translation, float]:
    """Return how likely words translate each other, 0 to 1: the mean of both directions."""
    found: dict[Translation, float] = defaultdict(float)
    for word, targets in english.items():
        for stem, share in best_shares(targets).items():
            found[stem, word] += share / 2
    for stem, targets in chinese.items():
        for word, share in best_shares(targets).items():
            found[stem, word] += share / 2
    return dict(found)


def plain_translations(foundry: Path) -> Callable[[str], Mapping[str, float]]:
    """Return what translates a word of either language, before vectors have a say in it."""
    english, chinese = plain_weights(foundry)
    weights = english | chinese
    return lambda word: best_shares(weights[word]) if word in weights else {}


def main() -> None:
    """Write the table; the word vectors must have been made before, and not yet joined."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--foundry", type=Path, required=True)
    plain = plain_weights(parser.parse_args().foundry)
    english, chinese = (fitted(weights, StaticEmbedder()) for weights in plain)
    TABLE.write_bytes(b"".join(sorted(lines(english) + lines(chinese))))


if __name__ == "__main__":
    main()
