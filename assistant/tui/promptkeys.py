"""What the keys do in the prompt, and what a key writes.

Those that one may wish elsewhere have a name, so that a keymap can move them. None has priority: a
commit of an input method may arrive as the key `enter` carrying a character, and must reach the
text.
"""

from textual.binding import Binding, BindingType

from assistant.render import printable

PROMPT_KEYS: tuple[BindingType, ...] = (
    Binding("enter", "submit", "Send", id="prompt.submit"),
    Binding("ctrl+j,shift+enter,alt+enter", "newline", "New line", id="prompt.newline"),
    Binding("tab", "complete", "Complete", show=False, id="prompt.complete"),
    Binding("up", "cursor_up", show=False, id="prompt.up"),
    Binding("down", "cursor_down", show=False, id="prompt.down"),
    Binding("left", "cursor_left", show=False, id="prompt.left"),
    Binding("right", "cursor_right", show=False, id="prompt.right"),
    Binding("ctrl+left,alt+b,alt+left", "cursor_word_left", show=False, id="prompt.word-left"),
    Binding("ctrl+right,alt+f,alt+right", "cursor_word_right", show=False, id="prompt.word-right"),
    Binding("home,ctrl+a", "cursor_line_start", show=False, id="prompt.line-start"),
    Binding("end,ctrl+e", "cursor_line_end", show=False, id="prompt.line-end"),
    Binding("shift+up", "cursor_up(True)", show=False),
    Binding("shift+down", "cursor_down(True)", show=False),
    Binding("shift+left", "cursor_left(True)", show=False),
    Binding("shift+right", "cursor_right(True)", show=False),
    Binding("ctrl+shift+left", "cursor_word_left(True)", show=False),
    Binding("ctrl+shift+right", "cursor_word_right(True)", show=False),
    Binding("shift+home", "cursor_line_start(True)", show=False),
    Binding("shift+end", "cursor_line_end(True)", show=False),
    Binding("backspace", "delete_left", show=False, id="prompt.delete-left"),
    Binding("delete,ctrl+d", "delete_right", show=False, id="prompt.delete-right"),
    Binding(
        "ctrl+w,alt+backspace,ctrl+backspace",
        "delete_word_left",
        show=False,
        id="prompt.delete-word-left",
    ),
    Binding(
        "alt+d,alt+delete,ctrl+delete",
        "delete_word_right",
        show=False,
        id="prompt.delete-word-right",
    ),
    Binding("ctrl+u", "delete_to_start_of_line", show=False, id="prompt.delete-to-start"),
    Binding("ctrl+k", "delete_to_end_of_line_or_delete_line", show=False, id="prompt.kill"),
    Binding("ctrl+z,super+z", "undo", show=False, id="prompt.undo"),
    Binding("ctrl+y,super+y", "redo", show=False, id="prompt.redo"),
    Binding("ctrl+c,super+c", "copy", show=False, id="prompt.copy"),
    Binding("ctrl+x,super+x", "cut", show=False, id="prompt.cut"),
    Binding("ctrl+v", "paste", show=False, id="prompt.paste"),
)


def written_by(key: str, character: str | None) -> str:
    """Return what a key writes, "" if nothing: what an input method commits may come as any key.

    Python calls neither the full-width space nor the joiners within an emoji printable; they are
    text all the same. Of several characters those are left out that a terminal would obey.
    """
    if not character or key.startswith(("alt+", "ctrl+")) or "\x1b" in character:
        return ""
    return "".join(c for c in printable(character) if c not in "\t\n")
