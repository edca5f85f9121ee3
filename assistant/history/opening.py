"""The history of a program that goes on for hours: its file may be locked, or go, meanwhile."""

import threading
from collections.abc import Callable

from assistant.history.store import History


class Opening:
    """One history for several threads, opened when one is needed, and again when that failed."""

    def __init__(self, make: Callable[[], History]) -> None:
        """Open nothing yet.

        Args:
            make: opens the history.
        """
        self._make = make
        self._lock = threading.Lock()
        self._history: History | None = None

    @property
    def current(self) -> History | None:
        """What is open; None before the first time, and after one that failed."""
        return self._history

    def open(self) -> History:
        """Return the history; a new one where there is none, or the file of the one before went.

        Raises:
            HistoryError: it cannot be opened.
        """
        with self._lock:
            if self._history is not None and self._history.is_gone:
                self._history.close()
                self._history = None
            if self._history is None:
                self._history = self._make()
            return self._history

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._history is not None:
                self._history.close()
                self._history = None
