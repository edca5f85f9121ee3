"""A folder that is gone afterwards, also when the process is told to end meanwhile."""

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType

from index.errors import StoreError

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What tells a process to end: a key, another process, a terminal that was closed."""


@dataclass(slots=True)
class _Ending:
    """Makes an interrupt of each signal, or keeps it for later."""

    is_held: bool = False
    is_told: bool = False

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        self.is_told = True
        if not self.is_held:
            raise KeyboardInterrupt


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Make a folder and remove it in the end; every signal to end is an interrupt meanwhile.

    While the folder is being removed, signals wait. Signals that this process ignores, as after
    `nohup`, stay ignored.

    Raises:
        StoreError: no folder can be made.
        KeyboardInterrupt: the process is to end.
    """
    ending = _Ending()
    with _hearing(ending):
        folder = _made(prefix)
        try:
            yield folder
        finally:
            ending.is_held = True
            shutil.rmtree(folder, ignore_errors=True)
        if ending.is_told:
            raise KeyboardInterrupt


def _made(prefix: str) -> Path:
    try:
        return Path(mkdtemp(prefix=prefix))
    except OSError as error:
        raise StoreError(
            f"no temporary folder can be made: {error}; set TMPDIR to one that can be written"
        ) from error


@contextmanager
def _hearing(ending: _Ending) -> Iterator[None]:
    # Python lets the main thread alone say what becomes of a signal.
    is_main = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in ENDINGS if is_main}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    try:
        for number in heard:
            signal.signal(number, ending.hear)
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number] or signal.SIG_DFL)
