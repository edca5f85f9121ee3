"""A claim × a text → Chinese numbers that the text has, but of something else."""

from assistant.checking.records import Difference
from assistant.checking.values import values_of
from index.fold import fold

MEASURES = frozenset("家面台架支条只名位份袋盏户座棵辆艘张盒块箱匹头颗")
"""Measure words that tell apart what is counted; 个 goes with anything."""


def miscounted_values(claim: str, text: str) -> list[Difference]:
    """Return the Chinese numbers of a claim that the text has before another measure word.

    五十九家 does not stand on 四十一家 and 五十九面: another number has the claim's measure word.
    """
    wrong = []
    told = [(v, fold(text[v.end : v.end + 1])) for v in values_of(text) if v.kind == "number"]
    for value in values_of(claim):
        measure = fold(claim[value.end : value.end + 1])
        if value.kind != "number" or measure not in MEASURES:
            continue
        beside = {m for v, m in told if v.amount == value.amount}
        others = [v for v, m in told if m == measure and v.amount != value.amount]
        if beside and others and measure not in beside and beside <= MEASURES:
            said = claim[value.start : value.end + 1]
            words = text[others[0].start : others[0].end + 1]
            wrong.append(Difference("number", said, words, value.start))
    return wrong
