"""The setting `embedder` → which kind of embedder it is, and where its texts go. Loads no library.

    bundled                                 the vectors that ship with the program
    openai:MODEL                            OpenAI, or what OPENAI_BASE_URL says
    http://host:port/v1#MODEL               any OpenAI-compatible address
    onnx:FOLDER                             model.onnx and tokenizer.json on this disk
    sentence-transformers:FOLDER            any model folder of that library on this disk

A model at an address may be asked for shorter vectors: `openai:text-embedding-3-large@256`.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from index.errors import UsageError

OPENAI_ADDRESS = "https://api.openai.com/v1"
BUNDLED = "bundled"
FORMS = (
    "bundled, openai:MODEL, http://HOST:PORT/v1#MODEL, onnx:FOLDER, sentence-transformers:FOLDER"
)

_KINDS: tuple[Literal["onnx", "sentence-transformers"], ...] = ("onnx", "sentence-transformers")
_MODEL = re.compile(r"(?P<model>[^\s@#]+)(?:@(?P<dimensions>[1-9]\d{0,4}))?")


@dataclass(frozen=True, slots=True)
class RemoteName:
    """A model at an address."""

    address: str
    """`http://host:port/v1`, without credentials."""
    model: str
    dimensions: int | None = None
    """Numbers asked for; None takes what the model gives."""

    def __str__(self) -> str:
        size = f"@{self.dimensions}" if self.dimensions else ""
        if self.address == OPENAI_ADDRESS:
            return f"openai:{self.model}{size}"
        return f"{self.address}#{self.model}{size}"

    @property
    def stays_here(self) -> bool:
        """Whether the address is this machine's own."""
        host = urlsplit(self.address).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


@dataclass(frozen=True, slots=True)
class FolderName:
    """A model in a folder of this disk."""

    kind: Literal["onnx", "sentence-transformers"]
    folder: Path
    """Absolute."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.folder}"


@dataclass(frozen=True, slots=True)
class Access:
    """What the environment and the settings say about other addresses."""

    base_url: str | None = None
    """Where `openai:` goes instead of OpenAI."""
    openai_key: str | None = field(default=None, repr=False)
    """Sent to OpenAI, or to `base_url`, and to nobody else."""
    key: str | None = field(default=None, repr=False)
    """Sent to whatever address is named."""
    offline: bool = False
    """Forbid every address but this machine's own."""


def read_access(environment: Mapping[str, str], *, offline: bool) -> Access:
    """Return what the environment says: OPENAI_BASE_URL, OPENAI_API_KEY, INTERVIEWS_EMBEDDER_KEY.

    Raises:
        UsageError: a key holds characters that no key has.
    """
    return Access(
        base_url=environment.get("OPENAI_BASE_URL", "").strip() or None,
        openai_key=_key(environment, "OPENAI_API_KEY"),
        key=_key(environment, "INTERVIEWS_EMBEDDER_KEY"),
        offline=offline,
    )


def read_name(name: str, *, base_url: str | None = None) -> RemoteName | FolderName | None:
    """Return what a setting names; None for the bundled embedder.

    Args:
        name: as the user wrote it, or as a store remembers it.
        base_url: where `openai:` goes; None is OpenAI itself. The name returned says the address,
            so a store reads back the same whatever the environment says by then.

    Raises:
        UsageError: it is none of the forms above.
    """
    if name == BUNDLED:
        return None
    kind, _, rest = name.partition(":")
    if name.isprintable() and rest:
        if kind == "openai":
            return _remote(base_url or OPENAI_ADDRESS, rest, name)
        if kind in ("http", "https"):
            address, _, model = name.partition("#")
            return _remote(address, model, name)
        for known in _KINDS:
            if kind == known:
                return FolderName(known, Path(rest).expanduser().absolute())
    raise UsageError(f"no embedder is called {_quoted(name)}; the forms are: {FORMS}")


def check_access(name: RemoteName, access: Access) -> None:
    """Refuse an address that may not be used.

    Raises:
        UsageError: `offline` is set and the address is another machine's.
    """
    if access.offline and not name.stays_here:
        raise UsageError(
            f"offline is set, and the embedder {name} would send texts to {name.address};"
            " name another embedder, or unset offline"
        )


def key_for(name: RemoteName, access: Access) -> tuple[str | None, str]:
    """Return the key to send to an address, and the name of the variable it belongs in.

    A key of OpenAI goes to OpenAI, or where OPENAI_BASE_URL points, but to no other address.
    """
    own = [OPENAI_ADDRESS]
    if access.base_url:
        own.append(read_address(access.base_url))
    if name.address in own:
        return access.key or access.openai_key, "OPENAI_API_KEY"
    return access.key, "INTERVIEWS_EMBEDDER_KEY"


def read_address(address: str) -> str:
    """Return an address in the one form it is remembered in.

    Raises:
        UsageError: it is not `http://host:port/path`, or carries a password or a query.
    """
    parts, port = _split(address)
    if not parts or parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            "the embedder's address is not of the form http://HOST:PORT/v1; the forms are: " + FORMS
        )
    if parts.username or parts.password or parts.query:
        # Never quoted: it would end up in the store, on screens and in logs.
        raise UsageError(
            f"the address of the embedder at {parts.hostname} carries a password or a query;"
            " give the address alone, and the key in INTERVIEWS_EMBEDDER_KEY"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = parts.path.rstrip("/").removesuffix("/embeddings").rstrip("/")
    return f"{parts.scheme}://{host}{f':{port}' if port is not None else ''}{path}"


def _remote(address: str, model: str, name: str) -> RemoteName:
    where = read_address(address)
    found = _MODEL.fullmatch(model)
    if not found:
        raise UsageError(
            f"the embedder {_quoted(name)} names no model; write openai:MODEL"
            " or http://HOST:PORT/v1#MODEL (and @NUMBER after it for shorter vectors)"
        )
    size = found["dimensions"]
    return RemoteName(where, found["model"], int(size) if size else None)


def _split(address: str) -> tuple[SplitResult | None, int | None]:
    if not address.isprintable() or " " in address:
        return None, None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, None
    try:
        return parts, parts.port
    except ValueError:
        return None, None


def _key(environment: Mapping[str, str], variable: str) -> str | None:
    key = environment.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UsageError(f"the key in {variable} holds characters that no key has; set it again")
    return key or None


def _quoted(name: str) -> str:
    """Return a name fit for a message: without what stands before an @ of an address."""
    return repr(re.sub(r"//[^/]*@", "//…@", name))
