"""The head of a transcript file → its metadata, whole, and the body that follows.

Every scalar stays text as written (`2031-04-02` is no date object, `1:02:03` no number). What is
not valid YAML is read line by line; no file is refused for its front matter. What the keys mean
is `index.facts`' affair.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from index.vocabulary import KNOWN_KEYS

_FENCED = re.compile(
    r"\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_KEY_LINE = re.compile(r"([\w][\w .\-/]{0,40}?)\s*[:：]\s*(.*)")
_LOWER_KEY = re.compile(r"[a-z][\w-]*")
# A reference to another value multiplies it; deep nesting exhausts the stack. Neither is written
# by people, so such a head is read line by line.
_REFERENCE = re.compile(r"(?:^|[\s\[{,:-])[*&]\w")
_DEEP = re.compile(r"[\[{]{30}|^ {200}", re.MULTILINE)
_MAX_DEPTH = 60
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the metadata between the two `---` lines at the top, and the text after them.

    Both empty-handed and the text unchanged when there is no such head, or when it holds prose.
    """
    match = _FENCED.match(text)
    if not match:
        return {}, text
    head = match[1]
    if not head.strip():
        return {}, text[match.end() :]
    metadata = _read_yaml(head)
    if metadata is None:
        metadata = _read_key_lines(head)
    if not _is_metadata(metadata):
        return {}, text
    return metadata, text[match.end() :]


def _read_yaml(head: str) -> dict[str, Any] | None:
    """Return the mapping the YAML holds, scalars as text; None when it cannot be read as one."""
    if _REFERENCE.search(head) or _DEEP.search(head):
        return None
    try:
        loaded = yaml.load(head, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(loaded, dict):
        return None
    return {str(key): _plain(value, 0) for key, value in loaded.items()}


def _plain(value: Any, depth: int) -> Any:
    """Return text, lists and mappings only, outer blanks stripped."""
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, depth + 1) for inner in value]
    return str(value).strip()


def _read_key_lines(head: str) -> dict[str, Any]:
    """Return `key: rest of the line`; list lines and other lines go to the key above them."""
    metadata: dict[str, Any] = {}
    key = ""
    for line in head.split("\n"):
        words = line.strip()
        match = _KEY_LINE.fullmatch(words)
        if words.startswith("- ") and key:
            listed = metadata[key] if isinstance(metadata[key], list) else []
            metadata[key] = [*listed, _unquote(words[2:])]
        elif match and (not line[:1].isspace() or match[1] in KNOWN_KEYS):
            key = match[1]
            metadata[key] = _unquote(match[2])
        elif words and key and isinstance(metadata[key], str):
            metadata[key] = f"{metadata[key]} {words}".strip()
    return metadata


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


def _is_metadata(metadata: Mapping[str, Any]) -> bool:
    """Whether the keys look like settings: one is known, or all are lower-case words."""
    if not metadata:
        return False
    if any(key.lower() in KNOWN_KEYS for key in metadata):
        return True
    return all(_LOWER_KEY.fullmatch(key) for key in metadata)
