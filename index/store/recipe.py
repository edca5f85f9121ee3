"""What made the words and vectors of a store; two recipes are never mixed in one store."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import StoreVersionError


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made the words and vectors of a store; another recipe makes others."""

    embedder: str
    """Its full name: `bundled`, `openai:text-embedding-3-small`, `http://host:1/v1#bge-m3`."""
    fingerprint: str
    dimension: int
    analysis: str
    """Version of the terms."""
    parser: str = ""
    """Version of what reads transcripts. Another one makes no mixture: its files are read again."""

    def as_meta(self) -> dict[str, str]:
        """Return it as settings of the store."""
        return {
            "embedder": self.embedder,
            "fingerprint": self.fingerprint,
            "dimension": str(self.dimension),
            "analysis": self.analysis,
            "parser": self.parser,
        }


def check_embedder(meta: Mapping[str, str], embedder: str, folder: Path) -> None:
    """Refuse another embedder than the store's, by its full name alone: nothing is asked of it.

    Raises:
        StoreVersionError: the store was made with another one.
    """
    if meta.get("embedder", embedder) != embedder:
        raise StoreVersionError(
            f"the store {folder} was embedded with {meta['embedder']!r}, not with"
            f" {embedder!r}; run: interviews index --rebuild,"
            " or name that embedder in the configuration"
        )


def check_recipe(meta: Mapping[str, str], recipe: Recipe, folder: Path) -> None:
    """Refuse to mix the words and vectors of two recipes in one store.

    Raises:
        StoreVersionError: the store was made by another recipe.
    """
    if "fingerprint" not in meta:
        return
    check_embedder(meta, recipe.embedder, folder)
    if meta["fingerprint"] != recipe.fingerprint:
        raise StoreVersionError(
            f"the store {folder} was embedded with another version of {recipe.embedder!r};"
            " run: interviews index --rebuild"
        )
    if meta["analysis"] != recipe.analysis:
        raise StoreVersionError(
            f"the store {folder} was indexed by another version of the word rules;"
            " run: interviews index --rebuild"
        )
