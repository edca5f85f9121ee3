"""What a reader keeps the questions to, as chips on the screen and as flags of the search."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

SEVERAL = {"interview": "interviews", "speaker": "speakers", "tag": "tags"}
"""Filters of which several may be set, and the flags they become."""
SINGLE = ("since", "until", "language", "role")


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters that are set, in the order they were set."""

    chips: tuple[tuple[str, str], ...] = ()
    """(filter, value); a filter of which only one may be set occurs once."""

    def __bool__(self) -> bool:
        return bool(self.chips)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.chips)

    def with_chip(self, name: str, value: str) -> "Scope":
        """Return the scope with one more filter, in place of the one that excludes it."""
        others = tuple(
            chip
            for chip in self.chips
            if chip != (name, value) and (chip[0] != name or name in SEVERAL)
        )
        return replace(self, chips=(*others, (name, value)))

    def without_chip(self, name: str, value: str) -> "Scope":
        """Return the scope without one filter."""
        return replace(self, chips=tuple(chip for chip in self.chips if chip != (name, value)))

    def flags(self) -> dict[str, Any]:
        """Return what the command line's flags of the same names would be."""
        flags: dict[str, Any] = {flag: self._values(name) for name, flag in SEVERAL.items()}
        return flags | {name: next(iter(self._values(name)), None) for name in SINGLE}

    def shown(self) -> dict[str, str]:
        """Return the filters by name, several values joined."""
        names = dict.fromkeys(name for name, _ in self.chips)
        return {name: ", ".join(self._values(name)) for name in names}

    def _values(self, name: str) -> tuple[str, ...]:
        return tuple(value for found, value in self.chips if found == name)


def scope_of(flags: Mapping[str, Any]) -> Scope:
    """Return the scope that flags of the command line mean."""
    scope = Scope()
    for name, flag in SEVERAL.items():
        for value in flags.get(flag) or ():
            scope = scope.with_chip(name, value)
    for name in SINGLE:
        if flags.get(name):
            scope = scope.with_chip(name, flags[name])
    return scope
