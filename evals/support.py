"""A claim and the paragraphs it cites → whether they support it, from words alone.

A stand-in for a reader: exact for quotes, fair for close wording, and it says "unverifiable" where
claim and evidence share no language. Something better can take its place as a `SupportJudge`.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.matching import is_negated, unknown_values, values_of
from evals.records import Support
from index.fold import fold
from index.language import HAN, detect_language
from index.records import LANGUAGES, Language, Paragraph
from index.sentences import split_sentences
from index.words import index_terms, stop_words

THRESHOLDS: Mapping[Language, float] = {"en": 0.40, "zh": 0.32}
"""Product of coverages from which a claim is fully supported; half of it supports in part."""

_QUOTED = re.compile(r"[\"“「『]([^\"”」』]+)[\"”」』]")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z'-]+")


@dataclass(frozen=True, slots=True)
class WordJudge:
    """Judges support by the rarity-weighted words that claim and evidence share."""

    rarity: Mapping[Language, Mapping[str, float]]
    """Term to its inverse document frequency in the corpus, by language."""
    unseen: float
    """The weight of a term the corpus lacks: no term weighs more."""

    def judge(self, claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Support:
        """Return how far the paragraphs together support the claim.

        - "none" when a number, a quotation or a name of the claim (a name that the question does
          not bring) is in no text of the paragraphs, or when nothing is cited;
        - "full" when the claim stands in them word for word, or when coverage of all its terms
          times coverage of those not in the question reaches the language's threshold and its
          nearest sentence is negated alike; "partial" from half the threshold;
        - "unverifiable" when no paragraph has a text in the claim's language and the claim brings
          no number or name that could be checked across.
        """
        texts = [text for p in paragraphs for text in p.texts.values()]
        if any(_normal(claim) in _normal(text) for text in texts):
            return "full"
        if (
            not paragraphs
            or unknown_values(claim, paragraphs)[0]
            or _foreign(claim, question, texts)
        ):
            return "none"
        language = detect_language(claim)
        same = [p.texts[language] for p in paragraphs if language in p.texts]
        if not same:
            return "full" if values_of(claim) or _names(claim) else "unverifiable"
        return self._by_words(claim, question, same, language)

    def _by_words(
        self, claim: str, question: str, texts: Sequence[str], language: Language
    ) -> Support:
        terms, evidence = _terms(claim), set[str]().union(*map(_terms, texts))
        score = self._coverage(terms, evidence, language) * self._coverage(
            terms - _terms(question), evidence, language
        )
        if score < THRESHOLDS[language] / 2:
            return "none"
        if score < THRESHOLDS[language] or is_negated(claim) != is_negated(_nearest(claim, texts)):
            return "partial"
        return "full"

    def _coverage(
        self, terms: Collection[str], evidence: Collection[str], language: Language
    ) -> float:
        """Return the weight of the terms that the evidence has over that of all, 1 for none."""
        rarity = self.rarity[language]
        weights = {term: rarity.get(term, self.unseen) for term in terms}
        whole = math.fsum(weights.values())
        if not whole:
            return 1.0
        return math.fsum(weight for term, weight in weights.items() if term in evidence) / whole


def make_judge(paragraphs: Iterable[Paragraph]) -> WordJudge:
    """Return a judge that weighs terms by the paragraphs of a corpus.

    A term's weight is ln(1 + n / df), n the texts of that language, df those that have the term.
    """
    seen: dict[Language, Counter[str]] = {language: Counter() for language in LANGUAGES}
    sizes: Counter[Language] = Counter()
    for paragraph in paragraphs:
        for language, text in paragraph.texts.items():
            seen[language].update(_terms(text))
            sizes[language] += 1
    return WordJudge(
        {
            language: {term: math.log(1 + sizes[language] / df) for term, df in counts.items()}
            for language, counts in seen.items()
        },
        math.log(1 + max(sizes.values(), default=1)),
    )


@lru_cache(maxsize=1 << 14)
def _terms(text: str) -> frozenset[str]:
    """Return stems, numbers, Chinese characters and their pairs, without words of grammar."""
    folded = fold(text)
    return (frozenset(index_terms(folded)) | frozenset(_HAN.findall(folded))) - stop_words()


@lru_cache(maxsize=1 << 14)
def _normal(text: str) -> str:
    return fold(text)


def _foreign(claim: str, question: str, texts: Sequence[str]) -> bool:
    """Whether the claim quotes or names what neither the texts nor the question have."""
    known = [_normal(text) for text in texts]
    quoted = [fold(quote) for quote in _QUOTED.findall(claim) if _is_long(quote)]
    if any(not any(quote in text for text in known) for quote in quoted):
        return True
    words = {word for text in [*known, _normal(question)] for word in _LATIN_WORD.findall(text)}
    return any(fold(name) not in words for name in _names(claim))


def _names(claim: str) -> list[str]:
    """Return the Latin words of a Chinese claim, and capitalised words inside an English one."""
    pattern = _LATIN_WORD if detect_language(claim) == "zh" else _CAPITALISED
    return pattern.findall(claim)


def _is_long(quote: str) -> bool:
    return len(_HAN.findall(quote)) >= 8 or len(quote.split()) >= 4


def _nearest(claim: str, texts: Sequence[str]) -> str:
    terms = _terms(claim)
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text)]
    return max(sentences, key=lambda sentence: len(terms & _terms(sentence)), default="")
