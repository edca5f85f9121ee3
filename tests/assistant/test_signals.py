"""Whether there is evidence enough: complete tables, and signals that point the right way."""

from collections.abc import Iterator
from itertools import product

import pytest

from assistant.quote import find_passages
from assistant.signals import (
    THRESHOLDS,
    WEIGHTS,
    evidence,
    is_enough,
    register_of,
    signals,
    threshold,
)
from index.records import LANGUAGES
from index.search import Searcher
from tests.assistant.orchard import TALKS, opened

ENCYCLOPEDIA = """---
title: Glass
---

### Composition

Soda glass is made from silica sand, soda ash and limestone. The Romans of the first century blew \
it into moulds, and their furnaces reached eleven hundred degrees.

钠钙玻璃由硅砂、纯碱和石灰石制成。一世纪的罗马人把它吹入模具，他们的熔炉可达一千一百度。

### Colour

Cobalt oxide colours glass blue. Medieval windows of the region owe their blue to cobalt from a \
single mine, which closed after the flood.

氧化钴使玻璃呈蓝色。该地区中世纪窗户的蓝色来自同一座矿山的钴，该矿在洪水后关闭。
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("talk"), TALKS) as searcher:
        yield searcher


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with opened(tmp_path_factory.mktemp("prose"), {"glass.md": ENCYCLOPEDIA}) as searcher:
        yield searcher


def test_every_register_and_pair_of_languages_has_its_threshold() -> None:
    assert set(THRESHOLDS) == set(product(WEIGHTS, LANGUAGES, LANGUAGES))
    assert all(value > 0 for value in THRESHOLDS.values())


def test_every_weight_names_a_signal(talk: Searcher) -> None:
    found = signals(*find_passages("How many trees did the frost kill?", talk))

    assert all(set(weights) - {"answers"} <= set(found) for weights in WEIGHTS.values())


def test_talk_is_told_from_prose(talk: Searcher, prose: Searcher) -> None:
    assert register_of(find_passages("How many trees did the frost kill?", talk)[1]) == "spoken"
    assert register_of(find_passages("What colours glass blue?", prose)[1]) == "written"


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        pytest.param("What colours glass blue?", "What colours glass red in Peru?", id="en"),
        pytest.param("什么使玻璃呈蓝色？", "谁发明了蒸汽火车的锅炉？", id="zh"),
    ],
)
def test_what_prose_says_has_more_evidence(prose: Searcher, said: str, unsaid: str) -> None:
    assert evidence(*find_passages(said, prose)) > evidence(*find_passages(unsaid, prose))


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        pytest.param(
            "How many trees did the frost kill?",
            "How many satellites did the bank insure?",
            id="en",
        ),
        pytest.param("一共造了多少艘木船？", "银行一共保了多少颗卫星？", id="zh"),
        pytest.param("果园里的霜冻死了多少棵树？", "银行一共保了多少颗卫星？", id="zh→en"),
        pytest.param(
            "How many wooden boats were built?", "How many loans were repaid?", id="en→zh"
        ),
    ],
)
def test_what_talk_says_is_enough_and_what_it_does_not_is_not(
    talk: Searcher, said: str, unsaid: str
) -> None:
    assert is_enough(*find_passages(said, talk))
    assert not is_enough(*find_passages(unsaid, talk))


def test_a_missing_name_and_a_missing_negation_count_against(prose: Searcher) -> None:
    asked, passages = find_passages("Why did Soda glass from Venice not reach the Romans?", prose)

    found = signals(asked, passages)
    assert found["name_missed"] > 0
    assert found["negation_missed"] == 1


def test_nothing_found_is_no_evidence(talk: Searcher) -> None:
    asked, _ = find_passages("How many trees did the frost kill?", talk)

    assert evidence(asked, []) == 0
    assert not is_enough(asked, [])


def test_the_threshold_follows_both_languages(talk: Searcher) -> None:
    asked, passages = find_passages("How many wooden boats were built?", talk)

    assert passages[0].language == "zh"
    assert threshold(asked, passages) == THRESHOLDS["spoken", "en", "zh"]
