from pathlib import Path

from evals.parallel import pair_rates

TALK = """\
---
title: The mill | 磨坊
---

## Water

**Mira:** I sold the mill in 1931 for four thousand pounds.

**米拉：** 我1931年把磨坊卖了，卖了四千镑。

**Mira:** The river froze in the second winter.

**米拉：** 第二年冬天河冻上了。
"""


def test_both_directions_are_counted(tmp_path: Path) -> None:
    (tmp_path / "mill.md").write_text(TALK, encoding="utf-8")

    page = pair_rates(tmp_path)

    assert all(
        line.startswith(("en→zh", "zh→en")) and "supported" in line for line in page.splitlines()
    )
    assert "translation" in page
