"""How far a text meets a question's words: the same, translated, as a number, or nearly."""

from collections.abc import Iterator

import numpy as np
import pytest

from assistant.asked import read_asked
from assistant.coverage import cover
from index.search import Searcher
from index.store.reading import Reader
from tests.assistant.orchard import opened


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with opened(tmp_path_factory.mktemp("coverage")) as searcher:
        yield rows_of(searcher)


def rows_of(searcher: Searcher) -> Reader:
    return searcher.store.rows


def met(rows: Reader, question: str, text: str) -> dict[str, float]:
    asked = read_asked(question, rows)
    shares = cover(asked, text).whole.tolist()
    return dict(zip(asked.written, shares, strict=True))


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        pytest.param("Which orchards froze?", "The orchard was lost.", "orchards", id="inflected"),
        pytest.param("果园冻坏了吗？", "那座果园不大。", "果园", id="Chinese"),
        pytest.param("果園呢", "那座果园不大。", "果园", id="Traditional"),
        pytest.param("How many batteries?", "电池很重。", "batteries", id="translated en→zh"),
        pytest.param("电池多重？", "The battery is heavy.", "电池", id="translated zh→en"),
        pytest.param("Who lent 400 billion?", "银行借出4000亿。", "400", id="a value across"),
        pytest.param("谁借了4000亿？", "A bank lent 400 billion.", "4000", id="a value across, zh"),
    ],
)
def test_a_word_is_met_fully(rows: Reader, question: str, text: str, word: str) -> None:
    found = met(rows, question, text)
    key = next(written for written in found if written.startswith(word))

    assert found[key] >= 0.9


def test_a_word_of_near_meaning_counts_in_part(rows: Reader) -> None:
    assert 0 < met(rows, "What did the physician say?", "A doctor came at once.")["physician"] < 1


def test_what_is_not_there_is_not_met(rows: Reader) -> None:
    assert met(rows, "Who bought the submarine?", "The pears were sweet.")["submarine"] < 0.2


def test_sentences_are_kept_apart(rows: Reader) -> None:
    asked = read_asked("Is the orchard near the harbour?", rows)
    covered = cover(asked, "The orchard is small. The harbour is deep.")

    orchard, harbour = (asked.written.index(word) for word in ("orchard", "harbour"))
    assert covered.shares[0, orchard] == covered.shares[1, harbour] == 1
    assert covered.shares[1, orchard] < 1


def test_weights_sum_to_one_and_rare_words_say_more(rows: Reader) -> None:
    asked = read_asked("Did the good zeppelin come?", rows)

    assert np.isclose(asked.weights.sum(), 1)
    weights = dict(zip(asked.written, asked.weights.tolist(), strict=True))
    assert weights["zeppelin"] > weights["good"]
    assert asked.said > 0


def test_words_of_asking_are_left_out_unless_nothing_else_is_left(rows: Reader) -> None:
    assert "opinion" not in read_asked("What is her opinion of wasps?", rows).written
    assert read_asked("opinion?", rows).written == ("opinion",)
    assert read_asked("这次访谈里怎么看黄蜂？", rows).written == ("黄蜂",)


def test_what_no_text_has_is_known_to_be_absent(rows: Reader) -> None:
    asked = read_asked("Did the frost reach the zeppelin?", rows)
    absent = dict(zip(asked.written, asked.absent, strict=True))

    assert absent["zeppelin"]
    assert not absent["frost"]


def test_a_question_without_words_meets_nothing(rows: Reader) -> None:
    asked = read_asked("🍐", rows)

    assert asked.words == ()
    assert cover(asked, "The pears were sweet.").whole.shape == (0,)
