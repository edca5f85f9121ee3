"""Words for a model, in Markdown files; no logic but filling them in.

A prompt is named `file` or, where a file holds several under `# headings`, `file#heading`. Files
come in both languages: `agent.en`, `agent.zh`. `$name` stands for a value.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent
_HEADING = re.compile(r"^# +(\S+)\s*$", re.MULTILINE)


def render(name: str, **values: object) -> str:
    """Return a prompt with its values filled in; what values contain is not looked at.

    Raises:
        ValueError: there is no such prompt, a value is missing, or one is not used.
    """
    template = Template(_text(name))
    wanted = set(template.get_identifiers())
    if wanted != values.keys():
        missing, unused = sorted(wanted - values.keys()), sorted(values.keys() - wanted)
        raise ValueError(f"the prompt {name} lacks {missing} and has no use for {unused}")
    return template.substitute(values)


def placeholders(name: str) -> frozenset[str]:
    """Return the names of the values a prompt needs."""
    return frozenset(Template(_text(name)).get_identifiers())


def names() -> list[str]:
    """Return the names of all prompts, those of one file in its order."""
    found = []
    for path in sorted(_FOLDER.glob("*.md")):
        headings = _HEADING.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.stem}#{heading}" for heading in headings] or [path.stem]
    return found


def fingerprint(name: str) -> str:
    """Return what changes whenever the words of a prompt do: 12 hexadecimal digits.

    Raises:
        ValueError: there is no such prompt.
    """
    return hashlib.sha256(_text(name).encode()).hexdigest()[:12]


def fingerprints() -> Mapping[str, str]:
    """Return the fingerprint of every prompt, by name."""
    return {name: fingerprint(name) for name in names()}


@cache
def _text(name: str) -> str:
    file, _, heading = name.partition("#")
    path = _FOLDER / f"{file}.md"
    if path.parent != _FOLDER or not path.is_file():
        raise ValueError(f"there is no prompt {name}")
    text = path.read_text(encoding="utf-8")
    blocks = _HEADING.split(text)
    if len(blocks) == 1 and not heading:
        return text.strip()
    found = dict(zip(blocks[1::2], blocks[2::2], strict=True))
    if heading not in found:
        raise ValueError(f"there is no prompt {name}")
    return found[heading].strip()
