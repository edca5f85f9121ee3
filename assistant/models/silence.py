"""An iterator that may stay silent → its items, each waited for only so long.

It runs in a thread of its own: no library's own limits cover an address that keeps a connection
busy and says nothing, and waiting in the calling thread could not be interrupted everywhere.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
_GLANCE_S = 0.2
"""How often a wait looks up: not every system lets Ctrl-C end one that is under way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one reply may take."""

    connect_s: float = 10.0
    first_s: float = 120.0
    """Most silence before anything of the reply comes; models that think first need it."""
    between_s: float = 60.0
    """Most silence in mid-reply."""
    total_s: float = 600.0
    """Most the whole reply may take."""


class HeardError(Exception):
    """The iterator raised something."""

    def __init__(self, heard: BaseException) -> None:
        super().__init__(str(heard))
        self.heard = heard


@dataclass(frozen=True, slots=True)
class _Over:
    error: BaseException | None = None


class Listening(Generic[T]):
    """One iterator, running; to be stopped when nobody listens any more."""

    def __init__(self, begin: Callable[[], Iterator[T]], interrupt: Callable[[int], None]) -> None:
        """Run `begin()` in a thread; `interrupt(ident)` is to wake that thread if it waits."""
        self._begin = begin
        self._interrupt = interrupt
        self._came: SimpleQueue[T | _Over] = SimpleQueue()
        self._stopped = threading.Event()
        # A daemon: a library that never returns must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="model", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> T | None:
        """Return the next item; None when there are no more.

        Raises:
            TimeoutError: nothing came in that time.
            HeardError: the iterator raised.
        """
        ends = time.monotonic() + seconds
        while True:
            left = ends - time.monotonic()
            try:
                came = self._came.get(timeout=min(max(left, 0.0), _GLANCE_S))
                break
            except Empty:
                if left <= _GLANCE_S:
                    raise TimeoutError from None
        if not isinstance(came, _Over):
            return came
        if came.error is not None:
            raise HeardError(came.error)
        return None

    def stop(self) -> None:
        """Let the iterator end, now if it can be woken, else with its next item."""
        self._stopped.set()
        ident = self._thread.ident
        if ident is not None and self._thread.is_alive():
            self._interrupt(ident)

    def _run(self) -> None:
        over = _Over()
        try:
            for item in self._begin():
                if self._stopped.is_set():
                    break
                self._came.put(item)
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            over = _Over(error)
        self._came.put(over)
