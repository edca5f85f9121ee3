"""A recorded run → what the scripted server has to say to play it again, over a real socket."""

from assistant.protocols import Finish, TextDelta, ToolRequest, Usage
from assistant.runs import Exchange, Run
from tests.chat import Call, ChatReply

_FINISHES = {"stop": "stop", "tools": "tool_calls", "length": "length", "refused": "content_filter"}


def replies_of(run: Run) -> list[ChatReply]:
    """Return one reply an exchange; those that failed break off where they did."""
    return [_reply(exchange) for exchange in run.exchanges]


def _reply(exchange: Exchange) -> ChatReply:
    pieces = exchange.pieces
    finish = [_FINISHES[piece.reason] for piece in pieces if isinstance(piece, Finish)]
    usage = [piece for piece in pieces if isinstance(piece, Usage)]
    return ChatReply(
        [piece.text for piece in pieces if isinstance(piece, TextDelta)],
        [Call(one.name, one.raw, one.id) for one in pieces if isinstance(one, ToolRequest)],
        finish=finish[0] if finish else "",
        usage=(usage[0].prompt_tokens or 0, usage[0].completion_tokens or 0) if usage else None,
        ends=bool(finish),
    )
