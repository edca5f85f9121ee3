"""The standard streams: both languages in every locale, and nobody left to take what is printed."""

import codecs
import io
import os
import sys
import traceback
from typing import TextIO

import click

UNWRITTEN = 74
"""Exit code: what was asked for could not be printed (EX_IOERR of sysexits.h)."""


def restart_in_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the locale knows ASCII only.

    There an argument or the name of a file in Chinese is no text, and cannot be made one again
    everywhere a path is used.
    """
    is_ascii = codecs.lookup(sys.getfilesystemencoding()).name == "ascii"
    if is_ascii and sys.executable and not sys.flags.utf8_mode and "utf8" not in sys._xoptions:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def speak_utf8() -> None:
    """Print both languages everywhere; only a terminal is given what it says it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def is_of_printing(error: OSError) -> bool:
    """Whether printing failed, as on a full disk, and nothing else."""
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code is click.echo.__code__ for frame, _ in frames)


def abandon(stream: TextIO) -> None:
    """Let what is left to print go nowhere, so that Python does not complain at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
