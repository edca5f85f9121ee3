"""A question that a model calls unanswered → what of it the interviews lack, in its own words.

What a model says is missing is only repeated where it is the question's: anything else may be what
a transcript made it say. Then the search itself says which words it met nowhere.
"""

from collections.abc import Mapping
from dataclasses import replace

from assistant.abstain import abstain, say_nowhere
from assistant.followup import unmarked
from assistant.library import Searcher
from assistant.quote import find_passages
from assistant.records import Abstention
from assistant.talk import Talk
from index.records import Language

_IN_PART: Mapping[Language, str] = {
    "en": "The interviews do not say all that was asked.",
    "zh": "所问的内容，访谈中只提到一部分。",
}


def lacking(talk: Talk, searcher: Searcher, *, is_part: bool) -> Abstention:
    """Return what was searched, what came nearest, and a sentence on what is lacking.

    Args:
        talk: that ended without words for it.
        searcher: over an open store, kept to the reader's scope.
        is_part: whether some of the question is answered.
    """
    asked, passages = find_passages(talk.question, searcher, unmarked(talk.history))
    abstention = abstain(asked, passages, searcher.store.rows)
    if not is_part:
        return abstention
    # What comes nearest may speak of what is answered, so it tells nothing of the rest.
    return replace(abstention, missing=say_nowhere(asked, passages) or _IN_PART[talk.language])
