"""The tables that ship with the program, and how to reach them; `index.making` makes them."""

from importlib.resources import files
from pathlib import Path

from index.errors import UsageError


def table_path(name: str) -> Path:
    """Return where a table of this folder lies on disk.

    Raises:
        UsageError: the installation lacks it.
    """
    path = Path(str(files("index.data") / name))
    if not path.is_file():
        raise UsageError(
            f"the table {name} is missing from this installation; install Interviews again"
        )
    return path


def read_lines(name: str) -> list[str]:
    """Return the lines of a text table, without blank ones.

    Raises:
        UsageError: the installation lacks it.
    """
    return [line for line in table_path(name).read_text(encoding="utf-8").split("\n") if line]
