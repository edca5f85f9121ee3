"""How far a claim must be met, by where claim and text stand to each other.

Source: all but the `held` part of `evals/sets/claims.jsonl`, and sentences of bilingual talks held
against their own translations; see `evals.agreement` and `evals.parallel`.
"""

from collections.abc import Mapping
from typing import Literal

from index.records import Language

Scale = Literal["en", "zh", "across"]
"""The language both are in, or that they are in two."""

CLEAR: Mapping[Scale, float] = {"en": 0.49, "zh": 0.46, "across": 0.48}
"""Score from which a clause of a claim is told by a paragraph."""
FAINT: Mapping[Scale, float] = {"en": 0.34, "zh": 0.34, "across": 0.44}
"""Score below which a paragraph does not speak of a clause at all."""
CONCERNED: Mapping[Scale, float] = {"en": 0.30, "zh": 0.30, "across": 0.28}
"""Score from which a clause's value that is not told contradicts rather than adds."""
SURELY = 0.05
"""More that a clause without values needs when it alone carries a claim."""
NEARLY: Mapping[Scale, float] = {"en": 0.08, "zh": 0.08, "across": 0.12}
"""What one clause may lack when the whole claim is clear; as much again when it has values."""
NEW = 0.2
"""What a clause loses for each name or value that the text does not have."""


def scale_of(claim: Language, text: Language) -> Scale:
    """Return the scale for a claim and a text in these languages."""
    return claim if claim == text else "across"
