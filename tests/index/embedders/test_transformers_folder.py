from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embedders.transformers_folder import BATCH, TransformersEmbedder
from index.errors import EmbedderError, UsageError
from tests.servers import DIMENSION, toy_vector


class ToyEncoder:
    """Encodes like the library: one row a sentence, the prompt before each."""

    def __init__(self) -> None:
        self.encoded: list[list[str]] = []

    def encode(
        self, sentences: list[str], *, prompt: str, batch_size: int, **_: bool
    ) -> NDArray[np.float32]:
        assert len(sentences) <= batch_size
        if "fail" in sentences:
            raise RuntimeError("out of\nmemory")
        self.encoded.append([prompt + sentence for sentence in sentences])
        return np.array([toy_vector(text) for text in self.encoded[-1]], np.float32)


def model_folder(folder: Path, prompts: str = "{}") -> Path:
    (folder / "modules.json").write_text("[]")
    (folder / "config_sentence_transformers.json").write_text(f'{{"prompts": {prompts}}}')
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_texts_of_both_languages_become_unit_rows(tmp_path: Path) -> None:
    embedder = TransformersEmbedder(model_folder(tmp_path), ToyEncoder())
    rows = embedder.embed(["tea", "", "茶", "电缆"])
    assert rows.shape == (4, DIMENSION)
    assert rows[0] @ rows[2] > 0.8 > rows[0] @ rows[3]
    assert not rows[1].any()
    assert len(list(embedder.batches(["tea"] * (BATCH + 1)))) == 2
    assert (embedder.dimension, embedder.address) == (DIMENSION, None)


def test_queries_get_the_prompt_the_folder_names(tmp_path: Path) -> None:
    folder = model_folder(tmp_path, '{"query": "问：", "document": "doc: "}')
    encoder = ToyEncoder()
    TransformersEmbedder(folder, encoder, asking=True).embed(["茶"])
    TransformersEmbedder(folder, encoder).embed(["茶"])
    assert encoder.encoded[1] == ["问：茶"]
    assert encoder.encoded[3] == ["doc: 茶"]


def test_the_fingerprint_follows_the_weights(tmp_path: Path) -> None:
    before = TransformersEmbedder(model_folder(tmp_path), ToyEncoder()).fingerprint
    assert before == TransformersEmbedder(tmp_path, ToyEncoder()).fingerprint
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    assert before != TransformersEmbedder(tmp_path, ToyEncoder()).fingerprint


def test_a_failing_model_is_one_clear_line(tmp_path: Path) -> None:
    embedder = TransformersEmbedder(model_folder(tmp_path), ToyEncoder())
    with pytest.raises(EmbedderError, match="failed on 1 text: out of memory"):
        embedder.embed(["fail"])


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no model"):
        TransformersEmbedder(tmp_path, ToyEncoder())
