"""A folder with a model, as models are published → what an embedder needs to know of it.

Such folders hold the model itself and small files beside it, which say how its outputs become one
vector and what it wants written before a text:

    model.onnx or onnx/model.onnx       the graph, and *.onnx_data where it is large
    tokenizer.json                      how text is cut
    1_Pooling/config.json               mean, first or last token
    config_sentence_transformers.json   prompts
    sentence_bert_config.json, tokenizer_config.json, config.json   how long a text may be
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.embedders.prefixes import Prefixes, prefixes_of
from index.errors import UsageError

Pooling = Literal["mean", "cls", "lasttoken"]
_POOLINGS: tuple[Pooling, ...] = ("mean", "cls", "lasttoken")
# How the two writings of the pooling file call them.
_FLAGS: Mapping[Pooling, str] = {
    "mean": "pooling_mode_mean_tokens",
    "cls": "pooling_mode_cls_token",
    "lasttoken": "pooling_mode_lasttoken",
}
_QUERY_PROMPTS = ("query", "search_query", "retrieval.query")
_PASSAGE_PROMPTS = ("passage", "document", "search_document", "retrieval.passage", "text")
_USUAL_TOKENS = 512
_SILLY_TOKENS = 1_000_000  # tokenizers write 1e30 for "no limit"
_WEIGHTS = ("*.json", "*.txt", "*.model", "*.safetensors", "*.bin", "*.py")


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """A model as an ONNX graph."""

    graph: Path
    tokenizer: Path
    pooling: Pooling
    max_tokens: int
    """Of one text, marks of beginning and end included."""
    pad: int
    """Number of the token that fills up shorter texts."""
    prefixes: Prefixes
    fingerprint: str


def read_graph_folder(folder: Path) -> GraphFolder:
    """Return what a folder says about its ONNX graph.

    Raises:
        UsageError: it holds no graph or no tokenizer, or asks for something not done here.
    """
    _check_is_folder(folder)
    graph = _first(folder, ("model.onnx", "onnx/model.onnx"))
    tokenizer = _first(folder, ("tokenizer.json", "onnx/tokenizer.json"))
    _check_steps(folder)
    pooling, prefixes, max_tokens = _pooling(folder), read_prefixes(folder), _max_tokens(folder)
    pad = _whole_number(read_json(folder / "config.json").get("pad_token_id"))
    digest = _digest([graph, *sorted(graph.parent.glob(f"{graph.stem}*data")), tokenizer])
    parts = ["onnx", digest, pooling, max_tokens, prefixes.passage]
    return GraphFolder(
        graph=graph,
        tokenizer=tokenizer,
        pooling=pooling,
        max_tokens=max_tokens,
        pad=pad or 0,
        prefixes=prefixes,
        fingerprint=hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16],
    )


def fingerprint_weights(folder: Path) -> str:
    """Return what changes with any file a model of sentence-transformers is loaded from.

    Raises:
        UsageError: there is no such folder, it holds no model, or a file cannot be read.
    """
    _check_is_folder(folder)
    files = {path for pattern in _WEIGHTS for path in folder.rglob(pattern) if path.is_file()}
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise UsageError(f"the folder {folder} holds no model: no modules.json, no config.json")
    return _digest(sorted(files))


def read_prefixes(folder: Path) -> Prefixes:
    """Return what the model wants before queries and passages, by its files, else by its name."""
    prompts = read_json(folder / "config_sentence_transformers.json").get("prompts")
    if not isinstance(prompts, dict):
        return prefixes_of(folder.name)
    texts = {name: text for name, text in prompts.items() if isinstance(text, str)}
    return Prefixes(
        query=next((texts[name] for name in _QUERY_PROMPTS if name in texts), ""),
        passage=next((texts[name] for name in _PASSAGE_PROMPTS if name in texts), ""),
    )


def read_json(path: Path) -> dict[str, Any]:
    """Return the mapping a file holds; nothing when there is no file, or it holds none.

    Raises:
        UsageError: it cannot be read, or is not JSON.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"the model's file {path} cannot be read: {error}") from error
    return values if isinstance(values, dict) else {}


def _check_is_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(
            f"the model folder {folder} is not there; if it was moved, name its new place in"
            " the setting embedder and run: interviews index --rebuild"
        )


def _check_steps(folder: Path) -> None:
    """Refuse a model with steps after pooling that are not in the graph."""
    path = folder / "modules.json"
    try:
        steps = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    except (OSError, ValueError) as error:
        raise UsageError(f"the model's file {path} cannot be read: {error}") from error
    kinds = [str(s.get("type")).rsplit(".", 1)[-1] for s in steps if isinstance(s, dict)]
    for kind in kinds:
        if kind not in ("Transformer", "Pooling", "Normalize"):
            raise UsageError(
                f"the model in {folder} has a step {kind!r} that onnx: does not do;"
                f" use sentence-transformers:{folder}"
            )


def _pooling(folder: Path) -> Pooling:
    values = read_json(folder / "1_Pooling" / "config.json")
    if not values:
        return "mean"
    named = values.get("pooling_mode")
    chosen: list[Pooling] = [
        pooling for pooling in _POOLINGS if values.get(_FLAGS[pooling]) is True or named == pooling
    ]
    if len(chosen) != 1:
        raise UsageError(
            f"the model in {folder} makes its vectors in a way that onnx: does not do"
            f" (mean, first or last token); use sentence-transformers:{folder}"
        )
    return chosen[0]


def _max_tokens(folder: Path) -> int:
    for name, key in (
        ("sentence_bert_config.json", "max_seq_length"),
        ("tokenizer_config.json", "model_max_length"),
        ("config.json", "max_position_embeddings"),
    ):
        found = _whole_number(read_json(folder / name).get(key))
        if found is not None and 2 < found < _SILLY_TOKENS:
            return found
    return _USUAL_TOKENS


def _whole_number(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _first(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"the model folder {folder} holds no {names[0]}")


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                total.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise UsageError(f"the model's file {path} cannot be read: {error.strerror}") from error
    return total.hexdigest()[:16]
