"""Words of an answer ↔ accepted forms, forbidden phrases and values; pure.

Everything is compared folded, so case, width and the two scripts of Chinese make no difference.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from evals.records import Nugget
from index.fold import fold
from index.language import detect_language
from index.numbers import Value, agrees, find_values
from index.records import LANGUAGES, Paragraph
from index.words import tokens

LONG_FORM = 6
"""Characters from which a Chinese form may be met nearly; a shorter one must be met exactly."""
LONG_WORDS = 3
"""Words from which an English form may be met nearly."""
NEAR_EN = 90.0
NEAR_ZH = 85.0
"""Of 100; the character-level ratio of Chinese runs lower for the same likeness."""

_NUMERALS = "零〇一二三四五六七八九十百千万亿两半"
_SCALES = "百千万亿"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NEGATION = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|nor|without|cannot)\b|n't\b|[不没无未非别]"
)


def contains(form: str, text: str) -> bool:
    """Whether the text holds the form as words or a number of its own.

    "40" does not lie in "140", "40.5" or "40 billion", "四百" not in "四百万", "art" not in "part".
    """
    return bool(spans_of(form, text))


def spans_of(form: str, text: str) -> list[tuple[int, int]]:
    """Return where the text holds the form, in characters of its folded spelling."""
    pattern = _pattern(_spelled(form))
    return [match.span() for match in pattern.finditer(_spelled(text))] if pattern else []


def find_one_value(text: str) -> Value | None:
    """Return the value that a text consists of; None when it holds none, or several."""
    values = find_values(text)
    return values[0] if len(values) == 1 else None


def nugget_found(nugget: Nugget, sentences: Sequence[str]) -> bool:
    """Whether the sentences say the fact.

    It is said when a form of either language stands in one, when the typed value does in any
    notation, or when a long form without numbers and with the same negation is met nearly.
    """
    forms = [form for language in LANGUAGES for form in nugget.forms[language]]
    if any(contains(form, sentence) for form in forms for sentence in sentences):
        return True
    wanted = find_one_value(nugget.value) if nugget.value else None
    if wanted is not None:
        return any(agrees(wanted, value) for text in sentences for value in values_of(text))
    return any(_nearly(form, sentence) for form in forms for sentence in sentences)


def contradictions(
    forbidden: Sequence[str], nuggets: Sequence[Nugget], sentences: Sequence[str]
) -> tuple[str, ...]:
    """Return the forbidden phrases that the sentences say.

    A phrase that is nothing but a value is met in any notation. A phrase does not count where it
    is part of an accepted form ("robots" inside "no robots") or of a longer word or number.
    """
    return tuple(
        phrase
        for phrase in forbidden
        if any(_says(phrase, nuggets, sentence) for sentence in sentences)
    )


def unknown_values(sentence: str, paragraphs: Sequence[Paragraph]) -> tuple[list[str], int]:
    """Return the values of a sentence that no text of the paragraphs has, and how many it has."""
    known = [value for p in paragraphs for text in p.texts.values() for value in values_of(text)]
    values = values_of(sentence)
    unknown = [
        sentence[v.start : v.end] for v in values if not any(agrees(v, other) for other in known)
    ]
    return unknown, len(values)


@lru_cache(maxsize=1 << 13)
def values_of(text: str) -> tuple[Value, ...]:
    """Return the values of a text; the same texts come again and again."""
    return tuple(find_values(text))


def is_negated(text: str) -> bool:
    """Whether the text holds a word of negation."""
    return _NEGATION.search(fold(text)) is not None


def _says(phrase: str, nuggets: Sequence[Nugget], sentence: str) -> bool:
    accepted = [
        span
        for nugget in nuggets
        for language in LANGUAGES
        for form in nugget.forms[language]
        for span in spans_of(form, sentence)
    ]
    for start, end in spans_of(phrase, sentence):
        if not any(first <= start and end <= last for first, last in accepted):
            return True
    value = find_one_value(phrase)
    if value is None or fold(phrase[value.start : value.end]) != fold(phrase):
        return False
    return any(value.kind == v.kind and agrees(value, v) for v in values_of(sentence))


def _nearly(form: str, sentence: str) -> bool:
    if values_of(form) or is_negated(form) != is_negated(sentence):
        return False
    folded, text = _plain(form), _plain(sentence)
    if detect_language(form) == "zh":
        folded, text = folded.replace(" ", ""), text.replace(" ", "")
        return (
            len(folded) >= LONG_FORM
            and len(text) >= len(folded)
            and fuzz.partial_ratio(folded, text, score_cutoff=NEAR_ZH) > 0
        )
    return (
        len(folded.split()) >= LONG_WORDS
        and fuzz.token_set_ratio(folded, text, score_cutoff=NEAR_EN) > 0
    )


@lru_cache(maxsize=1 << 13)
def _spelled(text: str) -> str:
    """Return the folded text with numbers in one spelling: 4,200 is 4200."""
    return _THOUSANDS.sub("", fold(text))


def _plain(text: str) -> str:
    """Return the folded words of a text without punctuation."""
    return " ".join(tokens(fold(text)))


@lru_cache(maxsize=1 << 13)
def _pattern(folded: str) -> re.Pattern[str] | None:
    if not folded:
        return None
    before, after = "", ""
    if re.match(r"[a-z0-9]", folded):
        before = r"(?<![a-z0-9])(?<!\d[.,])" if folded[0].isdigit() else "(?<![a-z0-9])"
    elif folded[0] in _NUMERALS:
        before = f"(?<![{_NUMERALS}0-9])"
    if folded[-1].isdigit() and folded[-1].isascii():
        after = rf"(?![a-z0-9{_SCALES}])(?![.,]\d)(?! ?(?:hundred|thousand|[mb]illion|trillion))"
    elif re.match(r"[a-z]", folded[-1]):
        after = "(?![a-z0-9])"
    elif folded[-1] in _NUMERALS:
        after = f"(?![{_NUMERALS}])"
    return re.compile(before + re.escape(folded) + after)
