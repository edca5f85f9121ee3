"""How far a claim must be met, by where claim and text stand to each other.

Source: `evals/sets/claims.jsonl` without its `held` and `unseen` parts, and sentences of bilingual
talks held against their own translations; see `evals.agreement` and `evals.parallel`.
"""

from collections.abc import Mapping
from typing import Literal

from index.records import Language

Scale = Literal["en", "zh", "across"]
"""The language both are in, or that they are in two."""

CLEAR: Mapping[Scale, float] = {"en": 0.49, "zh": 0.46, "across": 0.48}
"""Score from which a clause has so many of its words told that one strange among them is wrong."""
FAINT: Mapping[Scale, float] = {"en": 0.34, "zh": 0.34, "across": 0.44}
"""Score from which a paragraph speaks of a clause, so that it may say the opposite."""
CONCERNED: Mapping[Scale, float] = {"en": 0.30, "zh": 0.30, "across": 0.28}
"""Score from which a clause's value that is not told contradicts rather than adds."""
NEW = 0.2
"""What a clause loses for each name or value that the text does not have."""
SENSE = 0.5
"""What nearness of sense counts beside the words of a clause, which count 1."""
AROUND = 0.2
"""What the nearness of the whole claim counts for each of its clauses."""
TOLD: Mapping[Scale, float] = {"en": 0.90, "zh": 0.90, "across": 0.80}
"""Evidence from which a claim of one clause is told."""
TOLD_EACH: Mapping[Scale, float] = {"en": 0.62, "zh": 0.64, "across": 0.60}
"""The same for each clause of a claim of several: what is told beside one speaks for it, too."""
SHORT = 3
"""Words of a clause that says so little that each of them must be told."""
LACKED = 0.2
"""How far a word is met that is not told at all."""
MEANT = 0.50
"""Nearness of sense from which a claim may be told in other words altogether."""
FEW_WORDS = 0.45
"""Score under which its words tell neither for nor against that: one in two such claims is told."""


def scale_of(claim: Language, text: Language) -> Scale:
    """Return the scale for a claim and a text in these languages."""
    return claim if claim == text else "across"
