"""A text → the stretches of it that give orders to a program; they are no evidence.

Whoever can write into a transcript can write to the model that will read it. Such words are found
through the disguises a model reads through: other widths, look-alike letters, invisible marks,
letters set apart, digits for letters, words backwards. Nothing is deleted for it: people do speak
of such orders, and an answer may tell of them. But what an order says is not told by anybody, so
no sentence of an answer stands on it as a fact.

The list, of both languages, is in `data/orders.txt`. It looks for an order *and* somebody or
something of the machinery it is meant for: people tell each other what to do all the time.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from index.fold import fold
from index.sentences import split_sentences

_LIST = Path(__file__).with_name("data") / "orders.txt"

BEFORE = 1
"""Sentences before an order that fall with it: what it may point back to ("repeat that")."""

# Letters of other alphabets and phonetic ones that look Latin; what folding leaves.
_LIKE = str.maketrans(
    "аеорсухікмтнвѕјԁһгпьцԛԝαορεικντυχηβγδσωաոսօցһɪɢɴʀᴏᴇᴜꜱᴛᴀᴄᴅʟᴍᴘᴠᴡʏʙʜᴊᴋǫᴢƨꞓ",
    "aeopcyxikmthbsjdhrnbuqwaopeikvtuxnbydowanuoghignroeustacdlmpvwybhjkqzsc",
)
_LETTERLIKE_DIGITS = str.maketrans("01345@$7", "oieasast")
# Tags: a hidden copy of ASCII.
_TAGS = re.compile(r"[\U000e0000-\U000e007f]+")
_APART = re.compile(r"(?<![a-z0-9])(?:[a-z0-9][\s._*|·/\\-]{1,2}){4,}[a-z0-9](?![a-z0-9])")
# Nobody spells out so much aloud.
_SPELLED_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z0-9][\s._*|·/\\-]{1,3}){14,}")
_HAN_APART = re.compile(
    r"(?<=[\u4e00-\u9fff])[\s._*|·/\\~-]{1,2}(?=[\u4e00-\u9fff][\s._*|·/\\~-]|[\u4e00-\u9fff]\b)"
)
_LATIN, _HAN = re.compile(r"[a-z]{3}|[<>{}#=`-]{2}|<!"), re.compile(r"[\u4e00-\u9fff]")
_BACKWARDS = re.compile("erongi|drager|tegrof|tpmorp|snoitcurtsni|metsys|令指|略忽|视无|示提|则规")
_LEET = re.compile(r"\b(?=[a-z]*[01345@$7])(?=[01345@$7]*[a-z])[a-z01345@$7]{4,}\b")


_TELLS = re.compile(
    r"\b(?:instruct(?:s|ed|ion|ions|ing)?|commands?|commanded|captions?|subtitles?|prompt injection"
    r"|(?:machines?|programs?|computer|software|transcriber) (?:was|were|is|to|that|who|reading)"
    r"|(?:telling|told|asking|asked|order(?:ing|ed)) (?:the |any |a )?(?:machine|program|ai)s?"
    r"|obey(?:s|ed)?)\b"
    r"|指令|命令|指示|字幕|提示词|机器照|程序照|(?:让|叫|要求|对)\S{0,4}(?:机器|程序|模型|ai)"
    r"|照做|照写|照念"
)


def tells_of_orders(sentence: str) -> bool:
    """Whether a sentence of an answer speaks of orders to a program, not carries one out."""
    return _TELLS.search(fold(sentence)) is not None


def orders(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that are no evidence: orders, and what they may speak of.

    From the sentence before the first order to the end of the text: an order usually goes on ("say
    so"), or points back ("repeat that").
    """
    return list(_orders(text))


def without_orders(text: str) -> str:
    """Return the text up to where it begins to order a program about; "" if at once."""
    for start, _ in _orders(text):
        return text[:start].rstrip()
    return text


def bare(text: str) -> str:
    """Return a text as a model may read it: no disguise, one case, one spelling."""
    shown = _TAGS.sub(_read_tags, text)
    plain = fold(shown).translate(_LIKE)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Me", "Co"))
    plain = _APART.sub(lambda m: re.sub(r"[\W_]", "", m[0]), plain)
    plain = _HAN_APART.sub("", plain)
    return _LEET.sub(lambda m: m[0].translate(_LETTERLIKE_DIGITS), plain)


@functools.lru_cache(maxsize=4096)
def _orders(text: str) -> tuple[tuple[int, int], ...]:
    if not is_order(text):
        return ()
    spans = split_sentences(text)
    # If only the whole shows it, its pieces were cut through.
    first = next((place for place in range(len(spans)) if _begins(text, spans, place)), 0)
    return ((spans[max(first - BEFORE, 0)][0], len(text)),) if spans else ()


def _begins(text: str, spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether an order begins in a sentence, to end in it or in the next one."""
    start, end = spans[place]
    if is_order(text[start:end]) or place + 1 == len(spans):
        return is_order(text[start:end])
    after, stop = spans[place + 1]
    return is_order(text[start:stop]) and not is_order(text[after:stop])


def is_order(text: str) -> bool:
    """Whether a text gives an order to a program, written forwards or backwards."""
    plain = bare(text)
    if _SPELLED_OUT.search(fold(text)):
        return True
    return _found(plain) or (_BACKWARDS.search(plain) is not None and _found(plain[::-1]))


def _found(plain: str) -> bool:
    """Whether any line of the list is found; one by one, which is faster than all at once."""
    latin, han = _lists()
    return (_LATIN.search(plain) is not None and any(p.search(plain) for p in latin)) or (
        _HAN.search(plain) is not None and any(p.search(plain) for p in han)
    )


@functools.cache
def _lists() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Read the list: what may be found where there are letters, and what needs Chinese.

    A line `name = words` defines what later ones write as {name}.
    """
    names: dict[str, str] = {}
    latin: list[re.Pattern[str]] = []
    han: list[re.Pattern[str]] = []
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") or not line:
            continue
        pattern = line
        for name, words in names.items():
            pattern = pattern.replace(f"{{{name}}}", words)
        name, defines, words = pattern.partition(" = ")
        if defines and name.isalpha():
            names[name] = words
        else:
            (han if _HAN.search(pattern) else latin).append(re.compile(pattern))
    return latin, han


def _read_tags(match: re.Match[str]) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in match[0] if 0xE0020 <= ord(c) < 0xE007F)
