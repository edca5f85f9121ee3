"""A short question and the turns before it → a question that can be searched for.

"And in 2024?" and "那他呢？" ask on: what they are about was said before. Whole questions are left
as they are, so that an earlier subject never drags a new one along.
"""

import re
from collections.abc import Sequence

from assistant.records import Said
from index.fold import fold
from index.words import stem, stop_words, tokens

FEW = 3
"""Content words up to which a question that points back is taken to be unfinished."""
MOST = 8
"""Words taken over at most, the latest turn's first."""

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|then|also|what about|how about)\b"
    r"|\b(?:he|she|him|her|his|hers|it|its|they|them|their|that|this|those|these|there|then|ones?"
    r"|same|other|instead|else|again|too)\b"
    r"|^(?:那|还有|然后|可|但|而|另外|后来|结果)|[他她它这那]|呢[?？]*$|同样|也"
)
_MARKER = re.compile(r"\[\d+\]")
# Names and numbers are what an answer adds to its question: "Old Zhao did." "In 2019."
_ENTITY = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)*|\d[\d,.]*")


def complete(question: str, history: Sequence[Said]) -> str:
    """Return the question with the words it leans on; the question itself when it is whole.

    Args:
        question: as asked.
        history: the turns before, oldest first.
    """
    besides = words_before(question, history)
    return f"{question} {' '.join(besides)}" if besides else question


def words_before(question: str, history: Sequence[Said]) -> list[str]:
    """Return the words of earlier turns that complete a question; none when it is whole.

    First the content words of the latest question, then the names and numbers of its answer, then
    the questions that this one leaned on in its turn; all questions before, when the question has
    no content word at all. Folded, each once.
    """
    own = _content(question)
    if not history or not (_points_back(question) or len(own) <= 1):
        return []
    found: list[str] = []
    for age, (before, answer) in enumerate(reversed(history)):
        found += _content(before)
        if age == 0:
            found += [word for name in _ENTITY.findall(answer) for word in _content(name)]
        if own and not _points_back(before) and _content(before):
            break
    return list(dict.fromkeys(word for word in found if word not in own))[:MOST]


def _points_back(question: str) -> bool:
    return _POINTS_BACK.search(fold(question)) is not None and len(_content(question)) <= FEW


def _content(text: str) -> list[str]:
    """Return the content words of a text as written, folded, not stemmed."""
    return [word for word in tokens(fold(text)) if stem(word) not in stop_words()]


def unmarked(history: Sequence[Said]) -> list[Said]:
    """Return earlier turns without markers, which say nothing of what the next one leans on."""
    return [(asked, _MARKER.sub("", answer)) for asked, answer in history]
