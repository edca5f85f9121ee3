"""A folder with an ONNX graph and its tokenizer → an embedder; knows onnxruntime and tokenizers.

Both come with chromadb. Nothing is downloaded and no code of the folder is run.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as failures
from tokenizers import Encoding, Tokenizer

from index.embedders.folder import GraphFolder, Pooling, read_graph_folder
from index.embedders.rows import in_batches, unit_rows
from index.errors import EmbedderError, UsageError
from index.plurals import counted
from index.protocols import Matrix

BATCH = 32
"""Texts run at once: bounds the working memory."""

Numbers = NDArray[np.int64]

_FAILURES: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    *(k for k in vars(failures).values() if isinstance(k, type) and issubclass(k, Exception)),
)
_FATAL = 4  # onnxruntime's least talkative level: what goes wrong is said once, by us
_PROBE = "How long is a vector? 向量有多长？"


class OnnxEmbedder:
    """Embeds texts on this machine with a model of the user's; safe to share between threads.

    A text of blanks has a zero row. A text of more tokens than the model takes is embedded by its
    beginning.

    Args:
        folder: as `index.embedders.folder` describes it.
        asking: texts are queries, not passages; some models want to be told.

    Raises:
        UsageError: the folder holds no model that can be run here.
    """

    def __init__(self, folder: Path, *, asking: bool = False) -> None:
        self._folder = folder
        self._model = read_graph_folder(folder)
        self._prefix = self._model.prefixes.query if asking else self._model.prefixes.passage
        self._tokenizer = _load_tokenizer(self._model)
        self._session = _load_graph(self._model)
        self._inputs = [value.name for value in self._session.get_inputs()]
        self._output = _choose_output([value.name for value in self._session.get_outputs()])
        _check_inputs(self._inputs, folder)
        self._dimension = int(self._run([_PROBE], dimension=None).shape[1])

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return f"onnx:{self._folder}"

    @property
    def address(self) -> None:
        """Texts stay here."""

    @property
    def fingerprint(self) -> str:
        """Changes with the model's files, not with their place."""
        return self._model.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension).

        Raises:
            EmbedderError: the model failed on a text.
        """
        blocks = list(self.batches(texts))
        return np.concatenate(blocks) if blocks else np.zeros((0, self.dimension), np.float32)

    def batches(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """Return the rows of `embed`, in order, `BATCH` at a time.

        Raises:
            EmbedderError: the model failed on a text.
        """
        run = partial(self._run, dimension=self.dimension)
        return in_batches(texts, run, size=BATCH, dimension=self.dimension)

    def _run(self, texts: Sequence[str], *, dimension: int | None) -> Matrix:
        sent = [(self._prefix + text).encode("utf-8", "replace").decode() for text in texts]
        ids, mask = _padded(self._tokenizer.encode_batch(sent), self._model.pad)
        given = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
            "position_ids": np.maximum(np.cumsum(mask, axis=1) - 1, 0),
        }
        try:
            (out,) = self._session.run([self._output], {name: given[name] for name in self._inputs})
        except _FAILURES as error:
            raise EmbedderError(
                f"the model in {self._folder} failed on {counted(len(texts), 'text')}:"
                f" {_line(error)}"
            ) from error
        pooled = pool(np.asarray(out, np.float32), mask, self._model.pooling)
        where = f"the model in {self._folder}"
        return unit_rows(pooled, count=len(texts), dimension=dimension, where=where)


def pool(outputs: Matrix, mask: Numbers, pooling: Pooling) -> Matrix:
    """Return one row a text from the outputs of its tokens.

    Args:
        outputs: shape (texts, tokens, dimension); shape (texts, dimension) is returned as it is,
            for then the graph has pooled already.
        mask: 1 where a token belongs to the text, shape (texts, tokens).
        pooling: the mean of its tokens, the first, or the last.
    """
    if outputs.ndim != 3:
        return outputs
    if pooling == "cls":
        return np.asarray(outputs[:, 0])
    if pooling == "lasttoken":
        last = np.maximum(mask.sum(axis=1) - 1, 0)
        return np.asarray(outputs[np.arange(len(outputs)), last])
    weights = mask[:, :, None].astype(np.float32)
    return np.asarray((outputs * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1))


def _padded(encoded: Sequence[Encoding], pad: int) -> tuple[Numbers, Numbers]:
    """Return token numbers, filled up on the right, and which of them are the texts' own."""
    longest = max((len(text.ids) for text in encoded), default=0)
    ids = np.full((len(encoded), max(longest, 1)), pad, np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(encoded):
        ids[row, : len(text.ids)] = text.ids
        mask[row, : len(text.ids)] = 1
    return ids, mask


def _load_tokenizer(model: GraphFolder) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(model.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(model.max_tokens)
    except Exception as error:  # the library raises nothing more precise
        raise UsageError(
            f"the model's file {model.tokenizer} is no tokenizer: {_line(error)}"
        ) from error
    return tokenizer


def _load_graph(model: GraphFolder) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    try:
        return onnxruntime.InferenceSession(
            str(model.graph), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except _FAILURES as error:
        raise UsageError(f"the model's file {model.graph} cannot be run: {_line(error)}") from error


def _choose_output(names: Sequence[str]) -> str:
    """Return the output to read: one already pooled if there is one, else the tokens'."""
    for known in ("sentence_embedding", "last_hidden_state", "token_embeddings"):
        if known in names:
            return known
    return names[0]


def _check_inputs(names: Sequence[str], folder: Path) -> None:
    known = ("input_ids", "attention_mask", "token_type_ids", "position_ids")
    strange = [name for name in names if name not in known]
    if strange or "input_ids" not in names:
        raise UsageError(
            f"the model in {folder} is no model of texts: it takes {', '.join(names) or 'nothing'}"
        )


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
