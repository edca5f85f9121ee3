import base64
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from assistant.chat.clipboard import LONGEST, Copied, copy, osc52, run_tool

TEXT = "“算力的价格下降了” — Mira"


@dataclass
class Machine:
    """Commands that are installed, those of them that fail, and what was done."""

    installed: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    ran: list[tuple[str, bytes]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def find(self, name: str) -> str | None:
        return f"/usr/bin/{name}" if name in self.installed else None

    def run(self, command: Sequence[str], data: bytes) -> bool:
        self.ran.append((" ".join(command), data))
        return command[0] in self.installed - self.failing

    def copy(self, text: str, environment: dict[str, str]) -> Copied:
        return copy(text, environment, self.written.append, find=self.find, run=self.run)


EVERY = frozenset(["pbcopy", "wl-copy", "xclip", "xsel", "clip.exe", "termux-clipboard-set"])
X11 = {"DISPLAY": ":0"}
CASES = {
    "mac": ({}, {"pbcopy"}, Copied("tool", "pbcopy")),
    "wayland": ({"WAYLAND_DISPLAY": "w"}, {"wl-copy", "xclip"}, Copied("tool", "wl-copy")),
    "x11": (X11, {"wl-copy", "xclip"}, Copied("tool", "xclip")),
    "x11 with xsel": (X11, {"xsel"}, Copied("tool", "xsel")),
    "windows beneath linux": ({"WSL_DISTRO_NAME": "U"}, {"clip.exe"}, Copied("tool", "clip.exe")),
    "a phone": ({"TERMUX_VERSION": "1"}, EVERY, Copied("tool", "termux-clipboard-set")),
    "no display": ({}, {"xclip", "wl-copy"}, Copied("terminal")),
    "nothing there": ({}, set(), Copied("terminal")),
    "tmux at home": ({"TMUX": "s", **X11}, {"xclip", "tmux"}, Copied("tool", "xclip")),
    "tmux alone": ({"TMUX": "s"}, {"tmux"}, Copied("tmux", "tmux")),
    "old tmux": ({"TMUX": "s"}, set(), Copied("terminal")),
    "over ssh": ({"SSH_TTY": "t", **X11}, EVERY, Copied("terminal")),
    "tmux over ssh": ({"SSH_CONNECTION": "c", "TMUX": "s"}, {"tmux"}, Copied("tmux", "tmux")),
    "a browser": ({"TEXTUAL_DRIVER": "textual.drivers.web_driver:W"}, EVERY, Copied("terminal")),
}


@pytest.mark.parametrize(("environment", "installed", "copied"), CASES.values(), ids=CASES)
def test_the_way_that_reaches_the_person_is_taken(
    environment: dict[str, str], installed: set[str], copied: Copied
) -> None:
    machine = Machine(frozenset(installed))

    assert machine.copy(TEXT, environment) == copied
    assert bool(machine.written) == (copied.route == "terminal")


def test_a_tool_that_fails_gives_way_to_the_next() -> None:
    machine = Machine(frozenset(["xclip", "xsel"]), failing=frozenset(["xclip"]))

    assert machine.copy(TEXT, X11) == Copied("tool", "xsel")
    assert [name.split()[0] for name, _ in machine.ran] == ["xclip", "xsel"]


@pytest.mark.parametrize(
    ("tool", "environment", "encoding"),
    [("pbcopy", {}, "utf-8"), ("clip.exe", {"WSL_INTEROP": "i"}, "utf-16")],
)
def test_chinese_arrives_as_it_is(tool: str, environment: dict[str, str], encoding: str) -> None:
    machine = Machine(frozenset([tool]))
    machine.copy(TEXT, environment)

    ((_, data),) = machine.ran
    assert data.decode(encoding) == TEXT


def test_the_terminal_is_sent_the_text_encoded() -> None:
    sequence = osc52(TEXT, is_tmux=False)

    assert sequence is not None
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1]).decode() == TEXT


def test_in_tmux_the_sequence_is_handed_on() -> None:
    inner, wrapped = osc52(TEXT, is_tmux=False), osc52(TEXT, is_tmux=True)

    assert wrapped == f"\x1bPtmux;\x1b{inner}\x1b\\"


@pytest.mark.parametrize("letter", ["x", "字"])
def test_what_is_too_long_for_a_terminal_is_not_cut(letter: str) -> None:
    machine = Machine()
    fits = letter * (LONGEST // len(letter.encode()))

    assert machine.copy(fits, {}) == Copied("terminal")
    assert machine.copy(fits + letter, {}) == Copied("none")
    assert len(machine.written) == 1


def test_a_real_command_takes_what_it_is_given() -> None:
    check = f"import sys; sys.exit(sys.stdin.buffer.read().decode() != {TEXT!r})"

    assert run_tool([sys.executable, "-c", check], TEXT.encode())
    assert not run_tool([sys.executable, "-c", check], b"other")
    assert not run_tool(["no-such-command-anywhere"], b"")
