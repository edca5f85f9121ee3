"""A claim's words × a text's → words that exclude each other: hotel and restaurant, win and lose.

The groups are in `siblings.txt`, both languages side by side: a line is a group, its members are
divided by `|`, and the forms of one member by blanks (`_` stands for a blank inside a form). In a
group of things, which begins with `*`, it is enough that a sibling stands anywhere in the text.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from assistant.asked import tables
from assistant.checking.denial import is_directly_denied
from assistant.checking.records import Difference
from assistant.checking.support import Held, Support, best_sentence
from index.fold import fold
from index.words import is_chinese, stem, tokens

Member = tuple[int, int]
"""Which group, and which member of it."""

_GROUPS = Path(__file__).with_name("siblings.txt")
MEANT = 0.1
"""Probability from which a translation shows that a word is told after all."""
LONGEST = 3
"""Words of the longest form."""


def swapped_words(held: Held, support: Support, told: str) -> list[Difference]:
    """Return the words of a clause that have a sibling where the text tells of it.

    Args:
        held: the clause of a claim.
        support: the claim against one text.
        told: all that is known of what is cited; a word that stands anywhere in it is not swapped.
    """
    if not support.passage.clauses:
        return []
    window = " ".join(clause.text for clause in support.told(held))
    best = f"{fold(best_sentence(support, held))} {window}"
    around, there = members_of(told), dict(members_of(best))
    there |= {member: form for member, form in around.items() if member[0] in _things()}
    mine = members_of(fold(held.text))
    return [
        Difference("word", form, _sibling(there, member), held.start)
        for member, form in mine.items()
        if member not in around
        and len([m for m in mine if m[0] == member[0]]) == 1
        and _sibling(there, member)
        and not _is_meant(form, told)
        and _is_plain(fold(held.text), form)
        and _is_plain(best, _sibling(there, member))
    ]


def _sibling(there: Mapping[Member, str], member: Member) -> str:
    """Return the form of another member of the same group, empty without any."""
    return next((form for (g, m), form in there.items() if g == member[0] and m != member[1]), "")


def _is_meant(form: str, told: str) -> bool:
    """Whether what is told has a word or a character that the dictionary gives for a form."""
    meanings = tables()[0].translations(stem(form))
    return any(w >= MEANT and t in told for t, w in meanings.items() if is_chinese(t) or len(t) > 3)


def _is_plain(text: str, form: str) -> bool:
    """Whether a word is told, not denied: "not cheap" is no sibling of "dear"."""
    place = text.find(form)
    return place < 0 or not is_directly_denied(text, place)


@lru_cache(maxsize=1 << 11)
def members_of(text: str) -> Mapping[Member, str]:
    """Return the members of all groups that a folded text has, with their form as written."""
    found: dict[Member, str] = {}
    run = tokens(text)
    stems = [stem(token) for token in run]
    for start in range(len(run)):
        for length in range(1, LONGEST + 1):
            form = " ".join(stems[start : start + length])
            for member in _forms().get(form, ()):
                found.setdefault(member, run[start])
    for form, members in _chinese().items():
        if form in text:
            for member in members:
                found.setdefault(member, form)
    return found


@cache
def _things() -> frozenset[int]:
    """Return the groups of things."""
    lines = _GROUPS.read_text(encoding="utf-8").splitlines()
    return frozenset(group for group, line in enumerate(lines) if line.startswith("*"))


@cache
def _forms() -> Mapping[str, tuple[Member, ...]]:
    """Return the English forms as stems, and single Chinese characters, which stand as words."""
    found: dict[str, tuple[Member, ...]] = {}
    for form, member in _all_forms():
        if not is_chinese(form) or len(form) == 1:
            key = " ".join(stem(word) for word in form.split("_"))
            found[key] = (*found.get(key, ()), member)
    return found


@cache
def _chinese() -> Mapping[str, tuple[Member, ...]]:
    """Return the Chinese forms of two characters and more."""
    found: dict[str, tuple[Member, ...]] = {}
    for form, member in _all_forms():
        if is_chinese(form) and len(form) > 1:
            found[form] = (*found.get(form, ()), member)
    return found


def _all_forms() -> Iterator[tuple[str, Member]]:
    for group, line in enumerate(_GROUPS.read_text(encoding="utf-8").splitlines()):
        for place, member in enumerate(line.removeprefix("*").split("|")):
            for form in member.split():
                yield form, (group, place)
