"""A talk → one reply of a model, piece by piece, or one clear error.

Asks again where that may help and nothing has been said yet; what has been said stays valid.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.errors import ModelError, ToolsRefusedError
from assistant.models.calls import Calls
from assistant.models.connecting import Line
from assistant.models.failures import Asked, Failure, broken_off, failure, silent, slow
from assistant.models.scraps import Scrap
from assistant.models.silence import HeardError, Limits, Listening
from assistant.models.talk import scraps
from assistant.models.wording import Wording
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolSpec, Usage
from assistant.redaction import redact
from index.embedders.patience import Patience

FOR_ANSWERING = Patience(tries=4, base_s=0.5, longest_s=30.0, total_s=90.0)
_MOST_CHARACTERS = 1_000_000
"""Of one reply. The longest that any model writes are a fifth of it."""

_FINISHES: Mapping[str, Literal["stop", "tools", "length", "refused"]] = {
    "stop": "stop",
    "tool_calls": "tools",
    "function_call": "tools",
    "tool_use": "tools",
    "length": "length",
    "max_tokens": "length",
    "content_filter": "refused",
    "sensitive": "refused",
    "refusal": "refused",
}


class _FailedError(Exception):
    """One try failed."""

    def __init__(self, failed: Failure) -> None:
        super().__init__(failed.what)
        self.failed = failed


@dataclass(slots=True)
class _Reply:
    """What has come of one reply."""

    wording: Wording
    calls: Calls = field(default_factory=Calls)
    usage: Usage | None = None
    finish: str | None = None
    refused: bool = False
    characters: int = 0
    alive: bool = False
    """Whether anything came that says something."""
    shown: bool = False
    """Whether text was handed out, so that asking again would say it twice."""

    def add(self, scrap: Scrap) -> Iterator[Piece]:
        """Take a scrap; yields the text in it that is for the reader."""
        self.alive = self.alive or not scrap.is_empty
        self.characters += len(scrap.text) + sum(len(call.arguments) for call in scrap.calls)
        self.calls.add(scrap.calls)
        self.usage = scrap.usage or self.usage
        self.finish = scrap.finish or self.finish
        self.refused = self.refused or scrap.refused
        if scrap.text and (text := self.wording.add(scrap.text)):
            self.shown = True
            yield TextDelta(text)

    def end(self) -> Iterator[Piece]:
        """Yield what is left: held text, requests, usage, and how it finished."""
        reason = _FINISHES.get(self.finish or "", "stop")
        requests = self.calls.requests(cut_short=reason == "length")
        text, spoken = self.wording.end([request.id for request in requests])
        if text:
            yield TextDelta(text)
        yield from requests
        yield from spoken
        if self.usage:
            yield self.usage
        if self.refused:
            reason = "refused"
        elif reason == "stop" and (requests or spoken):
            reason = "tools"
        yield Finish(reason)


class LlamaChatModel:
    """A model behind one of LlamaIndex's classes; may be used by several threads."""

    def __init__(
        self,
        name: str,
        line: Line,
        *,
        tools: Literal["auto", "on", "off"] = "auto",
        limits: Limits,
        patience: Patience = FOR_ANSWERING,
    ) -> None:
        self.name = name
        self._line = line
        self._limits = limits
        self._patience = patience
        self._calls_tools = tools != "off" and (tools == "on" or line.calls_tools)
        self._spare = dict(line.spare)

    @property
    def address(self) -> str:
        """Where texts go, without credentials."""
        return self._line.address

    @property
    def calls_tools(self) -> bool:
        """Whether tools can be offered; no more, once the address has refused them."""
        return self._calls_tools

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Stream one reply: text as it comes, then requests, usage, and Finish as the last.

        An empty reply is no error: it has neither text nor requests.

        Raises:
            ToolsRefusedError: it takes no tools; from now on `calls_tools` says so.
            ModelError: unreachable, refused, rate limited, timed out, cut off, or not understood;
                text that had already come stays valid.
        """
        offered = tools if self._calls_tools else ()
        ends = time.monotonic() + self._patience.total_s
        tries = 0
        while True:
            reply = _Reply(Wording([tool.name for tool in offered]))
            tries += 1
            try:
                yield from self._once(reply, messages, offered)
            except _FailedError as error:
                pause = self._pause(error.failed, tries, ends, shown=reply.shown)
                if pause is None:
                    self._calls_tools &= error.failed.kind is not ToolsRefusedError
                    raise self._error(error.failed, tries) from error.__cause__
                time.sleep(pause)
            else:
                return

    def _once(
        self, reply: _Reply, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> Iterator[Piece]:
        spare = self._spare
        try:
            yield from self._listen(reply, messages, tools, spare)
        except HeardError as error:
            asked = Asked(self._line.key, self._line.hint, bool(tools), list(spare))
            failed = failure(error.heard, asked)
            if failed is None:
                raise error.heard from None  # a mistake of ours
            if reply.finish is None:
                raise _FailedError(failed) from error.heard
        yield from reply.end()

    def _listen(
        self,
        reply: _Reply,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        spare: Mapping[str, Any],
    ) -> Iterator[Piece]:
        """Yield the text that comes, until the stream ends or has been silent too long."""
        listening = Listening(
            lambda: scraps(self._line.stream(messages, tools, spare)), self._line.hang_up
        )
        try:
            clock = _Clock(self._limits)
            while (scrap := self._wait(listening, reply, clock)) is not None:
                yield from reply.add(scrap)
                if not scrap.is_empty:
                    clock.hear()
                if reply.characters > _MOST_CHARACTERS:
                    raise _FailedError(Failure(ModelError, "replies without end", "see the model"))
        finally:
            listening.stop()
        if reply.finish is None:
            raise _FailedError(broken_off())

    def _wait(self, listening: Listening[Scrap], reply: _Reply, clock: "_Clock") -> Scrap | None:
        try:
            return listening.wait(clock.left_s())
        except TimeoutError:
            if reply.finish is not None:
                return None  # all but the end of the connection has come
            limit_s = clock.limit_s()
            is_slow = reply.alive and clock.is_over
            failed = slow(limit_s) if is_slow else silent(limit_s, begun=reply.alive)
            raise _FailedError(failed) from None

    def _pause(self, failed: Failure, tries: int, ends: float, *, shown: bool) -> float | None:
        """Return how long to wait before asking again; None when that does not help."""
        if failed.spare in self._spare:
            self._spare = {k: v for k, v in self._spare.items() if k != failed.spare}
            return 0.0
        pause = self._patience.pause(tries, failed.wait_s)
        if shown or not failed.passing or pause is None or tries >= self._patience.tries:
            return None
        return pause if time.monotonic() + pause <= ends else None

    def _error(self, failed: Failure, tries: int) -> ModelError:
        often = f" in {tries} tries" if tries > 1 else ""
        where = f"the model {self.name} at {self._line.address}"
        line = f"{where} {failed.what}{often}; {failed.advice}"
        return failed.kind(redact(line, [self._line.key] if self._line.key else []))


class _Clock:
    """How long the next part of a reply may be waited for."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = self._heard = time.monotonic()
        self._any = False

    def hear(self) -> None:
        """Something came that says something."""
        self._heard = time.monotonic()
        self._any = True

    def left_s(self) -> float:
        """Return the seconds until the next part is too late."""
        silence = self._limits.between_s if self._any else self._limits.first_s
        ends = min(self._heard + silence, self._began + self._limits.total_s)
        return ends - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the reply as a whole took too long, however much of it came."""
        return time.monotonic() >= self._began + self._limits.total_s

    def limit_s(self) -> float:
        """Return the limit that was reached."""
        if self.is_over:
            return self._limits.total_s
        return self._limits.between_s if self._any else self._limits.first_s
