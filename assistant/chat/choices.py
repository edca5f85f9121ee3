"""What a reader chose on the screen, kept from one chat to the next."""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.plain import from_plain, to_plain
from index.errors import UsageError

FILE = "chat.json"


@dataclass(frozen=True, slots=True)
class Choices:
    """How the screen looks."""

    theme: str | None = None
    """None is the program's own."""
    interface: Literal["en", "zh"] | None = None
    """None follows the locale."""
    is_beside: bool = True
    """Whether two languages stand side by side where there is room."""


def load_choices(folder: Path) -> Choices:
    """Return what was chosen; nothing was where the file is missing or no longer understood."""
    try:
        return from_plain(Choices, json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return Choices()


def save_choices(folder: Path, choices: Choices) -> None:
    """Keep what was chosen.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=FILE)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(to_plain(choices), file)
            Path(name).replace(folder / FILE)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise UsageError(f"what was chosen cannot be kept in {folder}: {error.strerror}") from error
