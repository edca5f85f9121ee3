"""Replies, questions, people and years raise or lower a text."""

from collections.abc import Iterator

import numpy as np
import pytest

from index.records import Language, SearchHit
from index.search import Searcher
from index.search.collection import Collection
from index.search.lifts import ALONE, NAMED, QUESTION, REPLY, YEAR, Hints, followed, lifts
from index.search.score import Floats
from index.static import bundled
from index.store.opening import Store, open_store
from tests.index.search.corpus import indexed

EARLY = """---
title: Ada Brandt at the mill
date: 2015-02-03
---

### Work

**Host:** Is the mill still turning?

**Ada Brandt:** Not since the flood. We keep geese in it.

**Ada Brandt:** You would not believe the noise, would you?

**Host:** I would.

**Host:** What about Bert?

**Host:** And his goat?

**Ada Brandt:** He sold her.
"""
LATE = """---
title: 磨坊
date: 2024-05-06
---

### 活计

**主持人：** 磨坊还在转吗？

**林渡：** 又转起来了，是我孙女修好的。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    files = {"early.md": EARLY, "late.md": LATE}
    with open_store(indexed(tmp_path_factory.mktemp("mill"), bundled(), files)) as opened:
        yield opened


def collection(store: Store, language: Language) -> Collection:
    return Collection(store.lookup, language, store.lookup.layouts()[language])


def lifted(
    store: Store, language: Language, scores: list[float], **options: object
) -> dict[str, list[float]]:
    found: dict[str, Floats] = dict(
        lifts(
            np.array(scores),
            np.arange(len(scores)),
            collection(store, language),
            store.rows,
            hints=Hints(**options),  # type: ignore[arg-type]  # as the test gives them
        )
    )
    return {name: values.round(3).tolist() for name, values in found.items()}


def test_a_question_gives_to_the_reply_of_another_speaker(store: Store) -> None:
    found = lifted(store, "en", [2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0])

    given = [place for place, lift in enumerate(found[REPLY]) if lift > 0]
    lowered = [place for place, lift in enumerate(found[QUESTION]) if lift < 0]
    assert given == [1, 3]
    assert lowered == [0, 2, 5]  # the fifth text is followed by its own speaker


def test_a_reply_in_the_other_language_is_given_more(store: Store) -> None:
    within = lifted(store, "zh", [2.0, 0.0])
    across = lifted(store, "zh", [2.0, 0.0], own=collection(store, "en"))

    assert across[REPLY][1] > within[REPLY][1] > 0


def test_what_only_the_other_language_tells_is_raised(store: Store) -> None:
    assert lifted(store, "zh", [2.0, -1.0], own=collection(store, "en"))[ALONE] == [0.3, 0.0]
    assert lifted(store, "zh", [2.0, -1.0], own=collection(store, "zh"))[ALONE] == [0.0, 0.0]
    assert lifted(store, "zh", [2.0, -1.0])[ALONE] == [0.0, 0.0]


def test_a_question_that_does_not_match_gives_nothing(store: Store) -> None:
    assert not any(lifted(store, "zh", [-1.0, 0.0])[REPLY])


@pytest.mark.parametrize(("option", "reason"), [("named", NAMED), ("dated", YEAR)])
def test_whole_interviews_are_raised(store: Store, option: str, reason: str) -> None:
    row = int(store.lookup.layouts()["zh"].interviews[0])

    assert min(lifted(store, "zh", [0.0, 0.0], **{option: frozenset({row})})[reason]) > 0
    assert not any(lifted(store, "en", [0.0] * 7, **{option: frozenset({row})})[reason])


def test_the_text_after_the_last_is_the_last(store: Store) -> None:
    assert followed(np.array([0, 5, 6]), collection(store, "en")).tolist() == [1, 6, 6]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("Is the mill still turning?", "geese", id="en-en"),
        pytest.param("磨坊还在转吗？", "孙女", id="zh-zh"),
        pytest.param("Was the mill turning in 2024?", "孙女", id="en-zh"),
        pytest.param("2015年磨坊还在转吗？", "geese", id="zh-en"),
    ],
)
def test_the_reply_is_found_by_the_question_it_answers(store: Store, query: str, told: str) -> None:
    def words(hit: SearchHit) -> str:
        return " ".join(hit.paragraph.texts.values())

    assert any(told in words(hit) for hit in Searcher(store, bundled()).search(query, k=4))
