"""Scraps of calls as addresses send them → the requests that were meant."""

from typing import Any

import pytest

from assistant.models.calls import Calls, new_id, parse_arguments
from assistant.models.scraps import CallScrap


def grown(*scraps: tuple[int | None, str, str, Any], cut_short: bool = False) -> list[Any]:
    calls = Calls()
    for scrap in scraps:
        calls.add([CallScrap(*scrap)])
    return [
        (request.id, request.name, request.arguments)
        for request in calls.requests(cut_short=cut_short)
    ]


@pytest.mark.parametrize(
    ("scraps", "requests"),
    [
        pytest.param(
            [(0, "a", "search", ""), (0, "", "", '{"query"'), (0, "", "", ': "霜"}')],
            [("a", "search", {"query": "霜"})],
            id="in pieces",
        ),
        pytest.param(
            [(0, "a", "search", '{"q"'), (0, "a", "search", ": 1"), (0, "a", "search", "}")],
            [("a", "search", {"q": 1})],
            id="name and id with every piece",
        ),
        pytest.param(
            [(0, "a", "search", '{"q": 1}'), (0, "a", "search", "")],
            [("a", "search", {"q": 1})],
            id="an empty last piece",
        ),
        pytest.param(
            [(0, "", "search", '{"q": 1}'), (0, "", "search", '{"q": 2}')],
            [("call_1", "search", {"q": 1}), ("call_2", "search", {"q": 2})],
            id="neither ids nor numbers differ",
        ),
        pytest.param(
            [(0, "x", "search", '{"q": 1}'), (0, "x", "read", '{"q": 2}')],
            [("x", "search", {"q": 1}), ("x_2", "read", {"q": 2})],
            id="one id for both",
        ),
        pytest.param(
            [(0, "a", "search", ""), (1, "b", "read", ""), (0, "", "", "{}"), (1, "", "", "{}")],
            [("a", "search", {}), ("b", "read", {})],
            id="mixed",
        ),
        pytest.param(
            [(None, "", "search", '{"q":'), (None, "", "", " 1}"), (None, "", "read", "{}")],
            [("call_1", "search", {"q": 1}), ("call_2", "read", {})],
            id="no numbers",
        ),
        pytest.param(
            [(0, "a", "search", {"q": "茶"})], [("a", "search", {"q": "茶"})], id="object"
        ),
        pytest.param([(3, "", "", "{}")], [("call_1", "", {})], id="no name"),
    ],
)
def test_calls_grow_of_scraps(scraps: list[Any], requests: list[Any]) -> None:
    assert grown(*scraps) == requests


@pytest.mark.parametrize(
    "raw", ['{"a": ', '{"a": 1}{"a": 2}', "[]", "null", "7", "[" * 100_000, '{"a": 1}}', "tea"]
)
def test_what_is_no_object_has_no_arguments(raw: str) -> None:
    assert parse_arguments(raw) is None


def test_nothing_is_no_arguments_unless_it_was_cut() -> None:
    assert grown((0, "a", "list", "")) == [("a", "list", {})]
    assert grown((0, "a", "list", ""), cut_short=True) == [("a", "list", None)]


def test_ids_differ() -> None:
    assert new_id("", set()) == "call_1"
    assert new_id("a", {"b"}) == "a"
    assert new_id("a", {"a", "a_3"}) == "a_4"
