"""Flags, environment and the configuration file → one frozen Settings.

A flag wins over the environment, the environment over the file, the file over the default.
"""

import json
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

import platformdirs

from assistant.models.names import read_base_url
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
    model: str | None = None
    """What answers questions; None quotes the interviews. Only a flag or the file names one."""
    base_url: str | None = None
    """Where the model is; None is OpenAI."""
    tools: Literal["auto", "on", "off"] = "auto"
    """Whether the model is offered tools, or asked for them in plain text."""
    temperature: float | None = None
    """0 to 2; None leaves it to the model."""
    model_options: Mapping[str, Any] = field(default_factory=dict)
    """What else is sent with every request, or what a LlamaIndex class is made with."""
    max_steps: int = 8
    """Most replies of the model for one question."""
    max_tokens: int = 100_000
    """Most tokens read and written for one question; after that it answers from what it has."""
    max_seconds: int = 180
    """Most time for one question; after that it answers from what it has."""
    show_unsupported: Literal["mark", "omit"] = "mark"
    """What becomes of a sentence that its citations do not support."""
    fallback: bool = False
    """Quote the interviews when the model fails."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Commands of the chat to keys, where they are not the usual ones."""
    history: bool = True
    """Keep questions and answers in the state folder."""


_ALLOWED: Mapping[str, tuple[tuple[type, ...], Collection[object] | None]] = {
    "store": ((str,), None),
    "embedder": ((str,), None),
    "chroma": ((str,), None),
    "chunk_tokens": ((int,), range(1, 100_001)),
    "offline": ((bool,), None),
    "model": ((str,), None),
    "base_url": ((str,), None),
    "tools": ((str,), ("auto", "on", "off")),
    "temperature": ((float, int), None),
    "model_options": ((dict,), None),
    "max_steps": ((int,), range(1, 101)),
    "max_tokens": ((int,), range(1_000, 100_000_001)),
    "max_seconds": ((int,), range(1, 86_401)),
    "show_unsupported": ((str,), ("mark", "omit")),
    "fallback": ((bool,), None),
    "keymap": ((dict,), None),
    "history": ((bool,), None),
}
"""The types a setting of the file may have, and the values; None allows all of the type."""

_HOLDS_A_KEY = re.compile(
    r"(?:^|[_-])(?:api_?key|key|secret|password|token|authorization)$", re.IGNORECASE
)


def config_path(environment: Mapping[str, str]) -> Path:
    """Return where the configuration file is, or would be."""
    named = environment.get("INTERVIEWS_CONFIG")
    if named:
        return Path(named)
    return platformdirs.user_config_path(APPLICATION) / "config.toml"


def state_path(environment: Mapping[str, str]) -> Path:
    """Return the folder of what the program remembers from one call to the next."""
    named = environment.get("INTERVIEWS_STATE")
    return Path(named) if named else platformdirs.user_state_path(APPLICATION)


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
    if environment.get("OPENAI_BASE_URL", "").strip():
        values["base_url"] = environment["OPENAI_BASE_URL"]
    values |= {key: value for key, value in flags.items() if value is not None}
    values["store"] = _folder(values["store"])
    # Without a model nothing goes there, and a wrong one of another program's is no concern.
    named = values.get("model") and values.get("base_url")
    values["base_url"] = read_base_url(values["base_url"]) if named else None
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
    if key not in _ALLOWED:
        known = ", ".join(setting.name for setting in fields(Settings))
        raise UsageError(f"the configuration {path} sets {key!r}; the settings are: {known}")
    types, values = _ALLOWED[key]
    if type(value) not in types:
        raise UsageError(
            f"the configuration {path} sets {key} to {value!r}, which is not {types[0].__name__}"
        )
    if values is not None and value not in values:
        allowed = (
            f"{values[0]} to {values[-1]}"
            if isinstance(values, range)
            else " or ".join(map(str, values))
        )
        raise UsageError(f"the configuration {path} sets {key} to {value}, not {allowed}")
    if key == "temperature" and not 0 <= float(str(value)) <= 2:
        raise UsageError(f"the configuration {path} sets temperature to {value}, not 0 to 2")
    if key == "base_url":
        read_base_url(str(value))
    if key == "model_options" and isinstance(value, dict):
        _check_options(path, value)
    if key == "keymap" and isinstance(value, dict):
        _check_keymap(path, value)


def _check_keymap(path: Path, keymap: Mapping[str, object]) -> None:
    for name, keys in keymap.items():
        if not isinstance(keys, str):
            raise UsageError(f"the configuration {path}: keymap: {name} is {keys!r}, not a key")


def _check_options(path: Path, options: Mapping[str, object]) -> None:
    """Refuse options that hold a key, which no message quotes, or that cannot be sent."""
    for name, value in options.items():
        if isinstance(value, dict):
            _check_options(path, value)
        if _HOLDS_A_KEY.search(name):
            raise UsageError(
                f"the configuration {path} holds a key ({name} in model_options);"
                " keys are read from the environment only"
            )
    try:
        json.dumps(options)
    except TypeError as error:
        raise UsageError(f"the configuration {path}: model_options: {error}") from error
