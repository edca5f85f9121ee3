"""Our messages and tools → LlamaIndex's; the stream of one of its models → scraps.

Of a stream only the raw chunks are read where it is OpenAI's: what LlamaIndex gathers from them
glues calls together and mends arguments that were cut. Other classes hand over whole calls.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    MessageRole,
    TextBlock,
    ThinkingBlock,
    ToolCallBlock,
)
from llama_index.core.tools.types import BaseTool, ToolMetadata, ToolOutput

from assistant.models.failures import NotAReplyError
from assistant.models.scraps import CallScrap, Scrap
from assistant.protocols import Message, ToolRequest, ToolSpec, Usage

_MARKS_OF_A_CHUNK = ("choices", "object", "model")


class OfferedTool(BaseTool):
    """A tool as LlamaIndex's classes describe it to a model; it cannot be run from here."""

    def __init__(self, spec: ToolSpec) -> None:
        self._metadata = _Metadata(description=spec.description, name=spec.name, fn_schema=None)
        self._metadata.schema = dict(spec.parameters)

    @property
    def metadata(self) -> ToolMetadata:
        """What is said of it."""
        return self._metadata

    def __call__(self, input: Any) -> ToolOutput:  # noqa: A002  # LlamaIndex's name
        """Fail: calls are handed out, never run here."""
        raise NotImplementedError


class _Metadata(ToolMetadata):
    """Says the JSON Schema as it was given, where LlamaIndex would make one of a class."""

    schema: dict[str, Any]

    def get_parameters_dict(self) -> dict[str, Any]:
        return json.loads(json.dumps(self.schema))  # type: ignore[no-any-return]  # a copy of it


def tool_body(spec: ToolSpec) -> dict[str, Any]:
    """Return a tool as OpenAI's protocol says it."""
    function = {
        "name": spec.name,
        "description": spec.description,
        "parameters": dict(spec.parameters),
    }
    return {"type": "function", "function": function}


def chat_messages(messages: Sequence[Message], *, parsed: bool) -> list[ChatMessage]:
    """Return messages as LlamaIndex takes them.

    Args:
        messages: the talk.
        parsed: whether arguments of calls go as objects; OpenAI's classes take the text, and
            would write Chinese in escapes, at several times the tokens.
    """
    return [_chat_message(message, parsed=parsed) for message in messages]


def scraps(stream: Iterator[ChatResponse]) -> Iterator[Scrap]:
    """Yield what each chunk of a stream carries, the calls of other classes at its end.

    Raises:
        NotAReplyError: LlamaIndex failed on a chunk that is not what the protocol says.
    """
    last: ChatResponse | None = None
    while (response := _next(stream)) is not None:
        # At once: what comes later is added to the objects that came first.
        if _is_raw(response.raw):
            yield _of_chunk(response.raw)
        else:
            last = response
            yield Scrap(text=response.delta or "", thinks=_thinks(response))
    if last is not None:
        finish = _field(last.raw, "stop_reason") or _field(last.raw, "done_reason") or "stop"
        yield Scrap(calls=_whole_calls(last), finish=str(finish), usage=_usage(last))


def _next(stream: Iterator[ChatResponse]) -> ChatResponse | None:
    try:
        return next(stream, None)
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # What its classes trip over when a chunk lacks a part, or is no JSON at all.
        if hasattr(error, "status_code"):
            raise
        raise NotAReplyError(f"{type(error).__name__}: {error}") from error


def _chat_message(message: Message, *, parsed: bool) -> ChatMessage:
    blocks: list[Any] = [TextBlock(text=message.content)] if message.content else []
    blocks += [_call_block(request, parsed=parsed) for request in message.requests]
    extra = {"tool_call_id": message.answers} if message.answers is not None else {}
    role = MessageRole(message.role)
    return ChatMessage(role=role, blocks=blocks or [TextBlock(text="")], additional_kwargs=extra)


def _call_block(request: ToolRequest, *, parsed: bool) -> ToolCallBlock:
    # What is no object is not sent back: servers that read it again fail on the whole talk.
    known = request.arguments is not None
    arguments: Any = dict(request.arguments or {}) if parsed else (request.raw if known else "{}")
    return ToolCallBlock(
        tool_call_id=request.id, tool_name=request.name, tool_kwargs=arguments or "{}"
    )


def _is_raw(raw: object) -> bool:
    return all(hasattr(raw, mark) for mark in _MARKS_OF_A_CHUNK)


def _of_chunk(raw: Any) -> Scrap:
    """Return what a chunk of OpenAI's protocol carries; nothing in it need be as it should."""
    choices = raw.choices or []
    usage = _usage_of(getattr(raw, "usage", None))
    if not choices:
        return Scrap(usage=usage)
    delta = choices[0].delta
    refusal = _text(_field(delta, "refusal"))
    thoughts = _field(delta, "reasoning_content") or _field(delta, "reasoning")
    return Scrap(
        text=_text(_field(delta, "content")) + refusal,
        calls=tuple(_call_scrap(call) for call in _field(delta, "tool_calls") or ()),
        finish=_text(choices[0].finish_reason) or None,
        refused=bool(refusal),
        usage=usage,
        thinks=bool(thoughts),
    )


def _call_scrap(call: Any) -> CallScrap:
    function = _field(call, "function")
    index = _field(call, "index")
    arguments = _field(function, "arguments")
    return CallScrap(
        index=index if type(index) is int else None,
        id=_text(_field(call, "id")),
        name=_text(_field(function, "name")),
        arguments=arguments if isinstance(arguments, (str, Mapping)) else "",
    )


def _whole_calls(response: ChatResponse) -> tuple[CallScrap, ...]:
    return tuple(
        CallScrap(place, block.tool_call_id or "", block.tool_name, block.tool_kwargs)
        for place, block in enumerate(response.message.blocks)
        if isinstance(block, ToolCallBlock)
    )


def _thinks(response: ChatResponse) -> bool:
    return any(isinstance(block, ThinkingBlock) for block in response.message.blocks)


def _usage(response: ChatResponse) -> Usage | None:
    counted = response.additional_kwargs
    return _usage_of(counted) or _usage_of(_field(response.raw, "usage")) or _usage_of(response.raw)


def _usage_of(counted: object) -> Usage | None:
    """Return the tokens said, under any of the names that providers give them."""
    prompt = _count(counted, "prompt_tokens", "input_tokens", "prompt_eval_count")
    completion = _count(counted, "completion_tokens", "output_tokens", "eval_count")
    return None if prompt is None and completion is None else Usage(prompt, completion)


def _count(counted: object, *names: str) -> int | None:
    for name in names:
        count = _field(counted, name)
        if type(count) is int and count >= 0:
            return count
    return None


def _field(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
