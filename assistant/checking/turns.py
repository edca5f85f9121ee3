"""A claim × the clauses that tell of it → how it turns round what they tell.

It denies what they say, tells as fact what they suppose, doubt or only repeat, or swaps the sides
of a comparison or the order of two events.
"""

from assistant.checking import cues, sides
from assistant.checking.denial import has_negation
from assistant.checking.denied import denied_values
from assistant.checking.facts import is_difference_told
from assistant.checking.negation import is_denied
from assistant.checking.order import wrong_order
from assistant.checking.records import Case, Difference
from assistant.checking.scale import CLEAR, FAINT, Scale
from assistant.checking.siblings import swapped_words
from assistant.checking.speakers import speaker_context, without_quotes
from assistant.checking.strangers import strangers, told_of
from assistant.checking.support import Held, Support, best_clause, best_sentence
from index.fold import fold

DENIED_WITHIN = 60
"""Characters behind a repeated claim in which its speaker denies it."""


def turns(case: Case, support: Support, scale: Scale) -> list[Difference]:
    """Return how a claim turns round what a paragraph tells, clause by clause."""
    turned = wrong_order(case.claim, support.passage.text)
    wrong = [turned] if turned else []
    wrong += denied_values(case.claim, support.passage.text, case.source.interview.date)
    for held in support.held:
        if held.score >= FAINT[scale] and support.passage.clauses:
            wrong += _turned(held, support, fold(case.claim))
            wrong += swapped_words(held, support, fold(" ".join(case.texts)))
    told = told_of([*case.texts, speaker_context(case.source)])
    for held in support.held:
        if scale != "across" and held.score >= CLEAR[scale]:
            wrong += strangers(held, told)
    return wrong


def _turned(held: Held, support: Support, claim: str) -> list[Difference]:
    """Return at most one difference of sides, and at most one of standing, for a clause."""
    said, mine = held.text.strip(), fold(held.text)
    told = " ".join(clause.text for clause in support.told(held))
    best = without_quotes(fold(best_sentence(support, held)))
    wrong = []
    if is_denied(support, held):
        wrong.append(Difference("negation", said, told, held.start))
    elif word := sides.turned_round(mine, told):
        wrong.append(Difference("comparison", word, told, held.start))
    if _is_reported(support, held) and not has_negation(claim):
        wrong.append(Difference("premise", said, told, held.start))
    elif cues.is_doubtful(_so_far(support, held)) and not cues.is_attributed(claim):
        wrong.append(Difference("opinion", said, best, held.start))
    elif _is_supposed(best, without_quotes(told), claim):
        wrong.append(Difference("hypothetical", said, best, held.start))
    elif cues.says_all(mine) and not cues.tells_all(f"{told} {best}"):
        wrong.append(Difference("extent", said, best, held.start))
    elif (
        sides.compares(mine)
        and not is_difference_told(held.text, support.passage.text)
        and not sides.has_side_of(mine, f"{told} {best}")
    ):
        wrong.append(Difference("comparison", said, "", held.start))
    return wrong


def _so_far(support: Support, held: Held) -> str:
    """Return the best sentence up to its best clause: what comes behind casts no doubt on it."""
    clause = best_clause(support, held)
    start, _ = support.passage.sentences[clause.sentence]
    return without_quotes(fold(support.passage.text[start : clause.end]))


def _is_reported(support: Support, held: Held) -> bool:
    """Whether what meets the clause best is only what somebody else is said to say."""
    best = best_clause(support, held)
    start, end = support.passage.sentences[best.sentence]
    if not cues.is_reported(fold(support.passage.text[start : best.end])):
        return False
    return has_negation(fold(support.passage.text[best.start : end + DENIED_WITHIN]))


def _is_supposed(best: str, told: str, claim: str) -> bool:
    """Whether the text only supposes or announces what the claim tells as done."""
    if cues.is_owed(best) and not cues.is_owed(claim) and not has_negation(claim):
        return True
    if cues.is_conditional(best) and not (cues.is_conditional(claim) or cues.is_attributed(claim)):
        return not cues.is_intended(claim)
    return cues.is_future(told) and cues.is_done(claim) and not cues.is_intended(claim)
