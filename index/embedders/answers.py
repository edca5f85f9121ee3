"""The bytes an OpenAI-compatible address answered with → vectors, or one line about them."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embedders.rows import unit_rows
from index.errors import EmbedderError
from index.plurals import counted
from index.protocols import Matrix

_SHOWN = 40  # characters of a strange answer worth showing
_MOST_SAID = 200  # and of an error's reason


def read_vectors(answer: bytes, *, count: int, dimension: int | None, where: str) -> Matrix:
    """Return one unit row a text, in the order of the texts.

    Args:
        answer: the body, as received.
        count: how many texts were sent.
        dimension: numbers a vector must have; None takes any.
        where: who answered, for the message.

    Raises:
        EmbedderError: it is not JSON, not an answer with vectors, or not these texts' vectors.
    """
    items = _items(_json(answer, where), where)
    if len(items) != count:
        given = counted(len(items), "vector")
        raise EmbedderError(f"{where} gave {given} for {counted(count, 'text')}")
    vectors = [item.get("embedding") for item in _in_order(items, where)]
    if not all(isinstance(vector, list) for vector in vectors):
        raise EmbedderError(f"{where} gave something that is not vectors of numbers")
    matrix = unit_rows(vectors, count=count, dimension=dimension, where=where)  # type: ignore[arg-type]  # mypy does not see the check
    empty = np.flatnonzero(~np.any(matrix, axis=1))
    if len(empty):
        raise EmbedderError(f"{where} gave a vector of nothing but zeros ({len(empty)} of {count})")
    return matrix


def said(body: object, *, hide: str | None = None) -> str:
    """Return the reason an error's body gives, as one printable line; "" when it gives none.

    Args:
        body: parsed JSON, or text.
        hide: what must not be shown: the key, which some addresses repeat.
    """
    reason = body
    for name in ("error", "message", "detail"):
        if isinstance(reason, dict):
            reason = reason.get(name, reason)
    if not isinstance(reason, str) or reason.lstrip().startswith("<"):
        return ""
    if hide:
        reason = reason.replace(hide, "…")
    line = "".join(c if c.isprintable() else " " for c in reason[: 2 * _MOST_SAID])
    line = " ".join(line.split())
    return line if len(line) <= _MOST_SAID else line[:_MOST_SAID] + "…"


def _json(answer: bytes, where: str) -> object:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        begins = answer[:_SHOWN].decode("utf-8", "replace")
        raise EmbedderError(
            f"{where} answered with something that is not JSON (it begins {begins!r});"
            " is the address right? it usually ends in /v1"
        ) from error


def _items(parsed: object, where: str) -> list[dict[str, Any]]:
    items = parsed.get("data") if isinstance(parsed, dict) else None
    if items is None and (reason := said(parsed)):
        raise EmbedderError(f"{where} answered with an error: {reason}")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise EmbedderError(
            f"{where} answered with JSON that holds no vectors;"
            " is it an OpenAI-compatible address? it usually ends in /v1"
        )
    return items


def _in_order(items: Sequence[dict[str, Any]], where: str) -> list[dict[str, Any]]:
    """Return the items by their index; in the order given when none has one."""
    if all(item.get("index") is None for item in items):
        return list(items)
    places: dict[int, dict[str, Any]] = {}
    for item in items:
        index = item.get("index")
        if type(index) is int:
            places[index] = item
    if sorted(places) != list(range(len(items))):
        raise EmbedderError(f"{where} numbered its vectors wrongly, so nobody knows whose they are")
    return [places[i] for i in range(len(items))]
