"""One writer at a time, and no generation removed under a reader.

Advisory locks of the operating system: they vanish with the process that held them, however it
ended.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreError


@contextmanager
def writer_lock(folder: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the store for writing; `waiting` is called once if another process has it.

    Raises:
        StoreError: the lock file cannot be written.
    """
    handle = open_lock(folder / "lock")
    try:
        if not try_lock(handle, fcntl.LOCK_EX):
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def writer_lock_if_free(folder: Path) -> Iterator[bool]:
    """Hold the store for writing if nobody else does; the value says whether it is held."""
    try:
        handle = open_lock(folder / "lock")
    except StoreError:
        yield False
        return
    try:
        yield try_lock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def hold_reading(folder: Path) -> int | None:
    """Keep a generation's folder from being removed; returns the handle to close, or None.

    None when the folder is gone, or cannot be opened.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    fcntl.flock(handle, fcntl.LOCK_SH)
    # Whoever removes a folder holds it meanwhile: what we waited for may not be there any more.
    if not folder.exists():
        os.close(handle)
        return None
    return handle


def release(handle: int | None) -> None:
    """Let go of what `hold_reading` returned."""
    if handle is not None:
        os.close(handle)


@contextmanager
def nobody_reads(folder: Path) -> Iterator[bool]:
    """Keep readers away from a generation's folder; the value says whether there are none."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield try_lock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def open_lock(path: Path) -> int:
    """Open a lock file, making it if need be."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"the store {path.parent} cannot be written: {error.strerror};"
            " name a folder you may write with --store"
        ) from error


def try_lock(handle: int, kind: int) -> bool:
    """Take a lock if that needs no waiting."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
