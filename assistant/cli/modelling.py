"""The flags of `ask` that name a model, and say how far it may go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def model_options(command: Command) -> Command:
    """Add `--model`, and what only means something with one."""
    options = (
        click.option("--model", metavar="NAME", help="Let this model search and answer."),
        click.option(
            "--tools", type=click.Choice(("auto", "on", "off")), help="Tools, or plain text."
        ),
        click.option("--fallback", is_flag=True, help="Quote when the model fails."),
        click.option(
            "--save-run",
            "run_file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Keep every event of the answer, one JSON object a line.",
        ),
        click.option(
            "--replay",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Play a kept run again, without its model; nothing is sent.",
        ),
        click.option("--steps", "max_steps", type=click.IntRange(1, 100), help="Most lookups."),
        click.option("--tokens", "max_tokens", type=click.IntRange(1_000), help="Most tokens."),
        click.option("--seconds", "max_seconds", type=click.IntRange(1), help="Most seconds."),
        click.option(
            "--unsupported",
            "show_unsupported",
            type=click.Choice(("mark", "omit")),
            help="Sentences the interviews do not bear out.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
