"""Question → what kind of thing would answer it: an amount, a date, a reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from index.fold import fold
from index.numbers import Value, agrees, find_values
from index.units import Kind

# "How many hours" asks for hours: with a number in their place, the words are a value of its kind.
_PLACE = re.compile(r"how (?:many|much)|多少|(?<![十百千])几(?![乎何])")
_ASKED: Mapping[Kind, re.Pattern[str]] = {
    "money": re.compile(
        r"how much (?:[\w'-]+ ){0,8}?(?:costs?|pay|paid|charges?d?|earns?|spen[dt]|price|worth"
        r"|money|sell|sold|rent|compensation)\b"
        r"|what (?:[\w'-]+ ){0,6}?(?:costs?|price|fee|salary|wages?)\b|多少钱|多少块|几块钱"
        r"|[卖花付赔赚挣收]了?多少(?=[?,。 ]|$)|价格|造价|价钱|售价|定价|工资"
    ),
    "duration": re.compile(r"how long (?!is\b|are\b)|多久(?!.{0,4}一次)|多长时间|几[天年周]"),
    "age": re.compile(r"how old|多大[年岁]|几岁|年纪"),
    "length": re.compile(r"how (?:far|tall|deep|thick|wide|high)\b|多[远高深粗厚宽](?![度的])"),
    "mass": re.compile(r"how heavy|多重"),
    "temperature": re.compile(r"what temperature|多少度"),
    "percent": re.compile(
        r"(?:what|which|how big a) (?:[\w'-]+ ){0,2}?(?:share|percentage|proportion|rate|odds"
        r"|efficiency)\b|per ?cent of|百分之几|几成|占多少|比例|利率|利息是?多少"
    ),
    "date": re.compile(
        r"^when\b|\bwhen (?:did|does|do|will|is|was|were|has|have)\b|(?:until|since|by) when"
        r"|(?:what|which) (?:year|date|month|day)|哪一?[年天月]|什么时候|何时|几[月号]"
    ),
}
# What else tells such a thing: "an hour and a half before" a day, "two thirds" a share, a bare
# number any amount whose unit was said before.
_ALSO: Mapping[Kind, tuple[Kind, ...]] = {
    "percent": ("multiple",),
    "date": ("duration", "age"),
    "number": tuple(kind for kind in get_args(Kind) if kind != "date"),
}
_REASON_ASKED = re.compile(r"\bwhy\b|what (?:made|reason)|为什么|为何|为啥|怎么会|原因|凭什么")
_REASON_TOLD = re.compile(r"because|so that|reason|since|因为|所以|由于|原因|为了|免得")
_TIME_TOLD = re.compile(
    r"\b(?:ago|yesterday|last (?:year|month|week)|january|february|march|april|june|july|august"
    r"|september|october|november|december)\b|去年|前年|年前"
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kinds of thing a question asks for."""

    values: frozenset[Kind]
    """Of the value that would answer; empty when none is asked for."""
    reason: bool
    known: tuple[Value, ...]
    """Values that the question tells itself: they answer nothing."""

    def fit(self, text: str) -> bool:
        """Whether a text tells a thing of a kind asked for; False when none is asked for."""
        return self.has_value(text) or (self.reason and bool(_REASON_TOLD.search(fold(text))))

    def has_value(self, text: str) -> bool:
        """Whether a text tells a value of a kind asked for that the question has not."""
        if not self.values:
            return False
        if "date" in self.values and _TIME_TOLD.search(fold(text)):
            return True
        return any(
            value.kind in self.values and not any(agrees(value, known) for known in self.known)
            for value in values_of(text)
        )


def kinds_asked(question: str) -> Kinds:
    """Return what kinds of thing would answer a question."""
    folded = fold(question)
    asked = {kind for kind, pattern in _ASKED.items() if pattern.search(folded)} | _counted(folded)
    # "多少度", "how much … cost": what is measured says more than that something is counted.
    wanted = asked - {"number"} or asked
    also = {other for kind in wanted for other in _ALSO.get(kind, ())}
    return Kinds(
        values=frozenset(wanted | also),
        reason=_REASON_ASKED.search(folded) is not None,
        known=values_of(question),
    )


@lru_cache(maxsize=1 << 12)
def values_of(text: str) -> tuple[Value, ...]:
    """Return the values of a text; the same paragraphs come again and again."""
    return tuple(find_values(text))


def _counted(folded: str) -> set[Kind]:
    """Return the kinds of what "how many" and 多少 stand before."""
    kinds: set[Kind] = set()
    for match in _PLACE.finditer(folded):
        start = match.start()
        filled = f"{folded[:start]}7{folded[match.end() :]}"
        found = (value.kind for value in find_values(filled) if value.start <= start < value.end)
        kinds.add(next(found, "number"))
    return kinds
