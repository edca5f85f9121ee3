"""A small invented corpus, indexed as the program does it: English, Chinese, and both."""

from pathlib import Path

from index.build import Builder, build
from index.protocols import Embedder
from index.store.generations import Place
from tests.fakes import Heard

FILES = {
    "kiln.md": """---
title: The potter of Arden
date: 2021-03-04
tags: [craft]
---

### The kiln

**Host:** What do you burn in the kiln?

**Ottoline Brandt:** Olive stones, mostly. They burn hotter than birch and leave almost no ash, and
the oil mill gives them to us for nothing.

**Host:** And the glaze?

**Ottoline Brandt:** The glaze is ground granite and wood ash. My grandmother kept the recipe in a
tin under the stairs and never let anybody copy it.

### Money

**Ottoline Brandt:** The museum offered 400 billion crowns as a joke, and then two thousand, which I
took.
""",
    "渔港.md": """---
title: 渔港的老船长
date: 2023-05-06
tags: [海]
---

### 出海

**主持人：** 你们什么时候出海？

**沈渡：** 天不亮就走。秋天的鱿鱼夜里浮上来，灯一亮它们就围着船转。

**主持人：** 船是自己造的吗？

**沈渡：** 船是我跟布兰特一起造的，用的是老杉木，龙骨泡了三年桐油。

### 钱

**沈渡：** 码头改造花了4000亿，这是他们说的，我一分也没见着。
""",
    "both.md": """---
title: The bell tower 钟楼
date: 2022-01-02
---

### The bell

The bell cracked in the hard winter and nobody could afford to have it cast again.

那年冬天太冷，钟裂了，没有人出得起钱重铸。

### The clockmaker

The clockmaker repaired the gears with a fork and a piece of umbrella.

钟表匠用一把叉子和一截伞骨修好了齿轮。
""",
}


def indexed(folder: Path, embedder: Embedder, files: dict[str, str] = FILES) -> Path:
    """Write the corpus below a folder, index it, and return the store's folder."""
    talks, store = folder / "talks", folder / "store"
    talks.mkdir()
    for name, text in files.items():
        (talks / name).write_text(text, encoding="utf-8")
    build([talks], Place(store), Builder(embedder, 256), progress=Heard())
    return store
