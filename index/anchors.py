"""Words of a paragraph → the anchor that names it, whatever happens elsewhere in the file."""

import hashlib

from index.fold import fold

LONG_ENOUGH = 60
"""Folded characters from which a text is taken to be unlike any other of its file."""

_CONTEXT = 2
_DIGITS = 8


class Anchors:
    """Gives the paragraphs of one file their anchors, in order."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._heading = ""
        self._before: list[str] = []

    def enter(self, heading: str) -> None:
        """Begin a section; its own heading counts for its short texts only."""
        self._heading = fold(heading)
        self._before = []

    def name(self, text: str) -> str:
        """Return 8 hexadecimal digits, with `-2`, `-3`… when the file already has them.

        The text is the one that stands first in the file, so a new translation changes nothing. A
        short one counts together with the two above it in the same section.
        """
        words = fold(text)
        context = [] if len(words) > LONG_ENOUGH else [self._heading, *self._before[-_CONTEXT:]]
        self._before.append(words)
        digest = hashlib.sha256("\n".join([*context, words]).encode("utf-8", "surrogatepass"))
        anchor = digest.hexdigest()[:_DIGITS]
        self._seen[anchor] = count = self._seen.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"
