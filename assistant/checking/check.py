"""The one entry: a sentence and its sources, or a whole draft and a searcher → verdicts."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.checking import cues
from assistant.checking.claims import read_claims, without_markers
from assistant.checking.records import Check, CheckedSentence, Claim, Difference, Reason
from assistant.checking.verdict import Case, judge
from assistant.checking.wording import reasons_of
from assistant.records import Source, Verdict
from index.fold import fold
from index.language import detect_language
from index.records import SearchHit

FOUND = 5
"""Paragraphs looked at for a sentence that cites none."""

_RANK: Mapping[Verdict, int] = {"supported": 3, "partly": 2, "unverifiable": 1, "unsupported": 0}


class Search(Protocol):
    """What is used of `index.search.Searcher`."""

    def search(self, query: str, *, k: int) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""


def check_sentence(claim: str, sources: Sequence[Source], *, question: str | None = None) -> Check:
    """Return whether the sources bear a sentence: the best any of them makes of it.

    Args:
        claim: one sentence; markers in it are left out.
        sources: what it cites. Values, names and quotations may stand in any of them.
        question: what the sentence answers; names in it need no source.
    """
    plain = without_markers(claim)
    if cues.states_nothing(fold(plain)):
        return _empty("unverifiable", plain, "no_statement")
    if not sources:
        return _empty("unsupported", plain, "not_said")
    checks = [judge(Case(plain, source, sources, question or "")) for source in sources]
    return max(checks, key=lambda check: (_RANK[check.verdict], check.score))


def check_claim(
    claim: Claim,
    numbered: Mapping[int, Source],
    searcher: Search | None = None,
    *,
    question: str | None = None,
) -> CheckedSentence:
    """Return one sentence of a draft, checked against what its markers name.

    Numbers that name nothing are reported and otherwise left out. A sentence without any usable
    marker is checked against what a search finds, if there is a searcher.
    """
    unknown = [number for number in claim.markers if number not in numbered]
    sources = [numbered[number] for number in claim.markers if number in numbered]
    if not sources and searcher is not None and not cues.states_nothing(fold(claim.text)):
        return _among_hits(claim, searcher, question, unknown if numbered else [])
    check = check_sentence(claim.text, sources, question=question)
    source = next((s for s in sources if s.paragraph.id == check.paragraph), None)
    return CheckedSentence(claim, _with_unknown(check, claim, unknown), source)


def check_text(
    text: str,
    searcher: Search,
    *,
    numbered: Mapping[int, Source] | None = None,
    question: str | None = None,
) -> list[CheckedSentence]:
    """Return the sentences of a draft in order, each checked.

    Args:
        text: anybody's draft, markers and all.
        searcher: finds what a sentence without usable markers stands on.
        numbered: what the numbers of its markers name; without any, markers are left out.
        question: what the draft answers.
    """
    sources = numbered or {}
    return [check_claim(c, sources, searcher, question=question) for c in read_claims(text)]


def _among_hits(
    claim: Claim, searcher: Search, question: str | None, unknown: Sequence[int]
) -> CheckedSentence:
    """Return the best that any paragraph found makes of a sentence, each looked at alone."""
    hits = searcher.search(claim.text, k=FOUND)
    best: tuple[Check, Source] | None = None
    for hit in hits:
        source = Source(hit.paragraph, hit.interview, hit.section, hit.heading)
        check = check_sentence(claim.text, [source], question=question)
        if best is None or _better(check, best[0]):
            best = check, source
    if best is None:
        check = _empty("unsupported", claim.text, "not_said")
        return CheckedSentence(claim, _with_unknown(check, claim, unknown), None)
    return CheckedSentence(claim, _with_unknown(best[0], claim, unknown), best[1])


def _better(one: Check, other: Check) -> bool:
    """Whether a check tells more: borne out, else contradicted by what is nearest."""
    good = {"supported", "partly"}
    if (one.verdict in good) != (other.verdict in good):
        return one.verdict in good
    if one.verdict in good and one.verdict != other.verdict:
        return _RANK[one.verdict] > _RANK[other.verdict]
    return one.score > other.score


def _with_unknown(check: Check, claim: Claim, unknown: Sequence[int]) -> Check:
    if not unknown:
        return check
    wrong = [Difference("citation", str(number), "", 0) for number in unknown]
    told: tuple[Reason, ...] = reasons_of("partly", wrong, detect_language(claim.text))
    return Check(
        check.verdict,
        (*check.reasons, *told),
        check.paragraph,
        check.language,
        check.differs,
        check.quote,
        check.score,
    )


def _empty(verdict: Verdict, claim: str, code: str) -> Check:
    """Return the check of a sentence that no paragraph was held against."""
    difference = Difference("no_statement" if code == "no_statement" else "not_said", "", "", 0)
    reasons = reasons_of(verdict, [difference], detect_language(claim))
    return Check(verdict, reasons, None, None, (), "", 0.0)
