"""Candidates → passages: each paragraph held against the question, the best first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant import sense
from assistant.asked import Asked, Shares
from assistant.coverage import Covered, cover
from assistant.evidence import Candidate, ends_asking
from assistant.kinds import Kinds, kinds_asked
from assistant.records import Source
from index.fold import fold
from index.language import HAN
from index.records import Language
from index.store.paragraphs import FoundParagraph

# What a paragraph's standing is made of, in units of the search score (standard deviations). Fitted
# on the questions over the bundled sample, the seeds and sixty by another author, each part weighed
# by what the others said, then rounded. Against words alone the share of right first paragraphs
# goes from .75, .56 and .61 to .77, .58 and .68.
SUPPORTED = 15.0
"""All that the paragraph and what it stands in meet of the question."""
TOGETHER = 3.0
"""What the best few neighbouring sentences meet."""
MEANT = 12.0
"""How near the nearest few sentences come to what the question asks."""
MEANT_ALL = 5.0
"""How near the paragraph as a whole does."""
NEAR = 0.8
"""What nearness counts beside the words met, for whether a paragraph is worth citing by itself."""
REPLIED = 6.0
"""How near the interviewer's question does: what was said next answers it."""
TOLD = 5.0
"""Telling a value of the kind asked for."""
ACROSS = 2.0
"""Having no text in the question's language: translation meets fewer words of what is as right."""
TWICE = -2.7
"""Having two texts: either may meet a word by chance."""
ASKING = -2.5
BRIEF = -0.8
BRIEF_TURN = 90
"""Characters under which a turn is brief ("Yes, exactly."), Chinese ones counting 3."""
EDITOR = -0.5
"""Being the editor's words: speech comes first unless only they answer."""
BEHIND = 0.5
"""How far a question stands behind its reply at least."""
SURROUNDING = 0.7
"""What a word counts that only the question before, the heading, the title or a name has."""
NEIGHBOURS = 3
"""Sentences whose words count together for how much of a question a paragraph meets at once."""

_HAN = re.compile(f"[{HAN}]")
_OF_ONESELF = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|me|my|we|our|you|your)\b|[我咱你您]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that may answer, held against the question."""

    candidate: Candidate
    language: Language
    """Of the text to quote: the question's where there is one."""
    covered: Covered
    """That text, sentence by sentence."""
    standing: float
    """How well the paragraph answers, in standard deviations of the search score."""
    best_sentence: int
    """The place of the one sentence that meets most."""
    by_neighbours: Shares
    """How far the best few neighbouring sentences meet each word of the question."""
    by_everything: Shares
    """How far the paragraph does together with what it stands in."""
    likeness: float
    """How near all that it says comes to the question, -1 to 1."""
    worth: float
    """How much of the question it meets by itself, in words and in sense, 0 to about 2."""
    tells: bool
    """Whether it tells a value of the kind asked for; False when none is asked for."""
    is_spoken: bool
    """Whether somebody speaks here, rather than writes."""

    @property
    def text(self) -> str:
        """The text to quote from."""
        return self.candidate.found.paragraph.texts[self.language]

    @property
    def by_sentence(self) -> Shares:
        """How far the best sentence meets each word of the question."""
        return np.asarray(self.covered.shares[self.best_sentence], np.float32)

    @property
    def source(self) -> Source:
        """The paragraph and where it stands."""
        found = self.candidate.found
        return Source(found.paragraph, found.interview, found.section, found.heading)


def rank(candidates: Sequence[Candidate], asked: Asked) -> list[Passage]:
    """Return the candidates held against a question, best first; ties keep their order."""
    kinds = kinds_asked(asked.text)
    passages = [weigh(candidate, asked, kinds) for candidate in candidates]
    answered: dict[int, float] = {}
    for passage in passages:
        if passage.candidate.asked is not None:
            row = passage.candidate.asked.row
            answered[row] = max(answered.get(row, passage.standing), passage.standing)
    return sorted(
        (_behind_its_reply(passage, answered) for passage in passages), key=lambda p: -p.standing
    )


def weigh(candidate: Candidate, asked: Asked, kinds: Kinds) -> Passage:
    """Return a candidate held against a question, which asks for some kinds of thing."""
    paragraph = candidate.found.paragraph
    language = asked.language if asked.language in paragraph.texts else next(iter(paragraph.texts))
    texts = {spoken: cover(asked, text) for spoken, text in paragraph.texts.items()}
    here = texts[language]
    own: Shares = np.max([covered.whole for covered in texts.values()], axis=0)
    around = _surrounding(candidate, asked)
    supported = float(np.maximum(own, SURROUNDING * around) @ asked.weights)
    together = [_best_neighbours(covered, asked) for covered in texts.values()]
    meets = max(float(run @ asked.weights) for run in together)
    near = sense.nearest(asked.text, paragraph.texts.values())
    likeness = max(sense.likeness(asked.text, text) for text in paragraph.texts.values())
    tells = any(kinds.has_value(text) for text in paragraph.texts.values())
    return Passage(
        candidate=candidate,
        language=language,
        covered=here,
        standing=candidate.score
        + SUPPORTED * supported
        + TOGETHER * meets
        + MEANT * near
        + MEANT_ALL * likeness
        + REPLIED * _replied(asked, candidate)
        + TOLD * tells
        + _character(candidate, asked.language),
        best_sentence=int(np.argmax((here.shares * asked.weights).sum(axis=1))),
        by_neighbours=_best_neighbours(here, asked),
        by_everything=np.maximum(own, around),
        likeness=likeness,
        worth=supported + NEAR * near,
        tells=tells,
        is_spoken=_is_spoken(candidate.found),
    )


def is_mere_question(passage: Passage) -> bool:
    """Whether a passage is an interviewer's turn that only asks."""
    return passage.candidate.is_question and ends_asking(passage.candidate.found)


def weight(text: str) -> int:
    """Return the length of a text in characters, a Chinese one counting 3."""
    return len(text) + 2 * len(_HAN.findall(text))


def _behind_its_reply(passage: Passage, answered: Mapping[int, float]) -> Passage:
    """Return a question behind its best reply, however well it repeats what was asked."""
    reply = answered.get(passage.candidate.found.row)
    if reply is None or not is_mere_question(passage):
        return passage
    return replace(passage, standing=min(passage.standing, reply - BEHIND))


def _character(candidate: Candidate, asked: Language) -> float:
    """Return what a paragraph gains and loses whatever it says."""
    paragraph = candidate.found.paragraph
    is_brief = min(map(weight, paragraph.texts.values())) < BRIEF_TURN
    return (
        ASKING * candidate.is_question
        + EDITOR * (paragraph.role == "editor")
        + BRIEF * is_brief
        + ACROSS * (asked not in paragraph.texts)
        + TWICE * (len(paragraph.texts) > 1)
    )


def _replied(asked: Asked, candidate: Candidate) -> float:
    """Return how near the interviewer's question before a paragraph comes; 0 without one."""
    if candidate.asked is None:
        return 0.0
    turns = candidate.asked.paragraph.texts.values()
    return max(sense.likeness(asked.text, text) for text in turns)


def _is_spoken(found: FoundParagraph) -> bool:
    texts = found.paragraph.texts.values()
    return found.paragraph.speaker is not None or any(_OF_ONESELF.search(fold(t)) for t in texts)


def _surrounding(candidate: Candidate, asked: Asked) -> Shares:
    """Return how far the question before, the heading, the title and the names meet the words."""
    found = candidate.found
    texts = [found.heading, found.interview.title, found.paragraph.speaker or ""]
    texts += found.interview.speakers
    if candidate.asked is not None:
        texts += candidate.asked.paragraph.texts.values()
    together = "\n".join(text.strip() for text in texts)
    return cover(asked, together, is_one=True).whole


def _best_neighbours(covered: Covered, asked: Asked) -> Shares:
    """Return what the few neighbouring sentences that meet most together meet."""
    shares = covered.shares
    runs = [shares[i : i + NEIGHBOURS].max(axis=0) for i in range(len(shares))]
    return max(runs, key=lambda run: float(run @ asked.weights))
