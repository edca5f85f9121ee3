"""Puts right what Rich and Textual get wrong for Chinese: the only place that reaches into them.

Each repair is tried by itself. Where a private name has moved, the library stays as it is, and
`install` says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from assistant.chat.linebreaks import typed_units, units
from assistant.chat.pastes import PasteGuard

SEQUENCE_LIMIT = 1024
"""Characters of one escape sequence. An input method's commit has up to seven for each of its
characters, so about 145 of them fit; Textual's own 32 end within the fifth.
"""

Units = Callable[[str], Iterable[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Installed:
    """Which repairs are in place."""

    lines: bool
    """Lines of Chinese are filled and keep their marks, wherever text is shown."""
    typed_lines: bool
    """The same, where it is typed."""
    commits: bool
    """Commits of five characters and more are read as what they are."""
    pastes: bool
    """Escape sequences within a paste are text."""
    chords: bool
    """alt with a digit or an arrow is that, not a sign and not the escape key, on old terminals."""


def install() -> Installed:
    """Make the repairs, once; making them again changes nothing.

    Where commits cannot be read, the terminal is not asked to send them as sequences.
    """
    commits = _raise_limit()
    if not commits and (constants := _module("textual.constants")) is not None:
        constants.DISABLE_KITTY_KEY = True  # type: ignore[attr-defined]  # a constant to others
    return Installed(
        lines=_break_lines("rich._wrap", "words", "divide_line"),
        typed_lines=_break_lines("textual._wrap", "chunks", "compute_wrap_offsets", typed_units),
        commits=commits,
        pastes=_guard_pastes(),
        chords=_name_chords(),
    )


def _module(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None


def _break_lines(module_name: str, iterator: str, user: str, ours: Units = units) -> bool:
    """Give a library's wrapping our units in place of its words; return whether it uses them."""
    module = _module(module_name)
    user_function = getattr(module, user, None)
    if module is None or iterator not in getattr(
        getattr(user_function, "__code__", None), "co_names", ()
    ):
        return False
    setattr(module, iterator, ours)
    return True


def _raise_limit() -> bool:
    module = _module("textual._xterm_parser")
    name = "_MAX_SEQUENCE_SEARCH_THRESHOLD"
    limit = getattr(module, name, None)
    if module is None or not isinstance(limit, int):
        return False
    setattr(module, name, max(limit, SEQUENCE_LIMIT))
    return True


@dataclass(frozen=True, slots=True)
class _Key:
    """A key as the table of sequences holds it."""

    value: str


# What terminals send where the newer protocol is off, and Textual takes for something else.
_CHORDS = {
    **{f"\x1b{digit}": f"alt+{digit}" for digit in range(10)},
    "\x1b\r": "alt+enter",
    "\x1b[13;2u": "shift+enter",
    "\x1b[27;2;13~": "shift+enter",
}


def _name_chords() -> bool:
    """Let alt be alt: Textual reads alt+1 as ¡, and alt+left as the escape key and left."""
    table = getattr(_module("textual._ansi_sequences"), "ANSI_SEQUENCES_KEYS", None)
    if not isinstance(table, dict):
        return False
    for sequence, keys in list(table.items()):
        if isinstance(keys, tuple) and len(keys) == 2 and keys[0].value == "escape":
            table[sequence] = (_Key(f"alt+{keys[1].value}"),)
    table |= {sequence: (_Key(name),) for sequence, name in _CHORDS.items()}
    return True


def _guard_pastes() -> bool:
    parser: Any = getattr(_module("textual._xterm_parser"), "XTermParser", None)
    feed = getattr(parser, "feed", None)
    if feed is None:
        return False
    if getattr(feed, "is_guarded", False):
        return True
    parser.feed = _guarded(feed)
    return True


def _guarded(feed: Callable[[Any, str], Iterable[Any]]) -> Callable[[Any, str], Iterable[Any]]:
    """Return a parser's `feed` that keeps a guard for each parser; no data means the end."""

    def guarded(parser: Any, data: str) -> Iterable[Any]:
        if data:
            guard = parser.__dict__.setdefault("_paste_guard", PasteGuard())
            if not (data := guard.feed(data)):
                return ()
        return feed(parser, data)

    guarded.is_guarded = True  # type: ignore[attr-defined]  # how a second call knows
    return guarded
