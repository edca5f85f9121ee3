"""One thread that does what takes time; the screen never waits for it.

The thread is a daemon: what a model keeps waiting for does not keep the program from ending.
"""

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Works = TypeVar("Works")
Job = Callable[[Works], None]


class Engine(Generic[Works]):
    """Does jobs in order, each with the one thing that all of them need."""

    def __init__(self, make: Callable[[], Works]) -> None:
        """Begin at once; what `make` returns belongs to the thread."""
        self._jobs: queue.SimpleQueue[Job[Works] | None] = queue.SimpleQueue()
        self._count = threading.Lock()
        self._waiting = 0
        self._thread = threading.Thread(target=self._run, args=(make,), daemon=True)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether something is being done, or waits to be."""
        return self._waiting > 0

    def do(self, job: Job[Works]) -> None:
        """Do something after what was asked before."""
        with self._count:
            self._waiting += 1
        self._jobs.put(job)

    def end(self, last: Job[Works], wait_s: float) -> None:
        """Do one last thing, and wait for it no longer than so many seconds."""
        self.do(last)
        self._jobs.put(None)
        self._thread.join(wait_s)

    def _run(self, make: Callable[[], Works]) -> None:
        works = make()
        while (job := self._jobs.get()) is not None:
            job(works)
            with self._count:
                self._waiting -= 1
