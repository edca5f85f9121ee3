"""The one entry: a sentence and its sources, or a whole draft and a searcher → verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.checking import cues
from assistant.checking.claims import read_claims, without_markers
from assistant.checking.hosts import heard
from assistant.checking.records import Case, Check, CheckedSentence, Claim, Code, Difference
from assistant.checking.verdict import judge
from assistant.checking.wording import reasons_of
from assistant.records import Source, Verdict
from index.fold import fold
from index.language import detect_language
from index.records import LANGUAGES, SearchHit

FOUND = 5
"""Paragraphs looked at for a sentence that cites none."""

SPOKEN_OF = 0.3
"""Score below which the nearest paragraph does not speak of what a sentence says."""

_RANK: Mapping[Verdict, int] = {"supported": 3, "partly": 2, "unverifiable": 1, "unsupported": 0}


class Search(Protocol):
    """What is used of `index.search.Searcher`."""

    def search(self, query: str, *, k: int) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""


def check_sentence(
    claim: str,
    sources: Sequence[Source],
    *,
    question: str | None = None,
    found: bool = False,
) -> Check:
    """Return whether the sources bear a sentence: the best any of them makes of it.

    Args:
        claim: one sentence; markers in it are left out.
        sources: what it cites. Values, names and quotations may stand in any of them.
        question: what the sentence answers; names in it need no source.
        found: nobody cited them: a search took them for near, so few words prove little.
    """
    plain = without_markers(claim)
    if cues.states_nothing(fold(plain)):
        return _empty("unverifiable", plain, "no_statement")
    if not sources:
        return _empty("unsupported", plain, "not_said")
    sources, asked = heard(plain, sources)
    case = Case(plain, sources[0], sources, question or "", asked, found)
    checks = [judge(replace(case, source=source)) for source in sources]
    best = max(checks, key=_worth)
    if len(sources) > 1:
        together = judge(replace(case, source=_joined(sources)))
        denied = any(reason.code == "negation" for reason in together.reasons)
        if denied or _worth(together) > _worth(best):
            return replace(together, paragraph=best.paragraph)
    return best


def _worth(check: Check) -> tuple[int, float]:
    return _RANK[check.verdict], check.score


def _joined(sources: Sequence[Source]) -> Source:
    """Return what is cited as one paragraph: one part of a sentence may stand in each."""
    languages = [x for x in LANGUAGES if all(x in s.paragraph.texts for s in sources)]
    first = sources[0]
    speakers = {source.paragraph.speaker for source in sources}
    texts = {x: "\n".join(s.paragraph.texts[x] for s in sources) for x in languages} or {
        detect_language(text): text
        for text in ["\n".join(t for s in sources for t in s.paragraph.texts.values())]
    }
    paragraph = replace(
        first.paragraph,
        texts=texts,
        speaker=first.paragraph.speaker if len(speakers) == 1 else None,
    )
    return replace(first, paragraph=paragraph)


def check_claim(
    claim: Claim,
    sources: Sequence[Source],
    searcher: Search | None = None,
    *,
    unknown: Sequence[str] = (),
    question: str | None = None,
) -> CheckedSentence:
    """Return one sentence of a draft, checked against what its markers name.

    Args:
        claim: the sentence.
        sources: what its markers name; when there are none, the sentence is checked against what
            the searcher finds.
        searcher: None leaves such a sentence without a paragraph to stand on.
        unknown: its markers that name nothing, which are reported.
        question: what it answers.
    """
    if not sources and searcher is not None and not cues.states_nothing(fold(claim.text)):
        check, source = _among_hits(claim, searcher, question)
    else:
        check = check_sentence(claim.text, sources, question=question)
        source = next((s for s in sources if s.paragraph.id == check.paragraph), None)
    return CheckedSentence(claim, _with_unknown(check, claim, unknown), source)


def check_text(
    text: str,
    searcher: Search,
    *,
    numbered: Mapping[int, Source] | None = None,
    named: Mapping[str, Source] | None = None,
    question: str | None = None,
) -> list[CheckedSentence]:
    """Return the sentences of a draft in order, each checked.

    Args:
        text: anybody's draft, markers and all.
        searcher: finds what a sentence without usable markers stands on.
        numbered: what the numbers of its markers name; without any, numbers are left out.
        named: paragraphs by the ids that stand in its markers.
        question: what the draft answers.
    """
    by_number, by_id = numbered or {}, named or {}
    checked = []
    for claim in read_claims(text):
        found = [by_number.get(number) for number in claim.markers]
        found += [by_id.get(paragraph) for paragraph in claim.paragraphs]
        markers = [*map(str, claim.markers if by_number else ()), *claim.paragraphs]
        known = {*map(str, by_number), *by_id}
        checked.append(
            check_claim(
                claim,
                [source for source in found if source is not None],
                searcher,
                unknown=[marker for marker in markers if marker not in known],
                question=question,
            )
        )
    return checked


def _among_hits(
    claim: Claim, searcher: Search, question: str | None
) -> tuple[Check, Source | None]:
    """Return the best that any paragraph found makes of a sentence, each looked at alone."""
    best: tuple[Check, Source | None] = _empty("unsupported", claim.text, "not_said"), None
    for hit in searcher.search(claim.text, k=FOUND):
        source = Source(hit.paragraph, hit.interview, hit.section, hit.heading)
        check = check_sentence(claim.text, [source], question=question, found=True)
        if best[1] is None or _better(check, best[0]):
            best = check, source
    return _as_found(*best, claim.text)


def _as_found(check: Check, source: Source | None, claim: str) -> tuple[Check, Source | None]:
    """Return the check of a sentence that cited nothing, with what may be held against it.

    The nearest paragraph may speak of something else; what differs from it then says nothing. Only
    words in quotation marks that stand nowhere are wrong whatever was found.
    """
    if check.verdict != "unsupported":
        return check, source
    if quotes := tuple(reason for reason in check.reasons if reason.code == "quote"):
        return replace(check, reasons=quotes), source
    if check.score < SPOKEN_OF:
        return _empty("unsupported", claim, "not_found"), None
    return check, source


def _better(one: Check, other: Check) -> bool:
    """Whether a check tells more: borne out, else contradicted by what is nearest."""
    good = {"supported", "partly"}
    if (one.verdict in good) != (other.verdict in good):
        return one.verdict in good
    if one.verdict in good and one.verdict != other.verdict:
        return _RANK[one.verdict] > _RANK[other.verdict]
    return one.closeness > other.closeness


def _with_unknown(check: Check, claim: Claim, unknown: Sequence[str]) -> Check:
    wrong = [Difference("citation", marker, "", 0) for marker in unknown]
    told = reasons_of("partly", wrong, detect_language(claim.text))
    return replace(check, reasons=(*check.reasons, *told))


def _empty(verdict: Verdict, claim: str, code: Code) -> Check:
    """Return the check of a sentence that no paragraph was held against."""
    reasons = reasons_of(verdict, [Difference(code, "", "", 0)], detect_language(claim))
    return Check(verdict, reasons, None, None, (), "", 0.0)
