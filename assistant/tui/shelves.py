"""Opens the pages above the desk, does what they wish, and has the thread they read in.

That thread is not the one that answers: to look something up never waits for a model.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from assistant.chat.choices import Choices
from assistant.chat.commands import COMMANDS
from assistant.chat.labels import Say
from assistant.chat.scope import Scope
from assistant.history.export import export_name
from assistant.history.records import Conversation
from assistant.tui.asking import Asking
from assistant.tui.browse import InterviewsPage
from assistant.tui.desk import Desk
from assistant.tui.engine import Engine
from assistant.tui.help import HelpPage
from assistant.tui.news import Noticed
from assistant.tui.page import Page, Reach
from assistant.tui.reader import ReaderPage
from assistant.tui.sessions import HistoryPage
from assistant.tui.start import Start
from assistant.tui.wishes import (
    AskAbout,
    Beside,
    Copy,
    Deleted,
    Keep,
    Read,
    Renamed,
    Resume,
    Visit,
    Wish,
)
from index.errors import InterviewsError
from index.records import Language

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.shelf import Shelf

PATIENCE_S = 0.2
"""How long the end waits for something that is being looked up."""


class Chat(Protocol):
    """What pages need of the app."""

    start: Start

    @property
    def say(self) -> Say:
        """Says labels."""

    language: Language
    scope: Scope
    choices: Choices
    conversation: Conversation | None
    asking: Asking

    @property
    def desk(self) -> Desk:
        """The screen with the conversation."""

    @property
    def screen(self) -> Screen[object]:
        """What is in front."""

    @property
    def screen_stack(self) -> list[Screen[object]]:
        """All that is there, what is in front last."""

    def push_screen(self, screen: Screen[None]) -> object:
        """Put a screen in front."""

    def pop_screen(self) -> object:
        """Take away what is in front."""

    def post_message(self, message: Message) -> bool:
        """Take a message, from any thread."""

    def keep_to(self, scope: Scope) -> None:
        """Set the filters."""

    def choose(self, **changes: object) -> None:
        """Remember what was chosen."""

    def copy(self, text: str, what: str) -> None:
        """Copy a text; say how."""

    def visit(self, link: str) -> None:
        """Open a link outside."""

    def tell(self, words: str, *, is_problem: bool = True) -> None:
        """Say something beside the conversation."""


class Shelves:
    """The pages of a chat."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._engine: Engine[Shelf] | None = None

    # --- opening

    def open(self, name: str) -> None:
        """Bring up "help", "history", "interviews", or "read": the interview of the evidence."""
        if name == "read":
            exhibit = self._chat.desk.evidence.exhibit
            if exhibit is not None:
                source = exhibit.source
                self.read(source.interview.id, source.paragraph.id)
                return
            name = "interviews"
        if not self._leave_to(name):
            self._chat.push_screen(self._made(name))

    def read(self, interview: str, paragraph: str | None) -> None:
        """Bring up an interview, at a paragraph."""
        self._chat.push_screen(ReaderPage(self._reach(), interview, paragraph))

    def heed(self, command: str) -> bool:
        """Let the page in front carry out a command's key; False when that is for the app."""
        if isinstance(self._chat.screen, Desk):
            return False
        page = self._chat.screen
        if not isinstance(page, Page):
            return False
        if page.heed(command):
            return True
        if command == "new" or any(c.needs and c.name == command for c in COMMANDS):
            self.home()  # the prompt is there, and so is the conversation
        return False

    def home(self) -> None:
        """Go back to the desk."""
        while not isinstance(self._chat.screen, Desk):
            self._chat.pop_screen()
        self._chat.desk.prompt.focus()

    def export(self, argument: str) -> None:
        """Write the conversation to a file: the one named, or one named for it."""
        conversation = self._chat.conversation
        if conversation is None:
            self._chat.tell(self._chat.say("nothing_to_copy"))
            return
        path = Path(argument or export_name(conversation, "md")).expanduser()
        say = self._chat.say

        def write(shelf: "Shelf") -> None:
            try:
                written = shelf.export(conversation.id, path)
            except InterviewsError as error:
                self._chat.post_message(Noticed(str(error)))
                return
            words = say("saved_to", path=path.absolute()) if written else say("exists", path=path)
            self._chat.post_message(Noticed(words, is_problem=not written))

        self.work(write)

    def work(self, job: "Callable[[Shelf], None]") -> None:
        """Do a job in the thread that reads."""
        if self._engine is None:
            self._engine = Engine(self._make_shelf)
        self._engine.do(job)

    def end(self) -> None:
        """Let go of the thread."""
        if self._engine is not None:
            self._engine.end(lambda _: None, PATIENCE_S)

    # --- what a page wishes

    def fulfil(self, wish: Wish) -> None:
        """Do what a page asked for."""
        chat = self._chat
        match wish:
            case Resume() | Renamed() | Deleted():
                self._mind(wish)
            case Keep(name, value):
                chat.keep_to(chat.scope.with_chip(name, value))
            case Read(interview, paragraph):
                self.read(interview, paragraph)
            case AskAbout():
                self._ask_about(wish)
            case Copy(text, what):
                chat.copy(text, what)
            case Visit(link):
                chat.visit(link)
            case Beside(is_beside):
                chat.choose(is_beside=is_beside)

    def _mind(self, wish: Resume | Renamed | Deleted) -> None:
        """Let the conversation at the desk be what became of it, or another."""
        chat = self._chat
        is_here = chat.conversation is not None and chat.conversation.id == wish.conversation
        match wish:
            case Resume(conversation):
                self.home()
                if not is_here:
                    chat.asking.resume(conversation)
            case Renamed(_, title) if is_here:
                chat.asking.rename(title)
            case Deleted() if is_here:
                chat.asking.begin_anew()
            case _:
                pass

    def _ask_about(self, wish: AskAbout) -> None:
        """Go to the prompt, kept to one interview, with the section's heading begun."""
        interview, heading = wish.interview, wish.heading
        chat = self._chat
        others = tuple(chip for chip in chat.scope if chip[0] != "interview")
        chat.keep_to(Scope(others).with_chip("interview", interview))
        self.home()
        prompt = chat.desk.prompt
        begun = chat.say("ask_section", heading=heading) if heading else ""
        if wish.words:
            prompt.show(begun + wish.words)
        elif not prompt.text.startswith(begun) or not begun:
            prompt.show(begun + prompt.text)

    # --- parts

    def _made(self, name: str) -> Page:
        match name:
            case "history":
                return HistoryPage(self._reach())
            case "interviews":
                return InterviewsPage(self._reach())
            case _:
                return HelpPage(self._reach(), getattr(self._chat.screen, "NAME", "desk"))

    def _leave_to(self, name: str) -> bool:
        """Go back to a page that is there already; False when it is not."""
        if all(getattr(screen, "NAME", "") != name for screen in self._chat.screen_stack):
            return False
        while getattr(self._chat.screen, "NAME", "") != name:
            self._chat.pop_screen()
        return True

    def _reach(self) -> Reach:
        chat = self._chat
        beside = chat.choices.is_beside
        return Reach(chat.say, chat.language, chat.start.keys, self.work, is_beside=beside)

    def _make_shelf(self) -> "Shelf":
        # What there is to notice, the session that answers has said.
        return self._chat.start.make_session(lambda _: None).shelf()
