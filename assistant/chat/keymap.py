"""Which key does what: ours, unless the configuration names another."""

from collections.abc import Collection, Mapping

from assistant.chat.commands import COMMANDS
from index.errors import UsageError

_NAMES = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}


def keys_of(changes: Mapping[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """Return the key of every command that has one, by the command's name.

    Args:
        changes: command to key, as the configuration has them; "" takes the key away.
        taken: keys that something else answers to first, so that a command never would.

    Raises:
        UsageError: a change names no command, a key that is taken, or the key of another command.
    """
    known = {command.name: command.key for command in COMMANDS}
    for name in changes:
        if name not in known:
            raise UsageError(f"keymap: there is no command {name!r}; there is: {', '.join(known)}")
    keys = {name: key for name, key in (known | dict(changes)).items() if key}
    of: dict[str, str] = {}
    for name, key in keys.items():
        if key in of:
            raise UsageError(f"keymap: {key} is for {of[key]} and for {name}; one needs another")
        if name in changes and key in taken:
            raise UsageError(f"keymap: {key} edits the prompt; {name} needs another key")
        of[key] = name
    return keys


def key_name(key: str) -> str:
    """Return a key as it is written on screen: `F1`, `Ctrl+Y`."""
    return "+".join(_NAMES.get(part, part.title()) for part in key.split("+"))
