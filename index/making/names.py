"""CC-CEDICT and the supplement → index/data/names.txt: words the segmenter must be taught.

Proper names that it would cut (英|伟达) and the supplement's terms. Ordinary compounds stay cut:
their parts are found by more questions.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import rjieba

from index.fold import fold
from index.making.cedict import Entry, read_cedict, read_supplement

TABLE = Path(__file__).parent.parent / "data" / "names.txt"

# Longer names are titles and institutions, made of words that are looked for one by one.
LONGEST_NAME = 6


def names_to_teach(
    entries: Iterable[Entry], terms: Iterable[Entry], cut: Callable[[str], list[str]]
) -> list[str]:
    """Return the folded names and terms that `cut` does not keep whole, sorted."""
    names = {fold(entry.simplified) for entry in entries if entry.is_name}
    wanted = {name for name in names if len(name) <= LONGEST_NAME}
    wanted |= {fold(term.simplified) for term in terms}
    return sorted(word for word in wanted if word.isalpha() and len(cut(word)) > 1)


def main() -> None:
    """Write the table."""
    names = names_to_teach(read_cedict(), read_supplement(), rjieba.cut)
    TABLE.write_text("\n".join(names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
