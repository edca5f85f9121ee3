"""The environment → whether the terminal is asked for the newer keyboard protocol.

With kitty's protocol an input method's commit comes as one escape sequence. Textual asks for it on
every terminal and reads its own setting once, when it is imported: so this is decided before, and
knows no Textual. Where the protocol is off, shift+enter is enter; ctrl+j breaks a line everywhere.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

VARIABLE = "TEXTUAL_DISABLE_KITTY_KEY"
"""`1` switches the protocol off, anything else on. What the user set is left as it is."""

_GOOD_TERMS = {"xterm-kitty": "kitty", "xterm-ghostty": "Ghostty"}
_GOOD_PROGRAMS = {"kitty": "kitty", "ghostty": "Ghostty"}
# What each is known to lose with the protocol on.
_BAD_PROGRAMS = {
    "iTerm.app": "iTerm2 drops what an input method commits",
    "vscode": "this editor's terminal drops single characters an input method commits",
    "WezTerm": "WezTerm drops full-width punctuation",
    "Apple_Terminal": "Terminal.app does not know the protocol",
}
_OTHER_TERMINALS = (
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "WT_SESSION",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "ITERM_SESSION_ID",
)
"""Set by terminals that may have been started from kitty or Ghostty and inherit their variables."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """How keys are read."""

    is_protocol_used: bool
    reason: str
    """A clause in English, for `doctor`."""


def decide(environment: Mapping[str, str]) -> Keyboard:
    """Return whether the protocol is used: as the user says, else only where Chinese is safe."""
    if VARIABLE in environment:
        value = environment[VARIABLE]
        return Keyboard(value != "1", f"{VARIABLE} is set to {value!r}")
    if _is_multiplexed(environment):
        return Keyboard(False, "tmux and screen do not pass it on")
    if name := _GOOD_TERMS.get(environment.get("TERM", "")):
        return Keyboard(True, f"{name} sends whole commits with it")
    program = environment.get("TERM_PROGRAM") or _program_over_ssh(environment)
    if problem := _BAD_PROGRAMS.get(program):
        return Keyboard(False, problem)
    if name := _GOOD_PROGRAMS.get(program.casefold()) or _inherited(environment, program):
        return Keyboard(True, f"{name} sends whole commits with it")
    return Keyboard(False, "only kitty and Ghostty are known to type Chinese well with it")


def apply(environment: MutableMapping[str, str]) -> Keyboard:
    """Decide, and tell Textual by its variable; to be called before Textual is imported."""
    keyboard = decide(environment)
    environment.setdefault(VARIABLE, "0" if keyboard.is_protocol_used else "1")
    return keyboard


def _is_multiplexed(environment: Mapping[str, str]) -> bool:
    inside = any(environment.get(name) for name in ("TMUX", "STY", "ZELLIJ"))
    return inside or environment.get("TERM", "").startswith(("tmux", "screen"))


def _program_over_ssh(environment: Mapping[str, str]) -> str:
    """Return the program's name where only iTerm2's own variable came through."""
    return "iTerm.app" if environment.get("LC_TERMINAL") == "iTerm2" else ""


def _inherited(environment: Mapping[str, str], program: str) -> str:
    """Return kitty or Ghostty if only their variables say so and no other terminal's do."""
    if program or any(environment.get(name) for name in _OTHER_TERMINALS):
        return ""
    if environment.get("KITTY_WINDOW_ID"):
        return "kitty"
    return "Ghostty" if environment.get("GHOSTTY_RESOURCES_DIR") else ""
