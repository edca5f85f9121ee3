"""What a store with both languages teaches about the words of a query."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.records import LANGUAGES, Language
from index.search import Searcher
from index.search.collection import Collection
from index.search.learnt import Taught, learnt, paired, with_learnt
from index.search.query import Concept
from index.static import bundled
from index.store.opening import Store, open_store
from tests.index.search.corpus import indexed

BOTH = """---
title: The ferry 渡船
---

### A

The Grey Gull sails at noon whatever the weather.

无论什么天气，灰鸥号都是正午开船。

### B

We painted the Grey Gull green, and people kept the name.

我们把灰鸥号漆成了绿色，名字大家还照旧叫。

### C

My uncle bakes bread for the harbour.

我叔叔给码头烤面包。
"""
ENGLISH = """---
title: A mate remembers
---

### A

Below deck on the Gull it smelt of tar, and no one complained.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    files = {"both.md": BOTH, "mate.md": ENGLISH}
    with open_store(indexed(tmp_path_factory.mktemp("ferry"), bundled(), files)) as opened:
        yield opened


def taught(store: Store, words: list[str], asked: Language) -> Taught:
    layouts = store.lookup.layouts()
    both = {name: Collection(store.lookup, name, layouts[name]) for name in LANGUAGES}
    own, other = both[asked], both["zh" if asked == "en" else "en"]
    return learnt(words, own, other, paired(own, other), store.rows)


def test_a_name_is_learnt_from_the_paragraphs_that_have_it_in_both(store: Store) -> None:
    assert set(taught(store, ["灰鸥"], "zh")["灰鸥"]) == {"grey", "gull"}
    assert "灰鸥" in taught(store, ["gull"], "en")["gull"]


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        pytest.param("bread", "en", id="in one paragraph only"),
        pytest.param("面包", "zh", id="in one paragraph only, Chinese"),
        pytest.param("tar", "en", id="in none with two texts"),
        pytest.param("潜艇", "zh", id="nowhere"),
    ],
)
def test_nothing_is_learnt_from_too_little(store: Store, word: str, asked: Language) -> None:
    assert taught(store, [word], asked) == {}


def test_a_store_of_one_language_teaches_nothing(tmp_path: Path) -> None:
    with open_store(indexed(tmp_path, bundled(), {"mate.md": ENGLISH})) as opened:
        assert taught(opened, ["gull", "deck"], "en") == {}


def test_what_was_learnt_stands_among_the_translations() -> None:
    known = Concept("灰鸥", "translation", {"grey": 0.5, "duck": 0.5})

    first, second = with_learnt([known], {"灰鸥": {"gull": 0.6}, "飞蛾": {"moth": 0.8}})

    assert first.terms == pytest.approx({"grey": 0.2, "duck": 0.2, "gull": 0.6})
    assert second.word == "飞蛾"
    assert second.terms == pytest.approx({"moth": 0.8})


def test_a_learnt_name_finds_what_only_the_other_language_tells(store: Store) -> None:
    hits = Searcher(store, bundled()).search("灰鸥的船舱里是什么气味？", k=3)

    assert any("smelt of tar" in hit.paragraph.texts.get("en", "") for hit in hits)
