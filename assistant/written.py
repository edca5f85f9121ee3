"""Text of a model that may hold calls → the calls, and what is not one.

For models that cannot call, and for those that can but write the call as text. Nothing is repaired:
arguments that are no JSON object come as None.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from assistant.protocols import ToolRequest

_CALL = re.compile(
    r"^[ \t>*`-]*(?:CALL|TOOL|Call|Tool|ACTION|Action|调用|工具)[ \t]*[:：]?"
    r"[ \t]*`?(?P<name>\w+)`?[ \t]*[(:：]?[ \t]*",
    re.MULTILINE,
)
_BARE = re.compile(r"\s*`{0,3}(?P<name>\w+)[ \t]*\((?P<raw>[^\n]*)\)[;`]{0,4}\s*")
_BEGINNINGS = ("CALL", "TOOL", "ACTION", "Tool:", "Action:", "调用", "<", "```", "{", "[{")
_BEFORE = " \t\n>*-"
_WRAPPED = re.compile(r"<(?:tool_call|function_call|tool)>\s*|```(?:json|tool|tool_call)?\s*")
_FENCES = re.compile(r"</?(?:tool_call|function_call|tool)>|```\w*")


def calls_in(text: str, names: Collection[str]) -> tuple[list[ToolRequest], str]:
    """Return the calls of known tools written in a text, in order, and the text without them."""
    requests: list[ToolRequest] = []
    rest = text
    for found in _CALL.finditer(text):
        if found["name"] not in names:
            continue
        raw, end = _object_at(text, found.end())
        requests.append(_request(len(requests), found["name"], raw))
        rest = rest.replace(text[found.start() : end], "", 1)
    if not requests and (bare := _BARE.fullmatch(text)) and bare["name"] in names:
        requests, rest = [_request(0, bare["name"], bare["raw"])], ""
    if not requests:
        requests, rest = _objects(text, names)
    return requests, _FENCES.sub("", rest).strip() if requests else text


@dataclass(slots=True)
class Gate:
    """Lets text through as it streams, but holds what may turn out to be a call."""

    _line: str = ""
    """The line so far, while it may begin a call."""
    _begun: str = ""
    """The same without what may stand before a call."""
    _is_shut: bool = False
    _within_line: bool = False

    def feed(self, text: str) -> str:
        """Take some more text; returns what is surely none of a call."""
        return "".join([self._step(character) for character in text])

    def finish(self) -> str:
        """Return what was held."""
        held, self._line = self._line, ""
        return held

    def _step(self, character: str) -> str:
        if self._is_shut:
            self._line += character
            return ""
        if self._within_line:
            self._within_line = character != "\n"
            return character
        self._line += character
        if self._begun or character not in _BEFORE:
            self._begun += character
        begun = self._begun
        if any(begun.startswith(beginning) for beginning in _BEGINNINGS):
            self._is_shut = True
            return ""
        if not begun or any(beginning.startswith(begun) for beginning in _BEGINNINGS):
            return ""
        passed, self._line, self._begun = self._line, "", ""
        self._within_line = character != "\n"
        return passed


def _objects(text: str, names: Collection[str]) -> tuple[list[ToolRequest], str]:
    """Return calls that are JSON objects naming a tool, as several models write them."""
    requests: list[ToolRequest] = []
    rest = text
    for start in [m.end() for m in _WRAPPED.finditer(text)] or [len(text) - len(text.lstrip())]:
        raw, end = _object_at(text, start)
        value = _parsed(raw)
        if value is None:
            continue
        name = value.get("name") or value.get("tool") or value.get("action")
        arguments = value.get("arguments", value.get("parameters", value.get("args", {})))
        if name in names:
            requests.append(_request(len(requests), str(name), json.dumps(arguments)))
            rest = rest.replace(text[start:end], "", 1)
    return requests, rest


def _object_at(text: str, start: int) -> tuple[str, int]:
    """Return the JSON object that begins at a place, or the rest of the line, and where it ends."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop
    return text[start:end], end


def _parsed(raw: str) -> dict[str, Any] | None:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _request(place: int, name: str, raw: str) -> ToolRequest:
    arguments = {} if not raw.strip(" ()") else _parsed(raw)
    return ToolRequest(f"written_{place + 1}", name, arguments, raw)
