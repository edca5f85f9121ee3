"""Packs of questions → what the search finds of their gold, per direction, and which part finds it.

`python -m evals.retrieval PACK… [--sample N] [--no-ablation]`: each pack is indexed into a store of
its own and asked through the search that answers people.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant import wiring
from assistant.settings import Settings, load_settings
from evals.corpus import indexed, read_corpus
from evals.metrics import mean, ndcg_at_k, reciprocal_rank
from evals.packs import DOCS, read_pack
from evals.records import Corpus, Question
from index.records import LANGUAGES, Language
from index.search import Searcher
from index.search.score import WEIGHTS

DEPTH = 10
CUTS = (1, 5, 10)
ALL = "all"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "words": ("words", "words around", "words of the interview"),
    "vectors": ("meaning", "meaning around", "meaning of the interview"),
    "comparison": ("word by word", "closest sentence"),
    "surroundings": (
        "words around",
        "words of the interview",
        "meaning around",
        "meaning of the interview",
    ),
}
"""Parts of the score by what they are made of; surroundings run across the others."""

Find = Callable[[str], Sequence[str]]
"""Query to the ids of paragraphs, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with gold, in one language."""

    text: str
    gold: frozenset[str]
    cell: str
    """Language of the question and of its gold: `en→zh`, `en→en+zh`."""
    kind: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of some questions; shares from 0 to 1."""

    questions: int
    hits: Mapping[int, float]
    """Depth to the share of questions with any of their gold that high."""
    reciprocal: float
    gain: float
    """nDCG."""


def asked_of(questions: Sequence[Question], corpus: Corpus) -> list[Asked]:
    """Return the questions that have gold, once for each language they are asked in."""
    return [
        Asked(text, frozenset(question.gold), _cell(language, question, corpus), question.kind)
        for question in questions
        if question.gold
        for language, text in question.texts.items()
    ]


def measure(asked: Sequence[Asked], find: Find) -> dict[str, Figures]:
    """Return the figures of all questions, of each direction, and of each kind if there are two."""
    groups: dict[str, list[tuple[Asked, Sequence[str]]]] = defaultdict(list)
    kinds = {question.kind for question in asked}
    for question in asked:
        found = question, list(find(question.text))[:DEPTH]
        groups[ALL].append(found)
        groups[question.cell].append(found)
        if len(kinds) > 1:
            groups[f"kind {question.kind}"].append(found)
    return {name: _figures(groups[name]) for name in sorted(groups, key=_order)}


def variants() -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield names and weights: everything, then each group alone and each left out."""
    yield "everything", WEIGHTS
    for name, parts in GROUPS.items():
        if name != "surroundings":
            yield f"{name} alone", _only(parts)
    for name, parts in GROUPS.items():
        yield f"without {name}", _only([part for part in WEIGHTS if part not in parts])


def rows(name: str, figures: Mapping[str, Figures]) -> list[str]:
    """Return a table of figures, one line a group."""
    head = "  ".join(f"hit@{k:<2}" for k in CUTS)
    lines = [f"{name:<24} {'n':>5}  {head}  MRR    nDCG@{DEPTH}"]
    return [*lines, *(f"  {group:<22} {_row(found)}" for group, found in figures.items())]


def run(pack: Path, settings: Settings, *, sample: int | None, ablation: bool) -> Iterator[str]:
    """Index a pack, ask it, and yield lines as they are known."""
    with indexed(pack / DOCS, settings) as there:
        corpus = read_corpus(there, _ignore)
        asked = asked_of(read_pack(pack, corpus), corpus)
        if sample is not None:
            # By chance, but the same each time: neighbouring questions are of one language or text.
            asked = sorted(asked, key=lambda a: sha256(a.text.encode()).digest())[:sample]
        with wiring.opened_searcher(there, _ignore) as searcher:
            for name, weights in variants():
                figures = measure(asked, _find(searcher.weighing(weights)))
                yield from rows(f"{pack.name}: {name}", figures)
                if not ablation:
                    return


def main() -> None:
    """Print the figures of each pack named."""
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("packs", nargs="+", type=Path, metavar="PACK")
    parser.add_argument("--sample", type=int, metavar="N", help="ask about N questions of each")
    parser.add_argument("--no-ablation", dest="ablation", action="store_false")
    arguments = parser.parse_args()
    for pack in arguments.packs:
        lines = run(pack, load_settings({}), sample=arguments.sample, ablation=arguments.ablation)
        for line in lines:
            print(line, flush=True)  # noqa: T201  # this is its output


def _find(searcher: Searcher) -> Find:
    return lambda query: [hit.paragraph.id for hit in searcher.search(query, k=DEPTH)]


def _cell(language: Language, question: Question, corpus: Corpus) -> str:
    texts = {name for gold in question.gold for name in corpus.sources[gold].paragraph.texts}
    return f"{language}→{'+'.join(name for name in LANGUAGES if name in texts)}"


def _order(group: str) -> tuple[int, str]:
    return (0 if group == ALL else 2 if group.startswith("kind ") else 1), group


def _figures(found: Sequence[tuple[Asked, Sequence[str]]]) -> Figures:
    def average(metric: Callable[[Asked, Sequence[str]], float | None]) -> float:
        return mean(metric(asked, ranked) for asked, ranked in found)[0] or 0.0

    return Figures(
        len(found),
        {k: average(lambda a, r, k=k: float(bool(a.gold & set(r[:k])))) for k in CUTS},  # type: ignore[misc]  # mypy cannot type a default in a lambda
        average(lambda a, r: reciprocal_rank(r, a.gold, DEPTH)),
        average(lambda a, r: ndcg_at_k(r, a.gold, DEPTH)),
    )


def _row(found: Figures) -> str:
    hits = "  ".join(f"{found.hits[k]:6.3f}" for k in CUTS)
    return f"{found.questions:>5}  {hits}  {found.reciprocal:.3f}  {found.gain:.3f}"


def _only(parts: Sequence[str]) -> dict[str, float]:
    return {name: weight if name in parts else 0.0 for name, weight in WEIGHTS.items()}


def _ignore(_line: str) -> None:
    """Say nothing."""


if __name__ == "__main__":
    main()
