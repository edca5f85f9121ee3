"""A model behind a real address of this machine, with little patience."""

from collections.abc import Iterable
from typing import Any, Literal

from assistant.models.connecting import connect
from assistant.models.llama import LlamaChatModel
from assistant.models.names import NamedModel
from assistant.models.silence import Limits
from assistant.protocols import Piece, TextDelta, ToolRequest, ToolSpec
from index.embedders.patience import Patience

KEY = "sk-test-4f9a1c7e2b8d4f9a1c7e2b8d"
LONG = Limits(connect_s=20.0, first_s=20.0, between_s=20.0, total_s=60.0)
BRIEF = Limits(connect_s=20.0, first_s=20.0, between_s=0.12, total_s=60.0)
SHORT = Limits(connect_s=20.0, first_s=0.12, between_s=20.0, total_s=60.0)
HASTY = Patience(tries=3, base_s=0.001, longest_s=0.05, total_s=20.0)
SEARCH = ToolSpec(
    "search",
    "Find paragraphs.",
    {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
)
READ = ToolSpec("read", "Read around a paragraph.", {"type": "object", "properties": {}})


def model_at(
    address: str,
    *,
    name: str = "qwen3:8b",
    key: str | None = KEY,
    tools: Literal["auto", "on", "off"] = "auto",
    limits: Limits = LONG,
    patience: Patience = HASTY,
    temperature: float | None = None,
    hint: str = "",
    **options: Any,
) -> LlamaChatModel:
    named = NamedModel(name, address, key, hint)
    line = connect(named, limits, temperature=temperature, options=options)
    return LlamaChatModel(name, line, tools=tools, limits=limits, patience=patience)


def said(pieces: Iterable[Piece]) -> str:
    """Return the text among pieces."""
    return "".join(piece.text for piece in pieces if isinstance(piece, TextDelta))


def asked(pieces: Iterable[Piece]) -> list[ToolRequest]:
    """Return the requests among pieces."""
    return [piece for piece in pieces if isinstance(piece, ToolRequest)]
