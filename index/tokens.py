"""Text → how many tokens a model reads in it. Never touches the network.

The vocabulary is looked for in the user's own cache (`TIKTOKEN_CACHE_DIR`), then among the files
llama-index brings along; without either the count is an estimate, and `encoding_name` says so.
"""

import base64
import functools
import hashlib
import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

import tiktoken

from index.language import HAN

ENCODING = "o200k_base"
APPROXIMATE = "approximate"

# tiktoken names a cached vocabulary by the SHA-1 of its address and knows it by its SHA-256.
_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
# How o200k_base cuts text before looking words up. Given here, with the vocabulary read from disk,
# so that tiktoken's own loader, which fetches files and deletes those it distrusts, is never asked.
# Source: tiktoken 0.14.0, tiktoken_ext/openai_public.py (MIT licence).
_UPPER, _LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
_ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PATTERN = "|".join(
    [
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_ENDING}",
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_ENDING}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)
# Tokens for a hundred characters, measured with o200k_base on interviews in both languages: right
# to a few per cent over pages, off by half on single short lines.
_PER_100_CJK, _PER_100_OTHER = 72, 22
_CJK = re.compile(f"[{HAN}\u3000-\u30ff\uff00-\uffef]")


def count_tokens(text: str) -> int:
    """Return the number of tokens in the text; words that look like control tokens are words.

    The first call reads the vocabulary (some tenths of a second).
    """
    vocabulary = find_vocabulary()
    if vocabulary is None:
        return estimate_tokens(text)
    return len(_encoding(vocabulary).encode_ordinary(text))


def encoding_name() -> str:
    """Return what `count_tokens` counts by: `ENCODING`, or `APPROXIMATE` for an estimate."""
    return ENCODING if find_vocabulary() else APPROXIMATE


def estimate_tokens(text: str) -> int:
    """Return about how many tokens the text has, without a vocabulary; 0 only for no text."""
    cjk = len(_CJK.findall(text))
    return -(-(cjk * _PER_100_CJK + (len(text) - cjk) * _PER_100_OTHER) // 100)


def find_vocabulary() -> Path | None:
    """Return the vocabulary on this disk; None when there is none, or only damaged ones."""
    return _first_sound(tuple(folder / _FILE for folder in _folders()))


def _folders() -> Iterator[Path]:
    if own := os.environ.get("TIKTOKEN_CACHE_DIR"):
        yield Path(own)
    yield from _bundled()


@functools.cache
def _bundled() -> tuple[Path, ...]:
    """Return where llama-index keeps vocabularies; looking took longer than counting a text."""
    # Only the place is looked up: importing llama_index.core would cost seconds.
    spec = importlib.util.find_spec("llama_index")
    places = (spec.submodule_search_locations or ()) if spec else ()
    return tuple(Path(place) / "core" / "_static" / "tiktoken_cache" for place in places)


@functools.cache
def _first_sound(paths: tuple[Path, ...]) -> Path | None:
    """Return the first path that holds exactly the vocabulary expected."""
    for path in paths:
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == _SHA256:
            return path
    return None


@functools.cache
def _encoding(vocabulary: Path) -> tiktoken.Encoding:
    ranks: dict[bytes, int] = {}
    for line in vocabulary.read_bytes().splitlines():
        token, rank = line.split()
        ranks[base64.b64decode(token)] = int(rank)
    return tiktoken.Encoding(ENCODING, pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={})
