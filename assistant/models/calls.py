"""Scraps of calls → the requests they are, with no argument made up.

Arguments that are not a JSON object stay as the model wrote them: a call cut short must never
run with what is left of it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.models.scraps import CallScrap
from assistant.protocols import ToolRequest


@dataclass(slots=True)
class _Growing:
    """A call whose scraps are still coming."""

    index: int | None
    id: str
    name: str
    written: list[str] = field(default_factory=list)

    @property
    def raw(self) -> str:
        return "".join(self.written)


class Calls:
    """Grows the calls of one reply."""

    def __init__(self) -> None:
        self._calls: list[_Growing] = []

    def add(self, scraps: Iterable[CallScrap]) -> None:
        """Take some more of them, in the order they came."""
        for scrap in scraps:
            call = self._of(scrap)
            call.id = call.id or scrap.id
            # Whole names come, once or with every scrap; none comes in pieces.
            call.name = call.name or scrap.name
            call.written.append(_text(scrap.arguments))

    def requests(self, *, cut_short: bool) -> list[ToolRequest]:
        """Return the calls in the order they began, with ids that differ.

        Args:
            cut_short: the reply ended before its end, so the last call may lack its arguments.
        """
        requests: list[ToolRequest] = []
        for place, call in enumerate(self._calls):
            last = place == len(self._calls) - 1
            arguments = parse_arguments(call.raw, blank_is_none=cut_short and last)
            taken = {request.id for request in requests}
            requests.append(ToolRequest(new_id(call.id, taken), call.name, arguments, call.raw))
        return requests

    def _of(self, scrap: CallScrap) -> _Growing:
        """Return the call a scrap belongs to, a new one if it begins one."""
        for call in reversed(self._calls):
            if scrap.index is None or call.index == scrap.index:
                if not _begins(scrap, call):
                    return call
                break
        self._calls.append(_Growing(scrap.index, scrap.id, scrap.name))
        return self._calls[-1]


def _begins(scrap: CallScrap, call: _Growing) -> bool:
    """Whether a scrap begins a call of its own, under the number of one that has begun.

    Some addresses number all parallel calls 0; their ids differ, or the one before is complete.
    """
    if scrap.id and call.id and scrap.id != call.id:
        return True
    if not scrap.name:
        return False
    complete = bool(call.raw.strip()) and parse_arguments(call.raw) is not None
    if scrap.id and scrap.id == call.id:
        return complete and bool(_text(scrap.arguments).strip())
    return bool(call.name) and (scrap.name != call.name or complete)


def parse_arguments(raw: str, *, blank_is_none: bool = False) -> dict[str, Any] | None:
    """Return a call's arguments; None when the text is not a JSON object.

    Args:
        raw: what the model wrote.
        blank_is_none: whether nothing at all means that it did not come; if not, it is what some
            models write for a tool without arguments.
    """
    if not raw.strip():
        return None if blank_is_none else {}
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def new_id(wanted: str, taken: Sequence[str] | set[str]) -> str:
    """Return an id that no other call of the reply has; answers are matched by it."""
    number = len(taken) + 1
    if wanted and wanted not in taken:
        return wanted
    while (made := f"{wanted or 'call'}_{number}") in taken:
        number += 1
    return made


def _text(arguments: object) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
