"""English number words → exact amounts: "two and a half million", "hundreds of billions"."""

import re
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: n for n, word in enumerate(_ONES.split(" "))}
SMALL |= {word: 10 * n for n, word in enumerate(_TENS.split(" "), start=2)}
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
SCALES |= {"trillion": 10**12, "dozen": 12}
PLURALS = {f"{word}s": scale for word, scale in SCALES.items()} | {"tens": 10, "dozens": 10}
FEW = frozenset({"few", "several", "couple"})
HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
# "threefold" and "billionx" are written in one with what they count.
_TOKEN = re.compile(
    r"(?: ?- ?| )?((?:hundred|thousand|[a-z]*illion)(?=x)|[a-z]+?(?=fold|(?![a-z'])))"
)
_HALF_MORE = re.compile(r"[ -]and (?:an? )?(half|quarter)(?![a-z])")


class WordReader:
    """Reads English number words from a place on; `end` stays there when there are none.

    `scale` is the last scale word read, `vague` whether only the order of magnitude is told
    ("hundreds of billions"), `is_bare` whether a scale word stood alone ("trillion dollars").
    """

    def __init__(self, text: str, start: int, amount: Fraction | None = None) -> None:
        self.text, self.end = text, start
        self.scale, self.vague, self.is_bare = 1, False, False
        self._total = Fraction(0)
        self._current = amount
        # What is added next must be smaller: nothing after "three", a digit after "thirty".
        self._limit = 1
        self._kept = 0
        self._big = 1

    @property
    def amount(self) -> Fraction:
        """The amount read so far; 0 before anything was read."""
        return self._total + (self._current or Fraction(0))

    def read(self) -> None:
        """Read as many words as make one number; `end` is then the place after them."""
        if self._current is None:
            self._begin()
        while self._add():
            pass
        # "A million one year later": after millions a small number begins anew.
        if self._current is not None and self._kept and self._big >= SCALES["million"]:
            self.end, self._current = self._kept, None

    def _next(self, skip: str = "") -> tuple[str, int]:
        place = self.end
        if skip and (article := re.compile(skip).match(self.text, place)):
            place = article.end()
        match = _TOKEN.match(self.text, place)
        return (match[1], match.end()) if match else ("", place)

    def _begin(self) -> None:
        article, end = self._next()
        has_article = article in {"a", "an"}
        if has_article:
            self.end = end
        word, end = self._next()
        if word in SMALL:
            self._current, self._limit = Fraction(SMALL[word]), 10 if SMALL[word] > 19 else 1
        elif word in FEW:
            self._current, self.vague = Fraction(1), True
        elif word in PLURALS:
            self._current, self.vague = Fraction(PLURALS[word]), True
        elif word in HALVES:
            self._current = HALVES[word]
        elif word in SCALES:
            self._current, self.is_bare = Fraction(1), not has_article
            return
        self.end = end

    def _add(self) -> bool:
        if match := _HALF_MORE.match(self.text, self.end):
            return self._add_half(match)
        word, end = self._next("(?: of)? an?(?= )" if self._is_half else "")
        if self.vague and word == "of":
            word, end = self._next(" of")
        if word == "and" and self._limit > 10:
            word, end = self._next(" and")
            if word not in SMALL:
                return False
        if self.vague and word in PLURALS:
            word = word.removesuffix("s")
        if word in SCALES:
            return self._multiply(SCALES[word], end)
        if word == "point":
            return self._add_decimals(end)
        if word in SMALL and 0 < SMALL[word] < self._limit and not self.vague:
            self._current = (self._current or Fraction(0)) + SMALL[word]
            self._limit, self.end = (10 if SMALL[word] > 19 else 1), end
            return True
        return False

    @property
    def _is_half(self) -> bool:
        return self.amount in HALVES.values()

    def _add_half(self, match: re.Match[str]) -> bool:
        if self.vague or self.amount.denominator != 1:
            return False
        # "A billion and a half" is half a billion more; "two and a half billion" goes on.
        part = HALVES[match[1]]
        if self._current is None:
            self._total += part * self.scale
        else:
            self._current += part
        self.end, self._limit = match.end(), 1
        return True

    def _multiply(self, scale: int, end: int) -> bool:
        if self._current is None and not self._total:
            return False
        if scale == SCALES["hundred"] and self._current is not None and self._current < 100:
            self._current, self._limit = self._current * scale, 100
        elif self._current is None:
            self._total *= scale
        elif self._total and scale >= self._big:
            return False
        else:
            self._total, self._current = self._total + self._current * scale, None
        self.scale = scale
        if self._current is None:
            self._limit, self._kept, self._big = (scale if scale > 12 else 1), end, scale
        self.end = end
        return True

    def _add_decimals(self, end: int) -> bool:
        digits = ""
        while match := _TOKEN.match(self.text, end):
            if SMALL.get(match[1], 10) > 9:
                break
            digits, end = digits + str(SMALL[match[1]]), match.end()
        if not digits or self._current is None:
            return False
        self._current += Fraction(int(digits), 10 ** len(digits))
        self.end, self._limit = end, 1
        return True
