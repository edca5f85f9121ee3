"""Passages → whether they are evidence enough; and what to say when they are not."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.coverage import Asked
from assistant.records import Abstention
from assistant.select import Passage, unlike
from index.records import LANGUAGES, Language
from index.store.reading import Reader

THRESHOLDS: Mapping[tuple[Language, Language], float] = {
    ("en", "en"): 0.62,
    ("zh", "zh"): 0.62,
    ("en", "zh"): 0.50,
    ("zh", "en"): 0.50,
}
"""Evidence from which a question (first language) is answered by a text (second language).

Source: see `evals.abstention`, which prints what they cost.
"""
LEAD = 0.03
"""What a standard deviation of lead over the other paragraphs is worth, in shares of a question."""
OTHERS = 5
NEAREST = 3
"""Sources shown when the interviews do not say."""
MISSED = 0.2
"""Share met up to which a word of the question counts as found nowhere."""
NAMED = 3
"""Words named at most as found nowhere."""


def evidence(passages: Sequence[Passage]) -> float:
    """Return how much speaks for an answer: about 0 for nothing, 1 and more for plenty.

    Half the share of the question that the best passage meets itself, half the share met with what
    it stands in, and its lead over the next paragraphs: where nothing answers, many are equally
    near. Scores of the search alone do not tell (AUROC .87 against .95 on the `unanswerable` pack).
    """
    if not passages:
        return 0.0
    best = passages[0]
    others = [passage.standing for passage in passages[1 : 1 + OTHERS]]
    lead = best.standing - float(np.mean(others)) if others else 0.0
    return (best.covered + best.supported) / 2 + LEAD * lead


def is_enough(asked: Asked, passages: Sequence[Passage]) -> bool:
    """Whether the passages, best first, are evidence enough to answer."""
    if not passages or not asked.words:
        return False
    return evidence(passages) >= THRESHOLDS[asked.language, passages[0].language]


def abstain(asked: Asked, passages: Sequence[Passage], rows: Reader) -> Abstention:
    """Return what was searched, what came nearest, and a sentence that says so."""
    counts = rows.languages()
    return Abstention(
        searched={language: counts[language] for language in LANGUAGES},
        nearest=tuple(p.source for p in unlike(passages, NEAREST)),
        missing=_say_missing(asked, passages),
    )


def _say_missing(asked: Asked, passages: Sequence[Passage]) -> str:
    missing = _found_nowhere(asked, passages)
    if asked.language == "zh":
        quoted = "、".join(f"“{word}”" for word in missing)
        return f"访谈中没有提到；找不到{quoted}。" if missing else "访谈中没有提到。"
    quoted = ", ".join(f'"{word}"' for word in missing)
    return f"The interviews do not say; found nowhere: {quoted}." if missing else NOT_SAID


NOT_SAID = "The interviews do not say."


def _found_nowhere(asked: Asked, passages: Sequence[Passage]) -> list[str]:
    """Return the words of the question that no passage meets, as they were asked, weightiest first.

    A word is named only when its stem can be shown as it was asked.
    """
    if not passages or not asked.words:
        return []
    met = np.max([passage.met for passage in passages], axis=0)
    order = np.argsort(-asked.weights, kind="stable")
    missing = [place for place in order.tolist() if met[place] <= MISSED]
    return [asked.written[place] for place in missing[:NAMED]]
