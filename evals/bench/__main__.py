"""`python -m evals.bench cold [FOLDER]`."""

import argparse
from pathlib import Path

from evals.bench import cold


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("name", choices=["cold"])
    parser.add_argument("folder", nargs="?", type=Path, help="transcripts [the bundled sample]")
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    print(cold.run(arguments.folder, runs=arguments.runs))  # noqa: T201  # this is its output


if __name__ == "__main__":
    main()
