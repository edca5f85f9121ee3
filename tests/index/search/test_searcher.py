"""Searching a small corpus in both languages and across them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.records import Filters, SearchHit
from index.search import Searcher
from index.static import bundled
from index.store.opening import open_store
from tests.fakes import HashEmbedder
from tests.index.search.corpus import indexed


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    store = indexed(tmp_path_factory.mktemp("corpus"), bundled())
    with open_store(store) as opened:
        yield Searcher(opened, bundled())


def words(hit: SearchHit) -> str:
    return " ".join(hit.paragraph.texts.values())


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("What fuel does the kiln burn?", "Olive stones", id="en-en"),
        pytest.param("陶艺家的釉料是什么做的？", "glaze is ground granite", id="zh-en"),
        pytest.param("When do squid come up to the boat?", "鱿鱼", id="en-zh"),
        pytest.param("龙骨用什么油泡的？", "桐油", id="zh-zh"),
        pytest.param("龍骨用什麼油泡的？", "桐油", id="traditional"),
        pytest.param("Who mended the gears of the clock?", "umbrella", id="en-both"),
        pytest.param("谁用叉子修好了齿轮？", "umbrella", id="zh-both"),
    ],
)
def test_a_question_finds_its_paragraph_in_either_language(
    searcher: Searcher, query: str, told: str
) -> None:
    # The turn that asks may come before the turn that answers.
    assert any(told in words(hit) for hit in searcher.search(query, k=2))


def test_a_paragraph_with_two_texts_takes_one_place(searcher: Searcher) -> None:
    found = [hit.paragraph.id for hit in searcher.search("the bell cracked 钟裂了", k=20)]

    assert len(found) == len(set(found))


def test_ranks_count_from_one_and_scores_descend(searcher: Searcher) -> None:
    hits = searcher.search("the boat and the kiln", k=20)

    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_language_of_a_hit_is_that_of_the_text_that_matched(searcher: Searcher) -> None:
    assert searcher.search("the bell cracked in winter", k=1)[0].language == "en"
    assert searcher.search("冬天钟裂了", k=1)[0].language == "zh"


@pytest.mark.parametrize("query", ["4000亿", "$400B", "四千亿", "400 billion"])
def test_an_amount_is_found_however_it_is_written(searcher: Searcher, query: str) -> None:
    found = [words(hit) for hit in searcher.search(query, k=2)]

    assert any("4000亿" in text for text in found)
    assert any("400 billion" in text for text in found)


def test_a_name_is_found_in_the_other_script(searcher: Searcher) -> None:
    (hit,) = searcher.search("Ask Brandt!", k=1, filters=Filters(language="zh"))

    assert "布兰特" in words(hit)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        pytest.param(Filters(language="zh"), {"渔港", "both"}, id="language"),
        pytest.param(Filters(interviews=frozenset({"kiln"})), {"kiln"}, id="interview"),
        pytest.param(Filters(speakers=frozenset({"Ottoline Brandt"})), {"kiln"}, id="speaker"),
        pytest.param(Filters(speakers=frozenset({"brandt"})), {"kiln"}, id="part of a name"),
        pytest.param(Filters(speakers=frozenset({"沈渡"})), {"渔港"}, id="Chinese speaker"),
        pytest.param(Filters(tags=frozenset({"海"})), {"渔港"}, id="tag"),
        pytest.param(Filters(since="2022"), {"渔港", "both"}, id="since"),
        pytest.param(Filters(until="2022-01"), {"kiln", "both"}, id="until"),
        pytest.param(Filters(speakers=frozenset({"Nobody"})), set(), id="no such speaker"),
        pytest.param(Filters(since="2030"), set(), id="nothing left"),
    ],
)
def test_filters_keep_what_passes(searcher: Searcher, filters: Filters, kept: set[str]) -> None:
    hits = searcher.search("the kiln, the boat and the bell 钟和船", k=50, filters=filters)

    assert {hit.interview.id for hit in hits} == kept
    assert searcher.within(filters).search("the kiln, the boat and the bell 钟和船", k=50) == hits


@pytest.mark.parametrize("query", ["🍵", "？！", "ὄστρακον", "ꙮ"])
def test_what_has_nothing_to_do_with_the_texts_finds_nothing(
    searcher: Searcher, query: str
) -> None:
    assert searcher.search(query, k=5) == []


@pytest.mark.parametrize(
    "query", ["a", "钟", "the of and", "的了吗", "it is what it is", "kiln " * 2000]
)
def test_poor_and_endless_questions_give_a_list(searcher: Searcher, query: str) -> None:
    assert len(searcher.search(query, k=5)) <= 5


def test_parts_of_an_explanation_sum_to_the_score(searcher: Searcher) -> None:
    for hit in searcher.search("Why did the bell crack in winter?", k=5, explain=True):
        assert hit.explanation is not None
        assert sum(hit.explanation.parts.values()) == pytest.approx(hit.score)


def test_an_explanation_names_what_matched_and_how(searcher: Searcher) -> None:
    def ways(query: str, **options: object) -> dict[str, tuple[str, str]]:
        hit = searcher.search(query, k=1, explain=True, filters=Filters(**options))[0]  # type: ignore[arg-type]
        assert hit.explanation is not None
        return {match.query: (match.found, match.how) for match in hit.explanation.matches}

    assert ways("What is the glaze?")["glaze"] == ("glaze", "word")
    assert ways("squid at night", language="zh")["squid"] == ("鱿鱼", "translation")
    assert ways("Ask Brandt!", language="zh")["Brandt"] == ("布兰特", "name")
    assert ways("四千亿", language="en")["400000000000"] == ("400000000000", "number")


def test_nothing_is_explained_unasked(searcher: Searcher) -> None:
    assert searcher.search("the bell", k=1)[0].explanation is None


def test_another_embedder_serves_as_well(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    with open_store(indexed(tmp_path, embedder)) as opened:
        hits = Searcher(opened, embedder).search("What fuel does the kiln burn?", k=3)

    assert any("Olive stones" in words(hit) for hit in hits)


def test_a_large_collection_is_searched_by_candidates(tmp_path: Path) -> None:
    turns = "\n\n".join(
        f"**Host:** Sheep number {n} of the flock stood by gate {n % 7} all morning."
        for n in range(900)
    )
    files = {
        "flock.md": f"---\ntitle: The flock\n---\n\n### Sheep\n\n{turns}\n",
        "wolf.md": "---\ntitle: A wolf\n---\n\n### Night\n\n**Host:** A wolf howled at the moon.\n",
    }
    with open_store(indexed(tmp_path, bundled(), files)) as opened:
        searcher = Searcher(opened, bundled())
        whole = searcher.search("狼在嚎叫", k=1)
        by_words = searcher.search("the wolf howled", k=1)
        kept = searcher.search("sheep", k=1000, filters=Filters(interviews=frozenset({"flock"})))

    assert "wolf" in words(whole[0])
    assert "wolf" in words(by_words[0])
    assert len(kept) <= 1000
    assert {hit.interview.id for hit in kept} == {"flock"}
    assert all(np.isfinite(hit.score) for hit in kept)
