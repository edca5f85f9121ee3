"""A history of one's own, at times one sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.history.store import History


@dataclass(slots=True)
class Clock:
    """Each time it is asked a second has passed."""

    time: datetime = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the next time."""
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the history is to be; neither file nor folder are there."""
    return tmp_path / "remembered" / "history.sqlite"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    """Return an empty history."""
    with History.open(path, now=Clock()) as history:
        yield history


@pytest.fixture
def talks_store(tmp_path: Path) -> Path:
    """Return the folder of an index that conversations are about; nothing is in it."""
    return tmp_path / "store"
