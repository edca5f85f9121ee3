"""`chat`: a conversation on the screen, its evidence beside it."""

import locale
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import wiring
from assistant.cli.filters import FILTERS, filter_options, named_filters
from assistant.cli.options import settings_of, store_option
from assistant.settings import Settings, state_path
from index.errors import UsageError
from index.records import LANGUAGES, Language

if TYPE_CHECKING:
    from assistant.chat.scope import Scope
    from assistant.chat.session import Session
    from assistant.history.store import History
    from assistant.tui.start import Start

Notice = Callable[[str], None]


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
@filter_options
@store_option
def chat(*, continues: bool, resume: str | None, ui_lang: Language | None, **flags: Any) -> int:
    """Ask one question after the other, and see what each sentence stands on."""
    filters = {name: flags.pop(name) for name in FILTERS}
    settings = settings_of(**flags)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("chat needs a terminal; without one, use: interviews ask QUESTION")
    from assistant.chat.keyboard import apply

    apply(os.environ)  # before Textual is imported, which reads it once
    from assistant.chat.scope import scope_of
    from assistant.tui.app import ChatApp

    app = ChatApp(beginning(settings, scope_of(filters), ui_lang, resume, continues=continues))
    app.run()
    return app.return_code or 0


def beginning(
    settings: Settings,
    scope: "Scope",
    ui_lang: Language | None,
    resume: str | None,
    *,
    continues: bool,
) -> "Start":
    """Return what the chat begins with; nothing heavy is imported yet.

    Raises:
        UsageError: the model's name or the keymap is wrong, or there is nothing to go on with.
    """
    from assistant.chat.choices import load_choices, save_choices
    from assistant.chat.keymap import keys_of
    from assistant.chat.labels import labels
    from assistant.tui.start import Start

    state = state_path(os.environ)
    choices = load_choices(state)
    language = ui_lang or choices.interface or language_of_locale()
    address = wiring.model_address(settings)
    say = labels(language)
    problems: list[str] = []
    history = opened_history(state, problems.append)
    if continues and resume is None:
        resume = last_conversation(history, settings.store)

    def make_session(notice: Notice) -> "Session":
        from assistant.chat.session import Session

        for problem in problems:
            notice(say("no_history", problem=problem))
        return Session(settings, named_filters, history, notice)

    return Start(
        make_session=make_session,
        language=language,
        keys=keys_of(settings.keymap),
        answers=say("by_model", model=settings.model, address=address) if address else "",
        choices=choices,
        keep_choices=lambda chosen: save_choices(state, chosen),
        scope=scope,
        resume=resume,
    )


def opened_history(state: Path, notice: Notice) -> "History | None":
    """Return the history; None when it cannot be opened, having said why."""
    from assistant.history.errors import HistoryError
    from assistant.history.store import History, history_path

    try:
        return History.open(history_path(state))
    except HistoryError as error:
        notice(str(error))
        return None


def last_conversation(history: "History | None", store: Path) -> str:
    """Return the conversation about a store that was changed last.

    Raises:
        UsageError: there is none.
    """
    last = history.last(store) if history else None
    if last is None:
        raise UsageError("there is no conversation to continue; ask without --continue")
    return last.id


def language_of_locale() -> Language:
    """Return the language the user's system speaks."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (named or locale.getlocale()[0] or "").lower().startswith("zh") else "en"
