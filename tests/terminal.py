"""A real terminal: the program in tmux, driven by keys, its screen read back."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.processes import ROOT

PATIENCE_S = 60.0


def is_here() -> bool:
    """Return whether this machine has tmux."""
    return shutil.which("tmux") is not None


class Terminal:
    """One command in a terminal of a size, which outlives it."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str | Path],
        size: tuple[int, int],
        environment: Mapping[str, str],
    ) -> None:
        self._socket = folder / "tmux"
        words = shlex.join(str(word) for word in command)
        # What the program leaves is read after it: its code, and that the shell still echoes.
        line = f"{words}; echo LEFT WITH $?; exec sh -c 'read line; echo READ $line; sleep 600'"
        width, height = map(str, size)
        variables = [f"{name}={value}" for name, value in environment.items()]
        self._tmux(
            *("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height),
            *("env", *variables, "sh", "-c", line),
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tmux("kill-server")

    def type(self, text: str) -> None:
        """Type text as an input method would: all of it at once."""
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: `Enter`, `M-1`, `C-q`."""
        self._tmux("send-keys", *keys)

    def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self) -> str:
        """Return what is seen."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *words: str) -> str:
        """Wait until all of these are seen, and return what is."""
        return self.wait_until(lambda seen: all(word in seen for word in words), words)

    def wait_until(self, holds: Callable[[str], bool], what: object) -> str:
        """Wait until something holds of what is seen, and return that."""
        until = time.monotonic() + PATIENCE_S
        while not holds(seen := self.screen()):
            assert time.monotonic() < until, f"never seen: {what}\n{seen}"
            time.sleep(0.1)  # the screen of another process can only be looked at again
        return seen

    def _tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-u", "-S", str(self._socket), *arguments],
            cwd=ROOT,
            env=os.environ | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
