"""The command line: parse → one call → print → exit code.

Importing it loads click and little else; each command imports what it needs when it runs.
"""

import os
import sys
import traceback

import click

from assistant.cli import ask, browse, config, indexing, search
from index.errors import InterviewsError

EXIT_CODES = """\b
Exit codes:
  0    done; answered
  2    the call or the configuration is wrong
  3    the interviews do not say
  4    some transcripts could not be read; the others were indexed
  5    the store is empty, foreign, of another version, or cannot be written
  6    the embedder could not be reached, or answered wrongly
  70   a bug of ours
  130  interrupted
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(package_name="interviews")
def interviews() -> None:
    r"""Answer questions about interview transcripts, in English and Chinese, from the paragraphs.

    \b
    Begin with:
      interviews index FOLDER
      interviews ask "What changed his mind?"
      interviews ask "她为什么离开？"
    """


for command in (
    indexing.index,
    search.search,
    ask.ask,
    browse.list_interviews,
    browse.show,
    indexing.remove,
    browse.status,
    config.config,
    config.completion,
):
    interviews.add_command(command)


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every failure is one line on stderr."""
    color = False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
    try:
        result = interviews.main(
            arguments, prog_name="interviews", standalone_mode=False, color=color
        )
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except InterviewsError as error:
        click.echo(f"interviews: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read us has gone: say nothing, not even when Python flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # the one place that turns a bug into a line and 70
        return report_bug(error)
    return result if isinstance(result, int) else 0


def report_bug(error: Exception) -> int:
    """Say in one line that this is our mistake; the trace only for whoever asks for it."""
    if os.environ.get("INTERVIEWS_DEBUG"):
        traceback.print_exception(error)
    click.echo(
        f"interviews: this is a bug of ours: {type(error).__name__}: {error}"
        " (INTERVIEWS_DEBUG=1 shows where)",
        err=True,
    )
    return 70
