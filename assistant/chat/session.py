"""A conversation over an open store: a question → the events of its answer, kept as they come.

Everything here runs in one thread, the one that made it: what is open belongs to that thread.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

import prompts
from assistant import wiring
from assistant.chat.scope import Scope
from assistant.chat.shelf import Shelf
from assistant.events import Abstained, Answered, Event, Failed
from assistant.evidence_book import EvidenceBook
from assistant.history.errors import HistoryError
from assistant.history.opening import Opening
from assistant.history.recording import Recorder
from assistant.history.records import Conversation, Turn
from assistant.history.store import History
from assistant.history.telling import said
from assistant.narrowing import named_filters
from assistant.protocols import ChatModel
from assistant.records import Said, Source
from assistant.settings import Settings
from assistant.values import answer_text, source_of
from index.errors import EmptyStoreError, InterviewsError, UsageError
from index.records import Filters, Interview, InterviewSummary, Language, Paragraph
from index.search import Searcher

AROUND = 2
"""Paragraphs shown before and after one."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the collection has to choose from."""

    interviews: tuple[InterviewSummary, ...]
    speakers: tuple[str, ...]
    sizes: Mapping[str, int]


@dataclass(slots=True)
class Session:
    """Asks, and remembers."""

    settings: Settings
    history: History | None
    notice: Callable[[str], None]
    model: ChatModel | None = None
    """Made by the settings, if they name one, when it is first asked."""
    opening: Opening | None = None
    """Where the history comes from, also later: None has only the one given."""
    problem: str = ""
    """Why there is no history, as far as that was said."""
    _recorder: Recorder = field(init=False)
    _stack: ExitStack = field(default_factory=ExitStack)
    _searcher: Searcher | None = None
    _stamp: object = None
    _said: list[Said] = field(default_factory=list)
    _book: EvidenceBook = field(default_factory=EvidenceBook)

    def __post_init__(self) -> None:
        """Begin with nothing said."""
        self._recorder = Recorder(self.history, self.settings.store, self.notice)

    @property
    def conversation(self) -> Conversation | None:
        """What is kept of the conversation; None until something was asked."""
        return self._recorder.conversation

    # --- the collection

    def holdings(self) -> Holdings:
        """Return what there is to ask about; opens the store.

        Raises:
            InterviewsError: it cannot be opened.
        """
        searcher = self._open()
        rows = searcher.store.rows
        return Holdings(tuple(rows.interviews()), tuple(searcher.speakers), rows.sizes())

    def interview(self, interview_id: str) -> Interview | None:
        """Return a whole interview; None when it is gone.

        Raises:
            InterviewsError: the store cannot be opened.
        """
        return self._open().store.rows.interview(interview_id)

    def around(self, paragraph_id: str) -> tuple[Sequence[Source], Sequence[Source]]:
        """Return what was said before and after a paragraph; nothing when it is gone.

        Raises:
            InterviewsError: the store cannot be opened.
        """
        rows = self._open().store.rows
        found = rows.paragraph(paragraph_id)
        if found is None:
            return (), ()
        near = rows.neighbours(found.row, before=AROUND, after=AROUND)
        before = [source_of(each) for each in near if each.position < found.position]
        return before, [source_of(each) for each in near if each.position > found.position]

    def change(self, paragraph: Paragraph) -> str | None:
        """Return "changed" or "gone" when a paragraph is not what it was; None when it is.

        Raises:
            InterviewsError: the store cannot be opened.
        """
        try:
            found = self._open().store.rows.paragraph(paragraph.id)
        except EmptyStoreError:
            return "gone"
        if found is None:
            return "gone"
        return None if found.paragraph.texts == paragraph.texts else "changed"

    # --- the conversation

    def begin(self) -> None:
        """Begin a new conversation."""
        self._recorder.catch_up()
        self._recorder = Recorder(self.history, self.settings.store, self.notice)
        self._said, self._book = [], EvidenceBook()

    def resume(self, conversation_id: str) -> tuple[Conversation, list[Turn]]:
        """Go on with a conversation that was kept; returns it with its turns.

        Raises:
            UsageError: there is none of that id.
            InterviewsError: history or store cannot be opened.
        """
        self._recorder.catch_up()
        self._open_history()
        found = self.history.conversation(conversation_id) if self.history else None
        if self.history is None or found is None:
            raise UsageError(f"there is no conversation {conversation_id}")
        turns = self._reopen(self.history, found)
        self._recorder = Recorder(
            self.history, self.settings.store, self.notice, conversation=found
        )
        return found, turns

    def recalled(self) -> list[str]:
        """Return what was asked before, the last first; nothing where no history is kept.

        Raises:
            HistoryError: it cannot be read.
        """
        return self.history.questions() if self.history else []

    def rename(self, title: str) -> bool:
        """Name the conversation; False when nothing of it is kept.

        Raises:
            HistoryError: it cannot be written.
        """
        conversation = self.conversation
        if self.history is None or conversation is None:
            return False
        self.history.rename(conversation.id, title)
        self._recorder.conversation = self.history.conversation(conversation.id)
        return True

    def ask(self, question: str, scope: Scope, stop: threading.Event) -> Iterator[Event]:
        """Yield the events of an answer; ends without a last one when it was stopped.

        What goes wrong before the agent begins ends as `Failed`, too.
        """
        self._take_up()
        self._recorder.begin(question, self._book, filters=scope.shown(), model=self.settings.model)
        try:
            for event in self._answering(question, scope):
                self._recorder.hear(event)
                if isinstance(event, Answered | Abstained):
                    self._said.append((question, answer_text(event.answer)))
                yield event
                if stop.is_set():
                    break
        finally:  # also when the reader of these events goes away in the middle
            self._recorder.stop()

    def _answering(self, question: str, scope: Scope) -> Iterator[Event]:
        try:
            yield from self._events(question, scope)
        except InterviewsError as error:
            yield Failed(str(error), error.exit_code, None)

    def shelf(self) -> Shelf:
        """Return what can be looked up, in any thread, while this one answers."""
        return Shelf(self.settings, self.history, self.opening)

    def close(self) -> None:
        """Write what is held, and let go of the store."""
        self._recorder.catch_up()
        self._let_go()

    def _take_up(self) -> None:
        """Begin a question with the history, and with what others have added to it meanwhile."""
        try:
            self._open_history()
        except HistoryError as error:
            if str(error) != self.problem:
                self.problem = str(error)
                self.notice(f"{error}; so far this answer is not kept")
            return
        known = self.conversation
        if self.history is None or known is None or not self._recorder.catch_up():
            return
        # What fails here, of the history or the store, fails once more below, and is said there.
        with suppress(InterviewsError):
            found = self.history.conversation(known.id)
            if found is not None and _differs(found, self.conversation, self._book):
                self._reopen(self.history, found)

    def _open_history(self) -> None:
        """Open what could not be opened before, or went."""
        if self.opening is None:
            return
        gone = self.history if self.history is not None and self.history.is_gone else None
        self.history = self.opening.open()
        self._recorder.use(self.history)
        self.problem = ""
        if gone is not None:
            self.notice(f"the history {gone.path} is gone; a new one is begun")

    def _reopen(self, history: History, found: Conversation) -> list[Turn]:
        """Take the numbers and the turns of a conversation from the history; returns the turns."""
        turns = history.turns(found.id)
        rows = self._open().store.rows
        self._book = EvidenceBook.reopen(found.paragraphs, found.interviews, rows)
        self._said = said(turns, self._book, _gone)
        return turns

    def _let_go(self) -> None:
        self._stack.close()
        self._searcher = None

    def _events(self, question: str, scope: Scope) -> Iterator[Event]:
        searcher = self._open()
        filters = named_filters(searcher, self.notice, **scope.flags()) if scope else Filters()
        if self.settings.model is None:
            quoter = wiring.make_quoter(searcher, filters)
            yield from quoter.ask(question, history=self._said, book=self._book)
            return
        if self.model is None:
            self.model = wiring.make_model(self.settings)
        assert self.model is not None  # the settings name one
        agent = wiring.make_agent(self.settings, self.model, searcher, filters)
        yield from agent.ask(question, history=self._said, book=self._book)

    def _open(self) -> Searcher:
        """Return the searcher over the store as it is now: another process may have changed it."""
        stamp = _stamp_of(self.settings)
        if self._searcher is None or stamp != self._stamp:
            self._let_go()
            opened = wiring.opened_searcher(self.settings, self.notice)
            self._searcher = self._stack.enter_context(opened)
            self._stamp = _stamp_of(self.settings)
        return self._searcher


def _differs(found: Conversation, known: Conversation | None, book: EvidenceBook) -> bool:
    """Whether somebody else has asked in the conversation, or an interview of it was removed."""
    others = known is None or (found.turns, found.changed) != (known.turns, known.changed)
    return others or found.paragraphs != book.ids


def _gone(language: Language) -> str:
    return prompts.render(f"notes.{language}#history_gone")


def _stamp_of(settings: Settings) -> object:
    """Return what changes whenever somebody writes to the store."""
    stamps = []
    for path in sorted(settings.store.glob("interviews.sqlite*")):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # it went between the two
        if found.st_size and not path.name.endswith("-shm"):
            stamps.append((path.name, found.st_ino, found.st_size, found.st_mtime_ns))
    return tuple(stamps)
