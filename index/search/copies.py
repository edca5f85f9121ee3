"""Texts, best first → those that say something new: the same talk in two files takes one place."""

from collections.abc import Sequence

from index.fold import fold

RUN = 5
"""Characters of the runs that texts are compared by."""

ALIKE = 0.8
"""Share of their runs that two texts have in common when they are one, a comma or a name apart."""

SHORTEST = 60
"""Characters from which texts are compared: "Yes, exactly." is said by everybody."""

COMPARED = 300
"""Characters looked at, from the start: copies begin alike, and a search waits for this."""


def without_copies(texts: Sequence[str]) -> list[int]:
    """Return which of some texts are no near-copies of one before, in order."""
    kept: list[int] = []
    seen: list[frozenset[str]] = []
    for place, text in enumerate(texts):
        runs = _runs(text)
        if runs and any(_is_alike(runs, other) for other in seen):
            continue
        kept.append(place)
        seen.append(runs)
    return kept


def _runs(text: str) -> frozenset[str]:
    """Return the runs of characters of a text; none of a short one."""
    start = "".join(fold(text[:COMPARED]).split())
    if len(start) < SHORTEST:
        return frozenset()
    return frozenset(start[i : i + RUN] for i in range(len(start) - RUN + 1))


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not other or min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared >= ALIKE * (len(one) + len(other) - shared)
