"""What a scripted model says: replies as an OpenAI-compatible address streams them."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]


class Writer(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""

    def flush(self) -> None:
        """Send what was taken."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call in a reply."""

    name: str
    arguments: str | Mapping[str, Any]
    """A string is sent as it is, well-formed or not."""
    id: str = ""
    """Empty: `call_1`, `call_2` … in the order of the reply."""
    index: int | None = None
    """None: the place in the reply."""

    @property
    def written(self) -> str:
        """The arguments as they are sent."""
        if isinstance(self.arguments, str):
            return self.arguments
        return json.dumps(self.arguments, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ChatReply:
    """One reply of a model."""

    text: str | Sequence[str] = ()
    """A sequence is streamed piece by piece; one string in pieces of some characters."""
    calls: Sequence[Call] = ()
    thinking: Sequence[str] = ()
    """Streamed before, as reasoning that is not part of the answer."""
    finish: str | None = None
    """None: "tool_calls" when there are calls, else "stop"; "" sends none."""
    usage: tuple[int, int] | None = (100, 20)
    """Tokens of the prompt and of the reply."""
    chunks: Sequence[Json | bytes] | None = None
    """Sent in place of all of the above: objects as events, bytes as they are."""
    cut: int | None = None
    """Break the connection after so many events, without an end."""
    ends: bool = True
    """Say `[DONE]` at the end; if not, the connection just closes."""
    first_s: float = 0.0
    """Silence before the first event."""
    between_s: float = 0.0
    """Silence before each further event."""
    keep_alive_s: float = 0.0
    """Send a comment so often while silent; 0 sends none."""


Chatter = Callable[[Json], ChatReply]
"""The body of a request → what the model replies."""


def stream(reply: ChatReply, file: Writer, closing: threading.Event) -> None:
    """Write a reply in chunks of HTTP, with its silences; ends when the server closes."""
    parts = reply.chunks if reply.chunks is not None else _chunks(reply)
    sent = [part if isinstance(part, bytes) else _event(part) for part in parts]
    if reply.ends:
        sent.append(b"data: [DONE]\n\n")
    for place, event in enumerate(sent[: reply.cut]):
        silent_s = reply.between_s if place else reply.first_s
        if not _keep_silent(silent_s, reply.keep_alive_s, file, closing):
            return
        _write(event, file)
    if reply.cut is None:
        file.write(b"0\r\n\r\n")


def whole(reply: ChatReply) -> Json:
    """Return a reply as it is sent to who did not ask for a stream."""
    calls = [_call(place, call) for place, call in enumerate(reply.calls)]
    message = {"role": "assistant", "content": "".join(_texts(reply)) or None}
    if calls:
        message["tool_calls"] = calls  # type: ignore[assignment]  # JSON
    choice = {"index": 0, "message": message, "finish_reason": _finish(reply)}
    answer = _frame("chat.completion", [choice])
    return answer | ({"usage": _usage(*reply.usage)} if reply.usage else {})


def chunk(delta: Json, finish: str | None = None) -> Json:
    """Return one chunk of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _frame("chat.completion.chunk", [choice])


def _chunks(reply: ChatReply) -> list[Json]:
    chunks = [chunk({"role": "assistant", "content": ""})]
    chunks += [chunk({"reasoning_content": thought}) for thought in reply.thinking]
    chunks += [chunk({"content": text}) for text in _texts(reply)]
    for place, call in enumerate(reply.calls):
        whole_call, written = _call(place, call), call.written
        whole_call["function"]["arguments"] = ""
        chunks.append(chunk({"tool_calls": [whole_call]}))
        # In pieces, as real addresses send them.
        for start in range(0, len(written), 12):
            piece = {"index": whole_call["index"], "function": {"arguments": written[start:][:12]}}
            chunks.append(chunk({"tool_calls": [piece]}))
    if _finish(reply):
        chunks.append(chunk({}, _finish(reply)))
    if reply.usage:
        chunks.append(_frame("chat.completion.chunk", []) | {"usage": _usage(*reply.usage)})
    return chunks


def _call(place: int, call: Call) -> Json:
    return {
        "index": place if call.index is None else call.index,
        "id": call.id or f"call_{place + 1}",
        "type": "function",
        "function": {"name": call.name, "arguments": call.written},
    }


def _texts(reply: ChatReply) -> Sequence[str]:
    if isinstance(reply.text, str):
        return [reply.text[start : start + 8] for start in range(0, len(reply.text), 8)]
    return reply.text


def _finish(reply: ChatReply) -> str | None:
    if reply.finish is not None:
        return reply.finish or None
    return "tool_calls" if reply.calls else "stop"


def _usage(prompt: int, completion: int) -> Json:
    total = prompt + completion
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total}


def _frame(kind: str, choices: Sequence[Json]) -> Json:
    return {"id": "1", "object": kind, "created": 1, "model": "toy", "choices": list(choices)}


def _event(part: Json) -> bytes:
    return b"data: " + json.dumps(part, ensure_ascii=False).encode() + b"\n\n"


def _keep_silent(seconds: float, comment_s: float, file: Writer, closing: threading.Event) -> bool:
    """Wait, with comments in between if asked; False when the server closes."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        if closing.wait(min(left, comment_s or left)):
            return False
        if comment_s:
            _write(b": still here\n\n", file)
    return True


def _write(data: bytes, file: Writer) -> None:
    file.write(b"%x\r\n%b\r\n" % (len(data), data))
    file.flush()
