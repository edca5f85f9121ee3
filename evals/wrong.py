"""What is wrong with one line of a set, as a person reads it."""

from dataclasses import dataclass

LONGEST = 60
"""Characters of a text that a line about it shows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a set."""

    line: int
    """From 1."""
    what: str
    """What is wrong, and what to do where that does not go without saying."""
    id: str | None = None

    def __str__(self) -> str:
        """Return it as one line for a person."""
        return f"line {self.line}{f' ({shown_id(self.id)})' if self.id else ''}: {self.what}"


def shown(text: str) -> str:
    """Return a text of the line in quotation marks, its middle left out when it is long."""
    return repr(shown_id(text))


def shown_id(text: str) -> str:
    """Return an id as it is, its middle left out when it is long."""
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]}…{text[-half:]}"
