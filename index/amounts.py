"""Text → its amounts as terms of the word index: 4000亿, $400B and "400 billion" are one term.

Only amounts that the two languages write differently: with words of magnitude, or as parts of a
hundred. A bare 25 is a term as it stands.
"""

import re

SMALLEST = 100
"""Amounts below it are mostly counting words ("a pair of", 一个), which every text has."""

REACH = 30
"""Characters around a hint that may belong to its amount: "two hundred and five thousand"."""

# Reading all values of a text takes ten times as long as all the rest, so only stretches are read.
_HINT = re.compile(
    r"\d,\d{3}|\d{5}|[\d.]\s?(?:[kmbt]\b|bn\b|tn\b|%)|hundred|thousand|[mbtr]illion|per ?cent"
    r"|[百千万萬亿億兆％%]|分之|[一二两三四五六七八九]成",
    re.IGNORECASE,
)
_KINDS_WITHOUT = {"date", "ordinal", "duration"}


def amount_terms(text: str) -> list[str]:
    """Return one term for each amount of the text, in order: `#400000000000`, `#3/10`."""
    stretches = _stretches(text)
    if not stretches:
        return []
    from index.numbers import find_values  # noqa: PLC0415  25 ms, and most questions hold no amount

    found = []
    for start, end in stretches:
        for value in find_values(text[start:end]):
            if value.kind in _KINDS_WITHOUT or value.approximate or isinstance(value.amount, str):
                continue
            if value.amount >= SMALLEST or value.kind == "percent":
                found.append(f"#{value.amount}")
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return where amounts may stand, stretches that overlap joined."""
    joined: list[tuple[int, int]] = []
    for match in _HINT.finditer(text):
        start, end = max(match.start() - REACH, 0), match.end() + REACH
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
