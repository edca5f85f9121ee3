"""Questions and other work → the engine's thread; what comes of them → messages."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.chat.pages import Exhibit
from assistant.chat.scope import Scope
from assistant.records import Source
from assistant.tui.engine import Engine
from assistant.tui.news import Ended, Happened, Looked, Noticed, Opened, Resumed, Titled
from index.errors import InterviewsError

if TYPE_CHECKING:  # it loads the index, which the first paint does not wait for
    from assistant.chat.session import Session
    from assistant.tui.turn import TurnView

Notice = Callable[[str], None]
Tell = Callable[[Exhibit, str | None, tuple[Sequence[Source], Sequence[Source]]], None]
PATIENCE_S = 1.0
"""How long the end waits for an answer that is being made to be kept."""


class Asking:
    """One question at a time; others wait for it, or stop it."""

    def __init__(
        self, make_session: "Callable[[Notice], Session]", post: Callable[[Message], object]
    ) -> None:
        """Begin the thread; nothing is opened yet."""
        self._make = make_session
        self._post = post
        self._stop = threading.Event()
        self._conversation: str | None = None
        self._engine = self._new_engine()
        self.running: TurnView | None = None

    def open(self, resume: str | None) -> None:
        """Open the store, and a conversation to go on with."""

        def opening(session: "Session") -> None:
            self._post(Opened(session.holdings(), self._recalled(session)))

        self.work(opening)
        if resume is not None:
            self.resume(resume)

    def ask(self, turn: "TurnView", question: str, scope: Scope) -> None:
        """Let a question be answered; `Happened` again and again, then `Ended`."""
        if self._engine.is_busy and self._stop.is_set():
            self._abandon()
        self.running = turn
        self._stop = stop = threading.Event()

        def answer(session: "Session") -> None:
            for event in session.ask(question, scope, stop):
                if not stop.is_set():
                    self._post(Happened(turn, event))
            self._conversation = session.conversation.id if session.conversation else None
            self._post(Ended(turn, session.conversation))

        self._engine.do(answer)

    def stop(self) -> bool:
        """Stop the answer that is being made; False when none is."""
        if self.running is None:
            return False
        self._stop.set()
        self.running.stop()
        self.running = None
        return True

    def resume(self, conversation: str) -> None:
        """Go on with a conversation that was kept."""
        self.stop()

        def resuming(session: "Session") -> None:
            found, turns = session.resume(conversation)
            self._conversation = found.id
            self._post(Resumed(found, turns))

        self.work(resuming)

    def begin_anew(self) -> None:
        """Begin a new conversation; the one before is kept."""
        self.stop()

        def begin(session: "Session") -> None:
            session.begin()
            self._conversation = None
            self._post(Resumed(None, ()))

        self.work(begin)

    def rename(self, title: str) -> None:
        """Name the conversation."""

        def name(session: "Session") -> None:
            if session.rename(title):
                self._post(Titled(session.conversation))

        self.work(name)

    def look(self, exhibit: Exhibit, tell: Tell) -> None:
        """Find out what became of a paragraph since, and what stands around it."""

        def look(session: "Session") -> None:
            change = session.change(exhibit.source.paragraph)
            around = session.around(exhibit.source.paragraph.id)
            self._post(Looked(lambda: tell(exhibit, change, around)))

        self.work(look)

    def work(self, job: "Callable[[Session], None]") -> None:
        """Do something in the engine's thread, after what it is doing; say what goes wrong."""

        def attempt(session: "Session") -> None:
            try:
                job(session)
            except InterviewsError as error:
                self._post(Noticed(str(error)))

        self._engine.do(attempt)

    def end(self) -> None:
        """Stop what runs, and let what came be kept."""
        self._stop.set()
        self._engine.end(lambda session: session.close(), PATIENCE_S)

    def _recalled(self, session: "Session") -> list[str]:
        """Return what was asked before; a history that fails does not hide the collection."""
        try:
            return session.recalled()
        except InterviewsError as error:
            self._post(Noticed(str(error)))
            return []

    def _abandon(self) -> None:
        """Leave a thread that a silent model keeps, and go on in another."""
        conversation = self._conversation
        self._engine = self._new_engine()

        def go_on(session: "Session") -> None:
            if conversation is not None:
                session.resume(conversation)

        self.work(go_on)

    def _new_engine(self) -> "Engine[Session]":
        def notice(words: str) -> None:
            self._post(Noticed(words))

        return Engine(lambda: self._make(notice))
