"""Sentences of either language → vectors of what they say; one space, one small network.

Unlike the mean of word vectors it knows the order of words and what a phrase means as a whole, so
that a paraphrase, or its translation, lies close. About a millisecond a sentence: fit for what a
question or a claim is held against, not for whole archives. Runs in this process, on numpy alone.

Source: Universal Sentence Encoder Multilingual 3 (Yang et al., ACL 2020), whose tables
`index.making.encoder` reduces to the pieces of English and Chinese.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from index.data import read_lines, table_path
from index.protocols import Matrix
from index.static import unit

PIECES = "encoder-pieces.txt"
ROWS = "encoder-rows.npy"
LAYERS = "encoder-layers.npz"

UNKNOWN, BEGIN, END = 0, 1, 2
"""Pieces that stand for what has none, and for the ends of a sentence."""
NGRAMS = ((2, 0), (3, 1), (5, 2))
"""Tokens that each branch of the network sees at once, and how many of them stand before."""
WIDTH = 256
"""Numbers a token has in each branch."""
BATCH = 512
"""Tokens put through at once: more do not fit the cache and gain nothing."""
MOST_TOKENS = 256
"""Of one text; a sentence has some thirty."""
TINY = 1e-12

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class SentenceEncoder:
    """Turns sentences into vectors; safe to share between threads.

    Raises:
        UsageError: the installation lacks its tables.
    """

    def __init__(self) -> None:
        self._tokenizer = read_tokenizer(PIECES, UNKNOWN)
        self._rows: NDArray[np.uint8] = np.load(table_path(ROWS), mmap_mode="r")
        with np.load(table_path(LAYERS)) as saved:
            layers = {name: np.asarray(saved[name]) for name in saved.files}
        self._chunk = layers.pop("chunk")
        self._layers = {name: layer.astype(np.float32) for name, layer in layers.items()}
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return int(self._layers["d3"].shape[1])

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text, shape (len(texts), dimension); zeros for an empty text.

        Args:
            texts: sentences, or a few together, as written. What is beyond `MOST_TOKENS` is not
                looked at.
        """
        rows = np.zeros((len(texts), self.dimension), np.float32)
        with self._lock:  # numpy runs in parallel by itself; two at once only take turns
            for places, sentences in _batches(self._tokens(texts)):
                rows[places] = self._forward(sentences)
        return rows

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the pieces of texts as rows of the table; none for a text of white space."""
        ready = [plain(text) for text in texts]
        found = self._tokenizer.encode_batch_fast(ready)
        return [
            [BEGIN, *each.ids[:MOST_TOKENS], END] if text else []
            for text, each in zip(ready, found, strict=True)
        ]

    def _forward(self, sentences: Sequence[Sequence[int]]) -> Matrix:
        """Return the vectors of sentences, none of which is empty."""
        layer = self._layers
        tokens = np.concatenate(sentences).astype(np.int64)
        lengths = np.array([len(sentence) for sentence in sentences], np.int64)
        starts = np.array([0, *accumulate(lengths[:-1].tolist())], np.int64)
        seen = self._seen(tokens, starts, lengths)
        # The mean over tokens comes before the projection, which is linear: fewer rows to multiply.
        pooled: Floats = np.add.reduceat(seen, starts, axis=0) @ layer["cnn_W"]
        counts = lengths.astype(np.float32)[:, None]
        pooled = np.asarray((pooled + counts * layer["cnn_b"]) / np.sqrt(counts), np.float32)
        first = np.maximum(pooled @ layer["d0"], 0)
        second = np.maximum(pooled @ layer["p1"] + first @ layer["d1"], 0)
        third = np.maximum(second @ layer["d2"], 0)
        vectors = np.tanh(second @ layer["p3"] + third @ layer["d3"])
        return unit(np.asarray(vectors, np.float32))

    def _seen(self, tokens: Numbers, starts: Numbers, lengths: Numbers) -> Floats:
        """Return each token with what stands around it, shape (tokens, 512 + 3 × WIDTH)."""
        layer, chunk = self._layers, self._chunk[tokens]
        scale, least = layer["scale"][chunk, None], layer["lo"][chunk, None]
        embedded: Floats = self._rows[tokens].astype(np.float32) * scale + least
        inside = _normed(embedded @ layer["proj"] + layer["proj_b"], layer["norm"], layer["norm_b"])
        branches = [
            self._branch(branch, size, _around(starts, lengths, size, before))
            for (size, before), branch in zip(
                NGRAMS, np.split(inside, len(NGRAMS), axis=1), strict=True
            )
        ]
        every = np.concatenate([embedded, *branches], axis=1)
        return _normed(every, layer["ln_g"], layer["ln_b"])

    def _branch(self, inside: Floats, size: int, around: Numbers) -> Floats:
        """Return each token with those that one branch sees beside it, twice folded together."""
        for step in (1, 2):
            padded = np.concatenate([inside, np.zeros((1, WIDTH), np.float32)])
            beside = padded[around].reshape(len(inside), size * WIDTH)
            folded = beside @ self._layers[f"w{step}_{size}"] + self._layers[f"b{step}_{size}"]
            inside = np.asarray(inside + np.maximum(folded, 0), np.float32)
        return inside


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the bundled encoder, one for all that need it.

    Raises:
        UsageError: the installation lacks its tables.
    """
    return SentenceEncoder()


def read_tokenizer(table: str, unknown: int) -> Tokenizer:
    """Return what cuts words into the pieces of a table, each with its score.

    Args:
        table: its name.
        unknown: the number of the piece that stands for what has none.

    Raises:
        UsageError: the installation lacks it.
    """
    pieces = (line.rpartition(" ") for line in read_lines(table))
    vocabulary = [(piece, float(score)) for piece, _, score in pieces]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
    tokenizer.pre_tokenizer = Metaspace()
    return tokenizer


def plain(text: str) -> str:
    """Return a text as the pieces were made for, without halves of characters."""
    whole = text.encode(errors="ignore").decode()
    return " ".join(unicodedata.normalize("NFKC", whole).split())


def _batches(
    sentences: Sequence[Sequence[int]],
) -> Iterator[tuple[list[int], list[Sequence[int]]]]:
    """Yield sentences with their places, `BATCH` tokens together; empty ones are left out."""
    places: list[int] = []
    room = BATCH
    for place, sentence in enumerate(sentences):
        if not sentence:
            continue
        if places and len(sentence) > room:
            yield places, [sentences[i] for i in places]
            places, room = [], BATCH
        places.append(place)
        room -= len(sentence)
    if places:
        yield places, [sentences[i] for i in places]


def _around(starts: Numbers, lengths: Numbers, size: int, before: int) -> Numbers:
    """Return the places that each token sees; the place after the last one is nothing.

    Shape (tokens, size). No token sees beyond its sentence.
    """
    count = int(lengths.sum())
    places = np.arange(count)[:, None] + np.arange(-before, size - before)
    first = np.repeat(starts, lengths)[:, None]
    end = np.repeat(starts + lengths, lengths)[:, None]
    return np.where((places >= first) & (places < end), places, count)


def _normed(rows: Floats, gain: Floats, shift: Floats) -> Floats:
    """Return rows of mean 0 and deviation 1, scaled and shifted (layer normalisation)."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + TINY)
    return np.asarray(centred / deviation * gain + shift, np.float32)
