"""Filters that leave nothing: the one to blame is named, in the language of the question."""

from collections.abc import Iterator

import pytest

from assistant.records import Abstention, Answer
from assistant.scope import abstain_within, counted_within, texts_left
from index.records import LANGUAGES, Filters, Language
from index.search import Searcher
from index.store.reading import Reader
from tests.assistant.harbour import harbour

QUESTIONS: dict[Language, str] = {"en": "Who painted the buoy?", "zh": "谁给浮标刷了漆？"}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with harbour(tmp_path_factory.mktemp("harbour")) as searcher:
        yield searcher


@pytest.fixture
def rows(searcher: Searcher) -> Reader:
    return searcher.store.rows


def why(question: str, filters: Filters, rows: Reader) -> str | None:
    answer = abstain_within(question, filters, rows)
    return answer.abstention.missing if answer and answer.abstention else None


@pytest.mark.parametrize(
    ("filters", "english", "chinese"),
    [
        (Filters(since="2099"), "dated 2099 or later; those here are from", "2099 及以后"),
        (Filters(until="1901-02"), "dated 1901-02 or earlier", "1901-02 及以前"),
        (Filters(since="1900", until="1901"), "dated from 1900 to 1901", "1900 至 1901"),
        (Filters(role="editor"), "written by an editor", "没有编者文字"),
        (
            Filters(speakers=frozenset({"Mira Olsen"}), since="2099", language="en"),
            "dated 2099 or later",
            "2099 及以后",
        ),
        (
            Filters(speakers=frozenset({"Mira Olsen"}), language="zh"),
            "passes --speaker, --language together",
            "同时符合 --speaker、--language",
        ),
    ],
)
def test_the_filter_that_leaves_nothing_is_named(
    rows: Reader, filters: Filters, english: str, chinese: str
) -> None:
    assert english in (why(QUESTIONS["en"], filters, rows) or "")
    assert chinese in (why(QUESTIONS["zh"], filters, rows) or "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filters", [Filters(), Filters(language="zh"), Filters(until="2099")])
def test_where_something_is_left_nothing_is_said(
    rows: Reader, language: Language, filters: Filters
) -> None:
    assert why(QUESTIONS[language], filters, rows) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_passes_counts_as_searched(rows: Reader, language: Language) -> None:
    everything = dict(rows.languages())
    abstention = Abstention(everything, (), "")
    answer = Answer(QUESTIONS[language], "en", "abstained", "agent", (), (), abstention, 0.0)
    other = next(one for one in LANGUAGES if one != language)

    counted = counted_within(answer, Filters(language=language), rows)

    assert counted.abstention is not None
    assert counted.abstention.searched == {language: everything[language], other: 0}
    assert counted_within(answer, Filters(), rows) == answer
    assert texts_left(Filters(), rows) == everything
