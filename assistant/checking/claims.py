"""A draft → its sentences, each with the markers that cite for it.

Markers are numbers in any brackets of either language, or paragraph ids; they may touch any
character, stand before or after the full stop, and hold lists and ranges.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.records import Claim
from index.fold import fold
from index.sentences import split_sentences

LARGEST = 999
"""A larger number in brackets is a year or a count."""
LONGEST_RANGE = 50
"""Sources a range may span; a longer one is no citation."""

_NUMBER = r"[0-9０-９]{1,3}"
_LIST = rf"\^?{_NUMBER}(?:\s*(?:[,，、;；~～至–—-]|and|和)\s*\^?{_NUMBER})*"
_ID = r"[^\s\[\]【】:：]+:[0-9a-f]{8}"
_MARKER = re.compile(
    rf"\s*[\[【［〔](?P<inside>\s*(?:{_LIST}|{_ID}(?:\s*[,，、;；]\s*{_ID})*)\s*)[\]】］〕]"
    # Round brackets hold many things: only two digits at the end of a sentence are a marker.
    r"|\s*[(（](?P<round>[0-9０-９]{1,2})[)）](?=\s*(?:[.。!?！？;；]|$))"
)
_RANGE = re.compile(r"(\d+)\s*(?:[~-]|至)\s*\^?(\d+)")
_QUOTES = {"“": "”", "「": "」", "『": "』"}
_BULLET = re.compile(r"^\s*(?:[-*•>#]+|\d{1,2}[.)、．])\s+")


@dataclass(frozen=True, slots=True)
class _Marker:
    place: int
    """In the text without markers."""
    inside: str
    leads: bool
    """Whether it stands at the beginning of a line, before what it cites for."""
    since: int
    """Where the quotation begins that it stands behind; its own place when behind none."""


def read_claims(draft: str) -> list[Claim]:
    """Return the sentences of a draft in order, without markers and list signs.

    A marker belongs to the sentence it stands in or after; one that begins a line, to the next.
    """
    text, markers = _take_markers(draft)
    claims = []
    spans = split_sentences(text)
    opened = ""
    for place, (start, end) in enumerate(spans):
        stop = spans[place + 1][0] if place + 1 < len(spans) else len(text) + 1
        before = spans[place - 1][1] if place else -1
        mine = [m for m in markers if _belongs(m, start, stop, (before, end))]
        sentence, opened = _requoted(_BULLET.sub("", text[start:end]).strip(), opened)
        if any(character.isalnum() for character in sentence):
            numbers = [n for m in mine for n in numbers_of(m.inside)]
            ids = [i for m in mine for i in _ids_of(m.inside)]
            claims.append(Claim(sentence, tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(ids))))
    return claims


def _requoted(sentence: str, opened: str) -> tuple[str, str]:
    """Return a sentence with the marks of the quotation it is a part of, and what stays open.

    Each sentence of a quotation is a quotation.
    """
    sentence = opened + sentence
    for left, right in _QUOTES.items():
        if sentence.count(left) > sentence.count(right):
            return sentence + right, left
    return sentence, ""


def without_markers(text: str) -> str:
    """Return a text without the markers in it."""
    return _take_markers(text)[0].strip()


def numbers_of(inside: str) -> list[int]:
    """Return the numbers that the inside of a marker names, ranges filled in."""
    if ":" in inside:
        return []
    plain = fold(inside).replace("^", "")
    found: list[int] = []
    for first, last in _RANGE.findall(plain):
        if 0 <= int(last) - int(first) <= LONGEST_RANGE:
            found.extend(range(int(first), int(last) + 1))
    rest = _RANGE.sub(" ", plain)
    found.extend(int(number) for number in re.findall(r"\d+", rest))
    return [number for number in dict.fromkeys(found) if number <= LARGEST]


def _ids_of(inside: str) -> Iterator[str]:
    if ":" in inside:
        yield from (part.strip() for part in re.split(r"[,，、;；]", inside))


def _take_markers(draft: str) -> tuple[str, list[_Marker]]:
    pieces: list[str] = []
    markers: list[_Marker] = []
    place = length = 0
    for match in _MARKER.finditer(draft):
        pieces.append(draft[place : match.start()])
        length += match.start() - place
        before = draft[: match.start()].rpartition("\n")[2]
        leads = not _BULLET.sub("", before).strip() or "\n" in match[0].rstrip()
        if "\n" in match[0]:
            pieces.append("\n")
            length += 1
        inside = match["inside"] if match["inside"] is not None else match["round"]
        markers.append(_Marker(length, inside, leads, _quoted_since("".join(pieces), length)))
        place = match.end()
    return "".join([*pieces, draft[place:]]), markers


def _quoted_since(text: str, place: int) -> int:
    """Return where the quotation begins that ends a text, else the place behind the text."""
    for left, right in _QUOTES.items():
        depth, begin = int(text.rstrip().endswith(right)), len(text.rstrip()) - 1
        while depth and begin > 0:
            begin -= 1
            depth += (text[begin] == right) - (text[begin] == left)
            if not depth:
                return begin
    return place


def _belongs(marker: _Marker, start: int, stop: int, gap: tuple[int, int]) -> bool:
    """Whether a marker cites for a sentence.

    Args:
        marker: the marker.
        start: of the sentence.
        stop: start of the next one.
        gap: end of the sentence before, and end of this one.
    """
    if marker.leads:
        return gap[0] <= marker.place < gap[1]
    return start < marker.place <= stop or marker.since <= start < marker.place
