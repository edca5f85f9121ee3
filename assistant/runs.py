"""A run → lines of JSON as it goes, and back: read later, or played again without a model.

    {"kind": "run", …}         the question, the model, settings, fingerprints of the prompts
    {"kind": "exchange", …}    what the model was sent and what it replied, or how it failed
    {"kind": "event", …}       what came out of the agent

Each line is on the disk before the next begins, so a run that dies can be read up to there.
Keys are in none; paragraphs are, so only the user may read the file.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TextIO

from assistant import errors
from assistant.errors import ModelError
from assistant.protocols import (
    ChatModel,
    Finish,
    Message,
    Piece,
    TextDelta,
    ToolRequest,
    ToolSpec,
    Usage,
)
from assistant.redaction import redact_all
from index.errors import UsageError

SCHEMA = 1

_PIECES: Mapping[str, type[Piece]] = {
    kind.__name__: kind for kind in (TextDelta, ToolRequest, Usage, Finish)
}
_ERRORS: Mapping[str, type[ModelError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, ModelError)
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing asked of a model, and what came."""

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...]
    pieces: tuple[Piece, ...]
    """All that came; without a Finish where it failed, or nobody listened to the end."""
    error: ModelError | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What was saved of one run."""

    head: Mapping[str, Any]
    """`model`, `address`, `calls_tools`, and what else the run began with."""
    exchanges: tuple[Exchange, ...]
    events: tuple[Mapping[str, Any], ...]
    """Each with its class's name under "type"."""

    @property
    def usage(self) -> Usage:
        """All tokens counted; None where no exchange told."""
        counts = [piece for one in self.exchanges for piece in one.pieces]
        told = [piece for piece in counts if isinstance(piece, Usage)]
        prompt = [one.prompt_tokens for one in told if one.prompt_tokens is not None]
        reply = [one.completion_tokens for one in told if one.completion_tokens is not None]
        return Usage(sum(prompt) if prompt else None, sum(reply) if reply else None)


class RunFile:
    """A run that is being saved; a context manager."""

    def __init__(self, path: Path, *, secrets: frozenset[str] = frozenset()) -> None:
        """Open a new file.

        Raises:
            UsageError: it cannot be written, or is there already.
        """
        self._secrets = secrets
        self._last: tuple[Message, ...] = ()
        try:
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise UsageError(f"the run cannot be saved to {path}: {error.strerror}") from error
        self._file: TextIO = os.fdopen(number, "w", encoding="utf-8", errors="replace")

    def begin(self, model: ChatModel, **rest: Any) -> None:
        """Save what the run begins with: the question, settings, fingerprints of the prompts."""
        what = {"model": model.name, "address": model.address, "calls_tools": model.calls_tools}
        self._write("run", {"schema": SCHEMA, **what, **rest})

    def add_exchange(self, exchange: Exchange) -> None:
        """Save an exchange; of its messages only those that the one before did not have."""
        kept = _shared(self._last, exchange.messages)
        self._last = exchange.messages
        failed = exchange.error
        record = {
            "kept": kept,
            "messages": exchange.messages[kept:],
            "tools": exchange.tools,
            "pieces": [_typed(piece) for piece in exchange.pieces],
            "error": {"type": type(failed).__name__, "text": str(failed)} if failed else None,
        }
        self._write("exchange", record)

    def add_event(self, event: Any) -> None:
        """Save what came out of the agent: any record."""
        self._write("event", {"event": _typed(event)})

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> "RunFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, kind: str, record: Mapping[str, Any]) -> None:
        line = redact_all(plain({"kind": kind, **record}), self._secrets)
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


class RecordingModel:
    """A model whose exchanges are kept as they happen."""

    def __init__(self, model: ChatModel, keep: Callable[[Exchange], None]) -> None:
        self._model = model
        self._keep = keep

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return self._model.name

    @property
    def address(self) -> str:
        """Where texts go, without credentials."""
        return self._model.address

    @property
    def calls_tools(self) -> bool:
        """Whether tools can be offered."""
        return self._model.calls_tools

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Stream one reply, and keep it, also when it fails or nobody listens to the end."""
        sent, came, failed = tuple(messages), list[Piece](), None
        try:
            for piece in self._model.respond(messages, tools):
                came.append(piece)
                yield piece
        except ModelError as error:
            failed = error
            raise
        finally:
            self._keep(Exchange(sent, tuple(tools), tuple(came), failed))


class ReplayModel:
    """A model that replies what it did in a run, and fails where it failed."""

    def __init__(self, run: Run, *, strict: bool = True) -> None:
        """Play a run from its beginning.

        Args:
            run: what was saved.
            strict: fail when the model is asked something else than it was.
        """
        self._exchanges = iter(run.exchanges)
        self._strict = strict
        self.name = str(run.head.get("model", "replay"))
        self.address = str(run.head.get("address", ""))
        self.calls_tools = bool(run.head.get("calls_tools", True))

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Stream the next reply of the run.

        Raises:
            ModelError: the one of the run; or the run has no more replies, or other messages.
        """
        exchange = next(self._exchanges, None)
        if exchange is None:
            raise ModelError(f"the recorded run of {self.name} has no more replies")
        if self._strict:
            self._compare(exchange, messages, tools)
        yield from exchange.pieces
        if exchange.error:
            raise exchange.error

    def _compare(
        self, exchange: Exchange, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> None:
        asked = [_message(one) for one in redact_all(plain(messages))]
        same = _shared(exchange.messages, asked)
        if same < len(asked) or same < len(exchange.messages):
            what = f"from message {same + 1} on"
        elif {tool.name for tool in tools} != {tool.name for tool in exchange.tools}:
            what = "with other tools"
        else:
            return
        raise ModelError(
            f"the recorded run of {self.name} was asked something else {what};"
            " the index, the prompts or the settings have changed since"
        )


def load_run(path: Path) -> Run:
    """Return a saved run.

    Raises:
        UsageError: it cannot be read, or is not one.
    """
    head: Mapping[str, Any] = {}
    exchanges: list[Exchange] = []
    events: list[Mapping[str, Any]] = []
    try:
        # A line without its end was being written when the run died.
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            record = json.loads(line)
            if record["kind"] == "run":
                head = record
            elif record["kind"] == "exchange":
                exchanges.append(_exchange(record, exchanges[-1].messages if exchanges else ()))
            elif record["kind"] == "event":
                events.append(record["event"])
    except OSError as error:
        raise UsageError(f"the run {path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} is not a saved run ({error})") from error
    if head.get("schema") != SCHEMA:
        raise UsageError(f"{path} is not a saved run of this version")
    return Run(head, tuple(exchanges), tuple(events))


def plain(value: Any) -> Any:
    """Return what JSON can hold: records become objects, paths and the like their text."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    return str(value)


def _typed(record: Any) -> dict[str, Any]:
    return {"type": type(record).__name__, **plain(record)}


def _shared(one: Sequence[Message], other: Sequence[Message]) -> int:
    """Return how many messages two talks begin with alike."""
    for count, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return count
    return min(len(one), len(other))


def _exchange(record: Mapping[str, Any], before: Sequence[Message]) -> Exchange:
    failed = record["error"]
    kept = tuple(before[: record["kept"]])
    return Exchange(
        kept + tuple(_message(one) for one in record["messages"]),
        tuple(ToolSpec(**one) for one in record["tools"]),
        tuple(_piece(one) for one in record["pieces"]),
        _ERRORS.get(failed["type"], ModelError)(failed["text"]) if failed else None,
    )


def _message(record: Mapping[str, Any]) -> Message:
    requests = tuple(ToolRequest(**one) for one in record["requests"])
    return Message(**{**record, "requests": requests})


def _piece(record: Mapping[str, Any]) -> Piece:
    kind = _PIECES[record["type"]]
    return kind(**{key: value for key, value in record.items() if key != "type"})
