"""Words of a paragraph → the anchor that names it, whatever happens elsewhere in the file."""

import hashlib
from collections.abc import Sequence

from index.fold import fold

LONG_ENOUGH = 60
"""Folded characters from which a text is taken to be unlike any other of its file."""

_CONTEXT = 2
_DIGITS = 8


class Anchors:
    """Gives the paragraphs of one file their anchors, in order."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def name(self, heading: str, texts_before: Sequence[str], text: str) -> str:
        """Return 8 hexadecimal digits, with `-2`, `-3`… when the file already has them.

        Args:
            heading: the section's own; counts for a short text only.
            texts_before: those above it in the same section; the last two count, for a short text.
            text: the one that stands first in the file, so a new translation changes nothing.
        """
        words = [fold(text)]
        if len(words[0]) <= LONG_ENOUGH:
            words = [fold(heading), *map(fold, texts_before[-_CONTEXT:]), *words]
        digest = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass"))
        anchor = digest.hexdigest()[:_DIGITS]
        self._seen[anchor] = count = self._seen.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"
