from pathlib import Path

import numpy as np
import pytest

from index.embedders.onnx_folder import BATCH, OnnxEmbedder
from index.errors import UsageError
from tests.index.embedders.tiny_model import graph_bytes, write_model


def test_the_same_meaning_is_near_in_both_languages(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    rows = embedder.embed(["old tea", "老茶", "cable", "老 tea"])

    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0] @ rows[1] == pytest.approx(1)
    assert rows[0] @ rows[3] == pytest.approx(1)
    assert rows[0] @ rows[2] == pytest.approx(0)


def test_the_folder_says_how_tokens_become_one_vector(tmp_path: Path) -> None:
    def first_row(name: str, pooling: dict[str, object]) -> list[float]:
        folder = write_model(tmp_path / name, **{"1_Pooling__config": pooling})
        return [float(x) for x in OnnxEmbedder(folder).embed(["tea cable", "old old old old"])[0]]

    half = 0.5**0.5
    assert first_row("a", {"pooling_mode_mean_tokens": True}) == pytest.approx([half, half, 0, 0])
    assert first_row("b", {"pooling_mode_cls_token": True}) == pytest.approx([1, 0, 0, 0])
    assert first_row("c", {"pooling_mode_lasttoken": True}) == pytest.approx([0, 1, 0, 0])
    assert first_row("d", {"pooling_mode": "cls"}) == pytest.approx([1, 0, 0, 0])


def test_queries_and_passages_get_what_the_folder_wants_before_them(tmp_path: Path) -> None:
    folder = write_model(
        tmp_path, config_sentence_transformers={"prompts": {"query": "query ", "passage": ""}}
    )
    passage = OnnxEmbedder(folder).embed(["茶"])[0]
    asked = OnnxEmbedder(folder, asking=True).embed(["茶"])[0]

    assert passage == pytest.approx([1, 0, 0, 0])
    assert asked[3] > asked[0] > 0
    assert OnnxEmbedder(folder, asking=True).fingerprint == OnnxEmbedder(folder).fingerprint


def test_rows_do_not_depend_on_their_neighbours(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    texts = ["tea", "", "old cable 老缆 tea", "  "] * BATCH
    rows = embedder.embed(texts)

    assert rows.shape == (4 * BATCH, 4)
    assert not rows[1].any()
    assert not rows[3].any()
    assert np.allclose(rows[:3], embedder.embed(texts[:3]))
    assert [len(block) for block in embedder.batches(texts)] == [BATCH] * 4
    assert embedder.embed([]).shape == (0, 4)


def test_a_long_text_is_known_by_its_beginning(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path, sentence_bert_config={"max_seq_length": 3}))
    assert embedder.embed(["tea tea tea cable cable"])[0] == pytest.approx([1, 0, 0, 0])


def test_the_fingerprint_follows_the_files_not_their_place(tmp_path: Path) -> None:
    one, two = write_model(tmp_path / "one"), write_model(tmp_path / "two")
    assert OnnxEmbedder(one).fingerprint == OnnxEmbedder(two).fingerprint

    (two / "1_Pooling").mkdir()
    (two / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    assert OnnxEmbedder(one).fingerprint != OnnxEmbedder(two).fingerprint


def test_names(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    assert (embedder.name, embedder.address) == (f"onnx:{tmp_path}", None)
    assert embedder.dimension == 4


WITHOUT = {
    "no graph": ("model.onnx", None),
    "no tokenizer": ("tokenizer.json", None),
    "broken graph": ("model.onnx", b"not a model"),
    "empty graph": ("model.onnx", b""),
    "broken tokenizer": ("tokenizer.json", b"{}"),
    "broken settings": ("config.json", b"{"),
    "a model of pictures": ("model.onnx", graph_bytes(inputs=("input_ids", "pixels"))),
    "a further step": ("modules.json", b'[{"type": "sentence_transformers.models.Dense"}]'),
    "another pooling": ("1_Pooling/config.json", b'{"pooling_mode_max_tokens": true}'),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_a_folder_without_a_usable_model_is_one_clear_line(tmp_path: Path, what: str) -> None:
    folder = write_model(tmp_path / "model", **{"1_Pooling__config": {}})
    name, content = WITHOUT[what]
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(UsageError, match=str(folder)) as caught:
        OnnxEmbedder(folder)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there; if it was moved"):
        OnnxEmbedder(tmp_path / "moved")
