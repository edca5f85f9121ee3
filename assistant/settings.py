"""Flags, environment and the configuration file → one frozen Settings.

A flag wins over the environment, the environment over the file, the file over the default.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from index.errors import UsageError

APPLICATION = "interviews"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told from outside."""

    store: Path
    """Folder of the index."""
    embedder: str = "bundled"
    """What turns texts into vectors when indexing; reading uses what the store was made with."""
    chroma: str | None = None
    """Address of a Chroma server, `http://host:port`; None keeps vectors in the store folder."""
    chunk_tokens: int = 512
    """Most tokens a chunk holds."""
    offline: bool = False
    """Forbid everything that would send a text to another machine."""


def config_path(environment: Mapping[str, str]) -> Path:
    """Return where the configuration file is, or would be."""
    named = environment.get("INTERVIEWS_CONFIG")
    if named:
        return Path(named)
    return platformdirs.user_config_path(APPLICATION) / "config.toml"


def load_settings(
    flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> Settings:
    """Return the settings of this run; flags that are None say nothing.

    Raises:
        UsageError: the file is not TOML, names an unknown setting, or a value does not fit.
    """
    path = config_path(environment)
    values: dict[str, Any] = {"store": platformdirs.user_data_path(APPLICATION) / "store"}
    values |= read_config(path)
    if environment.get("INTERVIEWS_STORE"):
        values["store"] = environment["INTERVIEWS_STORE"]
    values |= {key: value for key, value in flags.items() if value is not None}
    values["store"] = _folder(values["store"])
    return Settings(**values)


def _folder(named: str | Path) -> Path:
    if not str(named).strip():
        raise UsageError("the store folder has no name; name one with --store")
    try:
        return Path(named).expanduser()
    except RuntimeError as error:
        raise UsageError(f"the store folder {named}: {error}") from error


def read_config(path: Path) -> dict[str, Any]:
    """Return what a configuration file sets; nothing when there is no file.

    Raises:
        UsageError: it cannot be read, or sets something that does not exist or does not fit.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"the configuration {path} cannot be read: {error}") from error
    for key, value in values.items():
        _check(path, key, value)
    return values


def _check(path: Path, key: str, value: object) -> None:
    kinds: dict[str, type] = {
        "store": str,
        "embedder": str,
        "chroma": str,
        "chunk_tokens": int,
        "offline": bool,
    }
    if key not in kinds:
        known = ", ".join(field.name for field in fields(Settings))
        raise UsageError(f"the configuration {path} sets {key!r}; the settings are: {known}")
    if type(value) is not kinds[key]:
        raise UsageError(
            f"the configuration {path} sets {key} to {value!r}, which is not {kinds[key].__name__}"
        )
    if key == "chunk_tokens" and not 1 <= int(str(value)) <= 100_000:
        raise UsageError(f"the configuration {path} sets chunk_tokens to {value}, not 1 to 100000")
