"""`history`: what was asked before, and what was answered."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from assistant.cli.options import check_question, json_option, notice, print_json, readable
from assistant.settings import state_path
from index.errors import StoreError, UsageError

if TYPE_CHECKING:  # they would load SQLite for every command
    from assistant.history.changes import Change
    from assistant.history.records import Conversation, Turn
    from assistant.history.store import History

Format = Literal["markdown", "json"]
ENDINGS = {"markdown": "md", "json": "json"}
EVERY = 1_000_000
"""More conversations than anybody holds."""


@click.group(
    epilog="""\b
Examples:
  interviews history list
  interviews history search 定价
  interviews history show 4f2a81c0
  interviews history export 4f2a81c0 --out notes.md

Nothing is kept with `ask --no-history`, or `history = false` in the configuration.
"""
)
def history() -> None:
    """List, read, search, export and delete conversations."""


@history.command("list", epilog="\b\nExamples:\n  interviews history list --json\n")
@click.option(
    "--store", type=click.Path(path_type=Path), metavar="DIR", help="Only about this index."
)
@click.option("-n", "limit", type=click.IntRange(1), default=50, help="Most lines. [default: 50]")
@json_option
def list_conversations(*, store: Path | None, limit: int, as_json: bool) -> None:
    """List conversations, the one changed last first."""
    from assistant.history.pages import conversations_page
    from assistant.history.values import conversation_values

    with opened() as kept:
        found = kept.conversations(store, limit) if kept else []
    if as_json:
        values = [conversation_values(conversation) for conversation in found]
        print_json({"schema": 1, "conversations": values})
    elif found:
        click.echo(conversations_page(found))


@history.command(epilog="\b\nExamples:\n  interviews history show 4f2a81c0\n")
@click.argument("conversation", metavar="ID")
@json_option
def show(conversation: str, *, as_json: bool) -> None:
    """Show a conversation; the first characters of its ID are enough."""
    from assistant.history.pages import conversation_page
    from assistant.history.values import history_values

    with opened() as kept:
        found = named(kept, conversation)
        turns = kept.turns(found.id) if kept else []
    changes = changes_of(found, turns)
    if as_json:
        print_json(history_values(found, turns, changes))
    else:
        click.echo(conversation_page(found, turns, changes or {}))


@history.command(
    epilog="""\b
Examples:
  interviews history search 定价
  interviews history search '"零和博弈" Mira' --json
"""
)
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "limit", type=click.IntRange(1), default=20, help="Most hits. [default: 20]")
@json_option
def search(words: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Find the turns in which all WORDS stand: in question, answer, quotes or title.

    Parts of words are found too, Traditional and Simplified alike; what stands in quotes stands
    together.
    """
    from assistant.history.pages import hits_page
    from assistant.history.values import hit_values

    wanted = check_question(" ".join(words), "search")
    with opened() as kept:
        hits = kept.search(wanted, limit) if kept else []
    if as_json:
        print_json({"schema": 1, "words": wanted, "hits": [hit_values(hit) for hit in hits]})
    elif hits:
        click.echo(hits_page(hits, lambda found: click.style(found, bold=True)))
    else:
        notice(f"nothing found for: {wanted}")


@history.command(epilog="\b\nExamples:\n  interviews history rename 4f2a81c0 定价与茶\n")
@click.argument("conversation", metavar="ID")
@click.argument("title")
@json_option
def rename(conversation: str, title: str, *, as_json: bool) -> None:
    """Name a conversation."""
    from assistant.history.values import conversation_values

    title = readable(title)
    if not title.strip():
        raise UsageError("the title is empty")
    with opened() as kept:
        found = named(kept, conversation)
        if kept:
            kept.rename(found.id, title)
            found = kept.conversation(found.id) or found
    if as_json:
        print_json({"schema": 1, "conversation": conversation_values(found)})
    else:
        notice(f"{found.id} is now called: {found.title}")


@history.command(epilog="\b\nExamples:\n  interviews history delete 4f2a81c0\n")
@click.argument("conversation", metavar="ID")
@json_option
def delete(conversation: str, *, as_json: bool) -> None:
    """Delete a conversation for good; the whole ID must be given."""
    with opened() as kept:
        found = named(kept, conversation, whole=True)
        if kept:
            kept.delete(found.id)
    if as_json:
        print_json({"schema": 1, "id": found.id, "deleted": True})
    else:
        notice(f"{found.id} is deleted: {found.title}")


@history.command(
    epilog="""\b
Examples:
  interviews history export 4f2a81c0 > notes.md
  interviews history export 4f2a81c0 --format json --out notes.json
  interviews history export 4f2a81c0 --out .
"""
)
@click.argument("conversation", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(("markdown", "json")), default="markdown", help="Of it."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A new file, or a folder for one named after the title. [default: stdout]",
)
@json_option
def export(conversation: str, *, form: Format, out: Path | None, as_json: bool) -> None:
    """Write out a conversation with its citations, links and verdicts."""
    from assistant.history.export import export_name, to_json, to_markdown

    if as_json and out is None:
        form = "json"
    with opened() as kept:
        found = named(kept, conversation)
        turns = kept.turns(found.id) if kept else []
    changes = changes_of(found, turns)
    text = (to_json if form == "json" else to_markdown)(found, turns, changes)
    if out is None:
        click.echo(text, nl=False)
        return
    path = out / export_name(found, ENDINGS[form]) if out.is_dir() else out
    write_new(path, text)
    if as_json:
        print_json({"schema": 1, "id": found.id, "format": form, "path": str(path)})
    else:
        notice(f"written to {path}")


@contextmanager
def opened() -> Iterator["History | None"]:
    """Open the history; None where there is none yet, which is not made here.

    Raises:
        HistoryError: it cannot be read.
    """
    from assistant.history.store import History, history_path

    path = history_path(state_path(os.environ))
    if not path.exists():
        yield None
        return
    with History.open(path) as kept:
        yield kept


def named(kept: "History | None", key: str, *, whole: bool = False) -> "Conversation":
    """Return the conversation of an id, or of the beginning of one.

    Raises:
        UsageError: there is none, or there are several.
    """
    key = readable(key)
    found = kept.conversation(key) if kept else None
    if found is not None:
        return found
    every = kept.conversations(limit=EVERY) if kept and key else []
    meant = [conversation for conversation in every if conversation.id.startswith(key)]
    if meant and whole:
        raise UsageError(f"{key!r} only begins an id; the whole id is needed to delete")
    if len(meant) != 1:
        what = "several conversations begin" if meant else "no conversation begins"
        raise UsageError(f"{what} with {key!r}; see: interviews history list")
    return meant[0]


def changes_of(conversation: "Conversation", turns: "list[Turn]") -> "dict[str, Change] | None":
    """Return which cited paragraphs are not what they were; None, which is said, if unknown."""
    from assistant.history.changes import changed_paragraphs, opened_paragraphs

    if not any(turn.answer and turn.answer.citations for turn in turns):
        return {}
    try:
        with opened_paragraphs(Path(conversation.store)) as rows:
            return changed_paragraphs(turns, rows)
    except StoreError as error:
        notice(f"whether the paragraphs have changed since is not known: {error}")
        return None


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet.

    Raises:
        UsageError: it is there, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
