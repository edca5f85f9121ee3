"""A claim × what it cites → the details that are wrong: quotations, values, names, speakers."""

import re

from assistant.checking.clock import missing_times
from assistant.checking.counting import miscounted_values
from assistant.checking.cues import ATTRIBUTION, is_reported
from assistant.checking.facts import disputed_values, missing_values
from assistant.checking.hosts import is_host, is_of_the_host
from assistant.checking.names import (
    is_nobody_of,
    is_surname,
    is_word,
    missing_names,
    names_of,
    replaced_by,
)
from assistant.checking.places import (
    misplaced_values,
    replaced_values,
    swapped_values,
)
from assistant.checking.quotes import altered_quotes
from assistant.checking.records import Case, Code, Difference
from assistant.checking.scale import CONCERNED, Scale
from assistant.checking.speakers import wrong_speaker
from assistant.checking.subjects import strange_people, wrong_subject
from assistant.checking.support import Held, Support, best_sentence
from index.fold import fold
from index.language import detect_language

_VALUES = frozenset({"number", "date", "unit"})
_PLACE = re.compile(r"(?:\b(?:from|in|at|near|to|of)|在|从|到|来自|于)\s*$")


def wrong_details(case: Case, support: Support, scale: Scale) -> list[Difference]:
    """Return the quotations, values, names and speakers that are wrong, whatever else is told."""
    wrong = [
        *(Difference("quote", words, near, p) for words, p, near in quotes_of(case)),
        *_wrong_values(case, support, scale),
        *misplaced_values(support, case.source.interview.date),
        *replaced_values(support, case.source.interview.date),
        *miscounted_values(case.claim, support.passage.text),
        *swapped_values(case.claim, support.passage.text, case.source.interview.date),
        *_wrong_names(case, support, scale),
        *strange_people(case, support),
        *wrong_subject(case),
        *wrong_mouth(case),
    ]
    # Several rules may find the same detail; one reason for it is enough.
    return list({d.place if d.code in _VALUES else d: d for d in reversed(wrong)}.values())[::-1]


def quotes_of(case: Case) -> list[tuple[str, int, str]]:
    """Return the quotations of a claim that stand in nothing it cites."""
    return altered_quotes(case.claim, case.texts)


def new_values(case: Case) -> list[Difference]:
    """Return the values and times of day that no paragraph cited tells.

    The texts in the claim's own language decide where they have a value in its place.
    """
    date = case.source.interview.date
    language = detect_language(case.claim)
    texts = [s.paragraph.texts for s in case.beside]
    own = [found[language] for found in texts if language in found]
    every = {d.place for d in missing_values(case.claim, case.texts, date)}
    missing = [
        difference
        for difference in missing_values(case.claim, own or case.texts, date)
        if difference.place in every or difference.code == "unit"
    ]
    return [*missing, *missing_times(case.claim, own or case.texts)]


def new_places(case: Case) -> list[int]:
    """Return where a claim has names and values that nothing cited tells."""
    names = missing_names(case.claim, case.beside, case.question)
    return [*(place for _, place in names), *(value.place for value in new_values(case))]


def strangers_of(case: Case) -> list[Difference]:
    """Return whom a claim names by a Chinese surname that nothing cited has."""
    if not case.source.interview.speakers:
        return []  # an editor's "he" may be anybody
    missing = missing_names(case.claim, case.beside, case.question)
    return [Difference("name", name, "", place) for name, place in missing if is_surname(name)]


def disputed(case: Case) -> list[Difference]:
    """Return the values that the two texts of the paragraph tell differently."""
    texts = tuple(case.source.paragraph.texts.values())
    if len(texts) < 2:
        return []
    return disputed_values(case.claim, texts, case.source.interview.date)


def wrong_mouth(case: Case) -> list[Difference]:
    """Return whether a claim gives the words to somebody who did not say them."""
    speaker = wrong_speaker(case.claim, case.source)
    if speaker is not None:
        code: Code = "premise" if is_host(case.source) else "speaker"
        return [Difference(code, case.claim, speaker, 0)]
    if is_host(case.source) and not is_of_the_host(case.claim, case.source):
        return [Difference("premise", case.claim, case.source.paragraph.speaker or "", 0)]
    return []


def _wrong_values(case: Case, support: Support, scale: Scale) -> list[Difference]:
    """Return the new values that stand where the text has another one."""
    return [
        value
        for value in new_values(case)
        if (value.told or len(support.held) == 1) and _concerns(support, value.place, scale)
    ]


def _wrong_names(case: Case, support: Support, scale: Scale) -> list[Difference]:
    """Return the new names that stand where the text has another one."""
    return [
        Difference("name", name, "", place)
        for name, place in missing_names(case.claim, case.beside, case.question)
        if _concerns(support, place, scale) and _is_replaced(case, support, scale, (name, place))
    ]


def _is_replaced(case: Case, support: Support, scale: Scale, name: tuple[str, int]) -> bool:
    """Whether the sentence that tells of it has another name where the claim has one it lacks."""
    held = _clause_at(support, name[1])
    if held is None or not support.passage.clauses:
        return False
    if not held.words:
        held = max(support.held, key=lambda h: h.score)
    told = best_sentence(support, held)
    is_sayer = ATTRIBUTION.match(case.claim[name[1] + len(name[0]) :].lstrip()) is not None
    if scale == "across":
        if _PLACE.search(case.claim[: name[1]]):
            return False  # places are translated as often as they are transcribed
        if is_word(name[0]):
            return False  # a title of words ("Night Ferry") is translated, not transcribed
        whole = support.passage.text if is_surname(name[0]) else told
        return replaced_by(name[0], whole) or (is_sayer and is_nobody_of(name[0], case.source))
    if is_sayer:
        return True  # words given to somebody of whom the paragraph knows nothing
    return not is_reported(fold(told)) and any(n not in case.claim for n in names_of(told))


def _concerns(support: Support, place: int, scale: Scale) -> bool:
    """Whether the clause that a detail stands in is otherwise told of."""
    held = _clause_at(support, place)
    if held is None:
        return support.score >= CONCERNED[scale]
    own = held.score if len(held.words) > 1 else max(held.score, support.score)
    return own >= CONCERNED[scale]


def _clause_at(support: Support, place: int) -> Held | None:
    found = (h for h in support.held if h.start <= place < h.start + len(h.text))
    return next(found, None)
