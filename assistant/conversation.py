"""The last conversation, kept in a file of the user's own: what was asked, answered, and cited.

Paragraphs are kept by their ids only: what has left the collection is gone here too, and an answer
that stood on it is not told again.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import prompts
from assistant.events import UsageCounted
from assistant.evidence_book import EvidenceBook
from assistant.plain import from_plain, to_plain
from assistant.records import Answer, Outcome, Said
from assistant.values import answer_text
from index.errors import UsageError
from index.records import Language
from index.store.reading import Reader

FILE = "conversation.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    question: str
    answer: str
    """With markers."""
    language: Language
    outcome: Outcome
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a conversation has cost."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that belong together."""

    store: str
    """Folder of the index they are about."""
    turns: tuple[Turn, ...] = ()
    paragraphs: tuple[str, ...] = ()
    """Ids in the order of their numbers, from 1."""
    interviews: tuple[str, ...] = ()
    spent: Spent = Spent()
    schema: int = SCHEMA

    def book(self, rows: Reader) -> EvidenceBook:
        """Return the numbers given so far, as far as they still mean something."""
        return EvidenceBook.reopen(self.paragraphs, self.interviews, rows)

    def said(self, book: EvidenceBook) -> list[Said]:
        """Return the turns as the model is told of them, oldest first.

        An answer whose paragraphs are gone is not told, only that it was given.
        """
        return [
            (turn.question, turn.answer)
            if all(number in book for number in turn.cited)
            else (turn.question, prompts.render(f"notes.{turn.language}#history_gone"))
            for turn in self.turns
        ]

    def after(
        self, answer: Answer, book: EvidenceBook, usage: UsageCounted | None
    ) -> "Conversation":
        """Return the conversation with one more turn."""
        turn = Turn(
            question=answer.question,
            answer=answer_text(answer),
            language=answer.language,
            outcome=answer.outcome,
            cited=tuple(citation.number for citation in answer.citations),
        )
        spent = self.spent
        if usage is not None:
            spent = Spent(
                spent.calls + usage.calls,
                spent.prompt_tokens + usage.prompt_tokens,
                spent.completion_tokens + usage.completion_tokens,
            )
        # An answer that stood on what is gone is not kept for another time either.
        kept = tuple(
            old if all(number in book for number in old.cited) else replace(old, answer="")
            for old in self.turns
        )
        return replace(
            self,
            turns=(*kept, turn),
            paragraphs=book.ids,
            interviews=book.interviews,
            spent=spent,
        )


def load_conversation(folder: Path, store: Path) -> Conversation:
    """Return the last conversation over a store.

    Raises:
        UsageError: there is none, it is about another store, or the file cannot be read.
    """
    path = folder / FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        found = from_plain(Conversation, values)
    except FileNotFoundError as error:
        raise UsageError("there is no conversation to continue; ask without --continue") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"the last conversation, {path}, cannot be read: {error}") from error
    if found.store != str(store.resolve()):
        raise UsageError(f"the last conversation was about the store {found.store}")
    return found


def new_conversation(store: Path) -> Conversation:
    """Return a conversation in which nothing was said yet."""
    return Conversation(str(store.resolve()))


def forget_conversation(folder: Path) -> None:
    """Drop the last conversation: an answer in it may quote what was withdrawn."""
    (folder / FILE).unlink(missing_ok=True)


def save_conversation(folder: Path, conversation: Conversation) -> None:
    """Keep a conversation as the last one, readable for its user only.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=FILE)  # of mode 0600
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(to_plain(conversation), file, ensure_ascii=False, indent=1)
            Path(name).replace(folder / FILE)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise UsageError(f"the conversation cannot be kept in {folder}: {error}") from error
