"""CC-CEDICT's headwords → index/data/traditional.txt: which Traditional character folds to which.

The file has two lines of equal length, `str.maketrans(*lines)`: from, to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from index.making.cedict import Entry, read_cedict

TABLE = Path(__file__).parent.parent / "data" / "traditional.txt"

# Everyday Simplified characters that are also Traditional forms of others (著 of 着, 么 of 幺,
# 宁 of 㝉): folding them would damage Simplified text, which is most of what is indexed.
KEPT = frozenset("宁么著")

# A character that stays itself in some words folds only if it changes in clearly more of them:
# 1.4 folds 瞭 (了解) and keeps 槃 (涅槃).
MARGIN = 1.4


def learn_folding(entries: Iterable[Entry]) -> dict[str, str]:
    """Return Traditional character → Simplified, learnt from aligned headwords.

    A result never needs folding again, so folding twice changes nothing.
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if len(entry.traditional) == len(entry.simplified):
            for old, new in zip(entry.traditional, entry.simplified, strict=True):
                if not old.isascii():
                    seen[old][new] += 1
    folding = {}
    for old, targets in seen.items():
        kept = targets.pop(old, 0)
        if old not in KEPT and sum(targets.values()) > MARGIN * kept:
            # Ties go to the older code point: characters beyond U+FFFF are rarely typed.
            folding[old] = min(targets, key=lambda new: (ord(new) > 0xFFFF, -targets[new], new))
    return {old: folding.get(new, new) for old, new in sorted(folding.items())}


def main() -> None:
    """Write the table."""
    folding = learn_folding(read_cedict())
    TABLE.write_text("".join(folding) + "\n" + "".join(folding.values()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
