"""Question × quotes → what the question takes for granted and the quotes do not say.

A quote answers whether or not it was asked rightly. Amounts of the question that nothing quoted has
are told, so that nobody takes them for confirmed. Names are not: one written otherwise would be
called missing, in one answer of ten.
"""

from collections.abc import Iterator, Sequence

from assistant.kinds import values_of
from assistant.passages import Passage
from assistant.select import Quote
from index.numbers import Value, agrees
from index.records import Language

PASSED_OVER = frozenset({"date", "ordinal"})
"""Kinds of value that place a question and are seldom repeated in an answer."""
SMALL = 12
"""Bare numbers up to this are mostly parts of something else: two of them, joint twelve."""

_LINES: dict[Language, tuple[str, str, str]] = {
    "en": ("What is quoted does not say {missing}{instead}.", "; it says {told}", ", "),
    "zh": ("引文中没有{missing}{instead}。", "；引文说的是{told}", "、"),
}


def say_unsaid(question: str, language: Language, quotes: Sequence[Quote]) -> str:
    """Return a line on the amounts of a question that no quoted paragraph has; "" without any."""
    passages = [quote.passage for quote in quotes]
    known = [value for passage in passages for text in _texts(passage) for value in values_of(text)]
    unsaid = [v for v in values_of(question) if _tells(v, question) and not _is_among(v, known)]
    missing = [question[v.start : v.end] for v in unsaid]
    if not passages or not missing:
        return ""
    line, instead, comma = _LINES[language]
    told = [told for v in unsaid for quote in quotes for told in _counterparts(v, quote.text)]
    return line.format(
        missing=comma.join(map(_quoted, missing)),
        instead=instead.format(told=comma.join(map(_quoted, dict.fromkeys(told)))) if told else "",
    )


def _texts(passage: Passage) -> Iterator[str]:
    """Yield all that is read with a passage: it, what it replies to, and where it stands."""
    found = passage.candidate.found
    yield from found.paragraph.texts.values()
    if passage.candidate.asked is not None:
        yield from passage.candidate.asked.paragraph.texts.values()
    yield from (found.heading, found.interview.title)


def _tells(value: Value, text: str) -> bool:
    """Whether a question states a value: 几个月 asks for one, 一天 is a manner of speaking."""
    if value.kind in PASSED_OVER or value.approximate or text[value.start] in "一几":
        return False
    return value.kind != "number" or isinstance(value.amount, str) or value.amount > SMALL


def _is_among(value: Value, known: Sequence[Value]) -> bool:
    return any(agrees(value, other) for other in known)


def _counterparts(value: Value, text: str) -> Iterator[str]:
    """Yield what a quote says in the same unit; bare numbers count anything and are left out."""
    if value.unit is None and value.kind == "number":
        return
    for other in values_of(text):
        if (other.kind, other.unit) == (value.kind, value.unit):
            yield text[other.start : other.end]


def _quoted(text: str) -> str:
    return f"“{text}”"
