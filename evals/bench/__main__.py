"""`python -m evals.bench cold [FOLDER]`, `… search [--paragraphs N]`, `… embed`, `… chat`."""

import argparse
from pathlib import Path

from evals.bench import chat, cold, embed, search


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("name", choices=["cold", "search", "embed", "chat"])
    parser.add_argument("folder", nargs="?", type=Path, help="transcripts [the bundled sample]")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--paragraphs", type=int, default=10_000, help="of the search's corpus")
    parser.add_argument("--no-stock", dest="stock", action="store_false", help="ours only")
    arguments = parser.parse_args()
    print(_table(arguments))  # noqa: T201  # this is its output


def _table(arguments: argparse.Namespace) -> str:
    if arguments.name == "cold":
        return cold.run(arguments.folder, runs=arguments.runs)
    if arguments.name == "search":
        return search.run(arguments.paragraphs, stock=arguments.stock)
    if arguments.name == "chat":
        return chat.run(stock=arguments.stock)
    return embed.run()


if __name__ == "__main__":
    main()
