"""Commands and functions → medians of their times."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """What some runs of one thing took."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run, in seconds."""
        return statistics.median(self.seconds)

    def percentile(self, share: float) -> float:
        """Return the time that `share` of the runs stay under, in seconds."""
        ranked = sorted(self.seconds)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def time_commands(
    commands: Mapping[str, Sequence[str]],
    *,
    runs: int,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Timing]:
    """Run each command `runs` times, taking turns so that a busy minute hits all; return by name.

    Raises:
        RuntimeError: a command failed; its stderr is in the message.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            began = time.perf_counter()
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, **(environment or {})},
            )
            seconds[name].append(time.perf_counter() - began)
            if done.returncode:
                raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr[-2000:]}")
    return {name: Timing(name, tuple(values)) for name, values in seconds.items()}


def time_calls(name: str, calls: Sequence[Callable[[], object]]) -> Timing:
    """Call each function once and return what each call took."""
    seconds = []
    for call in calls:
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return Timing(name, tuple(seconds))


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python with arguments."""
    return [sys.executable, *arguments]


def table(timings: Sequence[Timing], *, yardstick: str) -> str:
    """Return a table of medians, and how many times the yardstick's median each is."""
    unit = next(t.median for t in timings if t.name == yardstick)
    width = max(len(t.name) for t in timings)
    return "\n".join(
        f"{t.name:<{width}}  {t.median:7.3f} s  x{t.median / unit:5.2f}  (n={len(t.seconds)})"
        for t in timings
    )
