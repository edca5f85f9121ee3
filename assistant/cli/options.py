"""What the commands share: options, reading questions, printing."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from assistant.settings import Settings, load_settings
from index.errors import UsageError
from index.scan import show

MAX_QUESTION = 20_000
"""Characters; a question longer than that is a document, and searching for it means nothing."""

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
    """Print one JSON object on one line."""
    click.echo(json.dumps(values, ensure_ascii=False))


def notice(text: str) -> None:
    """Say something beside the result, on one line, with no mark that a terminal would obey."""
    click.echo(f"interviews: {show(' '.join(text.splitlines()))}", err=True)


def read_question(words: str, what: str = "question") -> str:
    """Return the question given, or what stands on stdin for `-`.

    Raises:
        UsageError: it is empty, or too long to be one.
    """
    text = read_text(words, what) if words == "-" else words
    return check_question(text, what)


def check_question(text: str, what: str = "question") -> str:
    """Return a question without the blanks around it.

    Raises:
        UsageError: it is empty, or too long to be one.
    """
    # Bytes of the command line that are not UTF-8 come as lone surrogates; nothing can store them.
    question = text.encode("utf-8", "replace").decode().strip()
    if not question:
        raise UsageError(f"the {what} is empty")
    if len(question) > MAX_QUESTION:
        raise UsageError(
            f"the {what} has {len(question)} characters; at most {MAX_QUESTION} are read"
        )
    return question


def read_text(name: str, what: str) -> str:
    """Return a whole file's text, or stdin's for `-`.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with opened(name, what) as file:
            return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the {what} {name} is not UTF-8 (byte {error.start})") from error


def read_lines(name: str, what: str) -> Iterator[str]:
    """Yield the lines of a file, or of stdin for `-`, as they come; bad bytes are replaced.

    Raises:
        UsageError: it cannot be read.
    """
    with opened(name, what) as file:
        # One line after the other, so that a program may wait for an answer before it goes on.
        for line in iter(file.readline, b""):
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
