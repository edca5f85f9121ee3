"""The words by which a sentence compares, and those that say the opposite; texts are folded."""

import re
from collections.abc import Sequence

_COMPARED = re.compile(r"更|\bthan\b")
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|(?!other|rather|whether)\w{3,}er|better|worse|further|farther)"
    r" (?:\w+ ){0,2}than\b"
    r"|比.{1,16}(?:[长短高低多少早晚大小贵]|便宜|快|慢|好|差)"
)
_SIDES: Sequence[tuple[str, str]] = (
    (r"\bmore (?!than one\b)|更多|多于|超过", r"\bless\b|\bfewer\b|更少|少于|不到"),
    (r"\b(?:dear|expensive|costlier)\b|更贵|贵得多", r"\bcheap(?:er|est)?\b|便宜|更低廉"),
    (r"\b(?:earlier|sooner)\b|早(?=[一二三四五六七八九十百\d]|得多|些|于)|更早|太早|停早",
     r"\blater\b|晚(?=[一二三四五六七八九十百\d]|得多|些|于)|更晚|太晚|停晚"),
    (r"\bhigh(?:er|est)\b|更高|高于|高出", r"\blow(?:er|est)\b|更低|低于"),
    (r"\b(?:increas\w+|r[io]se|grew|doubled)\b|增加|上升|翻了一倍|翻倍|上涨",
     r"\b(?:decreas\w+|fell|dropped|shrank|halved)\b|减少|下降|下跌"),
    (r"\bbetter\b|更好|变好", r"\bworse\b|更差|变差|要差"),
    (r"\b(?:faster|quicker)\b|更快", r"\bslower\b|更慢"),
    (r"\b(?:bigger|larger)\b|更大", r"\bsmaller\b|更小"),
    (r"\b(?:longer)\b|更长|时间长", r"\bshorter\b|更短|时间短"),
)  # fmt: skip
_SIDES_FOUND = tuple((re.compile(one), re.compile(other)) for one, other in _SIDES)


def compares(text: str) -> bool:
    """Whether a claim says that one thing is more than another."""
    return bool(_COMPARES.search(text))


def has_side_of(claim: str, told: str) -> bool:
    """Whether a text has a word that compares the way the claim's does."""
    if compares(told) or _COMPARED.search(told):
        return True
    sides = [side for pair in _SIDES_FOUND for side in pair if side.search(claim)]
    return any(side.search(told) for side in sides)


def turned_round(claim: str, told: str) -> str | None:
    """Return the word of a claim whose opposite the text has in its place, and not itself."""
    for pair in _SIDES_FOUND:
        for mine, theirs in (pair, pair[::-1]):
            said = mine.search(claim)
            if said and theirs.search(told) and not mine.search(told) and not theirs.search(claim):
                return said[0]
    return None
