"""The flags by which `search` and `ask` are kept to some interviews, speakers, dates, languages."""

from collections.abc import Callable
from typing import Any

import click

from index.records import LANGUAGES

Command = Callable[..., Any]

FILTERS = ("interviews", "speakers", "tags", "since", "until", "language", "role")
"""What the options below are passed as."""


def filter_options(command: Command) -> Command:
    """Add `--interview --speaker --tag --since --until --language --role`."""
    options = (
        click.option("--interview", "interviews", multiple=True, metavar="ID", help="Only in it."),
        click.option(
            "--speaker",
            "speakers",
            multiple=True,
            metavar="NAME",
            help="Only what they said; a part of the name is enough, in either script or pinyin.",
        ),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only so tagged."),
        click.option("--since", metavar="DATE", help="Not before: 2024, 2024-05, 2024-05-01."),
        click.option("--until", metavar="DATE", help="Not after; a year or month to its end."),
        click.option("--language", type=click.Choice(LANGUAGES), help="Only texts in it."),
        click.option(
            "--role",
            type=click.Choice(("speech", "editor")),
            help="Only what was said, or what editors wrote about it.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
