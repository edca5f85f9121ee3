"""Arguments a model wrote → checked against the tool's JSON Schema; nothing is repaired or guessed.

What is wrong is said in words for the model, so that it can call again.
"""

import re
from collections.abc import Mapping
from typing import Any

import prompts
from index.records import Language

KINDS: Mapping[str, type] = {"string": str, "integer": int}
LONGEST = 500
"""Characters of a string whose schema names no limit."""


def problems(
    schema: Mapping[str, Any], arguments: Mapping[str, Any] | None, language: Language
) -> list[str]:
    """Return what is wrong with arguments, one line each; none when they fit.

    Args:
        schema: an object of strings and integers, nothing nested; other properties are refused.
        arguments: None when what the model wrote is no JSON object.
        language: of the lines.
    """
    if arguments is None:
        return [prompts.render(f"notes.{language}#no_object")]
    properties: Mapping[str, Any] = schema["properties"]
    found = [
        prompts.render(f"notes.{language}#argument_missing", argument=name)
        for name in schema.get("required", ())
        if name not in arguments
    ]
    known = ", ".join(properties)
    for name, value in arguments.items():
        if name not in properties:
            label = str(name)[:40]
            found.append(
                prompts.render(f"notes.{language}#argument_unknown", argument=label, known=known)
            )
        elif problem := _problem(properties[name], value):
            kind, values = problem
            found.append(
                prompts.render(f"notes.{language}#argument_{kind}", argument=name, **values)
            )
    return found


def _problem(wanted: Mapping[str, Any], value: Any) -> tuple[str, dict[str, object]] | None:
    if type(value) is not KINDS[wanted["type"]]:  # True is no integer here
        return "type", {"kind": wanted["type"]}
    if "enum" in wanted and value not in wanted["enum"]:
        return "choice", {"choices": ", ".join(wanted["enum"])}
    least, most = wanted.get("minimum"), wanted.get("maximum")
    if isinstance(value, int) and not (least or 0) <= value <= (most or value):
        return "range", {"least": least or 0, "most": most or "∞"}
    if isinstance(value, str) and not _has_form(wanted, value):
        return "form", {}
    return None


def _has_form(wanted: Mapping[str, Any], value: str) -> bool:
    """Whether a string is neither blank nor too long, and fits its pattern."""
    if not value.strip() or len(value) > wanted.get("maxLength", LONGEST):
        return False
    return "pattern" not in wanted or re.fullmatch(wanted["pattern"], value) is not None
