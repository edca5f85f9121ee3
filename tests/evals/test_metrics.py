"""Metrics: exact values, and None where they do not apply."""

import math

import pytest

from evals import metrics

GOLD = {"a", "b"}


@pytest.mark.parametrize(
    "measure", [metrics.recall_at_k, metrics.full_evidence_at_k, metrics.ndcg_at_k,
                metrics.reciprocal_rank],
)  # fmt: skip
def test_without_gold_nothing_applies(measure: object) -> None:
    assert callable(measure)
    assert measure(["a", "b"], set(), 5) is None


def test_recall_counts_gold_among_the_first_k() -> None:
    assert metrics.recall_at_k(["x", "a", "b"], GOLD, 2) == 0.5
    assert metrics.recall_at_k([], GOLD, 2) == 0


def test_full_evidence_needs_all_of_it() -> None:
    assert metrics.full_evidence_at_k(["x", "a", "b"], GOLD, 2) == 0
    assert metrics.full_evidence_at_k(["x", "a", "b"], GOLD, 3) == 1


def test_rank_of_the_first_gold_counts() -> None:
    assert metrics.reciprocal_rank(["x", "b", "a"], GOLD, 10) == 0.5
    assert metrics.reciprocal_rank(["x", "b"], GOLD, 1) == 0


def test_ndcg_discounts_by_rank_and_counts_a_repeated_paragraph_once() -> None:
    ideal = 1 + 1 / math.log2(3)
    assert metrics.ndcg_at_k(["a", "b"], GOLD, 10) == 1
    assert metrics.ndcg_at_k(["a", "a", "b"], GOLD, 10) == pytest.approx(1.5 / ideal)


def test_means_leave_out_what_does_not_apply() -> None:
    assert metrics.mean([1.0, None, 0.0]) == (0.5, 2)
    assert metrics.mean([None]) == (None, 0)
    assert metrics.percentile([3.0, 1.0, 2.0], 0.5) == 2
    assert metrics.percentile([], 0.5) is None
    assert metrics.jaccard([], []) is None


def test_mcnemar_needs_five_regressions_to_be_sure() -> None:
    assert metrics.mcnemar(5, 0) == 1 / 32
    assert metrics.mcnemar(3, 0) == 1 / 8
    assert metrics.mcnemar(0, 0) == 1


@pytest.mark.parametrize(("questions", "drop"), [(40, 0.165), (100, 0.065), (400, 0.02)])
def test_smallest_drop_agrees_with_simulation(questions: int, drop: float) -> None:
    found = metrics.detectable_drop(questions)
    assert found is not None
    assert abs(found - drop) <= 0.005


def test_a_tiny_set_shows_no_drop() -> None:
    assert metrics.detectable_drop(4) is None
