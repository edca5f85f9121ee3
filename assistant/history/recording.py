"""The events of an answer → its turn in the history, as they come.

A history that fails never fails the answer: it is said once, and the rest goes on without it.
"""

import time
from collections.abc import Callable, Mapping
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
from assistant.history.records import Conversation, Numbers, Turn
from assistant.history.store import History

EVERY_S = 0.5
"""Seconds between two writings of a text that is coming; a crash loses what came in between."""


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
            notice: is told, once, why nothing is written any more.
            conversation: to go on with; None begins one with the first question.
            clock: seconds.
        """
        self.conversation = conversation
        self.turn: Turn | None = None
        self._history = history
        self._store = store
        self._notice = notice
        self._clock = clock
        self._book: Numbers | None = None
        self._text = ""
        self._message = ""
        self._usage: UsageCounted | None = None
        self._written = 0.0

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
        self.turn, self._book = None, book
        self._text, self._message, self._usage = "", "", None
        if self._history is None:
            return
        try:
            self.turn = self._begun(self._history, question, filters or {}, model)
        except HistoryError as error:
            self._give_up(error)

    def hear(self, event: Event) -> None:
        """Take the next event; the last one ends the turn."""
        if self._history is None or self.turn is None:
            return
        try:
            self._write(self._history, self.turn, event)
        except HistoryError as error:
            self._give_up(error)

    def remark(self, message: str) -> None:
        """Note why the model failed in a turn that goes on without it."""
        self._text, self._message = "", message

    def stop(self) -> None:
        """End a turn that was interrupted, with what had come of its text; else nothing."""
        if self._history is None or self.turn is None:
            return
        try:
            self._history.finish(
                self.turn.id, "stopped", text=self._text, usage=self._usage, book=self._book
            )
            self._ended()
        except HistoryError as error:
            self._give_up(error)

    def _begun(
        self, history: History, question: str, filters: Mapping[str, str], model: str | None
    ) -> Turn:
        """Begin a turn; where its conversation was deleted meanwhile, in a new one."""
        if self.conversation is not None:
            try:
                return history.begin(self.conversation.id, question, filters, model)
            except NoConversationError:
                pass
        self.conversation = history.start(self._store)
        return history.begin(self.conversation.id, question, filters, model)

    def _write(self, history: History, turn: Turn, event: Event) -> None:
        match event:
            case TextAdded(text):
                self._text += text
                if self._clock() - self._written >= EVERY_S:
                    history.keep(turn.id, self._text, self._book)
                    self._written = self._clock()
            case TextWithdrawn():
                self._text = ""
            case UsageCounted():
                self._usage = event
            case Answered(answer) | Abstained(answer):
                history.finish(
                    turn.id,
                    answer.outcome,
                    answer,
                    message=self._message,
                    usage=self._usage,
                    book=self._book,
                )
                self._ended()
            case Failed(message, _, partial):
                history.finish(
                    turn.id,
                    "failed",
                    partial,
                    text=self._text,
                    message=message,
                    usage=self._usage,
                    book=self._book,
                )
                self._ended()
            case _:
                pass

    def _ended(self) -> None:
        self.turn = None
        if self._history is not None and self.conversation is not None:
            self.conversation = self._history.conversation(self.conversation.id)

    def _give_up(self, error: HistoryError) -> None:
        self._history = self.turn = None
        self._notice(f"{error}; going on without a history")
