"""One stored answer → its scores and checks. Change a definition, raise `SCORER`.

Scores are numbers from 0 to 1 that means are made of; checks are what holds or not, and what the
gate compares row by row. Everything is made from the stored answer, the question and the corpus,
so that a baseline's answers can be scored again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals import metrics
from evals.matching import contradictions, nugget_found, unknown_values
from evals.protocols import SupportJudge
from evals.records import Claim, Corpus, Question, Row, StoredAnswer, Support
from index.language import chinese_share, detect_language
from index.records import Language, Paragraph

SCORER = "1"
"""Rows of two versions are not comparable."""

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


def score_row(
    question: Question, language: Language, answer: StoredAnswer, bench: Bench, *, seconds: float
) -> Row:
    """Return a question asked in one language with everything that can be said about its answer."""
    scores: Scores = {}
    checks: Checks = {}
    details: Details = {}
    _score_refusal(question, answer, scores, checks)
    if question.answerable:
        _score_retrieval(question, answer, scores, checks)
        _score_citations(question, answer, scores, checks)
        _score_facts(question, answer, scores, checks, details)
    _score_honesty(answer, bench.corpus, scores, checks, details)
    _score_support(question.texts[language], answer, bench, scores, checks)
    _score_language(language, answer, bench.corpus, scores, checks)
    kept = {name: held for name, held in checks.items() if held is not None}
    return Row(
        id=question.id,
        language=language,
        digest=question.digest,
        kind=question.kind,
        unanswerable=question.unanswerable,
        cell=cell(question, language, bench.corpus),
        answer=answer,
        scores=scores,
        checks=kept,
        details={name: found for name, found in details.items() if found},
        passed=all(kept.get(name, True) for name in PASSING),
        seconds=seconds,
    )


PASSING = (
    "answered",
    "refused",
    "cited",
    "nuggets",
    "uncontradicted",
    "speaker",
    "markers",
    "verbatim",
    "attributed",
    "numbers",
    "language",
)
"""Checks that a right answer passes; the others say how good it is."""


def cell(question: Question, language: Language, corpus: Corpus) -> str:
    """Return question language → evidence language; "" when there is no evidence.

    Evidence that has a text in the language of the question counts as being in that language; with
    several gold paragraphs, all must have one.
    """
    if not question.answerable:
        return ""
    texts = [corpus.sources[name].paragraph.texts for name in question.gold]
    other: Language = "zh" if language == "en" else "en"
    return f"{language}→{language if all(language in text for text in texts) else other}"


def markers_of(claim: Claim) -> list[int]:
    """Return the numbers a sentence points to: those of the record and those in its words."""
    return [*claim.citations, *(int(number) for number in MARKER.findall(claim.text))]


def cited_paragraphs(answer: StoredAnswer) -> list[str]:
    """Return the paragraphs that sentences point to, in order of first mention, each once."""
    by_number = {cited.number: cited.paragraph for cited in answer.cited}
    named = [n for claim in answer.claims for n in claim.citations]
    return list(dict.fromkeys(by_number[n] for n in named if n in by_number))


def _score_refusal(
    question: Question, answer: StoredAnswer, scores: Scores, checks: Checks
) -> None:
    """Say whether it declined where it should; a partial answer counts as an answer."""
    declined = answer.outcome == "abstained"
    if question.answerable:
        scores["false_refusal"] = float(declined)
        checks["answered"] = not declined
    else:
        scores["false_answer"] = float(not declined)
        checks["refused"] = declined


def _score_retrieval(
    question: Question, answer: StoredAnswer, scores: Scores, checks: Checks
) -> None:
    """Compare what was retrieved with the gold; `also` gains nothing and costs nothing."""
    found, gold = answer.retrieved, question.gold
    for k in (1, 5, 10):
        scores[f"recall@{k}"] = metrics.recall_at_k(found, gold, k)
    for k in (5, 10):
        scores[f"full@{k}"] = metrics.full_evidence_at_k(found, gold, k)
    scores["ndcg@10"] = metrics.ndcg_at_k(found, gold, 10)
    scores["mrr"] = metrics.reciprocal_rank(found, gold, 10)
    checks["found_5"] = scores["recall@5"] == 1
    checks["found_10"] = scores["recall@10"] == 1


def _score_citations(
    question: Question, answer: StoredAnswer, scores: Scores, checks: Checks
) -> None:
    """Compare the cited paragraphs with the gold.

    Precision: share of cited paragraphs, and of markers that lead nowhere, that are gold or
    `also`; an answer that cites nothing has 0, an abstention none. Recall: share of the gold that
    is cited; an abstention has 0, for the interviews do say.
    """
    cited = cited_paragraphs(answer)
    right = {*question.gold, *question.also}
    everything = len(cited) + len(_dangling(answer))
    scores["citation_recall"] = metrics.recall_at_k(cited, question.gold, len(cited))
    checks["cited"] = bool(scores["citation_recall"])
    checks["cited_all"] = scores["citation_recall"] == 1
    if answer.outcome != "abstained":
        precise = metrics.share(len(right & set(cited)), everything) or 0.0
        scores["citation_precision"] = precise
        checks["cites_only_right"] = precise == 1
        checks["first_right"] = bool(cited) and cited[0] in right


def _score_facts(
    question: Question, answer: StoredAnswer, scores: Scores, checks: Checks, details: Details
) -> None:
    """Look for nuggets and forbidden words in the sentences, and for the speaker among the cited.

    Nugget recall is the share of facts said, of the vital ones (strict) and of all; an abstention
    says none. The speaker counts as named when a cited paragraph of the gold, or of `also`, is
    given under that name.
    """
    sentences = [claim.text for claim in answer.claims]
    missing = [n for n in question.nuggets if not nugget_found(n, sentences)]
    vital = [n for n in question.nuggets if n.vital]
    lacking = [n for n in missing if n.vital]
    scores["nuggets_vital"] = metrics.share(len(vital) - len(lacking), len(vital))
    scores["nuggets_all"] = metrics.share(
        len(question.nuggets) - len(missing), len(question.nuggets)
    )
    checks["nuggets"] = not lacking
    details["nuggets missing"] = tuple(n.forms["en"][0] for n in missing)
    wrong = contradictions(question.forbidden, question.nuggets, sentences)
    scores["contradicted"] = float(bool(wrong)) if question.forbidden else None
    checks["uncontradicted"] = not wrong if question.forbidden else None
    details["forbidden said"] = wrong
    if question.speaker is not None and answer.outcome != "abstained":
        right = {*question.gold, *question.also}
        named = {c.speaker for c in answer.cited if c.paragraph in right}
        scores["speaker"] = float(question.speaker in named)
        checks["speaker"] = question.speaker in named


def _score_honesty(
    answer: StoredAnswer, corpus: Corpus, scores: Scores, checks: Checks, details: Details
) -> None:
    """Check what may never be wrong: markers, quotes, who said it; and the numbers.

    - dangling: sentence markers that no citation has, and citations of no paragraph; a count.
    - verbatim: share of citations whose quote stands letter by letter in the text it is said to
      come from; in an extractive answer also of sentences that stand so in a cited paragraph.
    - attributed: share of citations given under the transcript's own speaker label.
    - numbers: share of the values of the sentences that their cited paragraphs have.
    """
    lost = [str(n) for n in _dangling(answer)]
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


def _score_support(
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


def _score_language(
    language: Language, answer: StoredAnswer, corpus: Corpus, scores: Scores, checks: Checks
) -> None:
    """Say how much of the answer is in the language of the question.

    A sentence in the other language is excused when no paragraph it cites has a text in the
    question's: it can only be quoted so. What an abstention says must be in the question's.
    """
    by_number = {c.number: c.paragraph for c in answer.cited}
    said: list[float | None] = [
        _is_in(claim.text, language, _excused(claim, language, by_number, corpus))
        for claim in answer.claims
    ]
    if answer.outcome == "abstained":
        said.append(_is_in(answer.message, language, excused=False))
    scores["language"], n = metrics.mean(said)
    checks["language"] = scores["language"] == 1 and answer.language == language if n else None


def _is_in(text: str, language: Language, excused: bool) -> float | None:
    if not any(character.isalpha() for character in text):
        return None
    if detect_language(text) == language:
        return 1.0
    # Half of each, as a name in a short sentence makes it, is neither right nor wrong.
    return None if excused or 0.3 < chinese_share(text) < 0.7 else 0.0


def _excused(
    claim: Claim, language: Language, by_number: Mapping[int, str], corpus: Corpus
) -> bool:
    names = [by_number.get(n, "") for n in claim.citations]
    texts = [corpus.sources[name].paragraph.texts for name in names if name in corpus.sources]
    return bool(texts) and not any(language in text for text in texts)


def _dangling(answer: StoredAnswer) -> list[int]:
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
