"""`config` and `completion`: how the program is set up."""

import os
from dataclasses import asdict

import click
from click.shell_completion import get_completion_class

from assistant.cli.options import json_option, print_json, settings_of, store_option
from assistant.settings import config_path
from index.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


@click.group(epilog="\b\nExamples:\n  interviews config path\n  interviews config show\n")
def config() -> None:
    """Say where the configuration is and what it comes to."""


@config.command(epilog="\b\nExamples:\n  interviews config path\n")
@json_option
def path(*, as_json: bool) -> None:
    """Print where the configuration file is, or would be."""
    where = config_path(os.environ)
    if as_json:
        print_json({"schema": 1, "path": str(where), "exists": where.exists()})
    else:
        click.echo(str(where))


@config.command(epilog="\b\nExamples:\n  interviews config show --json\n")
@store_option
@json_option
def show(*, store: str | None, as_json: bool) -> None:
    """Print the settings in force, from flags, environment, file and defaults."""
    values = asdict(settings_of(store=store)) | {"store": str(settings_of(store=store).store)}
    if as_json:
        print_json({"schema": 1, "settings": values})
        return
    for key, value in values.items():
        click.echo(f"{key} = {value if value is not None else '(none)'}")


@click.command(
    epilog="""\b
Examples:
  interviews completion bash >> ~/.bashrc
  interviews completion zsh >> ~/.zshrc
  interviews completion fish > ~/.config/fish/completions/interviews.fish
"""
)
@click.argument("shell", metavar="|".join(SHELLS), required=False)
def completion(shell: str | None) -> None:
    """Print the shell's completion script."""
    if shell not in SHELLS:
        named = "" if shell is None else f", not {shell!r}"
        raise UsageError(f"name your shell: {', '.join(SHELLS[:-1])} or {SHELLS[-1]}{named}")
    program = click.get_current_context().find_root().command
    maker = get_completion_class(shell)
    if maker is None:
        raise AssertionError(shell)
    click.echo(maker(program, {}, "interviews", "_INTERVIEWS_COMPLETE").source())
