"""What a terminal sends → the same, with nothing inside a paste that could be taken for keys.

Between the marks of a bracketed paste Textual reads an escape as the beginning of a key, and what
follows it, line ends included, as keys pressed: a pasted text could send itself.
"""

from dataclasses import dataclass

BEGIN = "\x1b[200~"
END = "\x1b[201~"
_ESCAPE = "\x1b"


@dataclass(slots=True)
class PasteGuard:
    """Goes through one terminal's input; pieces may break anywhere."""

    _is_inside: bool = False
    _seen: str = ""
    """The last characters outside of a paste: the mark may have begun in them."""
    _held: str = ""
    """Characters of a paste that may be the beginning of its end."""

    def feed(self, data: str) -> str:
        """Return a piece of input without the escapes inside of pastes."""
        text, self._held = self._held + data, ""
        parts: list[str] = []
        while text:
            text = self._inside(text, parts) if self._is_inside else self._outside(text, parts)
        return "".join(parts)

    def _outside(self, text: str, parts: list[str]) -> str:
        """Take what comes before a paste; return what is inside it."""
        known = self._seen + text
        place = known.find(BEGIN)
        if place < 0:
            parts.append(text)
            self._seen = known[-len(BEGIN) + 1 :]
            return ""
        start = place + len(BEGIN) - len(self._seen)
        parts.append(text[:start])
        self._seen, self._is_inside = "", True
        return text[start:]

    def _inside(self, text: str, parts: list[str]) -> str:
        """Take what is pasted; return what comes after it."""
        place = text.find(END)
        if place < 0:
            held = next((n for n in range(len(END) - 1, 0, -1) if text.endswith(END[:n])), 0)
            self._held = text[len(text) - held :]
            parts.append(text[: len(text) - held].replace(_ESCAPE, ""))
            return ""
        parts += [text[:place].replace(_ESCAPE, ""), END]
        self._is_inside = False
        return text[place + len(END) :]
