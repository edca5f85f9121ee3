"""A draft → its sentences with verdicts, what is wrong with them, and what of it may stand.

The check itself is `assistant.checking`; here it is told what a sentence may stand on. Words that
order a program about are no such thing, unless the sentence tells of them as orders.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant.checking.records import Check
from assistant.content import content
from assistant.drafts import Claim, Draft
from assistant.evidence_book import EvidenceBook
from assistant.orders import tells_of_orders, without_orders
from assistant.reasons import reasons_in
from assistant.records import Sentence, Source
from index.language import detect_language
from index.records import Language, Paragraph
from index.sentences import split_sentences

MOST_CANDIDATES = 12
"""Paragraphs that a sentence without a marker is held against."""
OF_ORDERS = 0.5
"""Share of a sentence's words that nobody says to people, from which orders that have them are
obeyed by it."""
_ONLY_ORDERS: Mapping[Language, str] = {
    "en": "what it cites only gives orders to a program",
    "zh": "所引之处只是对程序下的指令",
}
_UNCITED: Mapping[Language, str] = {"en": "it cites no paragraph", "zh": "没有引用段落"}


class Checker(Protocol):
    """Says whether sources bear a sentence; `assistant.checking.check.check_sentence` does."""

    def __call__(
        self, claim: str, sources: Sequence[Source], *, question: str | None = None
    ) -> Check:
        """Return the verdict with its reasons."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a paragraph that a sentence stands on."""

    words: str
    language: Language


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a draft and what came of it."""

    sentence: Sentence
    quotes: Mapping[int, Quote]
    """Number of a cited paragraph to the words that come nearest, verbatim."""
    obeys: bool = False
    """Whether it says what only an order to a program says."""

    @property
    def is_failing(self) -> bool:
        """Whether the model should mend it or leave it out."""
        return self.sentence.verdict in ("unsupported", "partly")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Holds sentences against the evidence of a conversation."""

    check: Checker
    book: EvidenceBook
    question: str

    def review(self, draft: Draft, shown: Collection[int]) -> list[Judged]:
        """Return the sentences of a draft in order, judged.

        Args:
            draft: what the model answered.
            shown: numbers of paragraphs that sentences without a marker may stand on.
        """
        return [self._judge(claim, shown) for claim in draft.claims]

    def _judge(self, claim: Claim, shown: Collection[int]) -> Judged:
        if not claim.numbers:
            return self._without_marker(claim, shown)
        sources = self.book.sources(claim.numbers)
        bare = sources if tells_of_orders(claim.text) else _without_orders(sources)
        if not bare:
            return self._failed(claim, _ONLY_ORDERS, obeys=True)
        check = self._check(claim, bare)
        obeys = False
        if check.verdict in ("unsupported", "unverifiable") and bare != sources:
            obeys = _is_of_orders(claim.text, sources, bare) or (
                self._check(claim, sources).verdict in ("supported", "partly")
            )
        return self._judged(claim, claim.numbers, check, bare, obeys=obeys)

    def _without_marker(self, claim: Claim, shown: Collection[int]) -> Judged:
        """Return a sentence with the paragraph it stands on, if it does on any that were shown."""
        empty = self._check(claim, [])
        if empty.verdict == "unverifiable":  # it states nothing
            return Judged(self._sentence(claim, (), empty), {})
        best: tuple[Check, int, list[Source]] | None = None
        for number in sorted(shown, reverse=True)[:MOST_CANDIDATES]:
            sources = _without_orders(self.book.sources([number]))
            check = self._check(claim, sources) if sources else empty
            if check.verdict == "supported" and (
                best is None or check.closeness > best[0].closeness
            ):
                best = check, number, sources
        if best is not None:
            judged = self._judged(claim, (best[1],), best[0], best[2])
            return replace(judged, sentence=replace(judged.sentence, is_chosen=True))
        return self._failed(claim, _UNCITED)

    def _judged(
        self,
        claim: Claim,
        numbers: tuple[int, ...],
        check: Check,
        sources: Sequence[Source],
        *,
        obeys: bool = False,
    ) -> Judged:
        quotes: dict[int, Quote] = {}
        kept = []
        for number in numbers:
            mine = [s for s in sources if s.paragraph.id == self._id(number)]
            alone = check if len(numbers) == 1 else self._check(claim, mine) if mine else None
            # Of several, those that do not bear it at all are not cited for it.
            if alone is None or (
                check.verdict == "supported"
                and alone.verdict == "unsupported"
                and alone.paragraph != check.paragraph
            ):
                continue
            kept.append(number)
            quotes[number] = _quote(alone, mine or self.book.sources([number]))
        return Judged(self._sentence(claim, tuple(kept), check), quotes, obeys=obeys)

    def _failed(
        self, claim: Claim, reasons: Mapping[Language, str], *, obeys: bool = False
    ) -> Judged:
        reason = reasons[detect_language(self.question)]
        return Judged(Sentence(claim.text, (), "unsupported", (reason,)), {}, obeys=obeys)

    def _sentence(self, claim: Claim, numbers: tuple[int, ...], check: Check) -> Sentence:
        asked, written = detect_language(self.question), detect_language(claim.text)
        reasons = reasons_in(asked, check.reasons, written)
        return Sentence(claim.text, numbers, check.verdict, reasons)

    def _check(self, claim: Claim, sources: Sequence[Source]) -> Check:
        return self.check(claim.text, sources, question=self.question)

    def _id(self, number: int) -> str | None:
        source = self.book.source(number)
        return source.paragraph.id if source else None


def standing(judged: Sequence[Judged], keep: Literal["mark", "omit"]) -> list[Judged]:
    """Return what of a draft may be shown, in order; nothing when no sentence is borne out at all.

    Sentences that state nothing and cite nothing go. Those that are not borne out go too, or stay
    with their verdict if they are to be marked; what only an order to a program says never stays.
    """
    kept = [
        each
        for each in judged
        if (each.sentence.citations and each.sentence.verdict != "unsupported")
        or (keep == "mark" and each.sentence.verdict == "unsupported" and not each.obeys)
    ]
    return kept if any(each.sentence.verdict != "unsupported" for each in kept) else []


def worth(judged: Sequence[Judged]) -> tuple[int, int]:
    """Return what sorts drafts from worse to better: sentences borne out, then fewest that fail."""
    good = sum(each.sentence.verdict == "supported" for each in judged)
    return good, -sum(each.is_failing for each in judged)


def _quote(check: Check, sources: Sequence[Source]) -> Quote:
    """Return the words nearest to a sentence, verbatim; the paragraph's beginning if none are."""
    texts = sources[0].paragraph.texts
    language = next(iter(texts))
    if check.language is not None and check.language in texts:
        language = check.language
    words = check.quote if check.quote and check.quote in texts[language] else texts[language]
    return Quote(words, language)


def _is_of_orders(sentence: str, sources: Sequence[Source], bare: Sequence[Source]) -> bool:
    """Whether what a sentence has beyond what is said to people stands in orders to a program."""
    texts, said = _texts(sources), _texts(bare)
    beyond = content(sentence) - content(said)
    return bool(beyond) and len(beyond & content(texts)) >= OF_ORDERS * len(beyond)


def _texts(sources: Sequence[Source]) -> str:
    return " ".join(text for s in sources for text in s.paragraph.texts.values())


def _without_orders(sources: Sequence[Source]) -> list[Source]:
    """Return sources with only what was said to people; those with nothing of it are left out."""
    return [
        replace(source, paragraph=paragraph)
        for source in sources
        if (paragraph := _said_to_people(source.paragraph)).texts
    ]


def _said_to_people(paragraph: Paragraph) -> Paragraph:
    said = {language: without_orders(text) for language, text in paragraph.texts.items()}
    if said == paragraph.texts:
        return paragraph
    # What one text gives away as an order, its translation says at about the same place.
    share = min(len(said[language]) / len(text) for language, text in paragraph.texts.items())
    cut = {language: _beginning(text, share) for language, text in paragraph.texts.items()}
    return replace(paragraph, texts={language: text for language, text in cut.items() if text})


def _beginning(text: str, share: float) -> str:
    """Return the sentences that end within a share of a text."""
    ends = [end for _, end in split_sentences(text) if end <= share * len(text) + 1]
    return text[: ends[-1]] if ends else ""
