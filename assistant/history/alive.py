"""Whether the process that began a turn is still there.

A lock of the operating system on a file of the process's own: it vanishes with the process, however
it ends, and no other process comes to have it, as it may come to have the same number.
"""

import fcntl
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"history\.[0-9a-f]{16}\.writing")
"""Strict: what else lies in the folder is not ours to remove."""


def new_token() -> str:
    """Return what tells a writer from every other."""
    return secrets.token_hex(8)


def path_of(folder: Path, token: str) -> Path:
    """Return the file of a writer."""
    return folder / f"history.{token}.writing"


def hold(path: Path) -> int:
    """Make a file, hold it, and return its handle.

    Raises:
        OSError: it cannot be made.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(path.stat(), os.fstat(handle)):
                return handle
        os.close(handle)  # it was taken for a dead one's before it was held


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


def tidy(folder: Path) -> None:
    """Remove the files of the dead from a folder."""
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name):
            is_held(path)
