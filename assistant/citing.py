"""A model's text as it streams in → the same text with every marker in one form, `[n]`.

Models write markers in any brackets, as lists and ranges, half of one in this piece and half in the
next, escaped, as a link, or in the round brackets that end a sentence. A marker is held back until
it is whole; one that points nowhere is taken out and counted. What only looks like a marker, a note
in brackets or a year, stays text.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

LONGEST = 48
"""Characters of a marker; what is longer is text in brackets."""
WIDEST = 20
"""Numbers a range may span; a wider one is no citation."""

_OPEN, _CLOSE = r"\[【［〔⟦〖", r"\]】］〕⟧〗"
_ROUND_OPEN, _ROUND_CLOSE = r"(（{｛<＜《「﹝", r")）}｝>＞》」﹞"
_DIGITS = r"(?:[\d①-⑳¹²³⁴-⁹⁰]{1,3}|[一二三四五六七八九十])"
_NAME = (
    r"(?:sources?|evidence|paragraphs?|refs?|references?|citations?|cites?|notes?|no|第"
    r"|来源|來源|证据|證據|段落|引用|出处|出處|编号|編號|资料|材料)?\s*[.:：#№]?\s*"
)
_JOIN = r"\s*(?:[,，、;；/&|·~～至到–—‒−-]|and|和|与|及|\s)\s*"
_ONE = rf"\^?#?{_DIGITS}"
_INSIDE = (
    rf"\s*{_NAME}{_ONE}(?:{_JOIN}(?:{_NAME})?{_ONE})*\s*(?:[段号號條条节]|†[^{_CLOSE}]{{0,20}})?\s*"
)
_MARKER = re.compile(
    rf"\\?(?P<second>[{_OPEN}])?[{_OPEN}](?P<inside>{_INSIDE})\\?[{_CLOSE}](?(second)[{_CLOSE}]?)",
    re.IGNORECASE,
)
# Round and other brackets are for notes as well: only numbers, where a sentence ends.
_ROUND = re.compile(
    rf"[{_ROUND_OPEN}](?P<inside>\s*{_ONE}(?:{_JOIN}{_ONE})*\s*)[{_ROUND_CLOSE}]"
    r"(?P<after>(?=\s*[.。!！?？;；])|(?=\s*$))"
)
_GROUP = re.compile(
    rf"[(（]\s*(?P<markers>(?:[{_OPEN}]{_INSIDE}[{_CLOSE}][\s,，、;；]*)+)[)）]", re.IGNORECASE
)
_LONE = re.compile(r"(?<![A-Za-z\d])[¹²³⁴-⁹⁰]{1,3}|[①-⑳]+")
_POWER = re.compile(r"[A-Za-z\d¹²³⁴-⁹⁰][¹²³⁴-⁹⁰]")
_LINK = re.compile(r"\((?:https?:|www\.|mailto:|#)[^)\s]*\)")
_MAYBE_LINK = re.compile(r"\((?:[a-z#][^)\s]*)?", re.IGNORECASE)
_YEAR = re.compile(rf"[{_OPEN}]\s*(?P<number>\d{{4,}})\s*[{_CLOSE}]")
_OPENING = re.compile(rf"\\?[{_OPEN}]|[{_ROUND_OPEN}]|(?<![A-Za-z\d])[¹²³⁴-⁹⁰]|[①-⑳]")
_COUNTS = re.compile(rf"[\\{_OPEN}{_CLOSE}{_ROUND_OPEN}{_ROUND_CLOSE}]")
_MAYBE = re.compile(
    rf"\\?(?:[{_OPEN}]{{1,2}}[^{_OPEN}{_CLOSE}\n]{{0,{LONGEST}}}[{_CLOSE}]?"
    rf"|[{_ROUND_OPEN}][\s\d①-⑳¹²³⁴-⁹⁰,，、;；]{{0,{LONGEST}}}[{_ROUND_CLOSE}]?\s*)?",
    re.IGNORECASE,
)
_MAYBE_GROUP = re.compile(rf"[(（][\s{_OPEN}{_CLOSE}\d,，、;；]{{0,{LONGEST}}}")
_CHARACTERS = re.compile(
    r"[\s\d①-⑳¹²³⁴-⁹⁰一二三四五六七八九十,，、;；/&|·~～至到–—‒−^#№.:：†段号號條条节和与及第-]|[a-z]"
    r"|[来來源证證据據落引用出处處编編资資材料]",
    re.IGNORECASE,
)
_CHINESE_DIGITS = {ord(c): str(n) for n, c in enumerate("一二三四五六七八九十", start=1)}
_RANGE = re.compile(r"(\d+)\s*[-~至到]\s*\^?#?(\d+)")

Part = str | int
"""Text, or the number of a paragraph cited at this place."""


@dataclass(slots=True)
class Citing:
    """Reads one reply's text, piece by piece."""

    known: Container[int]
    """Numbers that point somewhere."""
    unknown: list[int] = field(default_factory=list)
    """Numbers that were taken out, as often as they were written."""
    _held: str = ""
    _last: str = ""
    """The last character told of."""

    def feed(self, text: str) -> list[Part]:
        """Take some more text; returns what can be told of it by now, in order."""
        self._held += text
        return self._told(self._read(is_over=False))

    def finish(self) -> list[Part]:
        """Return what was held back, now that nothing follows."""
        return self._told(self._read(is_over=True))

    def _told(self, parts: Iterator[Part]) -> list[Part]:
        told = []
        for part in parts:
            told.append(part)
            self._last = written(part)[-1:] or self._last
        return told

    def _read(self, *, is_over: bool) -> Iterator[Part]:
        while opening := _OPENING.search(self._held):
            start = opening.start()
            step = self._marker(start, is_over=is_over)
            if step is None:
                yield from self._text(self._held[:start], rest=self._held[start:])
                return
            end, parts = step
            before, self._held = self._held[:start], self._held[end:]
            # A marker that points nowhere leaves no blank behind.
            yield from [before if parts else before.rstrip()] if before.strip() or parts else []
            yield from parts
        yield from self._text(self._held, rest="", is_over=is_over)

    def _text(self, text: str, *, rest: str, is_over: bool = False) -> Iterator[str]:
        """Yield text, but hold blanks that a marker may follow."""
        shown = text if is_over else text.rstrip().removesuffix("\\").rstrip()
        self._held = text[len(shown) :] + rest
        if shown:
            yield shown

    def _marker(self, start: int, *, is_over: bool) -> tuple[int, list[Part]] | None:
        """Return where what begins at `start` ends, and its parts; None while it may go on."""
        whole = _MARKER.match(self._held, start) or _GROUP.match(self._held, start)
        if whole and not (self._is_open(whole) and not is_over):
            end = self._past_link(whole.end(), is_over=is_over)
            inside = whole.groupdict().get("inside") or whole.groupdict().get("markers") or ""
            return None if end is None else (end, list(self._cited(inside)))
        if year := _YEAR.match(self._held, start):
            return year.end(), [f"({year['number']})"]
        if start == 0 and _POWER.match(self._last + self._held):
            return 1, [self._held[0]]
        if lone := _LONE.match(self._held, start):
            if lone.end() == len(self._held) and not is_over:
                return None
            return lone.end(), list(self._cited(" ".join(lone[0]) if lone[0] > "⑀" else lone[0]))
        return self._in_round_brackets(start, is_over=is_over)

    def _in_round_brackets(self, start: int, *, is_over: bool) -> tuple[int, list[Part]] | None:
        """Return the same for what is a marker only where a sentence ends, and for others."""
        found = _ROUND.match(self._held, start)
        if found and (is_over or self._held[found.end() :].strip()):
            return found.end(), list(self._cited(found["inside"]))
        rest = self._held[start:]
        if _may_go_on(rest) or (found and not is_over):
            if not is_over:
                return None
            if any(c.isdigit() for c in rest):
                return len(self._held), []  # cut off in the middle of a marker
        escaped = 2 if rest.startswith("\\") else 1
        return start + escaped, [self._held[start : start + escaped]]

    def _past_link(self, end: int, *, is_over: bool) -> int | None:
        """Return where a marker ends with the address it is linked to; None while one may come."""
        if link := _LINK.match(self._held, end):
            return link.end()
        rest = self._held[end:]
        may_come = not rest or (_MAYBE_LINK.fullmatch(rest) is not None)
        return None if may_come and not is_over else end

    def _is_open(self, whole: re.Match[str]) -> bool:
        """Whether the second bracket of `[[1]]` may still come."""
        doubled = _OPENING.match(self._held, whole.start() + 1) is not None
        closed = len(whole[0]) - len(whole[0].rstrip("]】］〕⟧〗"))
        return doubled and closed == 1 and whole.end() == len(self._held)

    def _cited(self, inside: str) -> Iterator[int]:
        for number in numbers_of(inside):
            if number in self.known:
                yield number
            else:
                self.unknown.append(number)


def numbers_of(inside: str) -> list[int]:
    """Return the numbers inside a marker, ranges filled in, each once, in order."""
    counted = inside.partition("†")[0].translate(_CHINESE_DIGITS)
    plain = re.sub(r"[–—‒−～]", "-", unicodedata.normalize("NFKC", counted))

    def fill(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        if not 0 <= last - first < WIDEST:
            return f"{first} {last}"
        return " ".join(map(str, range(first, last + 1)))

    return list(dict.fromkeys(int(n) for n in re.findall(r"\d+", _RANGE.sub(fill, plain))))


def settled(text: str, known: Container[int]) -> tuple[str, list[int]]:
    """Return a whole text with its markers as `[n]`, and the numbers that were taken out."""
    citing = Citing(known)
    parts = [*citing.feed(text), *citing.finish()]
    return "".join(written(part) for part in parts), citing.unknown


def written(part: Part) -> str:
    """Return a part as it stands in the text."""
    return f"[{part}]" if isinstance(part, int) else part


def _may_go_on(text: str) -> bool:
    """Whether a text beginning with a bracket may still become a marker."""
    if _MAYBE_GROUP.fullmatch(text):
        return len(text) <= LONGEST
    if _MAYBE.fullmatch(text) is None or len(text) > LONGEST:
        return False
    inside = _COUNTS.sub("", text)
    return all(_CHARACTERS.match(c) for c in inside)
