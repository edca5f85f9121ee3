"""A claim held against one paragraph → a verdict with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.checking import cues
from assistant.checking.facts import disputed_values, missing_values
from assistant.checking.names import missing_names, names_of, replaced_by
from assistant.checking.negation import is_denied
from assistant.checking.order import wrong_order
from assistant.checking.places import misplaced_values
from assistant.checking.quotes import altered_quotes, is_verbatim
from assistant.checking.records import Check, Code, Difference
from assistant.checking.speakers import (
    is_host,
    speaker_context,
    without_quotes,
    wrong_speaker,
)
from assistant.checking.support import Held, Support, hold
from assistant.checking.wording import reasons_of
from assistant.records import Source, Verdict
from index.fold import fold
from index.language import detect_language
from index.records import Language

CLEAR: Mapping[str, float] = {"en": 0.50, "zh": 0.50, "across": 0.44}
"""Score from which a clause of a claim is told by a paragraph."""
FAINT: Mapping[str, float] = {"en": 0.34, "zh": 0.34, "across": 0.30}
"""Score below which a paragraph does not speak of a clause at all."""
SURELY = 0.1
"""More that one clause needs when it alone carries a claim whose others are not told."""
NEW = 0.2
"""What a clause loses for a name or a value that the text does not have."""
CONCERNED: Mapping[str, float] = {"en": 0.30, "zh": 0.30, "across": 0.28}
"""Score from which a clause's value that is not told contradicts rather than adds.

Source: all three by the tuning half of `evals/sets/claims.jsonl`.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, one paragraph, and the others cited beside it."""

    claim: str
    source: Source
    beside: Sequence[Source]
    """All sources cited, this one among them: a value may stand in any."""
    question: str


def judge(case: Case) -> Check:
    """Return what one paragraph makes of a claim."""
    mine = detect_language(case.claim)
    texts = case.source.paragraph.texts
    language = mine if mine in texts else next(iter(texts))
    names = missing_names(case.claim, case.beside, case.question)
    support = hold(
        case.claim,
        texts[language],
        names=names_of(case.claim),
        context=speaker_context(case.source),
        date=case.source.interview.date,
    )
    scale = mine if language == mine else "across"
    if is_verbatim(case.claim, texts[language]):
        wrong = _speaking(case)
    else:
        wrong = [*_hard(case, support, scale, names), *_soft(case, support, scale)]
    return _check(case, support, scale, language, wrong)


def _hard(
    case: Case, support: Support, scale: str, names: Sequence[tuple[str, int]]
) -> list[Difference]:
    """Return the quotations, values, names and speakers that are wrong, whatever else is told."""
    texts = [text for source in case.beside for text in source.paragraph.texts.values()]
    wrong = [
        Difference("quote", words, near, place)
        for words, place, near in altered_quotes(case.claim, texts)
    ]
    date = case.source.interview.date
    for _, difference in missing_values(case.claim, texts, date):
        replaces = bool(difference.told) or len(support.held) == 1
        if replaces and _concerns(support, difference, scale):
            wrong.append(difference)
    wrong += misplaced_values(support, date)
    for name, place in names:
        difference = Difference("name", name, "", place)
        if _concerns(support, difference, scale) and _has_sibling(
            case, support, scale, name, place
        ):
            wrong.append(difference)
    return [*wrong, *_speaking(case)]


def _speaking(case: Case) -> list[Difference]:
    """Return whether the claim gives the words to somebody who did not say them."""
    speaker = wrong_speaker(case.claim, case.source)
    if speaker is not None:
        code: Code = "premise" if is_host(case.source) else "speaker"
        return [Difference(code, case.claim, speaker, 0)]
    if is_host(case.source) and not _is_the_hosts(case):
        return [Difference("premise", case.claim, case.source.paragraph.speaker or "", 0)]
    return []


def _soft(case: Case, support: Support, scale: str) -> list[Difference]:
    """Return how the claim turns round what the clauses that meet it tell."""
    wrong: list[Difference] = []
    folded = fold(case.claim)
    if turned := wrong_order(case.claim, support.passage.text):
        wrong.append(turned)
    for held in support.held:
        if held.score < FAINT[scale]:
            continue
        told = " ".join(clause.text for clause in support.told(held))
        best = without_quotes(fold(_best_sentence(support, held)))
        if is_denied(support, held):
            wrong.append(Difference("negation", held.text.strip(), told, held.start))
        elif word := cues.turned_round(fold(held.text), told):
            wrong.append(Difference("comparison", word, told, held.start))
        if _is_reported(support, held) and not cues.has_negation(folded):
            wrong.append(Difference("premise", held.text.strip(), told, held.start))
        elif cues.is_doubtful(best) and not cues.is_attributed(folded):
            wrong.append(Difference("opinion", held.text.strip(), best, held.start))
        elif _is_supposed(best, without_quotes(told), folded):
            wrong.append(Difference("hypothetical", held.text.strip(), best, held.start))
        elif cues.compares(fold(held.text)) and not cues.has_side_of(
            fold(held.text), fold(support.passage.text)
        ):
            wrong.append(Difference("comparison", held.text.strip(), "", held.start))
    return wrong


def _is_the_hosts(case: Case) -> bool:
    """Whether a claim says itself that it is what was asked."""
    speaker = case.source.paragraph.speaker or ""
    plain = fold(case.claim)
    return any(word in plain for word in ("ask", "host", "interviewer", "问", "主持")) or (
        bool(speaker) and any(part in plain for part in fold(speaker).split() if len(part) > 1)
    )


def _best_sentence(support: Support, held: Held) -> str:
    """Return the folded sentence with the clause that meets a claim's clause best."""
    totals = held.weights @ held.shares
    clause = support.passage.clauses[int(totals.argmax())]
    start, end = support.passage.sentences[clause.sentence]
    return support.passage.text[start:end]


def _is_reported(support: Support, held: Held) -> bool:
    """Whether what meets the clause best is only what somebody else is said to say."""
    totals = held.weights @ held.shares
    if not len(totals):
        return False
    best = support.passage.clauses[int(totals.argmax())]
    start, end = support.passage.sentences[best.sentence]
    before = support.passage.text[start : best.end]
    if not cues.is_reported(fold(before)):
        return False
    after = fold(support.passage.text[best.start : end + 60])
    return cues.has_negation(after)


def _is_supposed(best: str, told: str, claim: str) -> bool:
    """Whether the text only supposes or announces what the claim tells as done."""
    if cues.is_conditional(best) and not (cues.is_conditional(claim) or cues.is_attributed(claim)):
        return not cues.is_intended(claim)
    return cues.is_future(told) and cues.is_done(claim) and not cues.is_intended(claim)


def _has_sibling(case: Case, support: Support, scale: str, name: str, place: int) -> bool:
    """Whether the sentence that tells of it has another name where the claim has one it lacks."""
    held = _clause_at(support, place)
    if held is None or not len(support.passage.clauses):
        return False
    if not held.words:
        held = max(support.held, key=lambda h: h.score)
    told = _best_sentence(support, held)
    if scale == "across":
        return replaced_by(name, told)
    if cues.is_reported(fold(told)):
        return False
    return any(name not in case.claim for name in names_of(told))


def _clause_at(support: Support, place: int) -> Held | None:
    found = (h for h in support.held if h.start <= place < h.start + len(h.text))
    return next(found, None)


def _concerns(support: Support, difference: Difference, scale: str) -> bool:
    """Whether the clause that a detail stands in is otherwise told of."""
    for held in support.held:
        if held.start <= difference.place < held.start + len(held.text):
            own = held.score if len(held.words) > 1 else max(held.score, support.score)
            return own >= CONCERNED[scale]
    return support.score >= CONCERNED[scale]


def _check(
    case: Case, support: Support, scale: str, language: Language, wrong: Sequence[Difference]
) -> Check:
    verdict: Verdict
    differences: Sequence[Difference]
    if not wrong and is_verbatim(case.claim, support.passage.text):
        verdict, differences = "supported", []
    else:
        verdict, differences = _verdict(_lessened(case, support), scale, wrong, _disputed(case))
    return Check(
        verdict=verdict,
        reasons=reasons_of(verdict, differences, detect_language(case.claim)),
        paragraph=case.source.paragraph.id,
        language=language,
        differs=tuple(dict.fromkeys(d.said for d in differences if d.said)),
        quote=support.quote,
        score=support.score,
    )


def _disputed(case: Case) -> list[Difference]:
    """Return the values that the two texts of the paragraph tell differently."""
    texts = tuple(case.source.paragraph.texts.values())
    if len(texts) < 2:
        return []
    return disputed_values(case.claim, texts, case.source.interview.date)


def _lessened(case: Case, support: Support) -> Support:
    """Return the support with less for clauses that bring names or values nothing tells."""
    texts = [text for source in case.beside for text in source.paragraph.texts.values()]
    places = [place for _, place in missing_names(case.claim, case.beside, case.question)]
    places += [d.place for _, d in missing_values(case.claim, texts, case.source.interview.date)]
    held = tuple(
        replace(h, score=h.score - NEW * any(h.start <= p < h.start + len(h.text) for p in places))
        for h in support.held
    )
    return replace(support, held=held)


def _verdict(
    support: Support, scale: str, wrong: Sequence[Difference], disputed: Sequence[Difference]
) -> tuple[Verdict, list[Difference]]:
    if wrong:
        return "unsupported", list(wrong)
    clear = [h for h in support.held if h.score >= CLEAR[scale] + (0 if h.has_values else SURELY)]
    unclear = [h for h in support.held if h.score < CLEAR[scale]]
    if not unclear:
        return ("partly" if disputed else "supported"), list(disputed)
    parts = [Difference("part", h.text.strip(" ,，;；.。"), "", h.start) for h in unclear]
    if clear:
        if all(h.score >= FAINT[scale] for h in unclear) and support.score >= CLEAR[scale]:
            return ("partly" if disputed else "supported"), list(disputed)
        return "partly", parts
    if scale == "across" and support.score >= FAINT[scale]:
        return "unverifiable", [Difference("other_language", "", "", 0)]
    return "unsupported", [Difference("not_said", "", "", 0)]
