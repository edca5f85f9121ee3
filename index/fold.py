"""Text as written → text as compared: one spelling for what only looks different.

For matching only: nothing folded is ever shown. The two scripts of Chinese meet here, so do the
widths, the quotes, the cases and the accents; words and their order stay.
"""

import functools
import re
import unicodedata
from pathlib import Path

_TRADITIONAL = Path(__file__).with_name("data") / "traditional.txt"

# Invisible: soft hyphen, zero-width blanks and joiners, direction marks, BOM, forms of emoji.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_INVISIBLE += "\ufe00-\ufe0f"
# Accents written as characters of their own: dropped, as the composed ones are (é → e).
_ACCENTS = "\u0300-\u036f"
_PLAIN = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u00b4\u0060\uff40",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u300c-\u300f\u301d-\u301f",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u30fb\u00b7\u2022\u2027",
    "~": "\u301c\u223c",
}
# Latin letters with accents: Latin-1, Extended-A and -B, Extended Additional.
_LATIN = (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))
# Letters no decomposition takes apart.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t"}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What joins the character before it when composed: kana marks, Hangul vowels and finals.
_JOINS = re.compile(
    f"[^\\s]?[{_INVISIBLE}{_ACCENTS}]*[\u3099\u309a\uff9e\uff9f\u1160-\u11ff\uffa0-\uffdc]+"
)


def fold(text: str) -> str:
    """Return the text in the one spelling used for matching.

    Compatibility forms (full width, ligatures, circled digits) are plain, letters lower case
    without accents, Traditional characters Simplified, quotes and dashes plain, invisible
    characters gone, runs of white space one blank, none at the ends. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    # Nothing composes with ASCII once accents are dropped, so only the rest goes through the table.
    folded = _NOT_ASCII.sub(lambda match: _fold_characters(match[0]), text.replace("`", "'"))
    return " ".join(folded.casefold().split())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and where each of its characters stood in the text.

    The list has one entry more than the folded text: the place after the last character kept. So
    `text[offsets[start]:offsets[end]]` is the original of `folded[start:end]`, with what was
    dropped between its last character and the next.
    """
    if text.isascii():
        return _fold_ascii_with_offsets(text)
    folded: list[str] = []
    offsets: list[int] = []
    end = 0
    blank = False
    for start, stop in _pieces(text):
        for character in _fold_piece(text[start:stop]):
            if character.isspace():
                blank = True
                continue
            if blank and folded:
                folded.append(" ")
                offsets.append(end)
            blank = False
            folded.append(character)
            offsets.append(start)
            end = stop
    return "".join(folded), [*offsets, end]


def _fold_ascii_with_offsets(text: str) -> tuple[str, list[int]]:
    """Do the same for ASCII, where characters stay one for one and only blanks move."""
    offsets: list[int] = []
    end = 0
    for word in re.finditer(r"\S+", text):
        if offsets:
            offsets.append(end)
        offsets.extend(range(*word.span()))
        end = word.end()
    return fold(text), [*offsets, end]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Cut the text where composing cannot reach across."""
    if not (joins := [m.span() for m in _JOINS.finditer(text)]):
        return [(i, i + 1) for i in range(len(text))]
    pieces: list[tuple[int, int]] = []
    place = 0
    for start, stop in joins:
        pieces.extend((i, i + 1) for i in range(place, start))
        pieces.append((start, stop))
        place = stop
    pieces.extend((i, i + 1) for i in range(place, len(text)))
    return pieces


@functools.lru_cache(maxsize=8192)
def _fold_piece(piece: str) -> str:
    return _fold_characters(piece)


def _fold_characters(text: str) -> str:
    table = _table()
    plain = text.translate(table)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    if folded == plain:
        return plain
    # Composing brings back what the table knows: a compatibility ideograph is often Traditional.
    return unicodedata.normalize("NFKC", folded.translate(table))


@functools.cache
def _table() -> dict[int, str | None]:
    """Build the character table on first use; it holds some five thousand entries."""
    table: dict[int, str | None] = dict(_traditional())
    # Full width, which is everywhere in Chinese: here it is faster than in the normal form.
    table |= {code + 0xFEE0: chr(code).lower() for code in range(0x21, 0x7F)}
    for place in _LATIN:
        for code in place:
            letter = unicodedata.normalize("NFKD", chr(code))[0]
            if letter.isascii():
                table[code] = letter.lower()
    table |= {ord(letter): plain for letter, plain in _LETTERS.items()}
    table |= {ord(letter.upper()): plain for letter, plain in _LETTERS.items() if letter != "ı"}
    for plain, marks in _PLAIN.items():
        table |= dict.fromkeys(_codes(marks), plain)
    return table | dict.fromkeys(_codes(_INVISIBLE + _ACCENTS))


def _codes(marks: str) -> list[int]:
    """Return the characters a set of a regular expression names, ranges spelled out."""
    ranges = re.findall(r"(.)(?:-(.))?", marks, re.DOTALL)
    return [c for first, last in ranges for c in range(ord(first), ord(last or first) + 1)]


def _traditional() -> dict[int, str]:
    """Read the map: a line of Traditional characters, under it the Simplified ones."""
    traditional, simplified = _TRADITIONAL.read_text(encoding="utf-8").splitlines()
    return {ord(t): s for t, s in zip(traditional, simplified, strict=True)}
