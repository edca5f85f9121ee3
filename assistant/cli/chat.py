"""`chat`: a conversation on the screen, its evidence beside it."""

import locale
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import wiring
from assistant.cli.filters import FILTERS, filter_options
from assistant.cli.options import notice, readable, settings_of, store_option
from assistant.settings import Settings, state_path
from index.errors import UsageError
from index.records import LANGUAGES, Language

if TYPE_CHECKING:
    from assistant.chat.scope import Scope
    from assistant.chat.session import Session
    from assistant.history.opening import Opening
    from assistant.history.store import History
    from assistant.tui.start import Start

Notice = Callable[[str], None]
BUG = 70


@click.command(
    short_help="Talk with the interviews.",
    epilog="""\b
Examples:
  interviews chat
  interviews chat --speaker 林晓梅 --since 2024
  interviews chat --continue
  interviews chat --model NAME
""",
)
@click.option("--continue", "continues", is_flag=True, help="Go on with the last conversation.")
@click.option("--resume", metavar="ID", help="Go on with one of `interviews history list`.")
@click.option("--ui-lang", type=click.Choice(LANGUAGES), help="Of the interface. [the locale's]")
@click.option("--model", metavar="NAME", help="Let this model search and answer.")
@click.option("--tools", type=click.Choice(("auto", "on", "off")), help="Tools, or plain text.")
@click.option("--plain", "is_plain", is_flag=True, help="Lines only, for screen readers.")
@click.option("--serve", "is_served", is_flag=True, help="In a browser, on this machine.")
@click.option("--host", help="Serve at another address than 127.0.0.1; needs --token.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--token", metavar="WORD", help="Who may enter. [default: a new one, shown]")
@filter_options
@store_option
def chat(
    *,
    continues: bool,
    resume: str | None,
    ui_lang: Language | None,
    is_plain: bool,
    is_served: bool,
    host: str | None,
    port: int,
    token: str | None,
    **flags: Any,
) -> int:
    """Ask one question after the other, and see what each sentence stands on."""
    if continues and resume is not None:
        raise UsageError("--continue and --resume are two conversations; give one of them")
    if is_served and is_plain:
        raise UsageError("--serve shows the screen in a browser, and --plain has none; give one")
    if is_served:
        return served(host, port, token)
    filters = {name: flags.pop(name) for name in FILTERS}
    settings = settings_of(**flags)
    from assistant.chat.scope import scope_of

    resume = None if resume is None else readable(resume)
    asked = Wanted(scope_of(filters), ui_lang, resume, continues=continues)
    if is_plain or os.environ.get("TERM") == "dumb":
        return run_plainly(settings, asked)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not is_terminal and "TEXTUAL_DRIVER" not in os.environ:  # which a browser's has
        raise UsageError("chat needs a terminal; without one, use: interviews ask QUESTION")
    return run_on_screen(settings, asked)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the flags ask for, beside the settings."""

    scope: "Scope"
    ui_lang: Language | None
    resume: str | None
    continues: bool


def served(host: str | None, port: int, token: str | None) -> int:
    """Serve the chat in a browser: this same command, once a window, without the serving.

    Raises:
        UsageError: another address without a token, or what serves is not installed.
    """
    if host is not None and token is None:
        raise UsageError("--host opens the interviews to others; it needs --token WORD")
    try:
        from assistant.tui.serving import serve
    except ModuleNotFoundError as error:
        raise UsageError("--serve needs one more part; run: pip install textual-serve") from error
    program = [sys.executable, "-c", "from assistant.cli import main; main()"]
    serve([*program, *without_serving(sys.argv[1:])], host or "127.0.0.1", port, token, notice)
    return 0


def without_serving(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a call without those that serve."""
    kept: list[str] = []
    skips = False
    for argument in arguments:
        if not skips and argument.split("=")[0] not in ("--serve", "--host", "--port", "--token"):
            kept.append(argument)
            continue
        skips = not skips and argument in ("--host", "--port", "--token")
    return kept


def run_plainly(settings: Settings, wanted: Wanted) -> int:
    """Talk in lines."""
    from assistant.chat.labels import labels
    from assistant.chat.plain import PlainChat

    start = beginning(settings, wanted)
    session = start.make_session(notice)
    if start.resume is not None:
        session.resume(start.resume)
    chat = PlainChat(session, labels(start.language), start.language, click.echo)
    chat.scope = start.scope
    chat.run(input)
    session.close()
    return 0


def run_on_screen(settings: Settings, wanted: Wanted) -> int:
    """Talk on the screen."""
    from assistant.chat.keyboard import apply

    apply(os.environ)  # before Textual is imported, which reads it once
    from assistant.tui.app import ChatApp

    app = ChatApp(beginning(settings, wanted))
    threading.excepthook = app.take_broken_thread
    app.run()
    return app.return_code or 0 if app.broke is None else report(app.broke)


def report(broke: BaseException) -> int:
    """Say where it stands what broke; the terminal is as it was."""
    from assistant.chat.crash import write_report
    from assistant.redaction import secrets_of

    path = write_report(state_path(os.environ) / "crashes", broke, secrets_of(os.environ))
    if os.environ.get("INTERVIEWS_DEBUG"):
        traceback.print_exception(broke)
    where = f"; what happened stands in {path}" if path else ""
    notice(f"the chat broke, by a bug of ours; the conversation is kept{where}")
    return BUG


def beginning(settings: Settings, wanted: Wanted) -> "Start":
    """Return what the chat begins with; nothing heavy is imported yet.

    Raises:
        UsageError: the model's name or the keymap is wrong, or there is nothing to go on with.
        HistoryError: the history cannot be opened, yet its last conversation is to go on.
    """
    from assistant.chat.choices import load_choices, save_choices
    from assistant.chat.keymap import keys_of
    from assistant.chat.labels import labels
    from assistant.tui.start import Start

    state = state_path(os.environ)
    choices = load_choices(state)
    language = wanted.ui_lang or choices.interface or language_of_locale()
    address = wiring.model_address(settings)
    say = labels(language)
    opening = opening_of(settings, state, wanted)
    resume = wanted.resume
    if wanted.continues and opening is not None:
        resume = last_conversation(opening.open(), settings.store)

    def make_session(notice: Notice) -> "Session":
        """Open the history here, after the first paint: another process may hold it."""
        from assistant.chat.session import Session
        from assistant.history.errors import HistoryError

        history, problem = None, ""
        try:
            history = (opening.current or opening.open()) if opening else None
        except HistoryError as error:
            problem = str(error)
            notice(say("no_history", problem=problem))
        return Session(settings, history, notice, opening=opening, problem=problem)

    return Start(
        make_session=make_session,
        language=language,
        keys=keys_of(settings.keymap),
        answers=say("by_model", model=settings.model, address=address) if address else "",
        choices=choices,
        keep_choices=lambda chosen: save_choices(state, chosen),
        scope=wanted.scope,
        resume=resume,
    )


def opening_of(settings: Settings, state: Path, wanted: Wanted) -> "Opening | None":
    """Return what opens the history; None where it is switched off.

    Raises:
        UsageError: it is switched off, yet a conversation is to go on.
    """
    from assistant.history.opening import Opening
    from assistant.history.store import History, history_path

    if settings.history:
        return Opening(lambda: History.open(history_path(state)))
    if wanted.continues or wanted.resume is not None:
        flag = "--continue" if wanted.continues else "--resume"
        raise UsageError(f"{flag} needs the history, which is switched off")
    return None


def last_conversation(history: "History", store: Path) -> str:
    """Return the conversation about a store that was changed last.

    Raises:
        UsageError: there is none.
    """
    last = history.last(store)
    if last is None:
        raise UsageError("there is no conversation to continue; ask without --continue")
    return last.id


def language_of_locale() -> Language:
    """Return the language the user's system speaks."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (named or locale.getlocale()[0] or "").lower().startswith("zh") else "en"
