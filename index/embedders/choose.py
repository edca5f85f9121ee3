"""What a setting names → the embedder; imports only the library of the one it picks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.embedders.cache import BatchEmbedder, CachedEmbedder
from index.embedders.names import (
    OPENAI_ADDRESS,
    Access,
    FolderName,
    RemoteName,
    check_access,
    key_for,
    read_name,
)
from index.embedders.patience import FOR_ASKING, FOR_BUILDING, Patience
from index.errors import UsageError
from index.protocols import Embedder, Progress


@dataclass(frozen=True, slots=True)
class Use:
    """What an embedder is made for."""

    asking: bool = False
    """Texts are queries, not passages, and a person is waiting."""
    dimension: int | None = None
    """Numbers a vector has, where a store knows it: saves asking the address."""
    patience: Patience | None = None
    """How long to wait for an address; None is what suits `asking`."""
    progress: Progress | None = None
    """Hears how many texts of a call an address has embedded."""
    notice: Callable[[str], None] | None = None
    """Hears what was done differently than asked."""


FOR_PASSAGES = Use()
NO_ACCESS = Access()


def make_embedder(
    name: str,
    access: Access = NO_ACCESS,
    use: Use = FOR_PASSAGES,
    *,
    stored: bool = False,
    cache: Path | None = None,
) -> Embedder:
    """Return the embedder a setting, or a store, names. Sends nothing yet.

    Args:
        name: the setting (see `index.embedders.names`), or a store's `embedder`.
        access: keys, and what may be reached.
        use: what it is for.
        stored: the name is a store's: it means what it meant when the store was made, whatever
            OPENAI_BASE_URL says now.
        cache: a store's folder, to keep vectors in until they are published; None keeps none.
            The bundled embedder needs no cache.

    Raises:
        UsageError: there is no such embedder, it may not be used, its key is missing, or its
            folder holds no model.
    """
    read = read_name(name, base_url=None if stored else access.base_url)
    if read is None:
        from index.static import StaticEmbedder

        return StaticEmbedder()
    embedder = _folder(read, use) if isinstance(read, FolderName) else _remote(read, access, use)
    return embedder if cache is None else CachedEmbedder(embedder, cache, notice=use.notice)


def full_name(name: str, access: Access = NO_ACCESS) -> str:
    """Return a setting as a store remembers it: with the address, or with the whole path.

    Raises:
        UsageError: there is no such embedder.
    """
    read = read_name(name, base_url=access.base_url)
    return name if read is None else str(read)


def address_of(name: str, access: Access = NO_ACCESS, *, stored: bool = False) -> str | None:
    """Return the address texts would go to; None when they stay in this process.

    Raises:
        UsageError: there is no such embedder.
    """
    read = read_name(name, base_url=None if stored else access.base_url)
    return read.address if isinstance(read, RemoteName) else None


def _remote(name: RemoteName, access: Access, use: Use) -> BatchEmbedder:
    check_access(name, access)
    key, variable = key_for(name, access)
    if key is None and name.address == OPENAI_ADDRESS:
        raise UsageError(f"the embedder {name} needs a key; set {variable}")
    from index.embedders.remote import RemoteEmbedder

    return RemoteEmbedder(
        name,
        key=key,
        key_variable=variable,
        dimension=use.dimension,
        asking=use.asking,
        patience=use.patience or (FOR_ASKING if use.asking else FOR_BUILDING),
        progress=use.progress,
        notice=use.notice,
    )


def _folder(name: FolderName, use: Use) -> BatchEmbedder:
    if name.kind == "onnx":
        from index.embedders.onnx_folder import OnnxEmbedder

        return OnnxEmbedder(name.folder, asking=use.asking)
    from index.embedders.transformers_folder import TransformersEmbedder, load_encoder

    return TransformersEmbedder(name.folder, load_encoder(name.folder), asking=use.asking)
