"""What each command of the chat does."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from textual.screen import Screen

from assistant.chat.commands import Command, Kind, Order
from assistant.chat.known import problem_with
from assistant.chat.labels import Say
from assistant.chat.pages import answer_lines, plain_text, provenance
from assistant.chat.scope import Scope
from assistant.tui.asking import Asking
from assistant.tui.desk import Desk
from index.records import LANGUAGES, Language

if TYPE_CHECKING:
    from assistant.chat.session import Holdings


class Chat(Protocol):
    """What a command may use of the app."""

    language: Language
    scope: Scope
    theme: str

    @property
    def say(self) -> Say:
        """Says labels."""

    @property
    def desk(self) -> Desk:
        """The screen with the conversation."""

    @property
    def asking(self) -> Asking:
        """Where questions go, and all that takes time."""

    @property
    def holdings(self) -> "Holdings | None":
        """What there is to ask about; None until it is known."""

    @property
    def available_themes(self) -> Mapping[str, object]:
        """Themes by name."""

    @property
    def screen(self) -> Screen[object]:
        """What is in front."""

    def tell(self, words: str, *, is_problem: bool = True) -> None:
        """Say something beside the conversation."""

    def keep_to(self, scope: Scope) -> None:
        """Set the filters."""

    def choose(self, **changes: object) -> None:
        """Remember what was chosen."""

    async def speak(self, language: Language) -> None:
        """Change the language of the interface."""

    def call_later(self, callback: Callable[..., object], *args: object) -> bool:
        """Do something once what is being done is done."""

    def copy(self, text: str, what: str) -> None:
        """Copy a text; say how."""

    def open_page(self, name: str) -> None:
        """Bring up help, the conversations, the interviews, or an interview."""

    def export(self, argument: str) -> None:
        """Write the conversation to a file."""

    def leave(self) -> None:
        """End the program."""

    def back(self) -> bool:
        """Go back from a page to the desk; False when one is there."""

    def visit(self, link: str) -> None:
        """Open a link outside."""


def carry_out(chat: Chat, order: Order) -> None:
    """Do what was ordered, or say what it needs."""
    command, argument = order.command, order.argument
    if command.needs and not argument:
        name = _name(chat, command)
        chat.desk.prompt.show(f"/{name} ")
        chat.desk.prompt.focus()
        is_named = command.takes in ("interview", "speaker", "tag", "language")
        what = chat.say(command.takes if is_named else f"needs_{command.takes}")
        chat.tell(chat.say("needs", name=name, what=what), is_problem=False)
        return
    _DOING[command.name](chat, argument)


def values_of(chat: Chat, kind: Kind) -> Iterable[tuple[str, str]]:
    """Return what may follow a command of a kind, each with a word about it."""
    found: Iterable[tuple[str, str]] = ()
    there = chat.holdings.interviews if chat.holdings else ()
    match kind:
        case "language":
            found = [(language, chat.say(language)) for language in LANGUAGES]
        case "theme":
            found = [(name, "") for name in chat.available_themes]
        case "interview":
            found = [(interview.id, interview.title) for interview in there]
        case "speaker":
            found = [(name, "") for name in (chat.holdings.speakers if chat.holdings else ())]
        case "tag":
            found = [(tag, "") for tag in sorted({tag for each in there for tag in each.tags})]
        case "date":
            found = [(date, "") for date in sorted({each.date for each in there if each.date})]
        case _:
            pass
    return found


def _name(chat: Chat, command: Command) -> str:
    return command.name if chat.language == "en" else command.alias


def _filter(name: str) -> Callable[[Chat, str], None]:
    def keep(chat: Chat, value: str) -> None:
        if name == "language" and value not in LANGUAGES:
            chat.tell(chat.say("needs", name=name, what=" / ".join(LANGUAGES)))
            return
        problem = problem_with(name, value, chat.scope, chat.holdings, chat.say)
        if problem is not None:
            chat.tell(problem)
            return
        chat.keep_to(chat.scope.with_chip(name, value))

    return keep


def _clear(chat: Chat, _: str) -> None:
    chat.keep_to(Scope())
    chat.tell(chat.say("cleared"), is_problem=False)


def _stop(chat: Chat, _: str) -> None:
    """Esc: from a page back to the desk, then stop, then give the place back, then empty."""
    if chat.back() or chat.asking.stop() or chat.desk.fold_evidence():
        return
    if chat.desk.prompt.text:
        chat.desk.prompt.show("")


def _evidence(chat: Chat, _: str) -> None:
    chat.desk.toggle_evidence()


def _move(by: int) -> Callable[[Chat, str], None]:
    def move(chat: Chat, _: str) -> None:
        if chat.desk.evidence.display:
            chat.desk.evidence.move(by)
        else:
            chat.desk.toggle_evidence()

    return move


def _around(chat: Chat, _: str) -> None:
    chat.desk.evidence.toggle_around()


def _layout(chat: Chat, _: str) -> None:
    if not chat.desk.evidence.has_room_beside:
        chat.tell(chat.say("no_room_beside"))
        return
    chat.desk.evidence.toggle_beside()
    chat.choose(is_beside=chat.desk.evidence.is_beside)


def _source(chat: Chat, _: str) -> None:
    exhibit = chat.desk.evidence.exhibit
    link = exhibit.source.interview.source if exhibit else None
    if link is None or not link.startswith(("http://", "https://")):
        chat.tell(chat.say("no_link"))
    else:
        chat.visit(link)


def _copy(chat: Chat, _: str) -> None:
    turn = chat.desk.turn
    if turn is None or turn.answer is None:
        chat.tell(chat.say("nothing_to_copy"))
        return
    told = [provenance(exhibit, chat.say) for exhibit in turn.exhibits if exhibit.label.isdigit()]
    numbered = [f"[{place}]\n{each}" for place, each in enumerate(told, start=1)]
    text = "\n\n".join([plain_text(answer_lines(turn.answer, chat.say)), *numbered])
    chat.copy(text, chat.say("answer_word"))


def _quote(chat: Chat, _: str) -> None:
    exhibit = chat.desk.evidence.exhibit
    if exhibit is None:
        chat.tell(chat.say("nothing_to_copy"))
    else:
        chat.copy(provenance(exhibit, chat.say), chat.say("quote_word"))


def _all(chat: Chat, _: str) -> None:
    parts = [
        f"> {turn.question}\n\n{plain_text(answer_lines(turn.answer, chat.say))}"
        for turn in chat.desk.conversation.turns
        if turn.answer is not None
    ]
    if parts:
        chat.copy("\n\n".join(parts), chat.say("all_word"))
    else:
        chat.tell(chat.say("nothing_to_copy"))


def _theme(chat: Chat, name: str) -> None:
    if name not in chat.available_themes:
        chat.tell(chat.say("needs", name="theme", what=", ".join(chat.available_themes)))
        return
    chat.theme = name
    chat.choose(theme=name)


def _interface(chat: Chat, name: str) -> None:
    for language in LANGUAGES:
        if name == language:
            chat.call_later(chat.speak, language)
            chat.choose(interface=language)
            return
    chat.tell(chat.say("needs", name="interface", what=" / ".join(LANGUAGES)))


def _page(name: str) -> Callable[[Chat, str], None]:
    return lambda chat, _: chat.open_page(name)


_DOING: Mapping[str, Callable[[Chat, str], None]] = {
    "help": _page("help"),
    "new": lambda chat, _: chat.asking.begin_anew(),
    "history": _page("history"),
    "interviews": _page("interviews"),
    "evidence": _evidence,
    "next": _move(1),
    "previous": _move(-1),
    "around": _around,
    "layout": _layout,
    "source": _source,
    "read": _page("read"),
    "copy": _copy,
    "quote": _quote,
    "all": _all,
    "interview": _filter("interview"),
    "speaker": _filter("speaker"),
    "tag": _filter("tag"),
    "since": _filter("since"),
    "until": _filter("until"),
    "language": _filter("language"),
    "clear": _clear,
    "rename": lambda chat, title: chat.asking.rename(title),
    "export": lambda chat, argument: chat.export(argument),
    "theme": _theme,
    "interface": _interface,
    "stop": _stop,
    "quit": lambda chat, _: chat.leave(),
}
