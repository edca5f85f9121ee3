"""Candidate labels of a whole file → how often each begins a line, and what stands about them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.blocks import Block
from index.labels import Form, Label, is_name
from index.language import HAN

BESIDE = 0.3
"""Share of the paragraphs that labels in both languages begin, lest a glossary counts as a talk."""

_HAN = re.compile(f"[{HAN}]")
_ASKS = ("?", "？")
_ME_AND_YOU = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|me|us)\b|[我你您咱]")
_QUOTES = ("“", '"', "「", "『")

Key = tuple[Form, str]
"""The form and the name of a label."""


@dataclass(slots=True)
class Tally:
    """How often each form and name begins a line."""

    counts: Counter[Key] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    quoting: Counter[str] = field(default_factory=Counter)
    """How often a plain name is followed by a quotation: somebody is being told about."""
    beside: set[Key] = field(default_factory=set)
    """Labels next to a label in the other language."""
    talking: set[Form] = field(default_factory=set)
    """Forms under which somebody asks, or speaks of me and you: no glossary is read."""
    paragraphs: int = 0

    def share(self, form: Form) -> float:
        """Return how many labels of a form there are for each paragraph."""
        return sum(n for (f, _), n in self.counts.items() if f == form) / max(self.paragraphs, 1)


def count_labels(blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]]) -> Tally:
    """Return the tally of a file; `labels` are the candidates of each block, line by line."""
    tally = Tally()
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
                if label.rest.rstrip("*_ ").endswith(_ASKS) or _ME_AND_YOU.search(label.rest):
                    tally.talking.add(label.form)
    beside = list(_beside(blocks, labels))
    if len(beside) >= BESIDE * tally.paragraphs:
        tally.beside.update(beside)
    return tally


def _beside(blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]]) -> Iterator[Key]:
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
