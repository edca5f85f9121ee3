"""Candidate labels of a whole file → which of them name speakers.

A bold lead-in, a glossary line and a field look like labels too. A candidate is believed when the
front matter names it, when it names a part in a conversation, or when the file uses it as a label:
more than once, in a fair share of its paragraphs, or beside the same label in the other language.
Among speakers so found, a name that labels once is a speaker too: to think it none would put its
words into the mouth of whoever spoke before.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from index.blocks import Block
from index.labels import (
    LANGUAGE_TAG,
    Form,
    Label,
    base_name,
    is_name,
    is_role,
    is_short,
    is_stop_word,
    read_label,
)
from index.language import HAN
from index.tally import Key, Tally, count_labels

_HAN = re.compile(f"[{HAN}]")
_CHINESE_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]+·[{HAN}]+")

SHORT_TALK = 6
"""Paragraphs up to which a talk is so short that nobody need speak twice."""

_STOPS = tuple('.!?。！？…”"」』）)')


@dataclass(frozen=True, slots=True)
class Speakers:
    """The labels of one file that are believed."""

    names: frozenset[Key] = frozenset()
    listed: frozenset[str] = frozenset()
    """Those believed in list items and quotations, where lead-ins are common."""

    def accepts(self, label: Label, block: Block) -> bool:
        """Whether the label found in the block begins a turn."""
        if label.form in ("same", "change"):
            return True
        if block.kind == "item" or block.is_quoted:
            return label.name in self.listed and label.form != "line"
        return (label.form, label.name) in self.names


def read_labels(block: Block) -> tuple[Label | None, ...]:
    """Return for each line of a block the label it may begin with; a heading needs a colon."""
    if block.kind == "table":
        return (None,) * len(block.lines)
    if block.kind == "heading":
        words = block.lines[0].strip().rstrip("#").strip()
        label = read_label(words) if words.endswith((":", "：")) else None
        return (label if label and not label.rest.strip() else None,)
    found: list[Label | None] = []
    for place, line in enumerate(block.lines):
        label = read_label(LANGUAGE_TAG.sub("", line))
        if label and place and label.form in ("plain", "line", "bare"):
            # In a wrapped sentence any line may begin with a word and a colon.
            before = block.lines[place - 1].rstrip()
            if not (found[-1] or before.endswith(_STOPS)):
                label = replace(label, is_inside=True)
        found.append(label)
    return tuple(found)


def choose_speakers(
    blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]], people: Collection[str]
) -> Speakers:
    """Return the labels to believe.

    Args:
        blocks: the whole file.
        labels: the candidates of each block, line by line, as `read_labels` gives them.
        people: the names the front matter gives, in any order.
    """
    tally = count_labels(blocks, labels)
    known = {base_name(person) for person in people}
    names = {key for key in tally.counts if _is_believed(key, tally, known)}
    names |= set(_in_short_talk(tally))
    near = set(_neighbours(blocks, labels, names))
    names |= _believed_by_rule(tally, names, near) | _once_among_others(names, near)
    bases = {base_name(name) for _, name in names}
    names |= {key for key in tally.counts if _is_bare_but_known(key, tally, bases | known, bases)}
    bases |= {base_name(name) for _, name in names}
    return Speakers(frozenset(names), frozenset(_listed(tally, known | bases)))


def _is_believed(key: Key, tally: Tally, known: Collection[str]) -> bool:
    """Whether a label stands on its own evidence."""
    form, name = key
    if is_stop_word(name) or form in ("bare", "line"):
        return False
    if base_name(name) in known:
        return True
    count = tally.counts[key]
    if form == "plain":
        return _is_believed_plain(name, count, key in tally.beside, tally)
    if is_role(name) or key in tally.beside:
        return True
    if form == "timed":
        return is_short(name) and (count > 1 or tally.share("timed") >= 0.4)
    return count > 1 and is_name(name) and tally.share("bold") >= 0.15


def _is_believed_plain(name: str, count: int, is_beside: bool, tally: Tally) -> bool:
    """Whether `name: text` is a label; prose is full of colons, so ask for more."""
    if is_beside:
        return True
    if is_role(name):
        roles = sum(
            n for (form, other), n in tally.counts.items() if form == "plain" and is_role(other)
        )
        return roles > 1
    if count < 2 or not is_name(name) or 2 * tally.quoting[name] >= count:
        return False
    return tally.share("plain") >= 0.1


def _neighbours(
    blocks: Sequence[Block],
    labels: Sequence[Sequence[Label | None]],
    names: Collection[Key],
) -> Iterator[Key]:
    """Yield the labels of sections that hold a believed one, or just one bold label.

    In a glossary at the end there are several, and nobody speaks.
    """
    sections: list[list[Key]] = [[]]
    for block, found in zip(blocks, labels, strict=True):
        if block.kind == "heading":
            sections.append([])
        elif block.kind == "text" and not block.is_quoted:
            sections[-1].extend((label.form, label.name) for label in found if label and label.name)
    for section in sections:
        is_alone = len(section) == 1 and section[0][0] == "bold"
        if is_alone or any(key in names for key in section):
            yield from section


def _in_short_talk(tally: Tally) -> Iterator[Key]:
    """Yield the labels of a talk of a few turns, where nobody need speak twice."""
    if tally.paragraphs > SHORT_TALK:
        return
    forms: tuple[tuple[Form, float], ...] = (("bold", 0.5), ("plain", 1.0))
    for form, least in forms:
        keys = [key for key in tally.counts if key[0] == form]
        is_talk = form in tally.talking and len(keys) > 1 and tally.share(form) >= least
        if is_talk and all(is_name(name) for _, name in keys):
            yield from keys


def _once_among_others(names: Collection[Key], near: Collection[Key]) -> set[Key]:
    """Return the names that label once where others are believed in the same form.

    Prose is full of colons, so a plain one must be written as names are.
    """
    believed: set[Key] = set()
    tests: tuple[tuple[Form, Callable[[str], bool]], ...] = (
        ("bold", is_name),
        ("plain", _is_written_as_name),
    )
    for form, test in tests:
        others = {base_name(name) for f, name in names if f == form}
        if len(others) > 1 or any(map(is_role, others)):
            believed |= {key for key in near if key[0] == form and test(key[1])}
    return believed


def _believed_by_rule(tally: Tally, names: Collection[Key], near: Collection[Key]) -> set[Key]:
    """Return the labels used once where labels are the rule: half the paragraphs have one."""
    believed: set[Key] = set()
    for form, test in (("bold", is_short), ("plain", is_name), ("timed", is_short)):
        labelled = sum(tally.counts[key] for key in names if key[0] == form)
        if labelled >= 3 and 2 * labelled >= tally.paragraphs:
            believed |= {key for key in near if key[0] == form and test(key[1])}
        elif form == "bold" and labelled >= 3:
            believed |= {k for k in near if k[0] == form and is_name(k[1]) and _is_full_name(k[1])}
    return believed


def _is_bare_but_known(
    key: Key, tally: Tally, known: Collection[str], bases: Collection[str]
) -> bool:
    """Whether a name without a colon is a label: it is one elsewhere, or it takes turns."""
    form, name = key
    if form not in ("bare", "line") or is_stop_word(name):
        return False
    count = tally.counts[key]
    if form == "bare" and base_name(name) in bases:
        return True
    if base_name(name) in known:
        return count > 1
    rivals = [
        other
        for (f, other), n in tally.counts.items()
        if f == form and n > 2 and is_name(other) and (form == "bare" or _is_full_name(other))
    ]
    covered = sum(tally.counts[form, rival] for rival in rivals)
    return name in rivals and len(rivals) > 1 and 8 * covered >= tally.paragraphs


def _is_full_name(name: str) -> bool:
    """Whether it has two Latin words or more: `Right` and `对` are answers, not names."""
    return not _HAN.search(name) and len(name.split()) > 1


def _is_written_as_name(name: str) -> bool:
    """Whether it has the length of a person's name in its script."""
    return is_name(name) and (_is_full_name(name) or bool(_CHINESE_NAME.fullmatch(base_name(name))))


def _listed(tally: Tally, known: Collection[str]) -> Iterator[str]:
    """Yield the labels believed in lists and quotations: known ones that come again there."""
    for name, count in tally.listed.items():
        if is_stop_word(name) or not is_name(name):
            continue
        is_known = base_name(name) in known or is_role(name)
        if count > (1 if is_known else 2) and (is_known or 4 * count >= tally.listed.total()):
            yield name
