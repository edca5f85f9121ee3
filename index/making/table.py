"""Words, vectors and weights → the files that `index.static` reads."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.data import table_path
from index.protocols import Matrix
from index.static import ABOUT, FACTORS, TABLE, VOCABULARY

FOLDER = Path(__file__).parent.parent / "data"


def write_table(
    words: Sequence[str],
    vectors: Matrix,
    shares: NDArray[np.float32],
    *,
    recipe: str,
    folder: Path = FOLDER,
) -> None:
    """Write the vocabulary, sorted by its bytes, and each word's vector in 8 bits a number.

    Args:
        words: each once.
        vectors: one row a word, as long as the word counts in a sum.
        shares: of all words of its language, 0 to 1, one a word.
        recipe: names the way they were made; part of the fingerprint.
        folder: where to write.
    """
    order = sorted(range(len(words)), key=lambda place: words[place].encode())
    rows = vectors[order]
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-6) / 127
    table = np.round(rows / scales[:, None]).astype(np.int8)
    factors = np.empty(len(words), dtype=[("scale", "<f2"), ("share", "<f4")])
    factors["scale"], factors["share"] = scales, shares[order]
    blob = "\n".join(words[place] for place in order).encode()
    np.save(folder / TABLE, table)
    np.save(folder / FACTORS, factors)
    (folder / VOCABULARY).write_bytes(blob)
    digest = fingerprint(table.tobytes(), factors.tobytes(), blob, recipe=recipe)
    about = {"recipe": recipe, "words": len(words), "fingerprint": digest}
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def rewrite(
    step: str, change: Callable[[Sequence[str], Matrix, NDArray[np.float32]], Matrix]
) -> None:
    """Write the table again with other vectors for its words.

    Args:
        step: its name, which is added to the recipe.
        change: words, their vectors and their shares to the new vectors.

    Raises:
        ValueError: the table has been through this step before.
    """
    recipe: str = json.loads(table_path(ABOUT).read_text(encoding="utf-8"))["recipe"]
    if step in recipe:
        raise ValueError(f"{TABLE} has been through {step} before: make it again first")
    factors = np.load(table_path(FACTORS))
    rows = np.load(table_path(TABLE)) * factors["scale"].astype(np.float32)[:, None]
    words = table_path(VOCABULARY).read_text(encoding="utf-8").split("\n")
    write_table(
        words, change(words, rows, factors["share"]), factors["share"], recipe=recipe + step
    )


def fingerprint(*tables: bytes, recipe: str) -> str:
    """Return a short digest of the tables and of how they were made."""
    whole = hashlib.sha256(b"\n".join((*tables, recipe.encode())))
    return f"bundled-{whole.hexdigest()[:16]}"
