"""A model's whole answer, markers settled → its sentences with what they cite, and what is missing.

Lists, stress and links are taken off: an answer is sentences, and a row of a table is one. A link a
model writes was written by nobody in the interviews, and an address in it may carry words away.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.layout import said_lines
from index.fold import fold
from index.sentences import split_sentences

SHORT = 90
"""Bytes of UTF-8 up to which a line that ends in a colon only announces what follows: 90 letters,
30 Chinese characters."""
CELLS = " · "
"""Between the cells of a row. A comma would part a name from what is said of it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft."""

    text: str
    """Without markers."""
    numbers: tuple[int, ...]
    """What it cites, each once, in order."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model answered."""

    claims: tuple[Claim, ...]
    missing: tuple[str, ...]
    """What it says the interviews do not say; "" when it does not say what."""


_MARKER = re.compile(r"[^\S\n]*\[(\d+)\]")
_LISTED = re.compile(r"^\s*(?:[-*•·–—>]+\s+|#{1,6}\s+|\d{1,2}[.)、．]\s+)+")
_STRESS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`+")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!\])\[([^\]\n]*)\]\([^)\n]*\)|(\[\d+\])\((?:https?:|www\.|/)[^)\n]*\)")
_ADDRESS = re.compile(
    r"<?\b(?:(?:https?|ftp|file|data|javascript)\s?:\s?(?://)?|www\.)[^\s\u3000-\u303f\uff00-\uffef"
    r"\u4e00-\u9fff<>\[\]\"']+>?|\b[\w.+-]+@[\w-]+\.[\w.]+",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\|[^<>\n]*\|>")
_SENTENCE_END = re.compile(
    r"(?:[.!?](?=\s|\[)|[。！？…])[\"'”’」』）)\]】]*(?:\s*\[\d+\])*|\[\d+\](?=\s*$|\n)|(?<=[.!?])$"
)
_ANSWER = re.compile(r"^\s*(?:answer|final answer|答案|回答|答)\s*[:：]\s*", re.IGNORECASE)
_SOURCES = re.compile(
    r"^\W*(?:sources?|references?|citations?|出处|出處|来源|來源|参考(?:文献|资料)?|引用)\W*(?:[:：]|$)",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"^\W*(?:not[ _]found|未找到|沒有找到|没有找到|找不到)\W*?(?:[:：—-]\s*(?P<what>.*))?$",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:interviews?|transcripts?|paragraphs?|evidence|sources?|passages?|they)\b[^.;]{0,40}"
    r"\b(?:(?:do|does|did)(?: not|n't)|never|nowhere|not) (?:\w+ )?(?:say|mention|state|tell"
    r"|specify|answer|contain|discuss|address|give|reveal|include|cover|provide)"
    r"|\b(?:is|are|was|were) not (?:mentioned|stated|said|given|discussed|specified|answered)"
    r"\b[^.;]{0,40}\b(?:interviews?|transcripts?|paragraphs?|evidence)"
    r"|(?:访谈|采访|材料|资料|段落|证据|文本|记录|文中)[^。；]{0,14}(?:没有|没|未|并未|不曾)"
    r"(?:直接|明确|具体)?(?:提到|提及|说|谈到|涉及|讨论|回答|给出|透露|包含|交代)"
)
# A model that owns up to knowing nothing, in a sentence that says nothing else.
_UNKNOWING = re.compile(
    r"^\W*(?:(?:sorry|unfortunately)\W+)?(?:i|we)"
    r"(?:(?: am|['’]m) not| can['’]t| (?:do|did|can|could) ?(?:not|n['’]t))"
    r" (?:really |quite )?(?:know|tell|sure|certain|find|determine)\b[^.;]{0,60}\W*$"
    r"|^\W*(?:抱歉\W*)?我?(?:也|并)?(?:不知道|不清楚|不确定|不了解|说不准|无法确定|找不到|没有?找到)"
    r"[^。；]{0,20}\W*$"
)


def read_draft(text: str) -> Draft:
    """Return the sentences of an answer in order, each once, and what it says is missing.

    A marker belongs to the sentence it stands in or after; on a line that begins with one and does
    not end with one, to the sentence after it; in a table, to its row. What only lays the text out
    or announces what follows is left out.
    """
    claims: dict[str, Claim] = {}
    missing: list[str] = []
    for cells in said_lines(list(_body(text))):
        line = _plain(cells[0]) if len(cells) == 1 else ""
        if found := _NOT_FOUND.match(line):
            missing.append(without_markers(found["what"] or ""))
            continue
        for claim in _claims(line) if line else _row(cells):
            if not claim.numbers and _says_nothing_is_said(fold(claim.text)):
                missing.append(claim.text)
            elif not _announces(claim):
                claims.setdefault(fold(claim.text), claim)
    return Draft(tuple(claims.values()), tuple(missing))


def _says_nothing_is_said(folded: str) -> bool:
    return bool(_NOT_SAID.search(folded) or _UNKNOWING.match(folded))


def without_markers(text: str) -> str:
    """Return a text without any `[n]`."""
    return _MARKER.sub("", text).strip()


def without_addresses(text: str) -> str:
    """Return a text whose links, images, addresses and tags are gone, their words kept."""
    plain = _IMAGE.sub(r"\1", _SCRIPT.sub("", text))
    plain = _LINK.sub(lambda m: m[2] or m[1], plain)
    return _TAG.sub("", _ADDRESS.sub("", plain))


def finished(text: str) -> str:
    """Return a text that broke off, up to the end of its last whole sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _body(text: str) -> Iterator[str]:
    for line in without_addresses(text).splitlines():
        if _SOURCES.match(line) and not re.search(r"\w{3,}.*[.。!！?？]", line):
            return  # a list of sources of its own, with nothing of ours after it
        yield line


def _plain(line: str) -> str:
    """Return a line without what marks it as an answer, a list or stress."""
    return _STRESS.sub("", _LISTED.sub("", _ANSWER.sub("", line))).strip()


def _row(cells: Sequence[str]) -> Iterator[Claim]:
    """Yield the cells of a row as one sentence, if any has a word."""
    texts = [without_markers(_STRESS.sub("", cell)).rstrip(" .。;；,，") for cell in cells]
    said = [text for text in texts if any(character.isalnum() for character in text)]
    if said:
        numbers = [int(number) for cell in cells for number in _MARKER.findall(cell)]
        yield Claim(CELLS.join(said), tuple(dict.fromkeys(numbers)))


def _announces(claim: Claim) -> bool:
    """Whether a claim is only the beginning of a list, and states nothing that could be checked."""
    if claim.numbers or not claim.text.endswith((":", "：")):
        return False
    return len(claim.text.encode()) <= SHORT and not re.search(r"\d", claim.text)


def _claims(line: str) -> Iterator[Claim]:
    text, places = _parted(line)
    leads = bool(places) and places[0][0] == 0 and places[-1][0] < len(text)
    spans = split_sentences(text)
    for place, (start, end) in enumerate(spans):
        stop = spans[place + 1][0] if place + 1 < len(spans) else len(text) + 1
        numbers = [
            number
            for at, number in places
            if (start <= at < stop if leads else (start < at <= stop or (place == 0 and at == 0)))
        ]
        sentence = text[start:end].strip()
        if any(character.isalnum() for character in sentence):
            yield Claim(sentence, tuple(dict.fromkeys(numbers)))


def _parted(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a line without markers, and where each of them stood in it."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = last = 0
    for match in _MARKER.finditer(line):
        pieces.append(line[last : match.start()])
        length += match.start() - last
        places.append((length, int(match[1])))
        last = match.end()
    text = "".join([*pieces, line[last:]])
    lead = len(text) - len(text.lstrip())
    return text.strip(), [(max(at - lead, 0), number) for at, number in places]
