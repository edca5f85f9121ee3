"""The body of a transcript → its blocks: headings, paragraphs, list items, tables.

A block still holds its lines as written; who speaks and in which language is read later. Rules,
code settings and separators end here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.markup import join_lines, strip_marks
from index.wrappers import CUT, END, FOLD, LANGUAGE, unwrap

Kind = Literal["heading", "text", "item", "table"]
Wrap = Literal["", "fold", "language"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together."""

    kind: Kind
    lines: tuple[str, ...]
    level: int = 0
    """Of a heading, 1 to 6."""
    is_quoted: bool = False
    wrap: Wrap = ""
    """"fold" inside `<details>`, "language" inside a block of one language."""
    part: int = 0
    """Which wrapper of the file, from 1; 0 outside."""
    is_cut: bool = False
    """Whether a chunk mark stands before it: its sentence may have begun earlier."""

    @property
    def text(self) -> str:
        """The lines as one, marks kept."""
        return join_lines(self.lines)


_PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_FENCE = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w.+-]*)[^\n`]*\n((?:.*\n)*?)[ \t]*\1[`~]*[ \t]*$", re.MULTILINE
)
_PLAIN_FENCES = ("", "text", "txt", "transcript", "markdown", "md", "plain", "plaintext")
_LIST_LINE = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|$)(.*)|(#{2,6})([^\s#].*)")
_LEFTOVER = re.compile(r"^(?:#{1,6}\s+)+|\s+#+\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•][^\S\n]+|(?=\d{1,2}[.)][^\S\n]+\S))(.*)|\s*[-*+•]\s*$")
_RULE = re.compile(r"\s*(?:(?:[-*_=]\s*){3,}|[*★·•~_]+|(?:★\s*)+)$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*$")
_SPECIAL = re.compile(r"[ \t]*[#>\-*+•|=_★~\x01]|\s*\d{1,2}[.)]\s")
_STOPS = tuple("。．.!?！？;；,，:：>|")


def read_blocks(body: str) -> list[Block]:
    """Return the blocks of the text in order; what only decorates is gone."""
    if "```" in body or "~~~" in body:
        body = _FENCE.sub(_open_fence, body)
    wrap: Wrap = ""
    part = 0
    is_cut = False
    blocks: list[Block] = []
    for block in _read_marked(unwrap(body)):
        if isinstance(block, str):
            is_cut = is_cut or block == CUT
            if block in (FOLD, LANGUAGE):
                wrap, part = ("fold" if block == FOLD else "language"), part + 1
            elif block == END:
                wrap = ""
            continue
        if block.kind == "heading" and wrap == "language":
            wrap = ""
        if wrap or is_cut:
            block = replace(block, wrap=wrap, part=part if wrap else 0, is_cut=is_cut)  # noqa: PLW2901 - the marks before it complete it
        is_cut = False
        blocks.append(block)
    return blocks


def clean_heading(text: str) -> str:
    """Return the words of a heading: marks left over, emphasis and closing hashes gone."""
    words = strip_marks(_LEFTOVER.sub("", text.strip()))
    return _LEFTOVER.sub("", words).strip()


def _open_fence(match: re.Match[str]) -> str:
    """Return what a fence holds if it is prose, nothing if it is settings, code or contents."""
    lines = [line for line in match[3].split("\n") if line.strip()]
    listed = sum(bool(_LIST_LINE.match(line)) for line in lines)
    if match[2].lower() not in _PLAIN_FENCES or listed * 2 > len(lines):
        return ""
    return match[3]


def _read_marked(body: str) -> Iterator[Block | str]:
    """Yield blocks and, between them, the marks of wrappers."""
    for paragraph in _PARAGRAPHS.split(body.strip("\n")):
        if not paragraph.strip():
            continue
        lines = paragraph.split("\n")
        if not any(_SPECIAL.match(line) for line in lines):
            yield Block("text", tuple(lines))
        else:
            yield from _read_lines(lines)


def _read_lines(lines: Sequence[str]) -> Iterator[Block | str]:
    """Yield the blocks of neighbouring lines, none of them blank."""
    start = 0
    while start < len(lines):
        line = lines[start]
        if line.startswith("\x01"):
            yield line.strip()
            start += 1
        elif line.lstrip().startswith(">") and not line.lstrip().startswith(">>"):
            end = _run(lines, start, ">")
            yield from _read_quote(lines[start:end])
            start = end
        elif heading := _read_heading(lines, start):
            yield heading
            start += len(heading.lines)
        elif _RULE.match(line):
            start += 1
        elif line.lstrip().startswith("|"):
            end = _run(lines, start, "|")
            yield Block("table", tuple(lines[start:end]))
            start = end
        else:
            end = _end_of_text(lines, start)
            yield from _read_text(lines[start:end])
            start = end


def _run(lines: Sequence[str], start: int, mark: str) -> int:
    """Return where the lines that begin with the mark end."""
    end = start
    while end < len(lines) and lines[end].lstrip().startswith(mark):
        end += 1
    return end


def _read_quote(lines: Sequence[str]) -> Iterator[Block | str]:
    inner = "\n".join(re.sub(r"^\s*(?:>\s?)+", "", line) for line in lines)
    for block in _read_marked(inner):
        yield block if isinstance(block, str) else replace(block, is_quoted=True)


def _read_heading(lines: Sequence[str], start: int) -> Block | None:
    """Return the heading that begins here, marked by hashes or underlined."""
    match = _HEADING.fullmatch(lines[start])
    if match:
        words = match[2] if match[1] else match[4]
        return Block("heading", (words,), level=len(match[1] or match[3]))
    following = lines[start + 1] if start + 1 < len(lines) else ""
    underline = _UNDERLINE.fullmatch(following)
    words = lines[start].strip()
    if not underline or len(words) > 80 or words.endswith(_STOPS) or _ITEM.match(words):
        return None
    if len(underline[1]) < 2 or re.search(r"[:：]\s", words):
        return None
    return Block("heading", (words, following), level=1 if "=" in underline[1] else 2)


def _end_of_text(lines: Sequence[str], start: int) -> int:
    """Return where plain lines and list items give way to another kind of line."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if line.startswith("\x01") or line.lstrip().startswith((">", "|")):
            if not line.lstrip().startswith(">>"):
                break
        elif _HEADING.fullmatch(line) or (_RULE.match(line) and len(line.strip()) > 1):
            break
        end += 1
    return end


def _read_text(lines: Sequence[str]) -> Iterator[Block]:
    """Yield a paragraph and the list items after it; an item's text may start on its next line."""
    kind: Kind = "text"
    gathered: list[str] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item:
            if any(words.strip() for words in gathered):
                yield Block(kind, tuple(gathered))
            kind, gathered = "item", [item[1] or ""]
        else:
            gathered.append(line)
    if any(words.strip() for words in gathered):
        yield Block(kind, tuple(words for words in gathered if words.strip()))
