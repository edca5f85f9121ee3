"""The tools as a model is told of them: names, words, and the JSON Schema of their arguments."""

from collections.abc import Mapping
from typing import Any

import prompts
from assistant.protocols import ToolSpec
from index.records import LANGUAGES, Language

MOST_HITS = 12
MOST_AROUND = 6
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 1}
_WORDS: Mapping[str, Any] = {"type": "string", "maxLength": 300}
_SHAPES: Mapping[str, tuple[tuple[str, ...], Mapping[str, Mapping[str, Any]]]] = {
    "search": (
        ("query",),
        {
            "query": _WORDS,
            "language": {"type": "string", "enum": list(LANGUAGES)},
            "speaker": _WORDS,
            "interview": _NUMBER,
            "since": {"type": "string", "pattern": _DATE},
            "until": {"type": "string", "pattern": _DATE},
        },
    ),
    "read_around": (
        ("evidence",),
        {
            "evidence": _NUMBER,
            "before": {"type": "integer", "minimum": 0, "maximum": MOST_AROUND},
            "after": {"type": "integer", "minimum": 0, "maximum": MOST_AROUND},
        },
    ),
    "read_section": (
        ("interview", "section"),
        {
            "interview": _NUMBER,
            "section": {"type": "integer", "minimum": 0},
            "start": _NUMBER,
        },
    ),
    "list_interviews": ((), {"interview": _NUMBER}),
    "follow_person": (("person", "topic"), {"person": _WORDS, "topic": _WORDS}),
    "declare_not_found": (("missing",), {"missing": _WORDS}),
}
NAMES = tuple(_SHAPES)


def specs(language: Language) -> tuple[ToolSpec, ...]:
    """Return all tools, described in a language."""
    return tuple(
        ToolSpec(name, prompts.render(f"tools.{language}#{name}"), _schema(name, language))
        for name in NAMES
    )


def described(language: Language) -> str:
    """Return the tools as lines of text, for a model that can only write."""
    lines = []
    for spec in specs(language):
        arguments = ", ".join(_argument(spec, name) for name in spec.parameters["properties"])
        lines.append(f"- {spec.name}({arguments}): {spec.description}")
    return "\n".join(lines)


def _schema(name: str, language: Language) -> Mapping[str, Any]:
    required, properties = _SHAPES[name]
    return {
        "type": "object",
        "properties": {
            key: {**shape, "description": prompts.render(f"tools.{language}#{name}.{key}")}
            for key, shape in properties.items()
        },
        "required": list(required),
        "additionalProperties": False,
    }


def _argument(spec: ToolSpec, name: str) -> str:
    shape = spec.parameters["properties"][name]
    kind = "|".join(shape["enum"]) if "enum" in shape else shape["type"]
    return f"{name}{'' if name in spec.parameters['required'] else '?'}: {kind}"
