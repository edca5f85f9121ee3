"""Search hits → the paragraphs that may answer: replies in place of the questions they reply to.

An interviewer's question often meets the words of a question best and never answers it; what was
said next does. Nothing is chosen here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import SearchHit
from index.store.paragraphs import FoundParagraph
from index.store.reading import Reader

AROUND = 12
"""Paragraphs looked at on either side of a hit, to tell who asks and who answers."""
REPLIES = 2
"""Paragraphs of a reply that are candidates, when the hit was the question."""
SHORT = 240
"""Characters up to which a turn is taken for a question by its mark alone, Chinese counting 3."""

BRIEF = 0.6
"""Turns of an interviewer, as a share of the others' mean length: shorter than that."""

_HOST = re.compile(
    r"^(?:q|question|host|interviewer|moderator|presenter|anchor|问|問|主持人?|主播|记者|記者"
    r"|采访者?|採訪者?|访谈者|訪談者|提问者?|提問者?)(?:\s*[A-Z0-9一二三]|[:：])?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may answer."""

    found: FoundParagraph
    score: float
    """Of the best hit that led here."""
    asked: FoundParagraph | None
    """The turn it replies to, if somebody asked."""
    is_question: bool
    """Whether it is an interviewer's turn itself."""


def gather(hits: Sequence[SearchHit], rows: Reader) -> list[Candidate]:
    """Return what may answer, in order of the hits; each paragraph once, with its best score."""
    candidates: dict[int, Candidate] = {}
    for hit in hits:
        found = rows.paragraph(hit.paragraph.id)
        if found is None:
            raise ValueError(f"the store has no paragraph {hit.paragraph.id}, which it found")
        around = rows.neighbours(found.row, before=AROUND, after=AROUND)
        for candidate in _candidates(found, around, hit.score):
            candidates.setdefault(candidate.found.row, candidate)
    return list(candidates.values())


def asks(turn: FoundParagraph, around: Sequence[FoundParagraph]) -> bool:
    """Whether a turn is an interviewer's: by its label, or because its speaker mostly asks.

    Args:
        turn: the paragraph.
        around: the paragraphs around it, itself included.
    """
    speaker = turn.paragraph.speaker
    if turn.paragraph.role != "speech" or speaker is None:
        return False
    if _HOST.match(speaker.strip()):
        return True
    turns = [other for other in around if other.paragraph.speaker == speaker]
    others = [o for o in around if o.paragraph.speaker not in {speaker, None}]
    if not others:
        return False
    mine, theirs = _asking_share(turns), _asking_share(others)
    if len(turns) == 1:
        return mine == 1 and theirs < 1 and _weight(turn) <= SHORT
    # Not every interviewer ends on a question mark, but all leave the long turns to the guest.
    is_brief = _mean_weight(turns) < BRIEF * _mean_weight(others)
    return mine > theirs and (mine >= 0.5 or is_brief)


def ends_asking(turn: FoundParagraph) -> bool:
    """Whether a turn ends on a question mark, in any of its texts."""
    return any(_ASKS.search(text) for text in turn.paragraph.texts.values())


def _candidates(
    found: FoundParagraph, around: Sequence[FoundParagraph], score: float
) -> Iterator[Candidate]:
    place = next(i for i, other in enumerate(around) if other.row == found.row)
    if asks(found, around):
        for reply in _reply(found, around[place + 1 :]):
            yield Candidate(reply, score, found, is_question=False)
        yield Candidate(found, score, None, is_question=True)
        return
    yield Candidate(found, score, _question_before(found, around, place), is_question=False)


def _reply(asked: FoundParagraph, after: Sequence[FoundParagraph]) -> Iterator[FoundParagraph]:
    """Yield the first paragraphs of what was replied, all of one speaker."""
    replies: list[FoundParagraph] = []
    for turn in after:
        speaker = turn.paragraph.speaker
        if turn.paragraph.role != "speech" or len(replies) == REPLIES:
            break
        if speaker == asked.paragraph.speaker or (
            replies and speaker not in {replies[0].paragraph.speaker, None}
        ):
            break
        replies.append(turn)
    yield from replies


def _question_before(
    found: FoundParagraph, around: Sequence[FoundParagraph], place: int
) -> FoundParagraph | None:
    """Return the interviewer's turn that a paragraph replies to, across its speaker's own ones."""
    for before in reversed(around[:place]):
        if asks(before, around):
            return before
        if before.paragraph.speaker not in {found.paragraph.speaker, None}:
            return None
    return None


def _asking_share(turns: Sequence[FoundParagraph]) -> float:
    return sum(map(ends_asking, turns)) / len(turns) if turns else 0.0


def _mean_weight(turns: Sequence[FoundParagraph]) -> float:
    return sum(map(_weight, turns)) / len(turns)


def _weight(turn: FoundParagraph) -> int:
    """Return the length of a turn in characters, Chinese ones counting 3."""
    texts = turn.paragraph.texts.items()
    return min(len(text) * (3 if language == "zh" else 1) for language, text in texts)
