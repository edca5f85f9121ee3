"""Whether the process that began a turn is still there.

A lock of the operating system on a file of the process's own: it vanishes with the process, however
it ends, and no other process comes to have it, as it may come to have the same number.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


def hold(path: Path) -> int:
    """Make a file, hold it, and return its handle.

    Raises:
        OSError: it cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def let_go(path: Path, handle: int) -> None:
    """End what `hold` began."""
    with suppress(FileNotFoundError):
        path.unlink()
    os.close(handle)


def is_held(path: Path) -> bool:
    """Whether whoever made the file holds it; what the dead left behind is removed."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        # Shared: two who ask at the same time must not take each other for the writer.
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        with suppress(OSError):
            path.unlink()
        return False
    finally:
        os.close(handle)
