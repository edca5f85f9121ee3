"""Answers to scores: what a right one gets, and which check each fault costs."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.records import Source
from evals.figures import figures, pairs
from evals.records import Claim, Row, StoredAnswer
from evals.run import ask
from evals.score import score_row
from evals.support import make_judge
from index.records import Language
from tests.evals.world import (
    BENCH,
    CORPUS,
    ORACLE,
    PARAGRAPHS,
    QUESTIONS,
    TALK,
    paragraph,
    perfect_run,
)

Fault = Callable[[StoredAnswer], StoredAnswer]


def row(number: int, language: Language = "en", fault: Fault = lambda answer: answer) -> Row:
    asked = QUESTIONS[number]
    right = ask(asked, language, ORACLE, BENCH).answer
    assert right is not None
    return score_row(asked, language, fault(right), BENCH, seconds=0)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_right_answer_passes_every_check(number: int, language: Language) -> None:
    found = row(number, language)
    if QUESTIONS[number].id not in {"kiln-2", "kiln-4"}:  # said in one language only
        assert found.passed, found.details
    assert all(held for name, held in found.checks.items() if name != "nuggets")


def test_scores_of_the_unanswerable_leave_retrieval_and_facts_out() -> None:
    scores = row(4).scores
    assert scores["false_answer"] == 0
    assert not scores.keys() & {"recall@5", "citation_precision", "nuggets_vital", "false_refusal"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_paragraphs_that_tell_the_same_one_is_enough(language: Language) -> None:
    two = replace(QUESTIONS[3], nuggets=QUESTIONS[3].nuggets[:1])
    alike = replace(two, same=(two.gold,))
    answer = ask(alike, language, ORACLE, BENCH).answer
    assert answer is not None
    cited = tuple(each for each in answer.cited if each.paragraph == two.gold[0])
    half = replace(answer, cited=cited, retrieved=(two.gold[0],), claims=answer.claims[:1])

    apart = score_row(two, language, half, BENCH, seconds=0)
    together = score_row(alike, language, half, BENCH, seconds=0)

    assert (apart.scores["recall@5"], apart.scores["citation_recall"]) == (0.5, 0.5)
    assert (together.scores["recall@5"], together.scores["citation_recall"]) == (1, 1)
    assert together.cell == f"{language}→{language}"  # one of them is in either language
    assert apart.cell != together.cell


@pytest.mark.parametrize(
    ("number", "language", "cell"),
    [(0, "en", "en→en"), (0, "zh", "zh→zh"), (1, "zh", "zh→en"), (2, "en", "en→zh"),
     (3, "en", "en→zh"), (4, "en", "")],
)  # fmt: skip
def test_cells_tell_the_language_of_question_and_evidence(
    number: int, language: Language, cell: str
) -> None:
    assert row(number, language).cell == cell


def _claim(answer: StoredAnswer, **changes: object) -> StoredAnswer:
    return replace(answer, claims=(replace(answer.claims[0], **changes),))  # type: ignore[arg-type]  # any field


def _cited(answer: StoredAnswer, **changes: object) -> StoredAnswer:
    return replace(answer, cited=(replace(answer.cited[0], **changes),))  # type: ignore[arg-type]  # any field


FAULTS: dict[str, Fault] = {
    "markers": lambda a: _claim(a, citations=(1, 7)),
    "markers in words": lambda a: _claim(a, text=f"{a.claims[0].text} [7]"),
    "markers to nowhere": lambda a: _cited(a, paragraph="talk:ffffffff"),
    "verbatim": lambda a: _cited(a, quote="We lost 340 bowls"[::-1]),
    "verbatim sentences": lambda a: _claim(a, text="We lost all 340 bowls that night."),
    "attributed": lambda a: _cited(a, speaker="Ossian"),
    "speaker": lambda a: _cited(a, speaker="Ossian"),
    "numbers": lambda a: _claim(a, text="We lost 341 bowls that night."),
    "nuggets": lambda a: _claim(a, text="I laughed in the end."),
    "uncontradicted": lambda a: _claim(a, text="It burned in winter."),
    "language": lambda a: _claim(a, text="那一夜我们丢了340只碗。"),
    "supported": lambda a: _claim(a, text="The ministry bought a bridge."),
    "answered": lambda a: replace(a, outcome="abstained", claims=(), cited=(), message="No."),
    "found_5": lambda a: replace(a, retrieved=()),
    "cited": lambda a: _cited(a, paragraph="talk:00000001"),
    "first_right": lambda a: _cited(a, paragraph="talk:00000001"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_costs_its_check(name: str) -> None:
    assert row(0).checks[name.split(maxsplit=1)[0]] is True
    assert row(0, fault=FAULTS[name]).checks[name.split(maxsplit=1)[0]] is False


def test_a_dangling_marker_costs_precision() -> None:
    assert row(0, fault=FAULTS["markers"]).scores["citation_precision"] == 0.5


def test_an_answer_that_cites_nothing_has_no_precision_to_lean_on() -> None:
    bare = row(0, fault=lambda a: _claim(replace(a, cited=()), citations=()))
    assert bare.scores["citation_precision"] == 0
    assert bare.scores["support_recall"] == 0


def test_an_abstention_has_no_precision_and_no_recall_where_the_interviews_do_say() -> None:
    scores = row(0, fault=FAULTS["answered"]).scores
    assert "citation_precision" not in scores
    assert (scores["citation_recall"], scores["nuggets_vital"]) == (0, 0)
    assert scores["false_refusal"] == 1


def test_a_sentence_may_be_quoted_in_the_only_language_it_was_said_in() -> None:
    assert row(1, "zh").scores["language"] is None
    assert row(2, "en").checks.get("language") is None


def test_a_quote_full_of_names_is_still_in_its_language() -> None:
    named = paragraph(9, None, None, "DeepWell Labs、Kettle Point、Skerrow Light都在。")
    corpus = replace(CORPUS, sources={**CORPUS.sources, named.id: Source(named, TALK, 1, "")})
    answer = row(0, "zh").answer
    assert answer is not None
    quoted = _claim(_cited(answer, paragraph=named.id), text="DeepWell Labs、Kettle Point")
    bench = replace(BENCH, corpus=corpus)
    assert score_row(QUESTIONS[0], "zh", quoted, bench, seconds=0).scores["language"] == 1


@pytest.mark.parametrize(
    ("claim", "question", "cited", "support"),
    [
        ("We lost 340 bowls that night.", "What was lost?", [2], "full"),
        ("In June 2011 the kiln burned down.", "When was the fire?", [2], "full"),
        ("窑在2011年6月烧毁了。", "什么时候着火的？", [2], "full"),
        ("The kiln burned down in July 2011.", "When was the fire?", [2], "none"),
        ("The kiln never burned down.", "Did it burn?", [2], "partial"),
        ("The regatta was won by a dentist.", "Who won?", [2], "none"),
        ("She thanked Barnaby for the kiln that burned down.", "Who?", [2], "none"),
        ("It burns pine only.", "What does it burn?", [5], "unverifiable"),
        ("We lost 340 bowls that night.", "What was lost?", [], "none"),
    ],
)
def test_support_is_judged_from_words(
    claim: str, question: str, cited: list[int], support: str
) -> None:
    judge = make_judge(PARAGRAPHS)
    assert judge.judge(claim, question, [PARAGRAPHS[n - 1] for n in cited]) == support


def test_what_cannot_be_verified_is_counted_apart() -> None:
    found = row(2, fault=lambda a: _claim(a, text="It burns pine only."))
    assert found.scores["unverifiable"] == 1
    assert found.scores["support_recall"] is None


def test_agreement_of_the_languages_is_for_questions_that_one_of_them_answers() -> None:
    rows = perfect_run().rows
    assert pairs(rows)["kiln-1"] == {"same_first": 1, "same_cited": 1, "same_outcome": 1}
    assert pairs(rows)["kiln-5"]["same_first"] is None
    silent = [row(0), row(0, "zh", lambda a: replace(a, outcome="abstained", claims=()))]
    assert pairs(silent)["kiln-1"] == {"same_first": 0, "same_cited": 0, "same_outcome": 0}


def test_means_are_taken_by_cell_and_by_kind_of_unanswerable() -> None:
    known = {(f.metric, f.group): f for f in figures(perfect_run().rows)}
    assert known["recall@5", "all"].n == 8
    assert {g for m, g in known if m == "recall@5"} == {"all", "en→en", "en→zh", "zh→en", "zh→zh"}
    assert {g for m, g in known if m == "false_answer"} == {"all", "near_miss", "off_topic"}
    assert known["false_answer", "near_miss"].n == 2


def test_several_sentences_are_held_against_their_own_evidence() -> None:
    found = row(3, fault=lambda a: replace(a, claims=(*a.claims, Claim("Yes.", (), "supported"))))
    assert found.scores["support_recall"] == pytest.approx(2 / 3)
