"""Rows → means by language cell and by kind of question, each with its n."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.honesty import cited_paragraphs
from evals.metrics import jaccard, mean, percentile
from evals.records import Figure, Row
from index.records import LANGUAGES

CELLS = ("en→en", "en→zh", "zh→en", "zh→zh")


@dataclass(frozen=True, slots=True)
class Metric:
    """A score whose means are reported."""

    name: str
    label: str
    better: Literal["higher", "lower"] = "higher"
    grouping: Literal["cell", "unanswerable", "all", "language"] = "cell"
    """Which groups its means are taken over, beside all rows."""


METRICS: tuple[Metric, ...] = (
    Metric("recall@1", "recall@1"),
    Metric("recall@5", "recall@5"),
    Metric("recall@10", "recall@10"),
    Metric("full@5", "full evidence@5"),
    Metric("full@10", "full evidence@10"),
    Metric("ndcg@10", "nDCG@10"),
    Metric("mrr", "MRR@10"),
    Metric("citation_precision", "citation precision (gold)"),
    Metric("citation_recall", "citation recall (gold)"),
    Metric("support_precision", "citation precision (support)", grouping="language"),
    Metric("support_recall", "citation recall (support)", grouping="language"),
    Metric("unverifiable", "unverifiable sentences", "lower", "language"),
    Metric("dangling", "dangling markers an answer", "lower", "language"),
    Metric("verbatim", "quotes verbatim", grouping="language"),
    Metric("attributed", "speakers as transcribed", grouping="language"),
    Metric("numbers", "numbers in the evidence", grouping="language"),
    Metric("speaker", "right speaker named"),
    Metric("nuggets_vital", "nugget recall, vital"),
    Metric("nuggets_all", "nugget recall, all"),
    Metric("contradicted", "contradicted answers", "lower"),
    Metric("false_refusal", "false refusals", "lower"),
    Metric("false_answer", "false answers", "lower", "unanswerable"),
    Metric("language", "in the question's language", grouping="language"),
    Metric("same_first", "en/zh: same first citation", grouping="all"),
    Metric("same_cited", "en/zh: Jaccard of citations", grouping="all"),
    Metric("same_outcome", "en/zh: same outcome", grouping="all"),
    Metric("passed", "passed"),
)
BY_NAME = {metric.name: metric for metric in METRICS}


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Return every mean, in order of metric and group; groups without a row are left out.

    Rows that could not be scored are in none of them.
    """
    scored = [row for row in rows if row.answer is not None]
    paired = pairs(scored)
    found = []
    for metric in METRICS:
        if metric.name.startswith("same_"):
            values = [pair[metric.name] for pair in paired.values()]
            found.append(Figure(metric.name, "all", *mean(values)))
            continue
        for group, members in _groups(metric, scored):
            figure = Figure(metric.name, group, *mean(_value(metric, row) for row in members))
            if figure.n or group == "all":
                found.append(figure)
    return found


def pairs(rows: Iterable[Row]) -> dict[str, Mapping[str, float | None]]:
    """Return how far the two languages of each question agree, by question id.

    same_first: 1 when both cite the same paragraph first. same_cited: Jaccard of the cited
    paragraphs. Both are for answerable questions that at least one language answered; answering
    in one only counts 0. same_outcome: 1 when both answer or both decline.
    """
    by_id: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_id.setdefault(row.id, {})[row.language] = row
    return {
        key: _agreement(*(both[language] for language in LANGUAGES))
        for key, both in by_id.items()
        if len(both) == len(LANGUAGES)
    }


def latency(rows: Sequence[Row]) -> dict[str, float | None]:
    """Return the seconds that half and 95 of 100 rows stay within; never compared."""
    seconds = [row.seconds for row in rows if row.answer is not None]
    return {"p50": percentile(seconds, 0.5), "p95": percentile(seconds, 0.95)}


def _agreement(english: Row, chinese: Row) -> dict[str, float | None]:
    answers = [row.answer for row in (english, chinese) if row.answer is not None]
    declined = [answer.outcome == "abstained" for answer in answers]
    agreement: dict[str, float | None] = {"same_outcome": float(declined[0] == declined[1])}
    agreement |= {"same_first": None, "same_cited": None}
    if english.unanswerable is None and not all(declined):
        one, other = (cited_paragraphs(answer) for answer in answers)
        agreement["same_first"] = float(bool(one) and one[:1] == other[:1])
        agreement["same_cited"] = jaccard(one, other) or 0.0
    return agreement


def _value(metric: Metric, row: Row) -> float | None:
    if metric.name == "passed":
        return None if row.passed is None else float(row.passed)
    return row.scores.get(metric.name)


def _groups(metric: Metric, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    yield "all", list(rows)
    keys: dict[str, Callable[[Row], str | None]] = {
        "cell": lambda row: row.cell,
        "language": lambda row: row.language,
        "unanswerable": lambda row: row.unanswerable,
    }
    key = keys.get(metric.grouping)
    if key is None:
        return
    named = {key(row) for row in rows} - {None, ""}
    order = {cell: place for place, cell in enumerate(CELLS)}
    for group in sorted(filter(None, named), key=lambda name: (order.get(name, 0), name)):
        yield group, [row for row in rows if key(row) == group]
