"""One stored answer → what may never be wrong with it, whatever the question.

Needs no gold: the same is asked of every answer, right or wrong.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals import metrics
from evals.matching import unknown_values
from evals.protocols import SupportJudge
from evals.records import Claim, Corpus, StoredAnswer, Support
from index.language import chinese_share, detect_language
from index.records import Language, Paragraph

WEIGHTS: Mapping[Support, float] = {"full": 1.0, "partial": 0.5, "none": 0.0}
MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Bench:
    """What scoring needs beside the row."""

    corpus: Corpus
    judge: SupportJudge


Scores = dict[str, float | None]
Checks = dict[str, bool | None]
Details = dict[str, tuple[str, ...]]


def markers_of(claim: Claim) -> list[int]:
    """Return the numbers a sentence points to: those of the record and those in its words."""
    return [*claim.citations, *(int(number) for number in MARKER.findall(claim.text))]


def cited_paragraphs(answer: StoredAnswer) -> list[str]:
    """Return the paragraphs that sentences point to, in order of first mention, each once."""
    by_number = {cited.number: cited.paragraph for cited in answer.cited}
    named = [n for claim in answer.claims for n in claim.citations]
    return list(dict.fromkeys(by_number[n] for n in named if n in by_number))


def score_honesty(
    answer: StoredAnswer, corpus: Corpus, scores: Scores, checks: Checks, details: Details
) -> None:
    """Check what may never be wrong: markers, quotes, who said it; and the numbers.

    - dangling: sentence markers that no citation has, and citations of no paragraph; a count.
    - verbatim: share of citations whose quote stands letter by letter in the text it is said to
      come from; in an extractive answer also of sentences that stand so in a cited paragraph.
    - attributed: share of citations given under the transcript's own speaker label.
    - numbers: share of the values of the sentences that their cited paragraphs have.
    """
    lost = [str(n) for n in dangling(answer)]
    lost += [c.paragraph for c in answer.cited if c.paragraph not in corpus.sources]
    details["dangling"] = tuple(lost)
    if answer.claims or answer.cited:
        scores["dangling"] = float(len(lost))
        checks["markers"] = not lost
    known = {c.number: corpus.sources[c.paragraph].paragraph
             for c in answer.cited if c.paragraph in corpus.sources}  # fmt: skip
    quotes = [c.number in known and c.quote in known[c.number].texts.get(c.language, "")
              for c in answer.cited]  # fmt: skip
    if answer.mode == "extractive":
        quotes += [_stands_in(c.text, _evidence(c, known)) for c in answer.claims]
    scores["verbatim"], _ = metrics.mean(float(quote) for quote in quotes)
    checks["verbatim"] = all(quotes) if quotes else None
    labels = [known[c.number].speaker == c.speaker for c in answer.cited if c.number in known]
    scores["attributed"], _ = metrics.mean(float(label) for label in labels)
    checks["attributed"] = all(labels) if labels else None
    counted = [unknown_values(c.text, _evidence(c, known)) for c in answer.claims]
    unknown, values = [v for found, _ in counted for v in found], sum(n for _, n in counted)
    scores["numbers"] = metrics.share(values - len(unknown), values)
    checks["numbers"] = not unknown if values else None
    details["numbers not in the evidence"] = tuple(unknown)


def score_support(
    question: str, answer: StoredAnswer, bench: Bench, scores: Scores, checks: Checks
) -> None:
    """Judge each sentence against what it cites: full 1, partial a half, none 0.

    Recall: mean over sentences of the support by all they cite, 0 for one that cites nothing.
    Precision: mean over (sentence, citation) pairs of the support by that paragraph alone, 0 for a
    marker that leads nowhere. What cannot be verified is left out of both and counted apart.
    """
    sources = bench.corpus.sources
    known = {c.number: sources[c.paragraph].paragraph for c in answer.cited
             if c.paragraph in sources}  # fmt: skip
    whole: list[float | None] = []
    single: list[float | None] = []
    for claim in answer.claims:
        evidence = _evidence(claim, known)
        judged = bench.judge.judge(claim.text, question, evidence)
        whole.append(WEIGHTS.get(judged))
        for number in claim.citations:
            alone = [known[number]] if number in known else []
            one = judged if alone == evidence else bench.judge.judge(claim.text, question, alone)
            single.append(WEIGHTS.get(one))
    scores["support_recall"], verified = metrics.mean(whole)
    scores["support_precision"], _ = metrics.mean(single)
    scores["unverifiable"] = metrics.share(len(whole) - verified, len(whole))
    checks["supported"] = scores["support_recall"] == 1 if verified else None


def score_language(
    language: Language, answer: StoredAnswer, corpus: Corpus, scores: Scores, checks: Checks
) -> None:
    """Say how much of the answer is in the language of the question.

    What stands word for word in a cited text of that language is in it, however many names it
    holds. A sentence in the other language is excused when no paragraph it cites has a text in the
    question's: it can only be quoted so. What an abstention says must be in the question's.
    """
    said = [_is_claim_in(claim, language, answer, corpus) for claim in answer.claims]
    if answer.outcome == "abstained":
        said.append(_is_in(answer.message, language))
    scores["language"], n = metrics.mean(said)
    checks["language"] = scores["language"] == 1 and answer.language == language if n else None


def _is_claim_in(
    claim: Claim, language: Language, answer: StoredAnswer, corpus: Corpus
) -> float | None:
    by_number = {c.number: c.paragraph for c in answer.cited}
    names = [by_number.get(number, "") for number in claim.citations]
    texts = [corpus.sources[name].paragraph.texts for name in names if name in corpus.sources]
    if any(claim.text in text.get(language, "") for text in texts):
        return 1.0
    found = _is_in(claim.text, language)
    excused = bool(texts) and not any(language in text for text in texts)
    return None if found == 0 and excused else found


def _is_in(text: str, language: Language) -> float | None:
    if not any(character.isalpha() for character in text):
        return None
    if detect_language(text) == language:
        return 1.0
    # Half of each, as a name in a short sentence makes it, is neither right nor wrong.
    return None if 0.3 < chinese_share(text) < 0.7 else 0.0


def dangling(answer: StoredAnswer) -> list[int]:
    """Return the markers that no citation has, where the quotes themselves do not hold them."""
    numbers = {cited.number for cited in answer.cited}
    quoted = {int(n) for cited in answer.cited for n in MARKER.findall(cited.quote)}
    return [
        number
        for claim in answer.claims
        for number in markers_of(claim)
        if number not in numbers and not (number in quoted and number not in claim.citations)
    ]


def _evidence(claim: Claim, known: Mapping[int, Paragraph]) -> list[Paragraph]:
    return [known[number] for number in claim.citations if number in known]


def _stands_in(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    return any(text in words for p in paragraphs for words in p.texts.values())
