"""`eval`: did it get worse, where, and is that sure?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from assistant.cli.options import escaped, json_option, notice, settings_of, store_option
from index.errors import UsageError
from index.plurals import counted

EPILOG = """\b
Exit codes:
  0  no worse
  1  worse: a row lost a check, a mean fell, a floor or an invariant is broken
  2  the call, the set or the baseline file is wrong
  4  a transcript of the corpus cannot be read
  7  the baseline cannot be compared: other set, corpus, scorer or version, or edited questions

\b
Examples:
  interviews eval
  interviews eval --against accepted --markdown report.md
  interviews eval --accept --reason "Rank names above words"
  interviews eval show tea-017
  interviews eval new mine.jsonl
"""
CORPUS_HELP = "Folder of the set's transcripts. [default: the set's own, or the store]"


class Named(click.Path):
    """A path that is not empty: an empty one, as of a variable that is not set, is no folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            raise click.BadParameter("it is empty", ctx, param)
        return super().convert(value, param, ctx)


PATH = Named(path_type=Path)
NAME = Named()


@click.group("eval", invoke_without_command=True, epilog=EPILOG)
@click.option("--set", "set_name", metavar="NAME|FILE", type=NAME,
              help="sample, others, seeds, or a file of questions. [default: sample]")  # fmt: skip
@click.option("--corpus", metavar="DIR", type=PATH, help=CORPUS_HELP)
@click.option("--pack", metavar="DIR", type=PATH,
              help="A public pack in place of a set.")  # fmt: skip
@click.option("--against", metavar="FILE", type=NAME,
              help="Baseline to compare with; 'accepted' is the set's own.")  # fmt: skip
@click.option("--accept", "accepting", is_flag=True, help="Make this run the baseline.")
@click.option("--reason", metavar="TEXT", help="Why it is accepted; goes into the changelog.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Ask N questions only.")
@click.option(
    "--only", multiple=True, metavar="ID|KIND", type=NAME, help="Ask these only; may be repeated."
)
@click.option("--markdown", metavar="FILE", type=PATH,
              help="Write a page for a pull request.")  # fmt: skip
@click.option("--junit", metavar="FILE", type=PATH,
              help="Write JUnit XML.")  # fmt: skip
@click.option("--rescore", is_flag=True,
              help="Score the baseline's stored answers anew first.")  # fmt: skip
@click.option("--policies/--no-policies", default=True, show_default=True,
              help="Score degenerate policies beside the program.")  # fmt: skip
@store_option
@json_option
@click.pass_context
def evaluate(context: click.Context, /, **given: Any) -> int:
    """Ask a fixed set of questions in both languages and say whether anything got worse.

    Offline and deterministic: no model, no network. The corpus of a bundled set is indexed anew;
    a set of your own is asked of your store.
    """
    if context.invoked_subcommand is not None:
        context.obj = given
        return 0
    from assistant.render import printable
    from evals import commands
    from evals.report import json_text, page

    as_json, store = given.pop("as_json"), given.pop("store")
    with _problems_named():
        report, code = commands.evaluate(_options(given), settings_of(store=store), notice, _step)
    click.echo(escaped(json_text(report)) if as_json else printable(page(report)))
    return code


@evaluate.command()
@click.argument("question_id", metavar="ID")
@click.pass_context
def show(context: click.Context, question_id: str) -> None:
    """Open one question: its evidence, both answers, and what is right or wrong with them."""
    from assistant.render import printable
    from evals import commands

    _refuse_others(context, {"set_name", "corpus", "pack", "against", "store"})
    given = dict(context.obj)
    settings = settings_of(store=given.pop("store"))
    del given["as_json"]
    with _problems_named():
        click.echo(printable(commands.show(_options(given), question_id, settings, notice)))


@evaluate.command()
@click.argument("file", type=PATH)
@click.pass_context
def new(context: click.Context, file: Path) -> None:
    """Begin a FILE of your own questions, or check one line by line against your store.

    With `eval --corpus DIR new FILE` it is checked against the transcripts of a folder.
    """
    from assistant.render import printable
    from evals import commands

    _refuse_others(context, {"corpus", "store"})
    _check_file(file, "a set of questions")
    settings = settings_of(store=context.obj["store"])
    with _problems_named():
        click.echo(printable(commands.check(file, context.obj["corpus"], settings, notice)))


def _refuse_others(context: click.Context, taken: set[str]) -> None:
    """Refuse options before a subcommand that it would not heed.

    Raises:
        UsageError: one is given.
    """
    above = context.parent
    for option in above.command.params if above else ():
        name = str(option.name)
        source = above.get_parameter_source(name) if above else None
        if name not in taken and source is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(
                f"eval {context.info_name} does not take {option.opts[0]}; leave it out"
            )


def _check_file(file: Path | None, what: str) -> None:
    if str(file) == "-":
        raise UsageError(f"{what} is a file, not a stream; name one (./- is a file called -)")


@contextmanager
def _problems_named() -> Iterator[None]:
    """Give every wrong line of a set a line of its own."""
    from evals.questions import SetError

    try:
        yield
    except SetError as error:
        for problem in error.problems:
            notice(f"{error.path}, {problem}")
        raise


def _options(given: dict[str, Any]) -> Any:
    from evals import commands

    for page in ("markdown", "junit"):
        _check_file(given[page], f"the page of --{page}")
    accepting, reason = given.pop("accepting"), given.pop("reason")
    if accepting != (reason is not None):
        raise UsageError("--accept and --reason TEXT belong together")
    if given["rescore"] and given["against"] is None and not accepting:
        raise UsageError("--rescore is of a baseline; name one with --against")
    set_name = given.pop("set_name")
    if set_name is not None and given["pack"] is not None:
        raise UsageError("a pack stands in place of a set; give --set or --pack, not both")
    return commands.Options(
        **given, set_name=commands.SAMPLE if set_name is None else set_name, accepting=reason
    )


def _step(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        click.echo(f"\r\x1b[K{done}/{counted(total, 'question')}{end}", err=True, nl=False)
