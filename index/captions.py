"""Captions and time-stamped lines → paragraphs of sensible size, each with its time.

Cues are a few words long and rolling ones say everything twice or three times. What comes out is
a transcript in paragraphs like any other: `[00:00:05] words`.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.markup import join_lines
from index.times import TIME, read_time

_CUE = re.compile(rf"^[^\S\n]*({TIME})[^\S\n]*-->[^\S\n]*{TIME}.*$", re.MULTILINE)
_STAMPED = re.compile(rf"\s*(?:\[{TIME}\]|\({TIME}\)|{TIME})\s+\S")
_STAMP = re.compile(rf"\s*[\[(]?({TIME})[\])]?\s*")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^<>]{1,60})>")
_INLINE = re.compile(rf"</?(?:c|v|i|b|u|lang|ruby|rt)(?:[.\s][^<>]*)?>|<{TIME}>|\{{\\an\d\}}")
_HEADER = re.compile(r"(?:\ufeff?WEBVTT|Kind:|Language:|NOTE\b|STYLE\b|X-TIMESTAMP)")
_STOP = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")
_CHANGE = re.compile(r"(?:>>|&gt;&gt;|-\s)")

TARGET = 400
"""Characters after which a paragraph ends with its sentence."""

LIMIT = 800
"""Characters after which it ends anyway: many captions have no full stops."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    time: str | None
    speaker: str = ""


def unroll_captions(text: str) -> str:
    """Return captions, or a text stamped at the start of every line, as paragraphs.

    Any other text comes back unchanged.
    """
    if "-->" in text and len(_CUE.findall(text)) > 1:
        return "\n\n".join(_paragraphs(list(_unrolled(_read_cues(text)))))
    lines = [line for line in text.split("\n") if line.strip()]
    stamped = sum(bool(_STAMPED.match(line)) for line in lines) if ":" in text else 0
    is_cut_fine = sum(map(len, lines)) < 100 * len(lines)
    if stamped >= 5 and 10 * stamped >= 9 * len(lines) and is_cut_fine:
        return "\n\n".join(_paragraphs([_read_stamped(line) for line in lines]))
    return text


def _read_cues(text: str) -> Iterator[_Line]:
    """Yield the lines of all cues, marks inside them taken out."""
    time: str | None = None
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip().split("\n")
        if _HEADER.match(lines[0]) and not _CUE.search(block):
            continue
        for place, line in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else ""
            if cue := _CUE.match(line):
                time = cue[1]
            elif not (line.strip().isdigit() and _CUE.match(following)) and not _HEADER.match(line):
                voice = _VOICE.search(line)
                words = html.unescape(_INLINE.sub("", line)).strip()
                yield _Line(words, time, voice[1].strip() if voice else "")


def _unrolled(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Yield each line once: rolling captions show it again while the next one comes."""
    recent: list[str] = []
    for line in lines:
        if not line.text or line.text in recent:
            continue
        recent = [*recent[-1:], line.text]
        yield line


def _read_stamped(line: str) -> _Line:
    stamp = _STAMP.match(line)
    return _Line(line[stamp.end() :] if stamp else line, read_time(stamp[0]) if stamp else None)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield neighbouring lines joined, up to the end of a sentence or a change of speaker."""
    gathered: list[_Line] = []
    size = 0
    for line in lines:
        is_change = bool(_CHANGE.match(line.text)) or bool(
            gathered and line.speaker and line.speaker != gathered[-1].speaker
        )
        is_full = size >= TARGET and bool(_STOP.search(gathered[-1].text)) if gathered else False
        if gathered and (is_change or is_full or size + len(line.text) > LIMIT):
            yield _paragraph(gathered)
            gathered, size = [], 0
        gathered.append(line)
        size += len(line.text)
    if gathered:
        yield _paragraph(gathered)


def _paragraph(lines: Sequence[_Line]) -> str:
    words = join_lines([line.text for line in lines])
    time = _clock(lines[0].time)
    if lines[0].speaker:
        words = f"**{lines[0].speaker}:** {words}"
    if _CHANGE.match(words) or not time:
        return words if not time else f"{words[:2]} [{time}] {words[2:].strip()}"
    return f"[{time}] {words}"


def _clock(time: str | None) -> str | None:
    """Return the time without fractions of a second."""
    return re.split(r"[.,]", time)[0] if time else None
