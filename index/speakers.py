"""Candidate labels of a whole file → which of them name speakers.

A bold lead-in, a glossary line and a field look like labels too. A candidate is believed when the
front matter names it, when it names a part in a conversation, or when the file uses it as a label:
more than once, in a fair share of its paragraphs, or beside the same label in the other language.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

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

_HAN = re.compile(f"[{HAN}]")
BESIDE = 0.3
"""Share of the paragraphs that labels in both languages begin, lest a glossary counts as a talk."""

_STOPS = tuple('.!?。！？…”"」』）)')
_QUOTES = ("“", '"', "「", "『")


@dataclass(frozen=True, slots=True)
class Speakers:
    """The labels of one file that are believed."""

    names: frozenset[tuple[Form, str]] = frozenset()
    listed: frozenset[str] = frozenset()
    """Those believed in list items and quotations, where lead-ins are common."""

    def accepts(self, label: Label, block: Block) -> bool:
        """Whether the label found in the block begins a turn."""
        if label.form in ("same", "change"):
            return True
        if block.kind == "item" or block.is_quoted:
            return label.name in self.listed and label.form != "line"
        return (label.form, label.name) in self.names


@dataclass(slots=True)
class _Tally:
    """How often each form and name begins a line."""

    counts: Counter[tuple[Form, str]] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    quoting: Counter[str] = field(default_factory=Counter)
    """How often a plain name is followed by a quotation: somebody is being told about."""
    beside: set[tuple[Form, str]] = field(default_factory=set)
    """Labels next to a label in the other language."""
    paragraphs: int = 0


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
    tally = _count(blocks, labels)
    known = {base_name(person) for person in people}
    names = {key for key in tally.counts if _is_believed(key, tally, known)}
    names |= _believed_by_rule(tally, names, set(_neighbours(blocks, labels, names)))
    bases = {base_name(name) for _, name in names}
    names |= {key for key in tally.counts if _is_bare_but_known(key, tally, bases | known, bases)}
    bases |= {base_name(name) for _, name in names}
    return Speakers(frozenset(names), frozenset(_listed(tally, known | bases)))


def _count(blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]]) -> _Tally:
    tally = _Tally()
    for block, found in zip(blocks, labels, strict=True):
        is_listed = block.kind == "item" or block.is_quoted
        tally.paragraphs += block.kind == "text" and not block.is_quoted
        for label in found:
            if label is None or not label.name or label.is_inside:
                continue
            if is_listed:
                tally.listed[label.name] += 1
            else:
                tally.counts[label.form, label.name] += 1
                tally.quoting[label.name] += label.rest.lstrip().startswith(_QUOTES)
    beside = list(_beside(blocks, labels))
    if len(beside) >= BESIDE * tally.paragraphs:
        tally.beside.update(beside)
    return tally


def _beside(
    blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]]
) -> Iterator[tuple[Form, str]]:
    """Yield the labels of neighbouring paragraphs that stand in different scripts."""
    firsts = [
        found[0]
        for block, found in zip(blocks, labels, strict=True)
        if block.kind == "text" and not block.is_quoted and found
    ]
    for one, other in pairwise(firsts):
        if (
            one is None
            or other is None
            or one.form != other.form
            or one.form not in ("bold", "plain")
        ):
            continue
        if not (is_name(one.name) and is_name(other.name)):
            continue
        if bool(_HAN.search(one.name)) != bool(_HAN.search(other.name)):
            yield one.form, one.name
            yield other.form, other.name


def _is_believed(key: tuple[Form, str], tally: _Tally, known: Collection[str]) -> bool:
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
        return is_short(name) and (count > 1 or _share(tally, "timed") >= 0.4)
    return count > 1 and is_name(name) and _share(tally, "bold") >= 0.15


def _is_believed_plain(name: str, count: int, is_beside: bool, tally: _Tally) -> bool:
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
    return _share(tally, "plain") >= 0.1


def _share(tally: _Tally, form: Form) -> float:
    """Return how many labels of a form there are for each paragraph."""
    return sum(n for (f, _), n in tally.counts.items() if f == form) / max(tally.paragraphs, 1)


def _neighbours(
    blocks: Sequence[Block],
    labels: Sequence[Sequence[Label | None]],
    names: Collection[tuple[Form, str]],
) -> Iterator[tuple[Form, str]]:
    """Yield the labels of sections that hold a believed one; in a glossary at the end none is."""
    section: list[tuple[Form, str]] = []
    for block, found in zip(blocks, labels, strict=True):
        if block.kind == "heading":
            if any(key in names for key in section):
                yield from section
            section = []
        elif block.kind == "text" and not block.is_quoted:
            section.extend((label.form, label.name) for label in found if label and label.name)
    if any(key in names for key in section):
        yield from section


def _believed_by_rule(
    tally: _Tally, names: Collection[tuple[Form, str]], near: Collection[tuple[Form, str]]
) -> set[tuple[Form, str]]:
    """Return the labels used once where labels are the rule: half the paragraphs have one."""
    believed: set[tuple[Form, str]] = set()
    for form, test in (("bold", is_short), ("plain", is_name), ("timed", is_short)):
        labelled = sum(tally.counts[key] for key in names if key[0] == form)
        if labelled >= 3 and 2 * labelled >= tally.paragraphs:
            believed |= {key for key in near if key[0] == form and test(key[1])}
        elif form == "bold" and labelled >= 3:
            believed |= {k for k in near if k[0] == form and is_name(k[1]) and _is_full_name(k[1])}
    return believed


def _is_bare_but_known(
    key: tuple[Form, str], tally: _Tally, known: Collection[str], bases: Collection[str]
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


def _listed(tally: _Tally, known: Collection[str]) -> Iterator[str]:
    """Yield the labels believed in lists and quotations: known ones that come again there."""
    for name, count in tally.listed.items():
        if is_stop_word(name) or not is_name(name):
            continue
        is_known = base_name(name) in known or is_role(name)
        if count > (1 if is_known else 2) and (is_known or 4 * count >= tally.listed.total()):
            yield name
