"""The text of a reply as it streams in → what is meant for the reader, and calls written as text.

Small models write their reasoning, or a call, where the answer should be. A call is recognised
only by the name of a tool that was offered; its arguments are taken as they stand.
"""

import json
import re
from collections.abc import Iterator, Sequence

from assistant.models.calls import new_id, parse_arguments
from assistant.protocols import ToolRequest

_THINKING = re.compile(r"\s*<(think(?:ing)?)>.*?</\1>\s*", re.DOTALL)
_MAY_THINK = re.compile(r"\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?)?")
_THINKS = re.compile(r"\s*<think(?:ing)?>")

# How models that were taught calls as text begin one, wherever in a reply.
_OPENERS = (
    "<tool_call>",
    "<tool_calls>",
    "<function_call>",
    "<function=",
    "<|tool_call|>",
    "<|python_tag|>",
    "[TOOL_CALLS]",
    "<｜tool▁calls▁begin｜>",
    "<｜tool▁call▁begin｜>",
)
_OPENER = re.compile("|".join(map(re.escape, _OPENERS)))
_PARTIAL = re.compile(
    "(?:"
    + "|".join(re.escape(opener[:n]) for opener in _OPENERS for n in range(len(opener), 0, -1))
    + r")\Z"
)
# A reply that may still turn out to be nothing but JSON, fenced or not.
_MAY_BE_JSON = re.compile(r"\s*(?:`{0,3}|```[a-z_]*\s*)?(?:\[?\s*(?:\{.*)?)?", re.DOTALL)
_ROUND_JSON = re.compile(r"[\s\[\],]+|```[a-z_]*")


class Wording:
    """The text of one reply."""

    def __init__(self, tools: Sequence[str]) -> None:
        self._tools = tools
        self._held = ""
        self._half = ""
        self._begun = False
        """Whether what may stand before the answer is over."""
        self._thought = False
        self._calling = False

    def add(self, text: str) -> str:
        """Take some more; returns what of it is for the reader."""
        text = self._half + text
        # Half of a character that was cut in two waits for the other half.
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        self._held += joined(text.removesuffix(self._half))
        if not self._begun and self._may_begin_otherwise():
            return ""
        if not self._tools:
            return self._let_go(len(self._held))
        if self._calling:
            return ""
        opener = _OPENER.search(self._held)
        if opener:
            self._calling = True
            return self._let_go(opener.start())
        partial = _PARTIAL.search(self._held)
        return self._let_go(partial.start() if partial else len(self._held))

    def end(self, taken: Sequence[str] = ()) -> tuple[str, list[ToolRequest]]:
        """Return what was held back: text for the reader, or the calls it turned out to be.

        Args:
            taken: ids that other calls of the reply have.
        """
        held = self._held + joined(self._half)
        self._held = self._half = ""
        if not self._begun:
            held = "" if _THINKS.match(held) else held
        calls = list(_calls(held, self._tools, strict=not self._calling))
        ids = set(taken)
        requests = []
        for name, raw in calls:
            requests.append(ToolRequest(new_id("", ids), name, parse_arguments(raw), raw))
            ids.add(requests[-1].id)
        return ("" if requests else held), requests

    def _may_begin_otherwise(self) -> bool:
        """Drop reasoning at the beginning; True while it, or a call, may still be coming."""
        thinking = _THINKING.match(self._held)
        if thinking:
            self._held = self._held[thinking.end() :]
            self._thought = True
        elif _MAY_THINK.fullmatch(self._held) or _THINKS.match(self._held):
            return True
        if self._thought:
            self._held = self._held.lstrip()
        if not self._held:
            return True
        if self._tools and _MAY_BE_JSON.fullmatch(self._held):
            return True
        self._begun = True
        return False

    def _let_go(self, count: int) -> str:
        shown, self._held = self._held[:count], self._held[count:]
        return shown


def joined(text: str) -> str:
    """Return a text whose halves of characters are joined, or replaced where one is alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _calls(text: str, tools: Sequence[str], *, strict: bool) -> Iterator[tuple[str, str]]:
    """Yield the tools a text calls, and the arguments as written.

    Args:
        text: what was held back.
        tools: names that may be called.
        strict: take it for calls only if nothing else stands there.
    """
    found = list(_objects(text))
    between = "".join(_outside(text, [(start, end) for start, end, _ in found]))
    if strict and _ROUND_JSON.sub("", between):
        return
    known = False
    for start, end, value in found:
        for name, raw in _named(value, tools) or _tagged(text[:start], text[start:end], tools):
            known = True
            yield name, raw
    if not known and not strict:
        # A call that was begun and cannot be read; whoever runs it says so to the model.
        for name in tools:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield name, text
                return


def _objects(text: str) -> Iterator[tuple[int, int, dict[str, object]]]:
    """Yield the JSON objects of a text that stand in no other one: from, to, and what they say."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        yield start, end, value
        start = text.find("{", end)


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in spans:
        yield text[last:start]
        last = end
    yield text[last:]


def _named(value: dict[str, object], tools: Sequence[str]) -> list[tuple[str, str]]:
    """Return the call an object is: it names a tool, and has arguments."""
    inner = value.get("function")
    call = inner if isinstance(inner, dict) else value
    name = call.get("name") or call.get("function")
    if not isinstance(name, str) or name not in tools:
        return []
    for key in ("arguments", "parameters", "args", "input"):
        if key in call:
            arguments = call[key]
            if isinstance(arguments, str):
                return [(name, arguments)]
            return [(name, json.dumps(arguments, ensure_ascii=False))]
    return []


def _tagged(before: str, raw: str, tools: Sequence[str]) -> list[tuple[str, str]]:
    """Return the call whose arguments an object is, when a tool's name stands before it."""
    found = re.search(r"([\w.-]+)\W*(?:ARGS|json)?\W*\Z", before[-80:])
    return [(found[1], raw)] if found and found[1] in tools else []
