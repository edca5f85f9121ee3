"""The chat: what is asked goes to the engine, its events come back, commands are carried out."""

import os
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.chat.clipboard import copy
from assistant.chat.commands import COMMANDS, Kind, Order, Unknown
from assistant.chat.keymap import key_name
from assistant.chat.labels import labels
from assistant.chat.scope import Scope
from assistant.history.records import Conversation
from assistant.render import printable
from assistant.tui.asking import Asking
from assistant.tui.chips import Chips
from assistant.tui.desk import Desk, Look
from assistant.tui.evidence import EvidencePanel
from assistant.tui.keybar import KeyBar
from assistant.tui.news import Broke, Ended, Happened, Looked, Noticed, Opened, Resumed, Titled
from assistant.tui.orders import carry_out, values_of
from assistant.tui.start import Start
from assistant.tui.typography import install
from index.errors import InterviewsError
from index.records import Language

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.session import Holdings
    from assistant.tui.page import Page
    from assistant.tui.shelves import Shelves


install()  # before anything is laid out or typed


class ChatApp(App[None]):
    """Conversation over a store of interviews."""

    CSS_PATH = "app.tcss"
    TITLE = "Interviews"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(c.key, f"order('{c.name}')", c.name, id=c.name, priority=True)
            for c in COMMANDS
            if c.key
        ),
        *(
            Binding(f"alt+{n}", f"cite({n})", show=False, id=f"cite-{n}", priority=True)
            for n in range(1, 10)
        ),
    ]

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.language: Language = start.language
        self.say = labels(start.language)
        self.choices = start.choices
        self.scope = start.scope
        self.holdings: Holdings | None = None
        self.conversation: Conversation | None = None
        self.broke: BaseException | None = None
        self.asking = Asking(start.make_session, self.post_message)
        self.set_keymap({name: start.keys.get(name, "") for name in (c.name for c in COMMANDS)})

    def _fatal_error(self) -> None:
        """Keep what broke, where Textual would print it with every variable, keys among them."""
        self.broke = sys.exc_info()[1]
        self._close_messages_no_wait()

    def get_default_screen(self) -> Screen[None]:
        """Begin at the desk."""
        return self._new_desk()

    def on_mount(self) -> None:
        """Paint first; open the store meanwhile."""
        if self.choices.theme in self.available_themes:
            self.theme = self.choices.theme or self.theme
        self.call_after_refresh(lambda: self.asking.open(self.start.resume))

    def on_unmount(self) -> None:
        """Let what came be kept."""
        self.asking.end()
        if "shelves" in self.__dict__:
            self.shelves.end()

    @property
    def desk(self) -> Desk:
        """The screen with the conversation, whatever stands above it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, Desk))

    @cached_property
    def shelves(self) -> "Shelves":
        """The pages beside the desk; what they need is loaded with the first of them."""
        from assistant.tui.shelves import Shelves

        return Shelves(self)

    # --- asking

    def on_desk_asked(self, message: Desk.Asked) -> None:
        """Answer a question, unless one is being answered."""
        if self.asking.running is not None:
            self.tell(self.say("busy"))
        else:
            self.asking.ask(self.desk.begin(message.question), message.question, self.scope)

    def on_happened(self, message: Happened) -> None:
        """Show a step, a piece of text, or the answer."""
        if message.turn.is_answering:
            message.turn.take(message.event)

    def on_ended(self, message: Ended) -> None:
        """Let the next question come."""
        message.turn.stop()  # nothing, when it ended by itself
        if message.turn is self.asking.running:
            self.asking.running = None
        self.desk.settled(message.turn)
        self._entitle(message.conversation)

    # --- the collection and what was kept

    def on_opened(self, message: Opened) -> None:
        """Say what there is to ask about."""
        self.holdings = message.holdings
        self.desk.prompt.recalled = [*reversed(message.recalled)]
        self._entitle(self.conversation)

    async def on_resumed(self, message: Resumed) -> None:
        """Show a conversation that was kept, or none."""
        await self.desk.show(message.turns)
        self._entitle(message.conversation)

    def on_titled(self, message: Titled) -> None:
        """Show the conversation's name."""
        self._entitle(message.conversation)

    def _entitle(self, conversation: Conversation | None) -> None:
        self.conversation = conversation
        title = conversation.title if conversation else ""
        parts = [title or self.say("untitled"), self.start.answers or self.say("by_quoting")]
        if self.holdings is not None:
            sizes = self.holdings.sizes
            parts.append(self.say("ready", **{k: sizes[k] for k in ("interviews", "paragraphs")}))
        self.desk.entitle(printable(" · ".join(parts)))

    def on_evidence_panel_shown(self, message: EvidencePanel.Shown) -> None:
        """Look what became of a paragraph, and what stands around it."""
        self.asking.look(message.exhibit, self.desk.evidence.tell)

    def on_looked(self, message: Looked) -> None:
        """Show what was looked up."""
        message.show()

    def on_noticed(self, message: Noticed) -> None:
        """Say what the engine has to say."""
        self.tell(message.words, is_problem=message.is_problem)

    def take_broken_thread(self, broken: threading.ExceptHookArgs) -> None:
        """Hear of a thread that nobody caught; what `threading.excepthook` may be set to."""
        if broken.exc_value is not None:
            self.post_message(Broke(broken.exc_value))

    def on_broke(self, message: Broke) -> None:
        """End: what a thread broke on is no smaller a bug than what the screen breaks on."""
        raise message.error

    # --- commands

    def action_order(self, name: str) -> None:
        """Carry out the command of a key, or let the page in front do it its own way."""
        if not isinstance(self.screen, Desk) and self.shelves.heed(name):
            return
        command = next(command for command in COMMANDS if command.name == name)
        carry_out(self, Order(command, ""))

    def action_cite(self, number: int) -> None:
        """Bring up the citation of a number, where it can be seen."""
        if isinstance(self.screen, Desk) and not self.desk.open(str(number)):
            self.tell(self.say("no_citation", number=number))

    def on_desk_ordered(self, message: Desk.Ordered) -> None:
        """Carry out what was typed."""
        self.desk.prompt.remember("")
        order = message.order
        if isinstance(order, Unknown) and order.name.isdecimal():
            self.action_cite(int(order.name))
        elif isinstance(order, Unknown):
            self.tell(self.say("unknown_command", name=order.name))
        else:
            carry_out(self, order)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what a clicked key does."""
        self.action_order(message.name)

    def on_chips_dropped(self, message: Chips.Dropped) -> None:
        """Ask more widely again."""
        self.keep_to(self.scope.without_chip(message.name, message.value))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every command in the palette, with its key."""
        del screen
        for command in COMMANDS:
            key = self.start.keys.get(command.name)
            title = f"{command.about(self.language)}  /{command.name} {command.alias}"
            yield SystemCommand(
                title,
                key_name(key) if key else "",
                lambda name=command.name: self.action_order(name),
            )

    # --- what commands use

    def tell(self, words: str, *, is_problem: bool = True) -> None:
        """Say something beside the conversation."""
        self.notify(words, severity="warning" if is_problem else "information", markup=False)

    def keep_to(self, scope: Scope) -> None:
        """Set the filters."""
        self.scope = scope
        self.desk.chips.show(scope)

    def choose(self, **changes: object) -> None:
        """Remember what was chosen."""
        self.choices = replace(self.choices, **changes)  # type: ignore[arg-type]  # names are checked
        try:
            self.start.keep_choices(self.choices)
        except InterviewsError as error:
            self.tell(str(error))

    def values(self, kind: Kind) -> Iterable[tuple[str, str]]:
        """Return what may follow a command of a kind."""
        return values_of(self, kind)

    async def speak(self, language: Language) -> None:
        """Change the language of the interface; the conversation stays."""
        self.language = self.say.language = language
        past = [turn.kept for turn in self.desk.conversation.turns]
        self.desk.dress(self._look())
        await self.desk.show(past)
        self._entitle(self.conversation)

    def copy(self, text: str, what: str) -> None:
        """Copy a text by the way that works here, and say which it was."""

        def copying() -> None:
            copied = copy(text, os.environ, self._write)
            if copied.route == "none":
                self.post_message(Noticed(self.say("not_copied", what=what)))
            else:
                route = self.say(f"by_{copied.route}", tool=copied.tool)
                words = self.say("copied", what=what, route=route)
                self.post_message(Noticed(words, is_problem=False))

        self.run_worker(copying, thread=True, exit_on_error=False)

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def visit(self, link: str) -> None:
        """Open a link outside."""
        self.open_url(link)

    def back(self) -> bool:
        """Go back from a page to the desk; False when one is there."""
        if isinstance(self.screen, Desk):
            return False
        self.pop_screen()
        return True

    def open_page(self, name: str) -> None:
        """Bring up help, the conversations, the interviews, or an interview."""
        self.shelves.open(name)

    def on_page_wished(self, message: "Page.Wished") -> None:
        """Do what a page asks for."""
        self.shelves.fulfil(message.wish)

    def export(self, argument: str) -> None:
        """Write the conversation to a file."""
        self.shelves.export(argument)

    def leave(self) -> None:
        """End the program."""
        self.asking.stop()
        self.exit()

    def _new_desk(self) -> Desk:
        return Desk(self.say, self._look(), self.values)

    def _look(self) -> Look:
        return Look(self.language, self.start.keys, self.scope, self.choices.is_beside)
