"""What is looked for in an interview → where it is found, and where one goes from there; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.fold import fold


@dataclass(frozen=True, slots=True)
class Finding:
    """A phrase and where it stands."""

    phrase: str = ""
    """Folded; "" is looked for nowhere."""
    places: tuple[int, ...] = ()
    """Among the items of the interview, ascending."""

    def at_or_after(self, place: int) -> int:
        """Return the first place that is not before one, around the end.

        Raises:
            IndexError: it is found nowhere.
        """
        return next((found for found in self.places if found >= place), self.places[0])

    def number(self, place: int) -> int:
        """Return which of the places found this is, from 1; 0 when it is none."""
        return self.places.index(place) + 1 if place in self.places else 0


def find_in(folded: Sequence[str], words: str) -> Finding:
    """Return where words stand as they were typed, in either script, width and case.

    Args:
        folded: the folded words of each item.
        words: as typed.
    """
    phrase = fold(words)
    return Finding(phrase, tuple(n for n, text in enumerate(folded) if phrase and phrase in text))
