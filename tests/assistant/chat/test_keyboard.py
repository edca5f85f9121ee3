import os
import subprocess
import sys

import pytest

from assistant.chat.keyboard import VARIABLE, apply, decide

CASES = {
    "nothing known": ({}, False),
    "an ordinary terminal": ({"TERM": "xterm-256color"}, False),
    "kitty": ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, True),
    "kitty over ssh": ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, True),
    "kitty under another name": ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True),
    "ghostty": ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, True),
    "ghostty by its program": ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True),
    "ghostty by its folder": ({"GHOSTTY_RESOURCES_DIR": "/g"}, True),
    "kitty in tmux": ({"TERM": "tmux-256color", "TMUX": "s", "KITTY_WINDOW_ID": "1"}, False),
    "kitty's name in tmux": ({"TERM": "xterm-kitty", "TMUX": "s"}, False),
    "screen": ({"TERM": "screen.xterm-256color"}, False),
    "zellij": ({"TERM": "xterm-kitty", "ZELLIJ": "0"}, False),
    "iterm": ({"TERM_PROGRAM": "iTerm.app"}, False),
    "iterm over ssh": ({"LC_TERMINAL": "iTerm2", "KITTY_WINDOW_ID": "1"}, False),
    "an editor started from kitty": ({"TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"}, False),
    "wezterm": ({"TERM_PROGRAM": "WezTerm"}, False),
    "another started from kitty": ({"VTE_VERSION": "7600", "KITTY_WINDOW_ID": "1"}, False),
    "the user says off": ({"TERM": "xterm-kitty", VARIABLE: "1"}, False),
    "the user says on": ({"TERM_PROGRAM": "iTerm.app", VARIABLE: "0"}, True),
    "the user says nothing clear": ({VARIABLE: ""}, True),
}


@pytest.mark.parametrize(("environment", "is_used"), CASES.values(), ids=CASES)
def test_the_protocol_is_used_where_chinese_is_safe(
    environment: dict[str, str], is_used: bool
) -> None:
    assert decide(environment).is_protocol_used is is_used
    assert decide(environment).reason


@pytest.mark.parametrize(("environment", "is_used"), CASES.values(), ids=CASES)
def test_textual_is_told_and_the_user_is_not_overruled(
    environment: dict[str, str], is_used: bool
) -> None:
    told = dict(environment)

    assert apply(told).is_protocol_used is is_used
    assert told[VARIABLE] == environment.get(VARIABLE, "0" if is_used else "1")


@pytest.mark.parametrize("term", ["xterm-kitty", "xterm-256color"])
def test_textual_reads_what_was_decided(term: str) -> None:
    """In a process of its own: Textual reads the variable once."""
    code = (
        "import os, sys; from assistant.chat.keyboard import apply;"
        "used = apply(os.environ).is_protocol_used;"
        "assert 'textual' not in sys.modules;"
        "from textual.constants import DISABLE_KITTY_KEY; assert DISABLE_KITTY_KEY is not used"
    )
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "SYSTEMROOT", "PYTHONPATH"}}
    subprocess.run([sys.executable, "-c", code], env={**kept, "TERM": term}, check=True)
