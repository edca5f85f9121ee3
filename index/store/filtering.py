"""Filters → conditions in SQL."""

import json

from index.records import Filters
from index.store.packing import day_number


def conditions(filters: Filters) -> tuple[list[str], list[object]]:
    """Return SQL conditions over interviews `i`, paragraphs `p`, texts `t`, and their values."""
    found: list[str] = []
    values: list[object] = []
    for column, wanted in (("i.id", filters.interviews), ("p.speaker", filters.speakers)):
        if wanted:
            found.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(wanted), ensure_ascii=False))
    if filters.tags:
        found.append(
            "EXISTS (SELECT 1 FROM json_each(i.tags) AS tag"
            " WHERE tag.value IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(sorted(filters.tags), ensure_ascii=False))
    for comparison, date, rest in (
        (">=", filters.since, ("01", "01")),
        ("<=", filters.until, ("12", "31")),
    ):
        if date is not None:
            found.append(f"i.day {comparison} ?")
            values.append(day_number("-".join([*date.split("-"), *rest][:3])))
    for column, value in (("p.role", filters.role), ("t.language", filters.language)):
        if value is not None:
            found.append(f"{column} = ?")
            values.append(value)
    return found, values
