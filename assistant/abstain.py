"""A question without an answer → what was searched, what came nearest, and what was missing."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.asked import Asked
from assistant.kinds import kinds_asked
from assistant.passages import Passage
from assistant.records import Abstention
from assistant.select import unlike
from index.records import LANGUAGES, Language
from index.store.reading import Reader

NEAREST = 3
"""Sources shown when the interviews do not say."""
MISSED = 0.2
"""Share met up to which a word of the question counts as found nowhere."""
NAMED = 3
"""Words named at most as found nowhere."""

_LINES: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "nothing": "The interviews do not say.",
        "nowhere": "The interviews do not say: {words} is found nowhere.",
        "nowhere, several": "The interviews do not say: {words} are found nowhere.",
        "unmet": "The interviews do not say: what comes nearest does not speak of {words}.",
        "untold": "The interviews do not say: what comes nearest tells no such figure or date.",
        "and": ", ",
    },
    "zh": {
        "nothing": "访谈中没有提到。",
        "nowhere": "访谈中没有提到：哪里都找不到{words}。",
        "nowhere, several": "访谈中没有提到：哪里都找不到{words}。",
        "unmet": "访谈中没有提到：最接近的段落没有说到{words}。",
        "untold": "访谈中没有提到：最接近的段落没有说出这样的数字或日期。",
        "and": "、",
    },
}


def abstain(asked: Asked, passages: Sequence[Passage], rows: Reader) -> Abstention:
    """Return what was searched, what came nearest, and one sentence that says so.

    The sentence names the words found nowhere; if there are none, the weightiest that the nearest
    paragraphs lack, or that no value of the kind asked for is among them.
    """
    return Abstention(
        searched=searched(rows),
        nearest=tuple(passage.source for passage in unlike(passages, NEAREST)),
        missing=_say_missing(asked, passages),
    )


def searched(rows: Reader) -> dict[str, int]:
    """Return how many paragraphs of each language are looked through."""
    counts = rows.languages()
    return {language: counts[language] for language in LANGUAGES}


def say_nowhere(asked: Asked, passages: Sequence[Passage]) -> str:
    """Return a sentence that names the words of a question found nowhere; "" without any."""
    nowhere = [place for place in _unmet(asked, passages) if asked.absent[place]]
    if not nowhere:
        return ""
    name = "nowhere" if len(nowhere) == 1 else "nowhere, several"
    return _LINES[asked.language][name].format(words=_quoted(asked, nowhere))


def _say_missing(asked: Asked, passages: Sequence[Passage]) -> str:
    lines = _LINES[asked.language]
    if nowhere := say_nowhere(asked, passages):
        return nowhere
    nearest = unlike(passages, NEAREST)
    if nearest and kinds_asked(asked.text).values and not any(p.tells for p in nearest):
        return lines["untold"]
    unmet = _unmet(asked, nearest) if nearest else []
    # A word that is met elsewhere, or by another name here, is no news unless it says much.
    weighty = [place for place in unmet if asked.weights[place] >= 1 / len(asked.words)]
    return lines["unmet"].format(words=_quoted(asked, weighty[:1])) if weighty else lines["nothing"]


def _quoted(asked: Asked, places: Sequence[int]) -> str:
    words = (f"“{asked.written[place]}”" for place in places[:NAMED])
    return _LINES[asked.language]["and"].join(words)


def _unmet(asked: Asked, passages: Sequence[Passage]) -> list[int]:
    """Return the places of the words asked now that no passage means, the weightiest first.

    A word taken over from the turns before was answered then; nobody asks for it again.
    """
    met = [any(p.by_everything[i] > MISSED for p in passages) for i in range(len(asked.words))]
    order: list[int] = np.argsort(-asked.weights, kind="stable").tolist()
    return [place for place in order if asked.own[place] and not met[place]]
