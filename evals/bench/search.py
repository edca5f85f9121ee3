"""Warm searches over a large corpus, ours beside the plain libraries in the same run."""

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.settings import load_settings
from assistant.wiring import build_index, opened_searcher
from evals.bench.corpus import questions, write_corpus
from evals.bench.timing import Timing, python, time_calls
from index.plurals import counted
from index.records import Filters

QUESTIONS = 100
FILTERS: Mapping[str, Filters] = {
    "one language": Filters(language="zh"),
    "one speaker of three": Filters(speakers=frozenset({"Speaker 1"})),
    "one year of twenty-five": Filters(since="2010", until="2010"),
    "everything passes": Filters(since="1990"),
}


def run(paragraphs: int, *, stock: bool = True) -> str:
    """Return a table of the times of searches over so many paragraphs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, there = Path(scratch, "talks"), Path(scratch, "stock")
        folder.mkdir()
        texts = write_corpus(folder, paragraphs)
        settings = load_settings({"store": str(Path(scratch, "store"))})
        build_index(
            [folder],
            settings,
            progress=_Silent(),
            waiting=_nothing,
            notice=_ignore,
            rebuild=False,
        )
        asked = questions(QUESTIONS)
        timings: list[Timing] = []
        with opened_searcher(settings, _ignore) as searcher:
            searcher.search(asked[0], k=10)  # the first one reads what the others share

            def search(query: str, filters: Filters) -> Callable[[], object]:
                return lambda: searcher.search(query, k=10, filters=filters)

            timings.append(time_calls("ours", [search(q, Filters()) for q in asked]))
            timings += [
                time_calls(f"ours, {name}", [search(q, filters) for q in asked])
                for name, filters in FILTERS.items()
            ]
        if stock:
            timings.append(_stock(there, texts, asked))
    return "\n".join(
        [f"{counted(paragraphs, 'paragraph')}, {QUESTIONS} questions", *map(_line, timings)]
    )


def _stock(folder: Path, texts: list[str], asked: list[str]) -> Timing:
    """Build and time the plain libraries in a process of their own."""
    folder.mkdir()
    lines, queries = folder / "texts.jsonl", folder / "queries.jsonl"
    lines.write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    queries.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    module = ("-m", "evals.bench.stock")
    subprocess.run(python(*module, "build", str(folder), str(lines)), check=True)
    timed = subprocess.run(
        python(*module, "time", str(folder), str(queries)),
        check=True,
        capture_output=True,
        text=True,
    )
    return Timing("stock LlamaIndex fusion", tuple(json.loads(timed.stdout.splitlines()[-1])))


def _line(timing: Timing) -> str:
    p50, p95 = timing.median * 1000, timing.percentile(0.95) * 1000
    return f"{timing.name:<32}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  (n={len(timing.seconds)})"


class _Silent:
    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


def _ignore(_line: str) -> None:
    """Say nothing."""


def _nothing() -> None:
    """Wait without a word."""
