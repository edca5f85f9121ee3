"""Texts → how many of them go into one request."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BatchSize:
    """Limits of one request."""

    texts: int = 128
    characters: int = 100_000
    """Of all texts together; OpenAI takes 300,000 tokens, and a Chinese character may be two."""


USUAL_SIZE = BatchSize()


def batch_end(texts: Sequence[str], start: int, size: BatchSize) -> int:
    """Return where the batch that begins at `start` ends (excluded); it holds at least one text."""
    characters = 0
    end = start
    while end < len(texts) and end - start < size.texts:
        characters += len(texts[end])
        if end > start and characters > size.characters:
            break
        end += 1
    return end
