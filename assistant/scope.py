"""What a reader keeps a question to, and what a search of the model asks for → both at once."""

from collections.abc import Set as AbstractSet

from index.records import Filters


def both(scope: Filters, wanted: Filters) -> Filters | None:
    """Return the filters that keep to a scope and to what is wanted; None when nothing can pass."""
    sets = {
        name: _shared(getattr(scope, name), getattr(wanted, name))
        for name in ("interviews", "speakers", "tags")
    }
    if None in sets.values() or _differ(scope.language, wanted.language):
        return None
    return Filters(
        interviews=frozenset(sets["interviews"] or ()),
        speakers=frozenset(sets["speakers"] or ()),
        tags=frozenset(sets["tags"] or ()),
        # As text: a year sorts before its months, and after the months of the year before.
        since=max(filter(None, (scope.since, wanted.since)), default=None),
        until=min(filter(None, (scope.until, wanted.until)), default=None),
        language=scope.language or wanted.language,
        role=scope.role or wanted.role,
    )


def _shared(one: AbstractSet[str], other: AbstractSet[str]) -> AbstractSet[str] | None:
    """Return what passes both; an empty set lets everything pass, None nothing."""
    if not one or not other:
        return one or other
    return (one & other) or None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
