"""Turns are found by what was asked, answered and quoted, in both languages."""

from pathlib import Path

import pytest

from assistant.history.records import Excerpt
from assistant.history.store import History
from assistant.history.words import AROUND, find, read_words
from tests.assistant.history.turns import PRICE, a_source, an_answer

LONG = a_source("ferry:cc", {"zh": "我们" * 200 + "後來談到定價，" + "他们" * 200})


@pytest.fixture
def asked(history: History, talks_store: Path) -> History:
    """Return a history of three turns in two conversations."""
    one, two = history.start(talks_store), history.start(talks_store)
    for conversation, question, answer in (
        (
            one,
            "Why do prices fall?",
            an_answer("", (1, PRICE), wording="Costs fell, Café Zoë says."),
        ),
        (one, "那雾呢？", an_answer("", (1, LONG), mode="extractive")),
        (two, "Who sails?", an_answer("")),
    ):
        turn = history.begin(conversation.id, question, {}, None)
        history.finish(turn.id, answer.outcome, answer)
    return history


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("定价", [("quote", "定價"), ("quote", "定价")], id="two characters"),
        pytest.param("定價", [("quote", "定價"), ("quote", "定价")], id="Traditional"),
        pytest.param("策略", [("quote", "策略")], id="one turn"),
        pytest.param("雾", [("question", "雾")], id="one character"),
        pytest.param("PRICES", [("question", "prices")], id="case"),
        pytest.param("ｐｒｉｃｅｓ", [("question", "prices")], id="full width"),
        pytest.param("cafe zoe", [("answer", "Café")], id="accents"),
        pytest.param("fall", [("question", "fall")], id="question before the rest"),
        pytest.param("prices 定价", [("question", "prices")], id="words in several fields"),
        pytest.param("costs　fell", [("answer", "Costs")], id="full-width blank"),
        pytest.param('"costs fell"', [("answer", "Costs fell")], id="words together"),
        pytest.param("“fell costs”", [], id="words not together"),
        pytest.param("do not", [("answer", "do")], id="what is missing"),
        pytest.param("prices tea", [], id="one word missing"),
        pytest.param("100%_", [], id="nothing is a pattern"),
        pytest.param("", [], id="nothing"),
        pytest.param('"" 　', [], id="next to nothing"),
    ],
)
def test_it_is_found_by_all_its_words(
    asked: History, words: str, found: list[tuple[str, str]]
) -> None:
    hits = asked.search(words)

    shown = [(hit.field, hit.excerpt.text[slice(*hit.excerpt.spans[0])]) for hit in hits]
    assert shown == found


def test_the_turn_asked_last_comes_first(asked: History) -> None:
    assert [hit.turn.position for hit in asked.search("定价")] == [2, 1]
    assert len(asked.search("定价", limit=1)) == 1


def test_another_store_is_left_out(asked: History, talks_store: Path, tmp_path: Path) -> None:
    assert len(asked.search("定价", store=talks_store)) == 2
    assert asked.search("定价", store=tmp_path / "other") == []


def test_a_name_that_the_user_gave_finds_the_conversation(asked: History) -> None:
    (first, _) = asked.conversations()[::-1]
    asked.rename(first.id, "茶與雾")

    (hit,) = asked.search("茶与")

    assert (hit.field, hit.excerpt) == ("title", Excerpt("茶與雾", ((0, 2),)))
    assert (hit.conversation.id, hit.turn.position) == (first.id, 1)


def test_what_has_come_of_a_running_answer_is_found(history: History, talks_store: Path) -> None:
    turn = history.begin(history.start(talks_store).id, "Q?", {}, None)
    history.keep(turn.id, "他说定价")

    (hit,) = history.search("定价")

    assert (hit.field, hit.turn.status) == ("answer", "running")


@pytest.mark.parametrize(
    ("text", "words", "excerpt"),
    [
        pytest.param("fog and fog", "fog", Excerpt("fog and fog", ((0, 3), (8, 11))), id="all"),
        pytest.param("价格定价", "定价 价格", Excerpt("价格定价", ((0, 4),)), id="touching"),
        pytest.param("a\nfog\tb", "fog", Excerpt("a fog b", ((2, 5),)), id="one line"),
        pytest.param("ＦＯＧ　lifts", "fog", Excerpt("ＦＯＧ lifts", ((0, 3),)), id="wide"),
        pytest.param(
            "x" * 90 + "fog" + "y" * 90,
            "fog",
            Excerpt("…" + "x" * AROUND + "fog" + "y" * AROUND + "…", ((AROUND + 1, AROUND + 4),)),
            id="cut",
        ),
        pytest.param("ﬁre", "f", Excerpt("ﬁre", ((0, 1),)), id="ligature"),
        pytest.param("fog " * 40, "fog", None, id="many"),
    ],
)
def test_the_words_are_marked_where_they_stand(
    text: str, words: str, excerpt: Excerpt | None
) -> None:
    found = find([("answer", text)], read_words(words))

    assert found is not None
    shown = found[1]
    assert excerpt is None or shown == excerpt
    assert all(0 <= start < stop <= len(shown.text) for start, stop in shown.spans)
