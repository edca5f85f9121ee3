"""Values → what a column holds, and back."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint32]
Counts = NDArray[np.uint16]


def day_number(date: str | None) -> int | None:
    """Return a date as yyyymmdd, the first day of a month or a year that names no day."""
    if date is None:
        return None
    year, month, day = [*date.split("-"), "01", "01"][:3]
    return int(year) * 10_000 + int(month) * 100 + int(day)


def pack_terms(ids: Ids, counts: Counts) -> bytes:
    """Pack n ascending term numbers (uint32) and their counts (uint16) into 6 n bytes."""
    return ids.astype("<u4").tobytes() + counts.astype("<u2").tobytes()


def unpack_terms(blob: bytes) -> tuple[Ids, Counts]:
    """Undo `pack_terms`."""
    n = len(blob) // 6
    return np.frombuffer(blob, "<u4", n), np.frombuffer(blob, "<u2", n, 4 * n)


def word_line(ids: Ids) -> str:
    """Return term numbers as the words of a full-text row."""
    return " ".join(f"{i:x}" for i in ids.tolist())
