"""Markdown as models write it → its lines that say something: sentences, list items, table rows.

Headings, fences, and the heads and rules of tables lay a text out. They state nothing that could
be borne out, and are left out rather than shown unchecked.
"""

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})([^`~]*)$")
_OF_PROSE = re.compile(r"(?:markdown|md|text|txt|plaintext)", re.IGNORECASE)
# "##为什么" is meant as a heading; "#1" is not. Inside a quotation or a list it is one, too.
_HEADING = re.compile(r"\s*(?:[-*•·–—>]\s*|\d{1,2}[.)、．]\s+)*(?:#{1,6}(?:\s|$)|#{2,6}[^\s#])")
_BAR = re.compile(r"(?<!\\)\|")
_CITES = re.compile(r"\[\d+\]")


def said_lines(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield what says something: the cells of a row of a table, or one line alone.

    Of what is fenced off as code, only lines that cite say anything of the interviews.
    """
    fenced = _fenced(lines)
    in_table = False
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else ""
        in_table = "|" in line and (in_table or _is_rule(line))
        if _is_layout(line, below) or (place in fenced and not _CITES.search(line)):
            continue
        if in_table or _is_row(line):
            yield tuple(cell.replace(r"\|", "|") for cell in _BAR.split(line))
        else:
            yield (line,)


def _is_layout(line: str, below: str) -> bool:
    is_head = "|" in line and _is_rule(below)
    return is_head or _is_rule(line) or any(p.match(line) for p in (_FENCE, _HEADING))


def _is_rule(line: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    return "|" in line and "-" in line and not line.strip("|:-+ \t")


def _is_row(line: str) -> bool:
    row = line.strip()
    return row.startswith("|") and row.endswith("|") and len(_BAR.findall(row)) > 1


def _fenced(lines: Sequence[str]) -> set[int]:
    """Return the places of lines between two fences, unless they are said to be prose.

    A fence that is never closed fences nothing off.
    """
    fences = [
        (place, match[1]) for place, line in enumerate(lines) if (match := _FENCE.match(line))
    ]
    inside: set[int] = set()
    for (start, kind), (end, _) in zip(fences[::2], fences[1::2], strict=False):
        if not _OF_PROSE.fullmatch(kind.strip()):
            inside.update(range(start, end))
    return inside
