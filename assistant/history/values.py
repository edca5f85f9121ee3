"""Conversations, turns and hits → the plain values that `--json` prints; scripts rely on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.history.changes import Change
from assistant.history.records import Conversation, Hit, Turn
from assistant.values import SCHEMA, answer_values


def conversation_values(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation without its turns."""
    spent = conversation.spent
    return {
        "id": conversation.id,
        "title": conversation.title,
        "store": conversation.store,
        "started": conversation.started,
        "changed": conversation.changed,
        "turns": conversation.turns,
        "spent": {
            "calls": spent.calls,
            "prompt_tokens": spent.prompt_tokens,
            "completion_tokens": spent.completion_tokens,
        },
    }


def turn_values(turn: Turn) -> dict[str, Any]:
    """Return a turn with its answer as `ask --json` gives it."""
    usage = turn.usage
    return {
        "id": turn.id,
        "position": turn.position,
        "question": turn.question,
        "filters": dict(turn.filters),
        "asked": turn.asked,
        "status": turn.status,
        "model": turn.model,
        "message": turn.message,
        "text": turn.text,
        "forgotten": turn.is_forgotten,
        "answer": turn.answer and answer_values(turn.answer),
        "usage": usage
        and {
            "calls": usage.calls,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "estimated": usage.is_estimated,
        },
    }


def history_values(
    conversation: Conversation, turns: Sequence[Turn], changes: Mapping[str, Change] | None
) -> dict[str, Any]:
    """Return a whole conversation.

    Args:
        conversation: without its turns.
        turns: all of them, in order.
        changes: cited paragraphs that are not what they were; None where that is not known.
    """
    return {
        "schema": SCHEMA,
        "conversation": conversation_values(conversation),
        "turns": [turn_values(turn) for turn in turns],
        "changes": None if changes is None else dict(changes),
    }


def hit_values(hit: Hit) -> dict[str, Any]:
    """Return where words were found."""
    return {
        "conversation": {"id": hit.conversation.id, "title": hit.conversation.title},
        "turn": hit.turn.id,
        "position": hit.turn.position,
        "asked": hit.turn.asked,
        "question": hit.turn.question,
        "field": hit.field,
        "excerpt": hit.excerpt.text,
        "spans": [list(span) for span in hit.excerpt.spans],
    }
