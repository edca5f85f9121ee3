"""Passages → how much speaks for an answer, and how much must.

The only place with weights and thresholds of abstention. `python -m evals.abstention PACK` prints
what they cost.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from assistant.answering import answering
from assistant.asked import Asked, Shares
from assistant.kinds import kinds_asked
from assistant.passages import Passage
from index.fold import fold
from index.records import Language

Register = Literal["spoken", "written"]
"""Of what written text says, people ask in its own words; of what somebody said, in theirs. So the
same evidence is much in talk and little in prose."""

WEIGHTS: Mapping[Register, Mapping[str, float]] = {
    "written": {
        "sentence": 1.0,
        "supported": 0.2,
        "neighbours_mass": 0.04,
        "lead": 0.0125,
        "name_missed": -0.06,
        "negation_missed": -0.3,
    },
    "spoken": {
        "supported": 3.0,
        "said": 0.08,
        "missed": -2.0,
        "plain": 1.0,
        "likeness": 3.0,
        "untold": -0.4,
        "nowhere": -2.5,
        "answers": 0.3,
    },
}
"""Source: written, the packs `unanswerable` and `drcd`; spoken, the questions over the bundled
sample and the seeds, each half weighed by what the other half said. What reading adds ("answers")
and the thresholds: those over the sample by two groups of authors. Of what the second group asked
and nobody says, .36 were answered without reading, .22 are with it, as few refused of the rest.
Search scores alone hardly tell: AUROC .40 (English) and .67 (Chinese) on absent topics of the
sample, against .94 and .87."""

THRESHOLDS: Mapping[tuple[Register, Language, Language], float] = {
    ("written", "en", "en"): 1.3,
    ("written", "zh", "zh"): 1.38,
    ("written", "en", "zh"): 0.76,
    ("written", "zh", "en"): 1.07,
    ("spoken", "en", "en"): 4.0,
    ("spoken", "zh", "zh"): 4.9,
    ("spoken", "en", "zh"): 4.8,
    ("spoken", "zh", "en"): 4.3,
}
"""Evidence from which a question (first language) is answered by a text (second language).

Chosen so that about a tenth of the answerable is refused. Source: as the weights; written across
the languages, `unanswerable` with the questions' own language taken out of its documents.
"""

READ = 3
"""Passages that are read together with the question: whichever of them answers it speaks for it."""
LEAST_ODDS, MOST_ODDS = -4.0, 4.0
"""Between them lies what reading says."""
OTHERS = 5
"""Passages after the first that its lead is measured against, and that tell talk from prose."""
TAKEN_OVER = 0.5
"""What a word of the turns before counts as evidence: it tells where to look, not what is asked."""
TINY = 1e-6
UNMET = 0.2
"""Share met up to which a word counts as meant by nobody."""
HARDLY = 0.95
"""Share under which a name or number was not said itself, only something like it."""

_NEGATION = re.compile(
    r"\b(?:not|no|none|never|without|nor|neither|cannot|least|un\w+able)\b|n't\b|[不没未无非]"
)


def register_of(passages: Sequence[Passage]) -> Register:
    """Return whether the best passages are mostly talk or mostly prose."""
    first = passages[:OTHERS]
    return "spoken" if 2 * sum(passage.is_spoken for passage in first) >= len(first) else "written"


def signals(asked: Asked, passages: Sequence[Passage]) -> dict[str, float]:
    """Return all that speaks for and against an answer; shares of the question, 0 to 1, and masses.

    A mass is a share times what the question says: half of a long question is more than half of a
    short one.

    Args:
        asked: a question with at least one word.
        passages: at least one, best first.
    """
    best = passages[0]
    others = [passage.standing for passage in passages[1 : 1 + OTHERS]]
    neighbours = float(best.by_neighbours @ asked.weights)
    own = asked.weights * asked.own / max(float(asked.weights @ asked.own), TINY)
    supported = float(best.by_everything @ asked.weights)
    return {
        "sentence": float(best.by_sentence @ asked.weights),
        "neighbours_mass": neighbours * asked.said,
        "supported": supported,
        "said": float(_halved(asked).sum()) * asked.said,
        "missed": float((own * (1 - best.by_everything)).max()),
        "nowhere": float(own @ _nowhere(asked, passages)),
        "plain": float(asked.weights @ [not named for named in asked.named]),
        "likeness": best.likeness,
        "untold": float(bool(kinds_asked(asked.text).values) and not best.tells),
        "lead": best.standing - float(np.mean(others)) if others else 0.0,
        "name_missed": asked.said * _name_missed(asked, best),
        "negation_missed": float(_is_negated(asked.text) and not _is_negated(_best_sentence(best))),
    }


def evidence(asked: Asked, passages: Sequence[Passage]) -> float:
    """Return how much speaks for an answer; comparable within a register only."""
    if not passages or not asked.words:
        return 0.0
    told, reading = _unread(asked, passages)
    return told + reading * _answers(asked, passages) if reading else told


def threshold(asked: Asked, passages: Sequence[Passage]) -> float:
    """Return how much must speak for an answer from the first passage."""
    return THRESHOLDS[register_of(passages), asked.language, passages[0].language]


def is_enough(asked: Asked, passages: Sequence[Passage]) -> bool:
    """Whether the passages, best first, are evidence enough to answer."""
    if not passages or not asked.words:
        return False
    told, reading = _unread(asked, passages)
    least = threshold(asked, passages)
    if told + reading * LEAST_ODDS >= least or told + reading * MOST_ODDS < least:
        return told + reading * LEAST_ODDS >= least  # reading costs more than all else together
    return told + reading * _answers(asked, passages) >= least


def _unread(asked: Asked, passages: Sequence[Passage]) -> tuple[float, float]:
    """Return how much speaks for an answer before anything is read, and what reading counts."""
    found = signals(asked, passages)
    weights = WEIGHTS[register_of(passages)]
    told = sum(weight * found[name] for name, weight in weights.items() if name != "answers")
    return told, weights.get("answers", 0.0)


def _answers(asked: Asked, passages: Sequence[Passage]) -> float:
    """Return the log-odds that one of the first passages answers, read with the question.

    Reading takes some twenty milliseconds a passage, so it is done for talk alone: of prose the
    words tell enough.
    """
    read = passages[:READ]
    return max(answering(asked.text, [(p.text, p.candidate.found.paragraph.speaker) for p in read]))


def _nowhere(asked: Asked, passages: Sequence[Passage]) -> Shares:
    """Return 1 for each word that no text has and no passage means, else 0."""
    met = np.max([passage.by_everything for passage in passages], axis=0)
    return np.asarray(asked.absent & (met <= UNMET), np.float32)


def _halved(asked: Asked) -> Shares:
    """Return the weights of the words, those taken over from the turns before halved."""
    return np.asarray(np.where(asked.own, asked.weights, TAKEN_OVER * asked.weights), np.float32)


def _name_missed(asked: Asked, best: Passage) -> float:
    """Return the weight of the weightiest name or number that the best sentences do not say."""
    said = np.maximum(best.by_sentence, best.by_neighbours)
    missed = [
        float(asked.weights[place])
        for place, word in enumerate(asked.words)
        if (asked.named[place] or word[0].isdigit()) and said[place] < HARDLY
    ]
    return max(missed, default=0.0)


def _best_sentence(passage: Passage) -> str:
    return passage.text[slice(*passage.covered.spans[passage.best_sentence])]


def _is_negated(text: str) -> bool:
    return _NEGATION.search(fold(text)) is not None
