"""What the commands share: options, reading questions, printing."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click

from assistant.cli.streams import abandon
from assistant.records import MAX_QUESTION
from assistant.settings import Settings, load_settings
from index.errors import UsageError
from index.scan import show

MAX_TEXT = 1_000_000
"""Characters of a text that is checked: a long book."""
WIDEST = 4
"""Bytes of a character, at most."""

NOT_SAID = 3
UNREAD = 4

Command = Callable[..., Any]


def store_option(command: Command) -> Command:
    """Add `--store`."""
    return click.option(
        "--store",
        metavar="DIR",
        help="Folder of the index. [default: INTERVIEWS_STORE, the configuration, a user folder]",
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def settings_of(**flags: Any) -> Settings:
    """Return the settings of this run.

    Raises:
        UsageError: a flag or the configuration is wrong.
    """
    return load_settings(flags)


def print_json(values: Any) -> None:
    """Print one JSON object on one line, with no mark that a terminal would obey."""
    click.echo(escaped(json.dumps(values, ensure_ascii=False)))


def escaped(text: str) -> str:
    """Return JSON that says the same, the marks a terminal would obey written as numbers."""
    from assistant.render import UNPRINTABLE

    return UNPRINTABLE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)


def notice(text: str) -> None:
    """Say something beside the result, on one line, with no mark that a terminal would obey."""
    try:
        click.echo(f"interviews: {show(' '.join(text.splitlines()))}", err=True)
    except OSError:
        abandon(sys.stderr)  # nobody hears it; the result and the exit code still count


def read_question(words: str, what: str = "question") -> str:
    """Return the question given, or what stands on stdin for `-`.

    Raises:
        UsageError: it is empty, or too long to be one.
    """
    text = read_text(words, what, most=MAX_QUESTION) if words == "-" else words
    return check_question(text, what)


def check_question(text: str, what: str = "question") -> str:
    """Return a question without the blanks around it.

    Raises:
        UsageError: it is empty, or too long to be one.
    """
    question = readable(text).strip()
    if not question:
        raise UsageError(f"the {what} is empty")
    if len(question) > MAX_QUESTION:
        raise UsageError(too_long(what))
    return question


def readable(text: str) -> str:
    """Return an argument that anything can store, look up and print.

    Bytes of the command line that are not UTF-8 come as lone surrogates; each becomes `?`.
    """
    return text.encode("utf-8", "replace").decode()


def too_long(what: str, most: int = MAX_QUESTION) -> str:
    """Return what is wrong with a text longer than is read."""
    return f"the {what} is longer than {most:,} characters, the most that are read"


def read_text(name: str, what: str, *, most: int = MAX_TEXT) -> str:
    """Return a whole file's text, or stdin's for `-`; nothing beyond the limit is read.

    Args:
        name: the file.
        what: what it is called in a complaint.
        most: characters it may have.

    Raises:
        UsageError: it cannot be read, or is longer.
    """
    try:
        with opened(name, what) as file:
            data = file.read(most * WIDEST + 1)
        if len(data) > most * WIDEST:
            raise UsageError(too_long(what, most))
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the {what} {name} is not UTF-8 (byte {error.start})") from error
    if len(text) > most:
        raise UsageError(too_long(what, most))
    return text


def read_lines(name: str, what: str) -> Iterator[str]:
    """Yield the lines of a file, or of stdin for `-`, as they come; bad bytes are replaced.

    Raises:
        UsageError: it cannot be read.
    """
    with opened(name, what) as file:
        # One line after the other, so that a program may wait for an answer before it goes on.
        longest = MAX_QUESTION * WIDEST + 2
        for line in iter(partial(file.readline, longest), b""):
            rest = line
            skipped = 0
            while len(rest) == longest and not rest.endswith(b"\n"):
                rest = file.readline(longest)  # of a line too long anyway
                skipped += len(rest)
                if skipped > MAX_TEXT * WIDEST:
                    raise UsageError(f"the {what} {name} has a line without an end")
            yield line.rstrip(b"\r\n").decode("utf-8-sig", "replace")


@contextmanager
def opened(name: str, what: str) -> Iterator[BinaryIO]:
    """Open a file for reading, or stdin for `-`.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        if name == "-":
            yield sys.stdin.buffer
            return
        with Path(name).open("rb") as file:
            yield file
    except BrokenPipeError:
        raise  # of our output, while the caller wrote between two lines
    except OSError as error:
        raise UsageError(f"the {what} {name} cannot be read: {error.strerror}") from error
