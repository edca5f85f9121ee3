"""CC-CEDICT → index/data/pinyin.txt: how Chinese characters are spelt in Latin letters.

One line a syllable: without tone, `v` for ü, then the characters read so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from index.fold import fold
from index.language import HAN
from index.making.cedict import Entry, read_cedict

TABLE = Path(__file__).parent.parent / "data" / "pinyin.txt"

_CHARACTER = re.compile(f"[{HAN}]")
_SYLLABLE = re.compile(r"[a-z]+(?::[a-z]*)?(?=[1-5]$)")


def readings(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return each syllable with the folded characters that are read so, both sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        character = fold(entry.simplified)
        syllable = _SYLLABLE.match(entry.pinyin.lower())
        if _CHARACTER.fullmatch(character) and syllable and ord(character) <= 0xFFFF:
            found[syllable[0].replace("u:", "v")].add(character)
    return {syllable: sorted(found[syllable]) for syllable in sorted(found)}


def main() -> None:
    """Write the table."""
    lines = [f"{syllable} {''.join(read)}" for syllable, read in readings(read_cedict()).items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
