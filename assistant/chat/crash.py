"""A bug of ours → a report in the state folder, without words of transcripts and without keys."""

import platform
import traceback
from collections.abc import Collection
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.redaction import redact

KEPT = 10
"""Reports that are kept; older ones go."""
LONGEST = 200
"""Characters of the error's own message; what a library says of a text may hold the text."""
PARTS = ("interviews", "textual", "rich")


def write_report(folder: Path, error: BaseException, secrets: Collection[str]) -> Path | None:
    """Write down where the program broke, and return where; None when it cannot be written.

    The report has places in the code and versions, no values of variables: those would be
    questions, answers and paragraphs.

    Args:
        folder: of reports; made if need be, for its user only.
        error: what nobody expected.
        secrets: what must not be in it.
    """
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(redact(_told(error), secrets), encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    versions = ", ".join(f"{name} {version(name)}" for name in PARTS)
    return "\n".join(
        [
            f"{type(error).__module__}.{type(error).__name__}: {str(error)[:LONGEST]}",
            *places,
            f"{versions}, Python {platform.python_version()}, {platform.system()}",
            "",
        ]
    )


def _short(filename: str) -> str:
    """Return the end of a path: the beginning names its user."""
    return "/".join(Path(filename).parts[-3:])
