"""What was written to a store is read back, word for word."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.records import Filters, Interview, Paragraph, Section, SourceFile
from index.store.generations import Place
from index.store.opening import Store, open_store
from index.store.publishing import write_store
from tests.fakes import RECIPE, an_interview, analysed, chunked, put

WHOLE = Interview(
    id="talks/harbour-港口",
    title="Harbour 港口",
    path="/talks/harbour 港口.md",
    sections=(
        Section(
            0,
            "",
            (Paragraph("talks/harbour-港口:aa", {"en": "About her."}, role="editor"),),
        ),
        Section(
            1,
            "Ice > 冰",
            (
                Paragraph(
                    "talks/harbour-港口:bb",
                    {"zh": "港口结了冰。\n我们走过去。", "en": "The harbour froze."},
                    speaker="Mira 米拉",
                    time="00:12:40",
                ),
                Paragraph("talks/harbour-港口:cc", {"en": 'She said "no", twice.'}, speaker=None),
            ),
        ),
        Section(7, "Afterwards", (Paragraph("talks/harbour-港口:dd", {"zh": "后来呢？"}),)),
    ),
    date="2021-03",
    source="https://example.org/?a=1&b=港",
    speakers=("Mira 米拉", "Host"),
    tags=("sea", "海"),
    metadata={"title": "Harbour", "lists": ["a", "b"], "deep": {"er": "冰"}},
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    put(
        Place(tmp_path / "store"),
        WHOLE,
        an_interview("later", {"en": "The ice came late."}, date="2023-05-06", tags=("sea",)),
        an_interview("undated", {"zh": "没有日期。"}),
    )
    with open_store(tmp_path / "store") as opened:
        yield opened


def test_an_interview_comes_back_whole(opened: Store) -> None:
    assert opened.rows.interview(WHOLE.id) == WHOLE


def test_texts_keep_the_order_they_stood_in(opened: Store) -> None:
    found = opened.rows.paragraph("talks/harbour-港口:bb")

    assert found is not None
    assert list(found.paragraph.texts) == ["zh", "en"]
    assert (found.section, found.heading, found.position) == (1, "Ice > 冰", 1)


def test_a_summary_counts_and_names_everything(opened: Store) -> None:
    summary = next(s for s in opened.rows.interviews() if s.id == WHOLE.id)

    assert (summary.sections, summary.paragraphs) == (3, 4)
    assert (summary.languages, summary.speakers) == (("en", "zh"), ("Mira 米拉", "Host"))
    assert (summary.date, summary.source, summary.path) == (WHOLE.date, WHOLE.source, WHOLE.path)


def test_interviews_are_listed_by_id(opened: Store) -> None:
    assert [s.id for s in opened.rows.interviews()] == ["later", WHOLE.id, "undated"]


def test_what_is_not_there_is_none(opened: Store) -> None:
    assert opened.rows.interview("nobody") is None
    assert opened.rows.paragraph("nobody:1") is None


def test_neighbours_stop_at_the_ends_of_the_interview(opened: Store) -> None:
    found = opened.rows.paragraph("talks/harbour-港口:aa")

    assert found is not None
    around = opened.rows.neighbours(found.row, before=2, after=2)
    assert [p.paragraph.id[-2:] for p in around] == ["aa", "bb", "cc"]


def test_words_are_found_in_their_language_only(opened: Store) -> None:
    rows = opened.rows
    ((number, frequency),) = rows.frequencies("en", ["ice", "unheard"]).values()

    assert frequency == 1
    assert rows.words(rows.postings("en", number)) == ["The ice came late."]
    assert rows.terms("en", [number]) == {number: "ice"}
    assert rows.frequencies("zh", ["ice"]) == {}


def test_the_terms_of_a_text_are_kept_with_their_counts(opened: Store) -> None:
    rows = opened.rows
    ((number, _),) = rows.frequencies("zh", ["冰"]).values()
    bags = rows.bags(rows.postings("zh", number))

    words = rows.terms("zh", bags.terms.tolist())
    assert {
        words[t]: c for t, c in zip(bags.terms.tolist(), bags.counts.tolist(), strict=True)
    } == {
        **dict.fromkeys("港口结了冰走过去", 1),
        "我": 1,
        "们": 1,
    }
    assert bags.lengths.tolist() == [10.0]


def test_a_collection_counts_its_texts_and_their_mean_length(opened: Store) -> None:
    english, chinese = opened.rows.collection("en"), opened.rows.collection("zh")

    assert (english.texts, chinese.texts) == (4, 3)
    assert english.mean_length == pytest.approx((2 + 3 + 4 + 4) / 4)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(interviews=frozenset({"later"})), ["The ice came late."], id="one"),
        pytest.param(Filters(speakers=frozenset({"Mira 米拉"})), ["The harbour froze."], id="who"),
        pytest.param(Filters(since="2022"), ["The ice came late."], id="since a year"),
        pytest.param(Filters(until="2021-03", role="editor"), ["About her."], id="until a month"),
        pytest.param(Filters(tags=frozenset({"海"}), role="editor"), ["About her."], id="tag"),
        pytest.param(Filters(language="zh"), [], id="other language"),
        pytest.param(Filters(speakers=frozenset({"'; --"})), [], id="not SQL"),
    ],
)
def test_filters_leave_what_passes(opened: Store, filters: Filters, expected: list[str]) -> None:
    survivors = opened.rows.survivors(filters, "en")

    assert survivors is not None
    assert opened.rows.words(survivors) == expected


def test_no_filter_is_none_rather_than_everything(opened: Store) -> None:
    assert opened.rows.survivors(Filters(), "en") is None


def test_a_vector_leads_to_its_stretch_of_text(opened: Store) -> None:
    rows, _ = opened.nearest("en", np.ones(16, np.float32), 10)
    spans = opened.rows.texts_of_vectors(rows)

    assert len(rows) == 4
    for text, (_, start, stop) in zip(opened.rows.words(spans[:, 0]), spans.tolist(), strict=True):
        assert (start, stop) == (0, len(text))
    assert opened.rows.texts_of_vectors(np.array([999_999])).tolist() == [[-1, -1, -1]]


def test_texts_around_a_text_are_of_its_language_and_interview(opened: Store) -> None:
    rows = opened.rows
    ((number, _),) = rows.frequencies("en", ["froze"]).values()
    text = rows.postings("en", number)

    ((before, here, after),) = rows.around(text, before=1, after=1)

    assert here == text[0]
    assert rows.words(np.array([before, after])) == ["About her.", 'She said "no", twice.']


def test_a_text_without_words_has_no_vector_and_no_harm(tmp_path: Path) -> None:
    place = Place(tmp_path / "store")
    put(place, an_interview("dots", {"en": "… … …"}, {"en": "word"}))
    put(place, remove=["dots"])

    with open_store(place.folder) as opened:
        assert opened.rows.is_empty()


def test_one_bad_interview_leaves_nothing_of_the_others_behind(tmp_path: Path) -> None:
    place = Place(tmp_path / "store")
    put(place, an_interview("first", {"en": "one"}))
    twice = an_interview("second", {"en": "two"})

    def write_twice() -> None:
        with write_store(place, RECIPE) as session:
            for _ in range(2):
                file = SourceFile(twice.path, 1, 1, "d")
                session.rows.add(twice, file, chunked(twice), analysed(twice))

    with pytest.raises(Exception, match="UNIQUE"):
        write_twice()
    with open_store(place.folder) as opened:
        assert [s.id for s in opened.rows.interviews()] == ["first"]
        assert len(opened.nearest("en", np.ones(16, np.float32), 9)[0]) == 1
