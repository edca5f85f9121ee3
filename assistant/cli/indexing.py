"""`index` and `remove`: what goes into the store and what comes out of it."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant import wiring
from assistant.cli.options import (
    UNREAD,
    json_option,
    notice,
    print_json,
    settings_of,
    store_option,
)
from index.errors import UsageError
from index.scan import ENDINGS, show

if TYPE_CHECKING:
    from index.build import BuildSummary


@click.command(
    short_help="Bring the index up to date with files and folders.",
    epilog="""\b
Examples:
  interviews index ~/transcripts
  interviews index talk.md older.txt --store ./my-index
  interviews index --sample
""",
)
@click.argument("paths", nargs=-1)
@click.option("--sample", is_flag=True, help="Index the bundled sample interviews (invented).")
@click.option(
    "--rebuild", is_flag=True, help="Make words and vectors of everything stored again first."
)
@click.option(
    "--embedder",
    metavar="NAME",
    help="What makes vectors: bundled, openai:MODEL, http://HOST:PORT/v1#MODEL, onnx:FOLDER,"
    " sentence-transformers:FOLDER. [default: the configuration, bundled]",
)
@store_option
@json_option
def index(
    paths: tuple[str, ...],
    *,
    sample: bool,
    rebuild: bool,
    embedder: str | None,
    store: str | None,
    as_json: bool,
) -> int:
    """Bring the index up to date with transcripts: files or folders of .md and .txt.

    New and changed files are read, unchanged ones skipped, files gone from a folder dropped.
    """
    from assistant.render import build_line
    from assistant.values import build_values

    if "" in paths:
        raise UsageError("a path is empty; name a file or a folder to index")
    if "-" in paths:
        raise UsageError(
            "a transcript is read from a file, not from stdin; name one (./- is a file called -)"
        )
    named = [*map(Path, paths), *([wiring.sample_folder()] if sample else [])]
    if not named and not rebuild:
        raise UsageError("name a file or a folder to index (or --sample)")
    settings = settings_of(store=store, embedder=embedder)
    if not rebuild:
        wiring.check_embedder(settings)
    address = wiring.embedding_address(settings)
    if address is not None:
        notice(f"texts go to {address}, which turns them into vectors")
    summary = wiring.build_index(
        named,
        settings,
        progress=Counter(),
        waiting=say_waiting,
        notice=notice,
        rebuild=rebuild,
    )
    say_beside(summary)
    if as_json:
        print_json(build_values(summary))
    else:
        click.echo(build_line(summary))
    return UNREAD if summary.errors else 0


def say_beside(summary: "BuildSummary") -> None:
    """Say what somebody should know beside what changed."""
    if summary.is_reread:
        notice("another version had read these transcripts; all of them were read again")
    for error in summary.errors:
        notice(str(error))
    for warning in summary.warnings:
        notice(warning)
    for folder in summary.barren:
        notice(f"{folder} holds no transcript; read are: {', '.join(f'*{e}' for e in ENDINGS)}")
    for interview in summary.withdrawn:
        notice(f"{interview} was removed for good and stays out (remove --undo {interview})")


@click.command(
    short_help="Take an interview out for good.",
    epilog="""\b
Examples:
  interviews remove talk-2031
  interviews remove --undo talk-2031
""",
)
@click.argument("interview")
@click.option("--undo", is_flag=True, help="Let it be indexed again (its text is not kept).")
@store_option
@json_option
def remove(interview: str, *, undo: bool, store: str | None, as_json: bool) -> None:
    """Take one interview out for good: its texts, words and vectors.

    Its file is left alone, and indexing it again leaves it out.
    """
    settings = settings_of(store=store)
    copies: list[str] = []
    if undo:
        wiring.readmit_interview(interview, settings)
    else:
        copies = wiring.remove_interview(
            interview,
            settings,
            progress=Counter(),
            waiting=say_waiting,
            lingering=say_lingering,
        )
    for copy in copies:
        notice(f"{copy} has the same words and is still in the index")
    if as_json:
        print_json({"schema": 1, "interview": interview, "removed": not undo, "copies": copies})
    else:
        click.echo(f"{interview} may be indexed again" if undo else f"{interview} is removed")


def say_waiting() -> None:
    """Say that somebody else writes first."""
    notice("another process is writing the store; waiting for it")


def say_lingering() -> None:
    """Say that a removed text has not left the disk yet."""
    notice(
        "somebody is reading the old state: its last traces leave the disk with the next"
        " `interviews index` or `interviews remove` after that"
    )


class Counter:
    """A line on the terminal that says how far the work has come."""

    def __init__(self) -> None:
        self._began = self._shown = time.monotonic()
        self._done = 0

    def advance(self, done: int, total: int, what: str) -> None:
        """Redraw the line, ten times a second at most; nothing when nobody watches."""
        now = time.monotonic()
        if done < self._done:  # the next round: files first, vectors after them
            self._began = now
        self._done = done
        if not sys.stderr.isatty() or (now - self._shown < 0.1 and done < total):
            return
        self._shown = now
        rate = done / max(now - self._began, 0.001)
        end = "\n" if done == total else ""
        click.echo(
            f"\r\x1b[K{done}/{total}  {rate:.0f}/s  {show(what)[:60]}{end}", err=True, nl=False
        )
