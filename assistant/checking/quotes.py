"""The quotations of a claim → whether they stand word for word in a paragraph."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from index.fold import fold
from index.language import HAN
from index.sentences import split_sentences

WORDS = 4
"""English words from which what stands in quotation marks must be verbatim."""
CHARACTERS = 8
"""Chinese characters from which it must be."""

ALIKE = 50
"""Likeness, 0 to 100, from which a sentence may be what a quotation was made of."""

_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ("„", "“"), ("〝", "〞"), ("‹", "›"))
_QUOTED = re.compile(
    "(?<![A-Za-z0-9])[‘'](?!s\\b)([^‘’']*(?:[a-z][’'][a-z][^‘’']*)*)[’'](?![A-Za-z])"
    + '|["＂]([^"＂]+)["＂]'
)
_HAN = re.compile(f"[{HAN}]")
_SPACE = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])|\s*[,，、.。!！?？;；:：\"'~…-]+\s*")


def altered_quotes(claim: str, texts: Sequence[str]) -> list[tuple[str, int, str]]:
    """Return the quotations that stand in no text: words, place, and the nearest real wording.

    Case, width, script and punctuation make no difference; a word does. "…" joins two parts that
    must both be there, in order.
    """
    plain = [_plain(text) for text in texts]
    altered = []
    for words, place in _quoted(claim):
        if is_long(words) and not any(_holds(text, words) for text in plain):
            altered.append((words, place, nearest_wording(words, texts)))
    return altered


def _quoted(claim: str) -> Iterator[tuple[str, int]]:
    """Yield what stands in quotation marks and where; what is quoted may quote in its turn."""
    for left, right in _PAIRS:
        depth = start = 0
        for place, character in enumerate(claim):
            if character == left and left != right:
                depth, start = depth + 1, start if depth else place
            elif character == right and depth:
                depth -= 1
                if not depth:
                    yield claim[start + 1 : place], start
    for match in _QUOTED.finditer(claim):
        yield next(group for group in match.groups() if group is not None), match.start()


def is_verbatim(claim: str, text: str) -> bool:
    """Whether a claim is one or two whole sentences of a text, punctuation aside.

    Parts of sentences are not enough: "he sold it" may stand behind an "if".
    """
    spans = split_sentences(text)
    wanted = _plain(claim)
    pairs = [(start, end) for (start, _), (_, end) in pairwise(spans)]
    return any(_plain(text[start:end]) == wanted for start, end in [*spans, *pairs])


def has_quote(claim: str) -> bool:
    """Whether a claim quotes at length."""
    return any(is_long(words) for words, _ in _quoted(claim))


def is_long(words: str) -> bool:
    """Whether words in quotation marks are a quotation rather than a name or a term."""
    return len(_HAN.findall(words)) >= CHARACTERS or len(re.findall(r"[A-Za-z']+", words)) >= WORDS


def nearest_wording(words: str, texts: Sequence[str]) -> str:
    """Return the sentence of the texts that reads most like a quotation, empty if none does."""
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text)]
    wanted = _plain(words)
    likeness = {sentence: fuzz.partial_ratio(wanted, _plain(sentence)) for sentence in sentences}
    best = max(sentences, key=lambda sentence: likeness[sentence], default="")
    return best if best and likeness[best] >= ALIKE else ""


def _holds(text: str, words: str) -> bool:
    place = 0
    for part in re.split(r"\s*(?:…+|\.{3,}|\[[^\]]*\])\s*", words):
        wanted = _plain(part)
        if not wanted:
            continue
        place = _find(text, wanted, place)
        if place < 0:
            return False
    return True


def _find(text: str, wanted: str, start: int) -> int:
    """Return the end of the words in the text, -1 when they are not there as whole words."""
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", wanted) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", wanted) else ""
    found = re.compile(before + re.escape(wanted) + after).search(text, start)
    return found.end() if found else -1


@lru_cache(maxsize=1 << 10)
def _plain(text: str) -> str:
    """Return folded words without punctuation, one blank between those that had any."""
    folded = _SPACE.sub(" ", fold(text))
    return re.sub(rf"(?<=[{HAN}]) +| +(?=[{HAN}])", "", re.sub(r"\s+", " ", folded)).strip()
