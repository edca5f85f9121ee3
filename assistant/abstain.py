"""A question without an answer → what was searched, what came nearest, and what was missing."""

from collections.abc import Sequence

import numpy as np

from assistant.asked import Asked
from assistant.records import Abstention
from assistant.select import Passage, unlike
from index.records import LANGUAGES
from index.store.reading import Reader

NEAREST = 3
"""Sources shown when the interviews do not say."""
MISSED = 0.2
"""Share met up to which a word of the question counts as found nowhere."""
NAMED = 3
"""Words named at most as found nowhere."""


def abstain(asked: Asked, passages: Sequence[Passage], rows: Reader) -> Abstention:
    """Return what was searched, what came nearest, and one sentence that says so."""
    counts = rows.languages()
    return Abstention(
        searched={language: counts[language] for language in LANGUAGES},
        nearest=tuple(passage.source for passage in unlike(passages, NEAREST)),
        missing=_say_missing(asked, passages),
    )


def _say_missing(asked: Asked, passages: Sequence[Passage]) -> str:
    missing = _found_nowhere(asked, passages)
    if asked.language == "zh":
        quoted = "、".join(f"“{word}”" for word in missing)
        return f"访谈中没有提到：哪里都找不到{quoted}。" if missing else "访谈中没有提到。"
    quoted = ", ".join(f"“{word}”" for word in missing)
    return f"The interviews do not say: {quoted} is found nowhere." if missing else NOT_SAID


NOT_SAID = "The interviews do not say."


def _found_nowhere(asked: Asked, passages: Sequence[Passage]) -> list[str]:
    """Return the words that no text has and no passage means, as asked, the weightiest first."""
    found = [any(p.by_everything[i] > MISSED for p in passages) for i in range(len(asked.words))]
    order = np.argsort(-asked.weights, kind="stable").tolist()
    missing = [place for place in order if asked.absent[place] and not found[place]]
    return [asked.written[place] for place in missing[:NAMED]]
