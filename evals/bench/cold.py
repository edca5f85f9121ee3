"""From nothing to an answer: one process, one question, everything imported anew."""

import json
import tempfile
from pathlib import Path

from assistant.settings import load_settings
from assistant.wiring import build_index, opened_store, sample_folder
from evals.bench.timing import python, table, time_commands

QUESTION = "Why did he change his mind?"
INTERVIEWS = "from assistant.cli import main; main()"


def run(folder: Path | None, *, runs: int = 7) -> str:
    """Return the times of a cold `ask` beside the bare import and the stock pipeline."""
    with tempfile.TemporaryDirectory() as scratch:
        store, stock = Path(scratch, "store"), Path(scratch, "stock")
        settings = load_settings({"store": str(store)})
        build_index(
            [folder or sample_folder()],
            settings,
            progress=_Silent(),
            waiting=lambda: None,
            notice=print,
            rebuild=False,
        )
        with opened_store(settings, print) as opened:
            texts = [
                text
                for summary in opened.rows.interviews()
                if (interview := opened.rows.interview(summary.id))
                for paragraph in interview.paragraphs
                for text in paragraph.texts.values()
            ]
        lines = Path(scratch, "texts.jsonl")
        lines.write_text("\n".join(json.dumps(text) for text in texts), encoding="utf-8")
        time_commands({"stock build": _stock("build", stock, lines)}, runs=1)
        timings = time_commands(
            {
                "import chromadb": python("-c", "import chromadb"),
                "interviews --help": python("-c", INTERVIEWS, "--help"),
                "interviews search": _ours("search", store),
                "interviews ask": _ours("ask", store),
                "stock LlamaIndex fusion": _stock("ask", stock, QUESTION),
            },
            runs=runs,
        )
    return table(list(timings.values()), yardstick="import chromadb")


class _Silent:
    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


def _ours(command: str, store: Path) -> list[str]:
    return python("-c", INTERVIEWS, command, "--store", str(store), QUESTION)


def _stock(verb: str, folder: Path, argument: Path | str) -> list[str]:
    return python("-m", "evals.bench.stock", verb, str(folder), str(argument))
