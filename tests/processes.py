"""The program as a process of its own: signals, pipes, permissions and limits are real there."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from assistant.cli import main; main()"]

# Linux: prctl(PR_CAPBSET_DROP, …) of what lets root read and write whatever it likes.
PR_CAPBSET_DROP = 24
ROOT_ONLY = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def as_anybody() -> None:
    """Make permissions count for the program about to start, even if root starts it."""
    if os.geteuid() == 0:
        for capability in ROOT_ONLY:
            if ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "the tests of permissions need Linux")


def with_small_files(largest: int) -> Callable[[], None]:
    """Return what lets the program about to start write no file larger than this, in bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return limit


class Program:
    """Starts the program in a folder; ends what is still running when it is left."""

    def __init__(self, folder: Path = ROOT) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[str]] = []

    def __enter__(self) -> "Program":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._started:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()

    def start(
        self, *arguments: str | Path | bytes, environment: dict[str, str] | None = None, **more: Any
    ) -> subprocess.Popen[str]:
        """Start one command and return its process; its streams are pipes of UTF-8 text."""
        return self._start([*COMMAND, *arguments], environment or {}, more)

    def python(self, code: str, *arguments: str | Path) -> "subprocess.Popen[str]":
        """Start a script of Python that may import what the program is made of."""
        return self._start([sys.executable, "-c", code, *arguments], {}, {})

    def _start(
        self,
        command: Sequence[str | Path | bytes],
        environment: Mapping[str, str],
        more: dict[str, Any],
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment),
            stdin=more.pop("stdin", subprocess.PIPE),
            stdout=more.pop("stdout", subprocess.PIPE),
            stderr=more.pop("stderr", subprocess.PIPE),
            encoding="utf-8",
            errors="surrogateescape",
            **more,
        )
        self._started.append(process)
        return process

    def run(
        self, *arguments: str | Path | bytes, text: str = "", check: bool = False, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end, with `text` on stdin."""
        process = self.start(*arguments, **more)
        out, err = process.communicate(text)
        self._started.remove(process)
        if check and process.returncode:
            raise AssertionError(f"{arguments}: exit code {process.returncode}\n{err}")
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)
