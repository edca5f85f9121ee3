"""`doctor`: is everything in order?"""

import os

import click

from assistant.cli.options import json_option, print_json, settings_of, store_option

UNSOUND = 5  # as where the store cannot be used: something must be mended first
MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


@click.command(epilog="\b\nExamples:\n  interviews doctor\n  interviews doctor --json\n")
@store_option
@json_option
def doctor(*, store: str | None, as_json: bool) -> int:
    """Check the installation, the configuration and the store."""
    from assistant.doctor import examine

    findings = list(examine(settings_of(store=store), os.environ))
    if as_json:
        values = [{"name": f.name, "state": f.state, "words": f.words} for f in findings]
        print_json({"schema": 1, "findings": values})
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]}  {finding.name}: {finding.words}")
    return UNSOUND if any(finding.state == "wrong" for finding in findings) else 0
