"""The command line: parse → one call → print → exit code.

Importing it loads click and little else; each command imports what it needs when it runs.
"""

import os
import sys
import traceback

import click

from assistant.cli import (
    ask,
    browse,
    chat,
    check,
    config,
    doctor,
    evaluate,
    history,
    indexing,
    search,
)
from assistant.cli.options import notice
from assistant.cli.streams import UNWRITTEN, abandon, is_of_printing, restart_in_utf8, speak_utf8
from index.errors import InterviewsError

COMPLETION = "_INTERVIEWS_COMPLETE"
"""Environment variable by which a shell asks what could follow."""

EXIT_CODES = """\b
Exit codes:
  0    done; answered; eval: no worse
  1    eval: something got worse
  2    the call or the configuration is wrong
  3    the interviews do not say
  4    some transcripts could not be read; the others were indexed
  5    the store is empty, foreign, of another version, or cannot be written; or so the history
  6    the embedder could not be reached, or answered wrongly
  7    eval: the baseline cannot be compared
  8    the model could not be reached, or broke off
  9    the model takes no more requests for now
  10   the model was silent too long
  11   the model refuses, or gives no answer
  70   a bug of ours
  74   what was to be printed could not be written
  130  interrupted
"""


BEGINNING = """Answer questions about interview transcripts, in English and Chinese, quoting them.

\b
Begin with:
  interviews index FOLDER
  interviews ask "What changed his mind?"
  interviews ask "她为什么离开？"
"""


@click.group(
    help=BEGINNING,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="interviews")
def interviews() -> None:
    """Hold the commands."""


for command in (
    indexing.index,
    search.search,
    ask.ask,
    chat.chat,
    history.history,
    check.check,
    browse.list_interviews,
    browse.show,
    indexing.remove,
    browse.status,
    doctor.doctor,
    evaluate.evaluate,
    config.config,
    config.completion,
):
    interviews.add_command(command)


def main() -> None:
    """Run the program and leave with its exit code."""
    restart_in_utf8()
    speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every failure is one line on stderr."""
    code = 0
    try:
        code = invoke(arguments)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except (click.Abort, KeyboardInterrupt):
        notice("interrupted")
        code = 130
    except click.ClickException as error:
        say_misused(error)
        code = error.exit_code
    except InterviewsError as error:
        notice(str(error))
        code = error.exit_code
    except BrokenPipeError:
        abandon(sys.stdout)  # whoever read us has gone: say nothing
    except OSError as error:
        code = say_unwritten(error) if is_of_printing(error) else report_bug(error)
    except Exception as error:  # noqa: BLE001  # the one place that turns a bug into a line and 70
        code = report_bug(error)
    return code


def invoke(arguments: list[str]) -> int:
    """Do what click's own `main` does, except that every failure is left to `run`."""
    if os.environ.get(COMPLETION):
        interviews.main(arguments, prog_name="interviews", complete_var=COMPLETION)
    with interviews.make_context("interviews", arguments, color=color_wanted()) as context:
        result = interviews.invoke(context)
    return result if isinstance(result, int) else 0


def say_misused(error: click.ClickException) -> None:
    """Say what is wrong with a call; a call of nothing at all gets the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "interviews"
    notice(f"{error.format_message().rstrip('.')}; see: {command} --help")


def say_unwritten(error: OSError) -> int:
    """Say that the output goes nowhere, as on a full disk."""
    abandon(sys.stdout)
    notice(f"the output cannot be written: {error.strerror}")
    return UNWRITTEN


def color_wanted() -> bool | None:
    """Return False where colour is refused; None leaves it to whether a terminal is there."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return False if refused else None


def report_bug(error: Exception) -> int:
    """Say in one line that this is our mistake; the trace only for whoever asks for it."""
    if os.environ.get("INTERVIEWS_DEBUG"):
        traceback.print_exception(error)
    notice(
        f"this is a bug of ours: {type(error).__name__}: {error} (INTERVIEWS_DEBUG=1 shows where)"
    )
    return 70
