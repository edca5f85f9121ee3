"""Rows of the history ↔ the records they are."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from assistant.events import UsageCounted
from assistant.history.records import Conversation, Spent, Status, Turn
from assistant.plain import from_plain, to_plain
from assistant.records import Answer

CONVERSATION = """
    SELECT c.id, c.title, c.store, c.started, c.changed, c.paragraphs, c.interviews,
        count(t.id), total(t.calls), total(t.prompt_tokens), total(t.completion_tokens)
    FROM conversations c LEFT JOIN turns t ON t.conversation = c.row
"""
"""What `read_conversation` reads; needs GROUP BY c.row."""

TURN = """
    SELECT t.id, c.id, t.position, t.question, t.filters, t.asked, t.status, t.writer, t.text,
        t.answer, t.model, t.message, t.calls, t.prompt_tokens, t.completion_tokens,
        t.is_estimated, t.unknown_markers
    FROM turns t JOIN conversations c ON c.row = t.conversation
"""
"""What `read_turn` reads."""

UNREADABLE = "the stored answer cannot be read"


def read_conversation(row: Sequence[Any]) -> Conversation:
    """Return the conversation that a row is."""
    key, title, store, started, changed, paragraphs, interviews, turns, *spent = row
    return Conversation(
        id=key,
        title=title,
        store=store,
        started=started,
        changed=changed,
        turns=turns,
        spent=Spent(*map(int, spent)),
        paragraphs=tuple(json.loads(paragraphs)),
        interviews=tuple(json.loads(interviews)),
    )


def read_turn(row: Sequence[Any], is_writing: Callable[[str], bool]) -> Turn:
    """Return the turn that a row is.

    Args:
        row: of `TURN`.
        is_writing: whether a writer, by its token, is still there.
    """
    key, conversation, position, question, filters, asked, kept, writer, text, *rest = row
    packed, model, message, *usage = rest
    status: Status = kept
    if status == "running" and not is_writing(writer):
        status = "stopped"
    answer = None
    if packed is not None:
        try:
            answer = from_plain(Answer, json.loads(packed))
        except ValueError:
            # One answer that is not understood must not keep the others from being read.
            status, message = "failed", message or UNREADABLE
    return Turn(
        id=key,
        conversation=conversation,
        position=position,
        question=question,
        filters=json.loads(filters),
        asked=asked,
        status=status,
        text=text,
        answer=answer,
        model=model,
        usage=_read_usage(model, usage),
        message=message,
    )


def pack(value: Any) -> str:
    """Return a record as it is stored."""
    return storable(json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":")))


def storable(text: str) -> str:
    """Return text that SQLite can hold: halves of characters, which no encoding has, replaced."""
    return text.encode("utf-8", "replace").decode()


def _read_usage(model: str | None, counts: Sequence[Any]) -> UsageCounted | None:
    if None in counts:
        return None
    calls, prompt, completion, is_estimated, unknown = counts
    return UsageCounted(model or "", calls, prompt, completion, bool(is_estimated), unknown)
