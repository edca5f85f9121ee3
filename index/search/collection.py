"""One language of one snapshot: where all its texts stand, and what is read of them on demand."""

from dataclasses import dataclass

import numpy as np

from index.protocols import Matrix, Rows
from index.records import Language
from index.search.score import Floats, Places
from index.store.lookup import Layout, Lookup

WINDOW_TERMS = 250
"""Terms of a text with its surroundings: a few turns of talk; a long turn is its own.

Chosen on public meetings: 120 finds .02 less of the spans in the first ten, 500 as much.
"""


@dataclass(frozen=True, slots=True)
class Windows:
    """Each text with its neighbours, as a stretch of all texts; arrays of shape (n,)."""

    first: Places
    end: Places
    """One past the last."""
    lengths: Floats


class Collection:
    """The texts of one language. A text goes by its place: its row in the layout's arrays."""

    def __init__(self, lookup: Lookup, language: Language, layout: Layout) -> None:
        self.language = language
        self.layout = layout
        self._lookup = lookup
        self.mean_length = float(layout.lengths.mean()) if len(layout.texts) else 1.0
        self.interviews, self.interview = np.unique(layout.interviews, return_inverse=True)
        self.interview_start = np.searchsorted(layout.interviews, self.interviews)
        self.interview_end = np.searchsorted(layout.interviews, self.interviews, "right")
        lengths = np.bincount(self.interview, layout.lengths)
        self.interview_lengths: Floats = lengths.astype(np.float64)
        self.windows = grown_windows(
            layout.lengths,
            self.interview_start[self.interview],
            self.interview_end[self.interview],
            WINDOW_TERMS,
        )
        self._running: Matrix | None = None
        self._is_read = np.zeros(len(self.interviews), np.bool_)

    def __len__(self) -> int:
        return len(self.layout.texts)

    def places_of(self, texts: Rows) -> Places:
        """Return the places of texts by their rows; those of another language are left out."""
        if not len(self):
            return np.zeros(0, np.int64)
        places = np.searchsorted(self.layout.texts, texts)
        inside = np.minimum(places, len(self) - 1)
        found: Places = inside[self.layout.texts[inside] == texts]
        return found

    def postings(self, terms: list[int]) -> dict[int, Places]:
        """Return the places that have each term, ascending."""
        found = self._lookup.postings(self.language, terms)
        return {t: self.places_of(rows) for t, rows in zip(terms, found, strict=True)}

    def vectors_around(self, places: Places) -> tuple[Matrix, Matrix]:
        """Return the summed vectors of the windows of texts and of their interviews.

        Shapes (len(places), dimension); not of length 1.
        """
        interviews = self.interview[places]
        whole = self._summed(self.interview_start[interviews], self.interview_end[interviews])
        return self._summed(self.windows.first[places], self.windows.end[places]), whole

    def vectors(self, places: Places) -> Matrix:
        """Return the summed vectors of texts themselves, shape (len(places), dimension)."""
        return self._summed(places, places + 1)

    def _summed(self, first: Places, end: Places) -> Matrix:
        """Return the sums over stretches of texts, none of which is empty or leaves its interview.

        Kept as running sums, so that any stretch is a difference.
        """
        self._read(self.interview[first])
        assert self._running is not None
        begins = first == self.interview_start[self.interview[first]]
        before = np.where(begins[:, None], np.float32(0), self._running[first - 1])
        summed: Matrix = self._running[end - 1] - before
        return summed

    def _read(self, interviews: Places) -> None:
        """Read the vectors of interviews that were not read before."""
        wanted = np.unique(interviews[~self._is_read[interviews]])
        if len(wanted):
            found = self._lookup.contexts(self.language, self.interviews[wanted])
            for interview in wanted.tolist():
                matrix = found[int(self.interviews[interview])]
                if self._running is None:
                    self._running = np.zeros((len(self), matrix.shape[1]), np.float32)
                stretch = slice(self.interview_start[interview], self.interview_end[interview])
                self._running[stretch] = np.cumsum(matrix, axis=0)
            self._is_read[wanted] = True


def grown_windows(lengths: Floats, starts: Places, ends: Places, terms: float) -> Windows:
    """Return each text with as many neighbours as fill `terms`, one each side in turn.

    Args:
        lengths: terms of each text, shape (n,).
        starts: where each text's interview begins.
        ends: one past where it ends.
        terms: what a window is filled to; its last text may overfill it.
    """
    first = np.arange(len(lengths))
    end = first + 1
    total = lengths.astype(np.float64).copy()
    padded = np.append(lengths, 0)
    while True:
        open_ = total < terms
        left = open_ & (first > starts)
        first[left] -= 1
        total[left] += padded[first[left]]
        right = open_ & (end < ends)
        total[right] += padded[end[right]]
        end[right] += 1
        if not (left.any() or right.any()):
            return Windows(first, end, total)
