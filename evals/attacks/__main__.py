"""Run all attacks and print what came of them; exit code 1 if any came through."""

import sys
import tempfile
from pathlib import Path

from evals.attacks.judge import run_attacks, table
from evals.attacks.stage import SET, load_attacks, staged


def main() -> int:
    """Run the attacks of the set, or of the file named."""
    attacks = load_attacks(Path(sys.argv[1]) if len(sys.argv) > 1 else SET)
    with tempfile.TemporaryDirectory() as folder, staged(attacks, Path(folder) / "s") as searcher:
        results = list(run_attacks(attacks, searcher))
    print(table(results))  # noqa: T201  # this is its output
    return 1 if any(result.faults for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
