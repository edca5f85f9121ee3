"""Scores of one language → what raises or lowers a text besides its own words, in deviations.

An interview is a conversation. A turn that asks is a pointer: what it matches is told in the reply,
which hardly repeats its words. A named person's interviews, and those of a year asked about, are
where to look.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.collection import Collection
from index.search.score import Floats, Places
from index.store.reading import Reader

NAMED = "is an interview with somebody named"
YEAR = "is of a year asked about"
REPLY = "replies to a question that matches"
QUESTION = "is itself a question"
ALONE = "has no text in the language of the query"

FAVOUR = 1.0
"""For interviews of a person named; .6 to 2 do as well."""

OF_YEAR = 1.0
"""For interviews of a year asked about; .6 finds .01 less across the languages."""

GIVEN, GIVEN_CROSSING = 0.3, 0.45
"""Of a question's score, for its reply. Fitted on the bundled questions: across the languages, a
reply has even less in common with what is asked, and the gain was larger.
"""

LOST, LESS = 0.2, 0.2
"""Of its own score, and in deviations besides, lost by a text that asks; with more, short meeting
turns that ask and tell at once are lost.
"""

STANDS_OUT = 0.15
"""Of its own score, for a paragraph that only the other language tells: translated words match
less, so that it stands out less than it should. More costs places within a language.
"""

LOOKED_AT = 60
"""Best texts in which questions are looked for; what a worse one gives lifts nothing far enough."""

_CLOSING = "\"'”’」』）)] "


@dataclass(frozen=True, slots=True)
class Hints:
    """What a query says besides its words."""

    named: frozenset[int] = frozenset()
    """Rows of the interviews of people it names."""
    dated: frozenset[int] = frozenset()
    """Rows of the interviews of years it names."""
    own: Collection | None = None
    """The texts of its language, when those scored are of the other one."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Questions among some texts and the replies to them, as indices; arrays of shape (n,)."""

    questions: Places
    replies: Places


def lifts(
    scores: Floats,
    places: Places,
    collection: Collection,
    rows: Reader,
    *,
    hints: Hints,
) -> Mapping[str, Floats]:
    """Return by how much texts are raised, each reason by itself; arrays of shape (len(places),).

    Args:
        scores: of the texts, measured in deviations.
        places: of the texts, ascending.
        collection: their language's.
        rows: the store.
        hints: what the query says besides its words.
    """
    interviews = collection.layout.interviews[places]
    turns = _turns(scores, places, collection, rows)
    positive = np.maximum(scores, 0)
    reply, question = np.zeros(len(places)), np.zeros(len(places))
    is_crossing = hints.own is not None
    given = GIVEN_CROSSING if is_crossing else GIVEN
    np.maximum.at(reply, turns.replies, given * positive[turns.questions])
    question[turns.questions] = -LOST * positive[turns.questions] - LESS
    return {
        NAMED: np.where(np.isin(interviews, sorted(hints.named)), FAVOUR, 0.0),
        YEAR: np.where(np.isin(interviews, sorted(hints.dated)), OF_YEAR, 0.0),
        REPLY: reply,
        QUESTION: question,
        ALONE: np.where(_is_alone(places, collection, hints.own), STANDS_OUT * positive, 0.0),
    }


def followed(places: Places, collection: Collection) -> Places:
    """Return the places that follow some places in their interviews, for replies to be scored."""
    last = collection.interview_end[collection.interview[places]] - 1
    return np.minimum(places + 1, last).astype(np.int64)


def _is_alone(places: Places, collection: Collection, own: Collection | None) -> NDArray[np.bool_]:
    """Return which texts belong to paragraphs without a text in the language of the query."""
    if own is None:
        return np.zeros(len(places), np.bool_)
    return ~np.isin(collection.layout.paragraphs[places], own.layout.paragraphs)


def _turns(scores: Floats, places: Places, collection: Collection, rows: Reader) -> Turns:
    """Return which of the best texts ask, and who replies at once."""
    best = np.sort(np.argsort(-scores, kind="stable")[:LOOKED_AT])
    texts = rows.words(collection.layout.texts[places[best]])
    asking = best[np.array([_ends_asking(text) for text in texts], np.bool_)]
    after = np.minimum(np.searchsorted(places, places[asking] + 1), len(places) - 1)
    interviews = collection.interview[places]
    is_next = (places[after] == places[asking] + 1) & (interviews[after] == interviews[asking])
    questions, replies = asking[is_next], after[is_next]
    paragraphs = collection.layout.paragraphs[places]
    speakers = _speakers(paragraphs[np.union1d(questions, replies)], rows)
    answered = np.array(
        [
            # Where nobody is named as speaking, everybody may be another.
            speakers[int(one)] is None or speakers[int(one)] != speakers[int(other)]
            for one, other in zip(paragraphs[questions], paragraphs[replies], strict=True)
        ],
        np.bool_,
    )
    return Turns(questions[answered], replies[answered])


def _ends_asking(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(("?", "？"))


def _speakers(paragraphs: Places, rows: Reader) -> dict[int, str | None]:
    return {found.row: found.paragraph.speaker for found in rows.paragraphs(paragraphs.tolist())}
