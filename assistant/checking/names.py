"""The names of a claim × what is known of a paragraph → those that stand nowhere in it.

Across the scripts a name is compared by its sound; one that cannot be compared is left alone.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from assistant.coverage import tables
from assistant.records import Source
from index.fold import fold
from index.language import detect_language
from index.names import chinese_names, sound
from index.records import Language
from index.words import stop_words, tokens, words

_LATIN = re.compile(r"(?<![\w'’])[A-Z][A-Za-zÀ-ÿ]*[a-zà-ÿ][\w'’À-ÿ-]*")
UNLIKE = 0.6
"""Share of the longer name's consonants in which another must differ to be somebody else's."""
SHORTEST_SOUND = 3
"""Consonants from which a name is compared by its sound."""

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁马苗方俞任袁柳史唐罗薛"
    "郝毕安常于傅齐康余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪项董梁杜阮贾江童郭梅林徐邱高夏蔡田胡霍万柯管莫丁邓洪"
    "崔石吉程陆翁段侯全班仲宁武刘叶白温庄晏瞿阎连艾向古易廖耿满文匡曾关游"
)
_TITLES = "婆婆|嬢嬢|阿姨|主任|副主任|老师|医生|护士长|船长|先生|女士|小姐|师傅|总(?!共|是|的|能|和|数|长|部|结)|伯|叔|博士|教授|工(?=[，。说认觉])"
_CHINESE = re.compile(
    rf"(?:老|小|阿)[{_SURNAMES}](?![{{TITLE}}])|[{_SURNAMES}](?:副)?(?:{_TITLES})|《[^》]{{1,20}}》"
)
_NOT_NAMES = frozenset(
    fold(word)
    for word in [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "I",
        "I'm",
        "I'll",
        "I'd",
        "I've",
        "English",
        "Chinese",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Captain",
        "Auntie",
        "Granny",
        "Director",
        "Old",
        "US",
        "HK",
        "MW",
        "GW",
        "Christmas",
        "Celsius",
    ]
)


def missing_names(
    claim: str, sources: Sequence[Source], question: str = ""
) -> list[tuple[str, int]]:
    """Return the names of a claim that neither paragraphs nor question have, with their places."""
    language = detect_language(claim)
    found = _names_zh(claim) if language == "zh" else _names_en(claim)
    return [
        (name, place) for name, place in found if not _is_known(name, language, sources, question)
    ]


def names_of(text: str) -> list[str]:
    """Return the names of a text, as written."""
    if detect_language(text) == "zh":
        short = chinese_names(tokens(fold(text)))
        return [*(name for name, _ in _names_zh(text)), *short]
    return [name for name, _ in _names_en(text)]


def names_in(claim: str, people: Sequence[str]) -> list[str]:
    """Return those of some people that a claim names, by any part of a name or by its sound."""
    return [person for person in people if mentions(claim, person)]


def mentions(text: str, person: str) -> bool:
    """Whether a text names a person: a part of the name as written, or one that sounds alike."""
    folded = fold(text)
    said = frozenset(tokens(folded))
    for part in name_parts(person):
        if part.isascii():
            if part in said:
                return True
        elif part in folded:
            return True
    sounds = _sounds(text)
    return any(_sounds_like(sound(part), sounds) for part in name_parts(person))


def name_parts(person: str) -> list[str]:
    """Return the parts by which a person is called: each Latin word, a Chinese name, its surname."""
    folded = fold(person)
    parts = [part for part in re.findall(r"[a-z][a-z'-]+", folded) if part not in _ROLES]
    for name in re.findall(r"[\u4e00-\u9fff]{2,}", folded):
        parts.append(name)
        if len(name) == 3 and name[0] in _SURNAMES:
            parts += [name[1:], f"{name[0]}总", f"老{name[0]}"]
        parts += [name[:-2]] if name.endswith(("船长", "老师", "医生")) else []
    return parts


_ROLES = frozenset(
    [
        "captain",
        "dr",
        "mr",
        "mrs",
        "ms",
        "speaker",
        "host",
        "guest",
        "the",
        "slow",
        "current",
        "second",
        "shift",
    ]
)


@lru_cache(maxsize=1 << 11)
def _sounds(text: str) -> frozenset[str]:
    """Return how the names of a text sound, those of at least three consonants."""
    latin = [name for name, _ in _names_en(text)]
    chinese = chinese_names(tokens(fold(text)))
    return frozenset(s for name in [*latin, *chinese] if len(s := sound(name)) >= SHORTEST_SOUND)


def _is_known(name: str, language: Language, sources: Sequence[Source], question: str) -> bool:
    context = _folded(_about(sources))
    folded = fold(name).strip("《》")
    if fold(question) and folded in fold(question):
        return True
    if language == "zh" and not folded.isascii():
        if folded in context or _title_known(folded, context):
            return True
        if has_own_text(language, sources):
            return False
        return _sounds_like(sound(folded), _sounds_of(sources)) or _is_translated(folded, context)
    said = _words_of(_about(sources))
    own = words(folded)
    if all(word in said or _begins_like(word, said) for word in own):
        return True
    if _sounds_like(sound(folded), _sounds_of(sources)):
        return True
    if has_own_text(language, sources):
        return False
    # Only Chinese was told: a name may stand there translated, word by word.
    return any(_is_translated(word, context) for word in own)


def has_own_text(language: Language, sources: Sequence[Source]) -> bool:
    """Whether any paragraph has a text in a language."""
    return any(language in source.paragraph.texts for source in sources)


def replaced_by(name: str, claim: str, told: str) -> bool:
    """Whether told words in the other language have another name where a claim has this one.

    Both must be names that can be compared by sound, and the other must sound like none of the
    claim's. Old Zhou and 老邱 are compared so too.
    """
    if len(sound(name)) < SHORTEST_SOUND and not _with_old(name, claim):
        return False
    others = [sound(other) for other in names_of(told)]
    others = [other for other in others if len(other) >= SHORTEST_SOUND]
    if _with_old(name, claim):
        return bool(re.search(rf"[老小阿][{_SURNAMES}]", told)) and not others
    # Among many names nobody can tell by sound which one stands in the place of which.
    return 0 < len(others) <= 2 and all(_is_unlike(sound(name), other) for other in others)


def _is_unlike(one: str, other: str) -> bool:
    """Whether two names share less than half of how they sound."""
    return Levenshtein.distance(one, other) > UNLIKE * max(len(one), len(other))


def _with_old(name: str, claim: str) -> bool:
    return re.search(rf"\b(?:Old|Little|Auntie) {re.escape(name)}\b", claim) is not None


def _is_translated(word: str, text: str) -> bool:
    return any(target in text for target in tables()[0].translations(word))


def _begins_like(word: str, said: frozenset[str]) -> bool:
    """Whether a word differs only in its ending: America, American."""
    return len(word) > 4 and any(
        w.startswith(word[:-1]) or word.startswith(w) for w in said if len(w) > 4
    )


def _sounds_like(skeleton: str, others: frozenset[str]) -> bool:
    """Whether a name sounds like another, up to one consonant of long ones, or begins like it."""
    if len(skeleton) < SHORTEST_SOUND:
        return False
    return any(
        skeleton == other
        or skeleton.startswith(other)
        or other.startswith(skeleton)
        or (min(len(skeleton), len(other)) > 3 and Levenshtein.distance(skeleton, other) <= 1)
        for other in others
    )


def _title_known(name: str, context: str) -> bool:
    """Whether a Chinese person with a title is called without it, or with another one."""
    return (
        name[0] not in "老小阿" and len(name) > 2 and name[1:] not in context and name[0] in context
    )


def _about(sources: Sequence[Source]) -> str:
    """Return all that is known of some paragraphs: texts, people, titles, headings."""
    parts: list[str] = []
    for source in sources:
        parts += source.paragraph.texts.values()
        parts += [source.paragraph.speaker or "", *source.interview.speakers]
        parts += [source.interview.title, source.heading]
    return " | ".join(parts)


@lru_cache(maxsize=1 << 9)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=1 << 9)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(_folded(text)))


def _sounds_of(sources: Sequence[Source]) -> frozenset[str]:
    texts = [text for source in sources for text in source.paragraph.texts.values()]
    people = [person for source in sources for person in source.interview.speakers]
    return frozenset(s for text in [*texts, *people] for s in _sounds(text))


@lru_cache(maxsize=1 << 11)
def _names_en(text: str) -> tuple[tuple[str, int], ...]:
    """Return the capitalised words of a text; the first of a sentence only if it is no plain word."""
    found = []
    for match in _LATIN.finditer(text):
        name = re.sub(r"['’]s$", "", match[0])
        before = text[: match.start()].rstrip()
        begins = not before or before[-1] in '.!?。！？:："“「”'
        folded = fold(name)
        if folded in _NOT_NAMES or folded in stop_words():
            continue
        if begins and not re.match(
            r"\s+(?:[A-Z]|says?\b|said\b|thinks?\b|agrees?\b|admits?\b)",
            text[match.start() + len(match[0]) :],
        ):
            continue
        found.append((name, match.start()))
    return tuple(found)


@lru_cache(maxsize=1 << 11)
def _names_zh(text: str) -> tuple[tuple[str, int], ...]:
    """Return the Chinese and Latin names of a Chinese text that can be told by their form."""
    found = [(match[0], match.start()) for match in _CHINESE.finditer(text)]
    found += [
        (m[0], m.start())
        for m in re.finditer(r"[A-Z][A-Za-z]{2,}", text)
        if fold(m[0]) not in _NOT_NAMES
    ]
    for name in chinese_names(tokens(fold(text))):
        if len(name) >= 3 and (place := fold(text).find(name)) >= 0:
            found.append((name, place))
    return tuple(found)
