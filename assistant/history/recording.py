"""The events of an answer → its turn in the history, as they come.

A history that fails never fails the answer: why is said once, what was not written is held, and it
is tried again with the next question.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.events import (
    Abstained,
    Answered,
    Event,
    Failed,
    TextAdded,
    TextWithdrawn,
    UsageCounted,
)
from assistant.history.errors import HistoryError, NoConversationError
from assistant.history.records import Conversation, Numbers, Status, Turn
from assistant.history.store import History
from assistant.records import Answer

EVERY_S = 0.5
"""Seconds between two writings of a text that is coming; a crash loses what came in between."""


@dataclass(slots=True)
class _Going:
    """A turn, from its question until it is written."""

    question: str
    book: Numbers
    filters: Mapping[str, str]
    model: str | None
    turn: Turn | None = None
    """None as long as it could not be begun in the history."""
    is_kept: bool = True
    """Whether its text is kept as it comes; no longer once that failed, as it waits each time."""
    text: str = ""
    message: str = ""
    usage: UsageCounted | None = None
    written: float = 0.0
    status: Status = "running"
    answer: Answer | None = None


class Recorder:
    """Writes the turns of one conversation; without a history it writes nothing."""

    def __init__(
        self,
        history: History | None,
        store: Path,
        notice: Callable[[str], None],
        *,
        conversation: Conversation | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to a history.

        Args:
            history: None writes nothing.
            store: folder that the conversation is about.
            notice: is told, once, why something is not written.
            conversation: to go on with; None begins one with the first question.
            clock: seconds.
        """
        self.conversation = conversation
        self._history = history
        self._store = store
        self._notice = notice
        self._clock = clock
        self._going: _Going | None = None
        self._held: list[_Going] = []
        self._told: set[str] = set()

    @property
    def turn(self) -> Turn | None:
        """The turn that is being written; None between two, and while it cannot be."""
        return self._going.turn if self._going else None

    def use(self, history: History) -> None:
        """Write to another history from the next question on: the one before failed, or is gone."""
        if history is not self._history:
            self._history = history
            for held in self._held:
                held.turn = None  # its number means another turn there

    def begin(
        self,
        question: str,
        book: Numbers,
        *,
        filters: Mapping[str, str] | None = None,
        model: str | None = None,
    ) -> None:
        """Begin a turn.

        Args:
            question: as asked.
            book: the numbers of the conversation, read whenever something is written.
            filters: what the question is kept to, as shown.
            model: None when the interviews are quoted.
        """
        self._going = None
        if self._history is None:
            return
        self._going = going = _Going(question, book, filters or {}, model)
        if not self.catch_up():
            going.is_kept = False  # said already; the end of the turn tries again
            return
        try:
            going.turn = self._begun(self._history, going)
        except HistoryError:
            going.is_kept = False

    def hear(self, event: Event) -> None:
        """Take the next event; the last one ends the turn."""
        going = self._going
        if going is None:
            return
        match event:
            case TextAdded(text):
                going.text += text
                self._keep(going)
            case TextWithdrawn():
                going.text = ""
            case UsageCounted():
                going.usage = event
            case Answered(answer) | Abstained(answer):
                going.text = ""
                self._end(going, answer.outcome, answer)
            case Failed(message, _, partial):
                going.message = message
                self._end(going, "failed", partial)
            case _:
                pass

    def remark(self, message: str) -> None:
        """Note why the model failed in a turn that goes on without it."""
        if self._going is not None:
            self._going.text, self._going.message = "", message

    def stop(self) -> None:
        """End a turn that was interrupted, with what had come of its text; else nothing."""
        if self._going is not None:
            self._going.message = ""
            self._end(self._going, "stopped", None)

    def catch_up(self) -> bool:
        """Write the turns that are held, in order; False when that fails, too."""
        if self._history is None:
            return not self._held
        try:
            while self._held:
                self._write(self._history, self._held[0])
                del self._held[0]
        except HistoryError as error:
            self._tell(error)
            return False
        return True

    def _begun(self, history: History, going: _Going) -> Turn:
        """Begin a turn; where its conversation was deleted meanwhile, in a new one."""
        if self.conversation is not None:
            try:
                return history.begin(
                    self.conversation.id, going.question, going.filters, going.model
                )
            except NoConversationError:
                pass
        self.conversation = history.start(self._store)
        return history.begin(self.conversation.id, going.question, going.filters, going.model)

    def _keep(self, going: _Going) -> None:
        """Keep what came so far; where that fails, the end of the turn writes it all."""
        is_time = self._clock() - going.written >= EVERY_S
        if not (is_time and going.is_kept and going.turn and self._history):
            return
        try:
            self._history.keep(going.turn.id, going.text, going.book)
            going.written = self._clock()
        except HistoryError:
            going.is_kept = False

    def _end(self, going: _Going, status: Status, answer: Answer | None) -> None:
        self._going = None
        going.status, going.answer = status, answer
        self._held.append(going)
        self.catch_up()

    def _write(self, history: History, going: _Going) -> None:
        if going.turn is None:
            going.turn = self._begun(history, going)
        history.finish(
            going.turn.id,
            going.status,
            going.answer,
            text=going.text,
            message=going.message,
            usage=going.usage,
            book=going.book,
        )
        if self.conversation is not None:
            self.conversation = history.conversation(self.conversation.id)
        self._told.clear()  # what goes wrong after this goes wrong anew

    def _tell(self, error: HistoryError) -> None:
        if str(error) not in self._told:
            self._told.add(str(error))
            self._notice(f"{error}; so far this answer is not kept")
