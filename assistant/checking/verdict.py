"""A claim held against one paragraph → a verdict with reasons."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.checking.details import (
    disputed,
    new_places,
    strangers_of,
    wrong_details,
    wrong_mouth,
)
from assistant.checking.names import names_of, people_of
from assistant.checking.quotes import is_verbatim
from assistant.checking.records import Case, Check, Difference
from assistant.checking.scale import (
    AROUND,
    FEW_WORDS,
    LACKED,
    MEANT,
    NEW,
    SENSE,
    SHORT,
    TOLD,
    TOLD_EACH,
    Scale,
    scale_of,
)
from assistant.checking.speakers import speaker_context
from assistant.checking.strangers import strangers, told_of
from assistant.checking.support import Held, Support, hold
from assistant.checking.turns import turns
from assistant.checking.wording import reasons_of
from assistant.orders import is_order, tells_of_orders
from assistant.records import Verdict
from index.language import detect_language
from index.sentences import split_sentences

EDGES = " ,，;；.。"


def judge(case: Case) -> Check:
    """Return what one paragraph makes of a claim.

    The claim is held against the text in its own language, else against the one there is; its
    values and names may stand in any.
    """
    mine = detect_language(case.claim)
    texts = case.source.paragraph.texts
    language = mine if mine in texts else next(iter(texts))
    support = hold(
        case.claim,
        evidence_of(texts[language], case.claim),
        names=[*names_of(case.claim), *people_of(case.claim)],
        context=" ".join([speaker_context(case.source), *case.asked]),
        date=case.source.interview.date,
    )
    verdict, differences = _weigh(case, support, scale_of(mine, language))
    return Check(
        verdict=verdict,
        reasons=reasons_of(verdict, differences, mine),
        paragraph=case.source.paragraph.id,
        language=language,
        differs=tuple(dict.fromkeys(d.said for d in differences if d.said)),
        quote=support.quote,
        score=support.score,
        sense=support.sense,
    )


def evidence_of(text: str, claim: str) -> str:
    """Return a text with blanks for the sentences that order a program about.

    What an order says is told by nobody; a claim that speaks of orders may still stand on it.
    """
    if not is_order(text) or tells_of_orders(claim):
        return text
    for start, end in split_sentences(text):
        if is_order(text[start:end]):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _weigh(case: Case, support: Support, scale: Scale) -> tuple[Verdict, Sequence[Difference]]:
    """Return the verdict and what speaks against the claim.

    A wrong detail or a turned clause decides; then how many clauses are told.
    """
    if is_verbatim(case.claim, support.passage.text):
        wrong = wrong_mouth(case)
        return ("unsupported", wrong) if wrong else ("supported", ())
    wrong = [*wrong_details(case, support, scale), *turns(case, support, scale)]
    if wrong:
        return "unsupported", wrong
    verdict, missing = _by_clauses(case, _lessened(case, support, scale), scale)
    if verdict == "supported" and scale == "across" and strangers_of(case):
        return "unsupported", strangers_of(case)
    differing = disputed(case) if verdict == "supported" else []
    return ("partly", differing) if differing else (verdict, missing)


def _by_clauses(case: Case, support: Support, scale: Scale) -> tuple[Verdict, Sequence[Difference]]:
    least = TOLD[scale] if len(support.held) == 1 else TOLD_EACH[scale]
    untold = [
        held
        for held in support.held
        if _evidence(held, support) < least or (case.is_found and _is_slight(held))
    ]
    if not untold:
        return "supported", ()
    if len(untold) < len(support.held):
        return "partly", [Difference("part", h.text.strip(EDGES), "", h.start) for h in untold]
    if support.sense >= MEANT and support.score < FEW_WORDS:
        return "unverifiable", [Difference("other_words", "", support.quote, 0)]
    return "unsupported", [Difference("not_said", "", "", 0)]


def _is_slight(held: Held) -> bool:
    """Whether a clause of few words lacks one of them: "tea is good" is little more than "tea"."""
    count = len(held.words)
    if not 0 < count <= SHORT or held.has_values:
        return False
    return bool((held.shares[:count].max(axis=1, initial=0.0) < LACKED).any())


def _evidence(held: Held, support: Support) -> float:
    """Return how far a clause is told: by its words, by its sense, and by the claim around it."""
    return held.score + SENSE * held.sense + AROUND * support.sense


def _lessened(case: Case, support: Support, scale: Scale) -> Support:
    """Return the support with less for clauses that bring names, values or things nothing tells."""
    places = new_places(case)
    told = told_of([*case.texts, speaker_context(case.source)])
    held = []
    for h in support.held:
        new = sum(h.start <= place < h.start + len(h.text) for place in places)
        new = max(new, int(scale != "across" and bool(strangers(h, told))))
        held.append(replace(h, score=h.score - NEW * new))
    return replace(support, held=tuple(held))
