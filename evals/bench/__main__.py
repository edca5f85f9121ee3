"""`python -m evals.bench cold [FOLDER]`, `… search [--paragraphs N]`, and the others."""

import argparse
from pathlib import Path

from evals.bench import chat, cold, embed, overhead, screen, search


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("name", choices=["cold", "search", "embed", "chat", "screen", "overhead"])
    parser.add_argument("folder", nargs="?", type=Path, help="transcripts [the bundled sample]")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--paragraphs", type=int, default=10_000, help="of the search's corpus")
    parser.add_argument("--no-stock", dest="stock", action="store_false", help="ours only")
    arguments = parser.parse_args()
    print(_table(arguments))  # noqa: T201  # this is its output


def _table(arguments: argparse.Namespace) -> str:
    match arguments.name:
        case "cold":
            return cold.run(arguments.folder, runs=arguments.runs)
        case "search":
            return search.run(arguments.paragraphs, stock=arguments.stock)
        case "chat":
            return chat.run(stock=arguments.stock)
        case "screen":
            return screen.run(runs=arguments.runs)
        case "overhead":
            return overhead.run(arguments.folder)
        case _:
            return embed.run()


if __name__ == "__main__":
    main()
