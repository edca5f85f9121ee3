"""Lists and counts → numbers; pure. None means "does not apply" and is left out of every mean."""

import math
from collections.abc import Collection, Iterable, Sequence

SIGNIFICANCE = 0.05
POWER = 0.8


def recall_at_k(retrieved: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return the share of gold paragraphs among the first k retrieved; None without gold."""
    if not gold:
        return None
    return len(set(retrieved[:k]) & set(gold)) / len(gold)


def full_evidence_at_k(retrieved: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 when every gold paragraph is among the first k, else 0; None without gold."""
    if not gold:
        return None
    return float(set(gold) <= set(retrieved[:k]))


def reciprocal_rank(retrieved: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return 1 / rank of the first gold paragraph, 0 when none is in the first k; None without."""
    if not gold:
        return None
    ranks = (rank for rank, found in enumerate(retrieved[:k], start=1) if found in gold)
    return 1 / next(ranks, math.inf)


def ndcg_at_k(retrieved: Sequence[str], gold: Collection[str], k: int) -> float | None:
    """Return the discounted gain over the ideal one, gold gaining 1, all else 0; None without gold.

    A paragraph named twice gains once. With binary gain both usual conventions agree.

    Source: Järvelin & Kekäläinen, ACM TOIS 2002; discount 1 / log2(rank + 1).
    """
    if not gold:
        return None
    gained, seen = 0.0, set[str]()
    for rank, found in enumerate(retrieved[:k], start=1):
        if found in gold and found not in seen:
            gained += 1 / math.log2(rank + 1)
        seen.add(found)
    return gained / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(gold)) + 1))


def share(part: int, whole: int) -> float | None:
    """Return part / whole; None of nothing."""
    return part / whole if whole else None


def jaccard(one: Collection[str], other: Collection[str]) -> float | None:
    """Return the share of both in either; None when both are empty."""
    return share(len(set(one) & set(other)), len(set(one) | set(other)))


def mean(values: Iterable[float | None]) -> tuple[float | None, int]:
    """Return the mean of those that apply, and how many they are; None of none."""
    applying = [value for value in values if value is not None]
    return (math.fsum(applying) / len(applying), len(applying)) if applying else (None, 0)


def percentile(values: Sequence[float], part: float) -> float | None:
    """Return the smallest value that `part` (0 to 1) of all are not above; None of none."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


def mcnemar(regressed: int, fixed: int) -> float:
    """Return the one-sided exact p of so many regressions or more among the questions that changed.

    Under "no difference" each changed question is as likely to have got worse as better.

    Source: McNemar 1947, in the exact binomial form.
    """
    changed = regressed + fixed
    as_bad = sum(math.comb(changed, k) for k in range(regressed, changed + 1))
    return as_bad / int(2**changed)


def detectable_drop(questions: int) -> float | None:
    """Return the smallest true drop that so many questions show in 4 of 5 draws; None if none is.

    A drop counts as shown when the one-sided exact McNemar test reaches p < 0.05, with nothing
    fixed meanwhile: that takes 5 regressions. Drops go by tenths of a percentage point.
    """
    needed = next(m for m in range(1, 64) if mcnemar(m, 0) < SIGNIFICANCE)
    for step in range(1, 1001):
        drop = step / 1000
        missed = math.fsum(
            math.comb(questions, k) * drop**k * (1 - drop) ** (questions - k)
            for k in range(min(needed, questions + 1))
        )
        if 1 - missed >= POWER and questions >= needed:
            return drop
    return None
