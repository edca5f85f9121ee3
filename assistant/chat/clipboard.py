"""Text → the clipboard of the person at the screen, by whichever way reaches it.

Over SSH a tool would copy to the wrong machine; in tmux an escape sequence stops at tmux; without
either, a tool is surest. Every way is tried in turn, and the one that took the text is told.
"""

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Route = Literal["tool", "tmux", "terminal", "none"]
Find = Callable[[str], str | None]
"""A command's name → where it is, None if nowhere."""
Run = Callable[[Sequence[str], bytes], bool]
"""A command and what to give it → whether it took it."""

LONGEST = 74_994
"""Bytes that fit one OSC 52 sequence of 100,000, which terminals are known to accept.

Source: hterm's osc52.sh.
"""

_PATIENCE_S = 2.0
"""A clipboard tool answers at once; one that cannot reach its display may hang."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a text went."""

    route: Route
    tool: str = ""
    """The command that took it, if one did."""


@dataclass(frozen=True, slots=True)
class _Tool:
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """One of these variables must be set; none if empty."""
    encoding: str = "utf-8"


_TOOLS = (
    _Tool(("termux-clipboard-set",), needs=("TERMUX_VERSION",)),
    _Tool(("pbcopy",)),
    _Tool(("wl-copy",), needs=("WAYLAND_DISPLAY",)),
    _Tool(("xclip", "-selection", "clipboard"), needs=("DISPLAY",)),
    _Tool(("xsel", "--clipboard", "--input"), needs=("DISPLAY",)),
    # It takes anything else for the console's own code page, and Chinese comes out as garbage.
    _Tool(
        ("clip.exe",),
        needs=("WSL_DISTRO_NAME", "WSL_INTEROP", "SYSTEMROOT", "SystemRoot"),
        encoding="utf-16",
    ),
)


def run_tool(command: Sequence[str], data: bytes) -> bool:
    """Give a command data on its standard input; return whether it took it."""
    try:
        done = subprocess.run(
            command,
            input=data,
            # A tool that stays behind to serve the clipboard would keep a pipe open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def copy(
    text: str,
    environment: Mapping[str, str],
    write: Callable[[str], None],
    *,
    find: Find = shutil.which,
    run: Run = run_tool,
) -> Copied:
    """Copy a text and return how; the route is `none` if no way took it.

    Args:
        text: what to copy, as it is.
        environment: `SSH_*`, `TMUX` and the display's variables decide the order of the ways.
        write: writes a sequence to the terminal.
        find: where commands are looked for.
        run: runs one.
    """
    if not _is_remote(environment) and (tool := _copy_by_tool(text, environment, find, run)):
        return Copied("tool", tool)
    is_tmux = bool(environment.get("TMUX"))
    if is_tmux and run(("tmux", "load-buffer", "-w", "-"), text.encode()):
        return Copied("tmux", "tmux")
    if (sequence := osc52(text, is_tmux=is_tmux)) is None:
        return Copied("none")
    write(sequence)
    return Copied("terminal")


def way(environment: Mapping[str, str], *, find: Find = shutil.which) -> str:
    """Return the way that is tried first, in words for `doctor`."""
    found = next((tool.command[0] for tool in _tools_here(environment, find)), None)
    if found is not None and not _is_remote(environment):
        return found
    return "tmux" if environment.get("TMUX") else "an escape sequence to the terminal (OSC 52)"


def osc52(text: str, *, is_tmux: bool) -> str | None:
    """Return the sequence that asks a terminal to copy; None for a text that is too long.

    Args:
        text: what to copy.
        is_tmux: wrap it so that tmux hands it on to the terminal around it.
    """
    data = text.encode()
    if len(data) > LONGEST:
        return None
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if is_tmux:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    return sequence


def _is_remote(environment: Mapping[str, str]) -> bool:
    """Return whether the person sits at another machine than this program runs on."""
    is_ssh = any(environment.get(name) for name in ("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"))
    return is_ssh or "web" in environment.get("TEXTUAL_DRIVER", "")


def _tools_here(environment: Mapping[str, str], find: Find) -> Iterator[_Tool]:
    """Yield the tools that are installed and of use, the surest first."""
    for tool in _TOOLS:
        is_of_use = not tool.needs or any(environment.get(need) for need in tool.needs)
        if is_of_use and find(tool.command[0]):
            yield tool


def _copy_by_tool(text: str, environment: Mapping[str, str], find: Find, run: Run) -> str | None:
    """Return the name of the first tool that took the text, None if none did."""
    for tool in _tools_here(environment, find):
        if run(tool.command, text.encode(tool.encoding)):
            return tool.command[0]
    return None
