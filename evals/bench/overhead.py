"""What an answer takes besides its model: searching, prompts, tools, checks.

The model answers at once: it searches in the other language, then quotes the first paragraphs.
"""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.agent import Agent
from assistant.checking.check import check_sentence
from assistant.events import TextAdded
from assistant.evidence_book import EvidenceBook
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolRequest, ToolSpec, Usage
from assistant.settings import load_settings
from assistant.wiring import build_index, opened_searcher, sample_folder
from evals.bench.timing import Timing
from index.records import Language
from index.sentences import split_sentences

SETS = Path(__file__).parents[1] / "sets"
QUESTIONS = 40
CITED = 4
"""Sentences of an answer, each from another paragraph."""


@dataclass(slots=True)
class InstantModel:
    """Looks up once, then says a sentence of each of the first paragraphs."""

    query: str
    """What it looks up."""
    language: Language
    book: EvidenceBook
    name: str = "instant"
    address: str = "nowhere"
    calls_tools: bool = True
    calls: int = 0
    spoke_at: float | None = None
    """When its first text went out."""

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Search first, then answer."""
        del messages, tools
        self.calls += 1
        if self.calls == 1:
            arguments = {"query": self.query}
            yield ToolRequest("call", "search", arguments, json.dumps(arguments))
            yield Finish("tools")
            return
        for number in list(self.book)[:CITED]:
            self.spoke_at = self.spoke_at or time.perf_counter()
            yield TextDelta(f"{self._sentence(number)} [{number}]\n")
        yield Usage(100, 20)
        yield Finish("stop")

    def _sentence(self, number: int) -> str:
        source = self.book.source(number)
        texts = source.paragraph.texts if source else {}
        text = texts.get(self.language) or next(iter(texts.values()), "")
        start, end = next(iter(split_sentences(text)), (0, 0))
        return text[start:end]


@dataclass(slots=True)
class _Taken:
    """What the answers took."""

    whole: list[float] = field(default_factory=list)
    first_text: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)


def run(folder: Path | None) -> str:
    """Return how long answers take besides the model, in both languages."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = load_settings({"store": str(Path(scratch, "store"))})
        build_index(
            [folder or sample_folder()],
            settings,
            progress=_Silent(),
            waiting=_nothing,
            notice=_ignore,
            rebuild=False,
        )
        taken = _Taken()
        with opened_searcher(settings, _ignore) as searcher:
            asked = _questions("seeds" if folder else "sample")
            searcher.search(asked[0][1], k=8)
            for language, question, other in asked:
                book = EvidenceBook()
                model = InstantModel(other, language, book)
                _time(Agent(model, searcher, check_sentence), model, question, taken)
                began = time.perf_counter()
                searcher.search(question, k=8)
                taken.search.append(time.perf_counter() - began)
    timings = [
        Timing("answer without its model", tuple(taken.whole)),
        Timing("of it, one search", tuple(taken.search)),
        Timing("from the model's first text to ours", tuple(taken.first_text)),
    ]
    return "\n".join(map(_line, timings))


def _time(agent: Agent, model: InstantModel, question: str, taken: _Taken) -> None:
    """Let an agent answer, and note when it spoke and when it was done."""
    began = time.perf_counter()
    first = None
    for event in agent.ask(question, book=model.book):
        if first is None and isinstance(event, TextAdded):
            first = time.perf_counter()
    taken.whole.append(time.perf_counter() - began)
    if first is not None and model.spoke_at is not None:
        taken.first_text.append(first - model.spoke_at)


def _questions(name: str) -> list[tuple[Language, str, str]]:
    """Return questions of a fixed set: language, words, and the words of the other language."""
    found: list[tuple[Language, str, str]] = []
    with (SETS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            words = json.loads(line)["question"]
            if "en" in words and "zh" in words:
                found += [("en", words["en"], words["zh"]), ("zh", words["zh"], words["en"])]
    return found[: 2 * QUESTIONS]


def _line(timing: Timing) -> str:
    p50, p95 = timing.median * 1000, timing.percentile(0.95) * 1000
    return f"{timing.name:<36} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  (n={len(timing.seconds)})"


class _Silent:
    """Progress that says nothing."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


def _nothing() -> None:
    """Wait without a word."""


def _ignore(_line: str) -> None:
    """Say nothing."""
