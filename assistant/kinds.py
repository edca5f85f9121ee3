"""Question → what kind of thing would answer it: a number, a date, a reason, several things."""

import re
from dataclasses import dataclass

from index.fold import fold

_NUMBER_ASKED = re.compile(
    r"how (?:many|much|long|far|big|old|fast|high|deep|heavy|often)\b|per ?cent"
    r"|what (?:price|share|number|temperature|efficiency|speed)|多少|几[^乎何]|多[长久大高远快深重]"
)
_NUMBER_TOLD = re.compile(
    r"\d|[一二三四五六七八九十百千万亿两]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|\w+teen|\w+ty|hundred|thousand|million|billion|half|third|dozen)\b"
)
_DATE_ASKED = re.compile(
    r"\bwhen\b|(?:what|which) (?:year|date|month|day)|哪一?[年天月]|什么时候|何时"
)
_DATE_TOLD = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october"
    r"|november|december|ago|yesterday|last (?:year|month|week))\b"
    r"|[\d一二三四五六七八九十〇][年月]|去年|前年|年前"
)
_REASON_ASKED = re.compile(r"\bwhy\b|what (?:made|reason)|为什么|为何|为啥|怎么会|原因|凭什么")
_REASON_TOLD = re.compile(r"because|so that|reason|since|因为|所以|由于|原因|为了|免得")
_KINDS = (
    (_NUMBER_ASKED, _NUMBER_TOLD),
    (_DATE_ASKED, _DATE_TOLD),
    (_REASON_ASKED, _REASON_TOLD),
)
_SEVERAL = re.compile(
    r"\b(?:both|each|compare[ds]?|comparison|differ(?:s|ent|ence|ently)?|agree|disagree|respectively"
    r"|versus|vs|between|change[ds]?|then and now|used to|still|over the years|who else|everyone"
    r"|all the|which (?:people|guests|speakers))\b"
    r"|分别|各自|比较|相比|对比|不同|差别|区别|一致|分歧|变化|改变|变了|前后|都有谁|哪些人|两[人位个]"
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kinds of thing a question asks for."""

    told: tuple[re.Pattern[str], ...]
    """What a folded sentence that tells such a thing holds."""

    def fit(self, sentence: str) -> bool:
        """Whether the sentence tells a thing of a kind asked for; False when none is asked for."""
        folded = fold(sentence)
        return any(told.search(folded) for told in self.told)


def kinds_asked(question: str) -> Kinds:
    """Return what kinds of thing would answer a question."""
    folded = fold(question)
    return Kinds(tuple(told for asked, told in _KINDS if asked.search(folded)))


def asks_several(question: str) -> bool:
    """Whether a question compares, asks for a change, or for more than one thing."""
    return _SEVERAL.search(fold(question)) is not None
