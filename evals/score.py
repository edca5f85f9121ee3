"""One stored answer → its scores and checks. Change a definition, raise `SCORER`.

Scores are numbers from 0 to 1 that means are made of; checks are what holds or not, and what the
gate compares row by row. Everything is made from the stored answer, the question and the corpus,
so that a baseline's answers can be scored again.
"""

from evals import metrics
from evals.honesty import (
    Bench,
    Checks,
    Details,
    Scores,
    cited_paragraphs,
    dangling,
    score_honesty,
    score_language,
    score_support,
)
from evals.matching import contradictions, nugget_found
from evals.records import Corpus, Question, Row, StoredAnswer
from index.records import Language

SCORER = "2"
"""Rows of two versions are not comparable."""


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
    score_honesty(answer, bench.corpus, scores, checks, details)
    score_support(question.texts[language], answer, bench, scores, checks)
    score_language(language, answer, bench.corpus, scores, checks)
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
    "mostly_right",
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
    several gold paragraphs, all must have one, or one of those that tell the same.
    """
    if not question.answerable:
        return ""
    known = [n for n in question.gold if language in corpus.sources[n].paragraph.texts]
    lacking = {*question.one_for_all(question.gold)} - {*question.one_for_all(known)}
    other: Language = "zh" if language == "en" else "en"
    return f"{language}→{other if lacking else language}"


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
    found, gold = question.one_for_all(answer.retrieved), question.one_for_all(question.gold)
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
    cited = question.one_for_all(cited_paragraphs(answer))
    gold = question.one_for_all(question.gold)
    right = {*gold, *question.also}
    everything = len(cited) + len(dangling(answer))
    scores["citation_recall"] = metrics.recall_at_k(cited, gold, len(cited))
    checks["cited"] = bool(scores["citation_recall"])
    checks["cited_all"] = scores["citation_recall"] == 1
    if answer.outcome != "abstained":
        precise = metrics.share(len(right & set(cited)), everything) or 0.0
        scores["citation_precision"] = precise
        checks["cites_only_right"] = precise == 1
        # Without this, citing everything that was found would pass.
        checks["mostly_right"] = precise >= 1 / 2
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
