"""Text → spans of its sentences, and of a few neighbouring ones for embedding.

Spans index the text as given and leave out only white space, so what was said can be marked where
it stands. Works without a dictionary, in both languages and across them.
"""

import re
from collections.abc import Iterator

from index.language import HAN

MAX_SENTENCE = 300
"""Characters; longer stretches are cut, for many transcripts have no full stops at all."""

MIN_SENTENCE = 12
"""Weight below which a sentence joins a neighbour in `windows`; a Chinese character weighs 3."""

_CLOSERS = "\"'”’」』）)\\]】》〉*_"
_STOP = re.compile(
    rf"(?P<mark>\n+|[。！？；｡!?…][。！？!?…]*|(?<=[{HAN}]);|\.+)(?P<closers>[{_CLOSERS}]*)"
)
_HAN = re.compile(f"[{HAN}]")
_WORD_BEFORE = re.compile(r"[^\s\"'(\[“‘（「『—–]+$")
_NEXT_WORD = re.compile(r"\s*[\"'(\[“‘*_]*([A-Za-z']*)")

# Always followed by the rest of their sentence.
_LEADING = (
    "mr mrs ms dr prof rev hon gen col lt sgt capt sen rep gov pres st mt ft vs v e.g i.e eg ie cf"
    " fig figs eq no nos vol vols ch sec pp ed eds approx ca est dept univ viz resp incl"
)
# Followed by the rest of their sentence, or the last word of it.
_EITHER = (
    "etc al inc ltd co corp llc bros jr sr a.m p.m am.pm ph.d b.a m.a m.s b.s m.d b.c a.d u.s u.k"
    " e.u u.n u.s.a d.c jan feb mar apr jun jul aug sep sept oct nov dec ave blvd rd"
)
_STARTERS = (
    "the this that these those it its he she they we i you his her their our my there here what"
    " when where why how who which but and so or because if in on at for from with as after before"
    " then now yes no not well yeah okay ok also however although though while since let every all"
    " some most many one is are was were do does did can could would should will"
)
# Places to cut a stretch without stops, the best first; none lies inside a number.
_COMMA = re.compile(r"(?<!\d)[,，、;；:：]|[,，、;；:：](?!\d)|[—–]+")
_BLANK = re.compile(r"\s+")
_ANYWHERE = re.compile(
    rf"(?<=[{HAN}])(?=[{HAN}])(?<![零〇一二三四五六七八九十百千万亿两点])"
    rf"|(?<=[{HAN}])(?=[{HAN}])(?![零〇一二三四五六七八九十百千万亿两点])"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences, in order; together they cover all but white space.

    A line break ends a sentence. Stops inside numbers, addresses, abbreviations and initials do
    not, nor does a quoted question that its sentence goes on after. A stretch of more than
    `MAX_SENTENCE` characters is cut at commas, else at blanks, else between Chinese characters;
    never inside a number or a Latin word.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() <= start or not _ends_sentence(text, start, match):
            continue
        spans.extend(_cut(text, start, match.end()))
        start = match.end()
    spans.extend(_cut(text, start, len(text)))
    return spans


def windows(
    text: str, *, sentences: int = 3, step: int = 2, max_chars: int = 600
) -> list[tuple[int, int]]:
    """Return spans of up to `sentences` neighbouring sentences, every `step`, for embedding.

    Sentences lighter than `MIN_SENTENCE` first join the next one. A window holds fewer sentences
    rather than more than `max_chars` characters, but at least one; every sentence is in a window,
    and no window lies inside another.

    Raises:
        ValueError: an option is less than 1.
    """
    if min(sentences, step, max_chars) < 1:
        raise ValueError("sentences, step and max_chars are at least 1")
    pieces = _join_short(text, split_sentences(text))
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < min(first + sentences, len(pieces)):
            if pieces[last + 1][1] - pieces[first][0] > max_chars:
                break
            last += 1
        if not spans or pieces[last][1] > spans[-1][1]:
            spans.append((pieces[first][0], pieces[last][1]))
        first = min(first + step, last + 1)
    return spans


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop found ends the sentence that began at `start`."""
    mark, closers = match["mark"], match["closers"]
    following = text[match.end() : match.end() + 1]
    if mark[0] == "\n" or not following:
        return True
    if following in ",，、.。!?！？；;:：":
        return False  # the sentence goes on after the quotation, or the next stop decides
    if mark[0] in "。！？；｡…;":
        return _ends_wide(text, match, following)
    if not following.isspace() and not _HAN.match(following):
        return False  # inside an address, a number, a name such as Node.js
    goes_on = text[match.end() :].lstrip()[:1].islower()
    if goes_on and (closers.strip("*_") or mark.startswith("..")):
        return False
    return mark != "." or _ends_at_dot(text, start, match)


def _ends_wide(text: str, match: re.Match[str], following: str) -> bool:
    before = text[match.start() - 1 : match.start()]
    if before.isdigit() and following.isdigit() and match["mark"] in "。…":
        return False  # a decimal point or a range in the wrong width
    if match["closers"].startswith(("》", "〉")):
        return False  # a title
    return not (match["mark"][0] == "…" and following.islower())


def _ends_at_dot(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether one dot is a full stop, by the word before it and the word after it."""
    found = _WORD_BEFORE.search(text, start, match.start())
    word = found[0].casefold() if found else ""
    if not word or ("://" in word and _HAN.match(text[match.end()])):
        return False
    if word.isdigit() and not text[start : match.start() - len(word)].strip():
        return False  # the number of a list item
    if word in _LEADING.split():
        return False
    is_initial = len(word) == 1 and word.isalpha() and not _HAN.match(word)
    if is_initial or word in _EITHER.split() or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        following = _NEXT_WORD.match(text, match.end())
        next_word = following[1] if following else ""
        return next_word[:1].isupper() and next_word.split("'")[0].casefold() in _STARTERS.split()
    return True


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch without outer blanks, in pieces of about equal length if it is long."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        place = _place_to_cut(text, start, end)
        if place is None:
            break
        yield start, len(text[:place].rstrip())
        start = place + len(text[place:end]) - len(text[place:end].lstrip())
    if start < end:
        yield start, end


def _place_to_cut(text: str, start: int, end: int) -> int | None:
    """Return the best place to cut, nearest to equal pieces; None when there is none at all."""
    length = end - start
    target = start + length // -(-length // MAX_SENTENCE)
    low, high = start + MAX_SENTENCE // 4, start + MAX_SENTENCE
    for pattern in (_COMMA, _BLANK, _ANYWHERE):
        places = [m.end() for m in pattern.finditer(text, low, high)]
        if places:
            return min(places, key=lambda place: abs(place - target))
    later = _BLANK.search(text, high, end) or _ANYWHERE.search(text, high, end)
    return later.end() if later else None


def _join_short(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _weight(text, joined[-1]) < MIN_SENTENCE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > 1 and _weight(text, joined[-1]) < MIN_SENTENCE:
        joined[-2:] = [(joined[-2][0], joined[-1][1])]
    return joined


def _weight(text: str, span: tuple[int, int]) -> int:
    piece = text[slice(*span)]
    return len(piece) + 2 * len(_HAN.findall(piece))
