"""The collection and the history as they are read and tidied while an answer may be being made.

Opens the store afresh for everything, which takes milliseconds and shows it as it is now. What is
open belongs to the thread that uses it.
"""

from dataclasses import dataclass
from pathlib import Path

from assistant import wiring
from assistant.history.changes import changed_paragraphs
from assistant.history.errors import HistoryError
from assistant.history.export import to_json, to_markdown
from assistant.history.opening import Opening
from assistant.history.records import Conversation, Hit
from assistant.history.store import History
from assistant.settings import Settings
from index.errors import InterviewsError, UsageError
from index.records import Interview, InterviewSummary

MOST = 200
"""Conversations, or turns found, that are listed."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be looked up, and what can be done to what was kept."""

    settings: Settings
    kept: History | None
    """None where nothing is kept, or only what is opened meanwhile."""
    opening: Opening | None = None
    """Of what is kept, where it may be opened anew."""

    @property
    def history(self) -> History | None:
        """What is kept now; None where nothing is."""
        return (self.opening and self.opening.current) or self.kept

    # --- the collection

    def interviews(self) -> list[InterviewSummary]:
        """Return all interviews, by id.

        Raises:
            InterviewsError: the store cannot be read.
        """
        with wiring.opened_store(self.settings, _ignore) as store:
            return store.rows.interviews()

    def interview(self, interview_id: str) -> Interview | None:
        """Return a whole interview; None when there is none of that id.

        Raises:
            InterviewsError: the store cannot be read.
        """
        with wiring.opened_store(self.settings, _ignore) as store:
            return store.rows.interview(interview_id)

    # --- what was kept

    def conversations(self, *, everywhere: bool) -> list[Conversation]:
        """Return conversations about this store or about all, the one changed last first.

        Raises:
            HistoryError: nothing is kept, or it cannot be read.
        """
        return self._kept().conversations(None if everywhere else self.settings.store, MOST)

    def search(self, words: str, *, everywhere: bool) -> list[Hit]:
        """Return the turns in which all words stand, the one asked last first.

        Raises:
            HistoryError: nothing is kept, or it cannot be read.
        """
        return self._kept().search(words, MOST, None if everywhere else self.settings.store)

    def rename(self, conversation: str, title: str) -> None:
        """Name a conversation.

        Raises:
            HistoryError: it is gone, or cannot be written.
        """
        self._kept().rename(conversation, title)

    def delete(self, conversation: str) -> None:
        """Delete a conversation; its words leave the disk.

        Raises:
            HistoryError: it is gone already, or cannot be written.
        """
        self._kept().delete(conversation)

    def export(self, conversation: str, path: Path) -> bool:
        """Write a conversation to a file; False when the file is there already.

        Args:
            conversation: its id.
            path: JSON where it ends in `.json`, else Markdown.

        Raises:
            HistoryError: it is gone, or cannot be read.
            UsageError: the file cannot be written.
        """
        found = self._kept().conversation(conversation)
        if found is None:
            raise HistoryError(f"there is no conversation {conversation!r} any more")
        write = to_json if path.suffix.lower() == ".json" else to_markdown
        turns = self._kept().turns(conversation)
        try:
            with wiring.opened_store(self.settings, _ignore) as store:
                changes = changed_paragraphs(turns, store.rows)
        except InterviewsError:
            changes = None  # what is not known is left out; the conversation is whole without it
        return _write_new(path, write(found, turns, changes))

    def _kept(self) -> History:
        history = self.history
        if history is None:
            raise HistoryError("no history is kept: it is switched off, or could not be opened")
        return history


def _write_new(path: Path, text: str) -> bool:
    """Write a file; one that is there, whatever it is, stays as it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    except (OSError, ValueError) as error:  # a name may hold what no file system takes
        raise UsageError(f"{path} cannot be written: {error}") from error
    return True


def _ignore(_: str) -> None:
    """Leave to the session what is to be said about the store."""
