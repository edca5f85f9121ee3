"""Which key does what: ours, unless the configuration names another."""

import re
import unicodedata
from collections.abc import Mapping

from assistant.chat.commands import COMMANDS
from index.errors import UsageError

_PROMPT = """
    enter ctrl+j shift+enter alt+enter tab up down left right home end backspace delete
    ctrl+left ctrl+right alt+left alt+right alt+b alt+f alt+d ctrl+a ctrl+e ctrl+d ctrl+w ctrl+u
    ctrl+k ctrl+z super+z ctrl+y super+y ctrl+c super+c ctrl+x super+x ctrl+v
    alt+backspace ctrl+backspace alt+delete ctrl+delete
    shift+up shift+down shift+left shift+right ctrl+shift+left ctrl+shift+right
    shift+home shift+end
"""
PROMPT_KEYS = frozenset(_PROMPT.split())
"""Keys that edit the prompt: a command on one of them would take them away."""
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace"}
"""What terminals send alike."""
_LIST_KEYS = frozenset(("pageup", "pagedown", "ctrl+home", "ctrl+end", "space", "shift+tab"))
_NAMES = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}
_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_NAMED = (
    "escape enter tab space backspace delete insert home end pageup pagedown up down left right"
)
_SIGNS = frozenset(("slash", "backslash", "at", "minus", "plus", "underscore", "comma"))
_KNOWN = frozenset(_NAMED.split())


def keys_of(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the key of every command that has one, by the command's name.

    Args:
        changes: command to key, as the configuration has them; "" takes the key away.

    Raises:
        UsageError: a change names no command, no key, the key of another command, or a key that
            is needed elsewhere.
    """
    known = {command.name: command.key for command in COMMANDS}
    for name in changes:
        if name not in known:
            raise UsageError(f"keymap: there is no command {name!r}; there is: {', '.join(known)}")
    wanted = {name: _read(name, key) for name, key in changes.items()}
    of: dict[str, str] = {}
    for name, key in (known | wanted).items():
        if not key:
            continue
        if key in of:
            raise UsageError(f"keymap: {key} is for {of[key]} and for {name}; one needs another")
        if key != known[name] and (why := _why_not(key)):
            raise UsageError(f"keymap: {key} {why}; {name} needs another key")
        of[key] = name
    return {name: key for key, name in of.items()}


def key_name(key: str) -> str:
    """Return a key as it is written on screen: `F1`, `Ctrl+Y`."""
    return "+".join(_NAMES.get(part, part.title()) for part in key.split("+"))


def _read(name: str, written: str) -> str:
    """Return a key as Textual names it, whatever its case and the order of its modifiers.

    Raises:
        UsageError: no key is called so.
    """
    *modifiers, base = [part.strip() for part in written.lower().split("+")]
    if not base and not modifiers:
        return ""
    is_key = base in _KNOWN or re.fullmatch(r"f([1-9]|1\d|2[0-4])", base)
    if not (is_key or _is_sign(base)) or not set(modifiers) <= set(_MODIFIERS):
        raise UsageError(
            f"keymap: {name}: no key is called {written!r}; write it like f5, ctrl+g or alt+g"
        )
    return "+".join([*sorted(set(modifiers)), base])


def _is_sign(name: str) -> bool:
    """Whether it is a character, or Unicode has one of that name: `right_square_bracket`."""
    if len(name) == 1 or name in _SIGNS:
        return True
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def _why_not(key: str) -> str:
    """Return what a key is needed for; "" where it is free."""
    *modifiers, base = key.split("+")
    if base not in _KNOWN and _is_sign(base) and not set(modifiers) - {"shift"}:
        return "writes a character"
    if modifiers == ["alt"] and base.isdecimal():
        return "opens a citation"
    if key in PROMPT_KEYS or key in _SAME:
        return "edits the prompt"
    if key in _LIST_KEYS:
        return "is typed, or moves in lists"
    return ""
