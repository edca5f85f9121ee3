"""The names of a claim × what is known of a paragraph → those that stand nowhere in it.

Across the scripts a name is compared by its sound; one that cannot be compared is left alone.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.asked import tables
from assistant.checking.people import (
    SHORTEST_SOUND,
    characters_of,
    is_unlike,
    name_sounds,
    sounds_like,
    spelling_of,
    surname_characters,
)
from assistant.records import Source
from index.fold import fold
from index.language import detect_language
from index.names import chinese_names, sound
from index.records import Language
from index.words import stop_words, tokens, words

FULL_NAME = 3
"""Characters of most full Chinese names."""
LONG_WORD = 5
"""Letters from which two words may differ in their ending and be one name: America, American."""

_LATIN = re.compile(r"(?<![\w'’])[A-Z][A-Za-zÀ-ÿ]*[a-zà-ÿ][\w'’À-ÿ-]*")
_LATIN_IN_CHINESE = re.compile(r"[A-Z][A-Za-z]{2,}")
_BEGINS = '.!?。！？:："“「”'
# A capitalised first word is a name when it goes on like one.
_GOES_ON = re.compile(r"\s+(?:[A-Z]|says?\b|said\b|thinks?\b|agrees?\b|admits?\b)")
_NUMBERED = re.compile(r"\d$")
_TITLES = (
    "婆婆|嬢嬢|阿姨|副?主任|老师|医生|护士长|船长|先生|女士|小姐|师傅|伯|叔|博士|教授|女士"
    "|总(?!共|是|的|能|和|数|长|部|结)"
)
_TITLE_WORDS = (
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday I I'm I'll I'd I've English Chinese"
    " Mr Mrs Ms Dr Captain Auntie Granny Director Old US HK MW GW Christmas Celsius"
)
_NOT_NAMES = frozenset(fold(word) for word in _TITLE_WORDS.split(" "))


def missing_names(
    claim: str, sources: Sequence[Source], question: str = ""
) -> list[tuple[str, int]]:
    """Return the names of a claim that neither paragraphs nor question have, with their places."""
    language = detect_language(claim)
    asked = fold(question)
    return [
        (name, place)
        for name, place in _names(claim)
        if fold(name) not in asked and not is_known(name, language, sources)
    ]


def names_of(text: str) -> list[str]:
    """Return the names of a text, as written."""
    found = [name for name, _ in _names(text)]
    if detect_language(text) == "zh":
        found += chinese_names(tokens(fold(text)))
    return found


def people_of(text: str) -> list[str]:
    """Return the words of a text that can only be somebody's surname, or a full Chinese name.

    Unlike `names_of` these are told by the word alone: a first word may be one ("Gu sold it").
    """
    if detect_language(text) == "zh":
        found = tokens(fold(text))
        longer = [name for name in chinese_names(found) if len(name) > FULL_NAME]
        return [
            token
            for token in found
            if len(token) == FULL_NAME
            and not any(token in name for name in longer)
            and token[0] in surname_characters()
            and token not in tables()[0]
            and token[1:] not in tables()[0]
        ]
    return [match[0] for match in _LATIN.finditer(text) if characters_of(match[0])]


def replaced_by(name: str, told: str) -> bool:
    """Whether told words in the other language have another name where a claim has this one.

    Both must be surnames known, or names that can be compared by sound, and unlike.
    """
    if characters_of(name) or spelling_of(name):
        others = [other for other in names_of(told) if is_surname(other)]
        return bool(others) and not any(_same_surname(name, other) for other in others)
    if len(sound(name)) < SHORTEST_SOUND:
        return False
    skeletons = [s for other in names_of(told) if len(s := sound(other)) >= SHORTEST_SOUND]
    # Among many names nobody can tell by sound which one stands in the place of which.
    return 0 < len(skeletons) <= 2 and all(is_unlike(sound(name), other) for other in skeletons)


def is_nobody_of(name: str, source: Source) -> bool:
    """Whether a name sounds like none of those who speak in an interview."""
    named = [person for person in source.interview.speakers if not _NUMBERED.search(person)]
    people = [s for person in named for s in name_sounds(person)]
    mine = sound(name)
    return len(mine) >= SHORTEST_SOUND and all(is_unlike(mine, other) for other in people)


def is_surname(name: str) -> bool:
    """Whether a name is, or begins with, a Chinese surname in either spelling."""
    return bool(characters_of(name)) if name.isascii() else bool(spelling_of(name))


def is_word(name: str) -> bool:
    """Whether a Latin name is made of words that a dictionary has, and is no surname."""
    parts = words(fold(name))
    return name.isascii() and not is_surname(name) and all(p in tables()[0] for p in parts)


def _same_surname(one: str, other: str) -> bool:
    if one.isascii() == other.isascii():
        return one == other
    latin, han = (one, other) if one.isascii() else (other, one)
    return any(character in characters_of(latin) for character in han)


def is_known(name: str, language: Language, sources: Sequence[Source]) -> bool:
    """Whether a name of a claim stands in what is known of some paragraphs, in either script."""
    context = _folded(_about(sources))
    folded = fold(name).strip("《》")
    if folded in context and not folded.isascii():
        return True
    if language == "zh" and not folded.isascii():
        return _title_known(folded, context) or (
            not _has_text(language, sources) and _is_across(folded, sources, context)
        )
    said = _words_of(_about(sources))
    if all(word in said or _begins_like(word, said) for word in words(folded)):
        return True
    if sounds_like(sound(folded), _sounds_of(sources)):
        return True
    return not _has_text(language, sources) and _is_across(folded, sources, context)


def _is_across(name: str, sources: Sequence[Source], context: str) -> bool:
    """Whether a name stands in the other language: by sound, surname or translation."""
    if sounds_like(sound(name), _sounds_of(sources)):
        return True
    if name.isascii() and any(character in context for character in characters_of(name)):
        return True
    if not name.isascii() and spelling_of(name) in _words_of(context):
        return True
    said = _words_of(context)
    targets = [t for word in words(name) if len(word) > 1 for t in tables()[0].translations(word)]
    return any(t in said if t.isascii() else t in context for t in targets)


def _has_text(language: Language, sources: Sequence[Source]) -> bool:
    return any(language in source.paragraph.texts for source in sources)


def _title_known(name: str, context: str) -> bool:
    """Whether a Chinese person with a title is called without it, or with another one."""
    if name[0] in "老小阿" or len(name) < 3:
        return False
    return name[1:] not in context and name[0] in context and name[0] in surname_characters()


def _begins_like(word: str, said: frozenset[str]) -> bool:
    """Whether a word differs from one said only in its ending."""
    return len(word) >= LONG_WORD and any(
        other.startswith(word[:-1]) or word.startswith(other)
        for other in said
        if len(other) >= LONG_WORD
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
    return frozenset(s for text in [*texts, *people] for s in name_sounds(text))


@lru_cache(maxsize=1 << 11)
def _names(text: str) -> tuple[tuple[str, int], ...]:
    """Return the names of a text that can be told by their form, with their places."""
    return tuple(_names_zh(text) if detect_language(text) == "zh" else _names_en(text))


def _names_en(text: str) -> list[tuple[str, int]]:
    """Return the capitalised words; the first of a sentence only if it goes on like a name."""
    found = []
    for match in _LATIN.finditer(text):
        name = re.sub(r"['’]s$", "", match[0])
        before = text[: match.start()].rstrip()
        begins = not before or before[-1] in _BEGINS
        folded = fold(name)
        if folded in _NOT_NAMES or folded in stop_words():
            continue
        if not begins or _GOES_ON.match(text, match.end()):
            found.append((name, match.start()))
    return found


def _names_zh(text: str) -> list[tuple[str, int]]:
    """Return surnames with 老 or a title, works in 《》, transliterations and Latin words."""
    found = [(match[0], match.start()) for match in _chinese().finditer(text)]
    found += [
        (match[0], match.start())
        for match in _LATIN_IN_CHINESE.finditer(text)
        if fold(match[0]) not in _NOT_NAMES
    ]
    folded = fold(text)
    for name in chinese_names(tokens(folded)):
        if len(name) >= SHORTEST_SOUND and (place := folded.find(name)) >= 0:
            found.append((name, place))
    return found


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    surname = f"[{surname_characters()}]"
    return re.compile(
        rf"[老小阿]{surname}(?!{surname}?[师板家时])|{surname}(?:{_TITLES})|《[^》]{{1,20}}》"
    )
