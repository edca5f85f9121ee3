"""A model folder small enough to be made by a test: a real ONNX graph, a real tokenizer.

The graph looks each token up in a table of vectors. It is written as the bytes of its format, so
that no library for making models is needed.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

# Token → its vector; words that mean the same share one.
TABLE = {
    "[PAD]": (9.0, 9.0, 9.0, 9.0),
    "[UNK]": (0.1, 0.1, 0.1, 0.1),
    "tea": (1.0, 0.0, 0.0, 0.0),
    "茶": (1.0, 0.0, 0.0, 0.0),
    "cable": (0.0, 1.0, 0.0, 0.0),
    "缆": (0.0, 1.0, 0.0, 0.0),
    "old": (0.0, 0.0, 1.0, 0.0),
    "老": (0.0, 0.0, 1.0, 0.0),
    "query": (0.0, 0.0, 0.0, 2.0),
}
_FLOAT, _INT64 = 1, 7


def write_model(folder: Path, **files: Mapping[str, Any] | list[Any]) -> Path:
    """Write a model into a folder, and JSON files: `config={…}` is `config.json`.

    Two underscores stand for a folder: `1_Pooling__config` is `1_Pooling/config.json`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(graph_bytes())
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(TABLE)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    for name, values in files.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    return folder


def graph_bytes(*, inputs: tuple[str, ...] = ("input_ids", "attention_mask")) -> bytes:
    """Return a graph that gathers rows of `TABLE`: (texts, tokens) → (texts, tokens, 4).

    Source: the field numbers of onnx.proto (ONNX IR version 8, opset 13).
    """
    table = np.array(list(TABLE.values()), "<f4")
    tensor = (
        _number(1, table.shape[0])
        + _number(1, table.shape[1])
        + _number(2, _FLOAT)
        + _text(8, "table")
        + _bytes(9, table.tobytes())
    )
    node = (
        _text(1, "table")
        + _text(1, "input_ids")
        + _text(2, "last_hidden_state")
        + _text(4, "Gather")
    )
    graph = _bytes(1, node) + _text(2, "tiny") + _bytes(5, tensor)
    for name in inputs:
        graph += _bytes(11, _value(name, _INT64, ("texts", "tokens")))
    graph += _bytes(12, _value("last_hidden_state", _FLOAT, ("texts", "tokens", 4)))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _value(name: str, kind: int, shape: tuple[str | int, ...]) -> bytes:
    sizes = b"".join(
        _bytes(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in shape
    )
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
