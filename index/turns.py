"""Blocks and the labels believed → sections of turns: who says what, when, in which language.

A turn is one text in one language. Which two turns say the same is `index.pairing`'s affair.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.blocks import Block, Wrap, clean_heading
from index.labels import LANGUAGE_TAG, Label, is_stop_word, read_label
from index.language import HAN, detect_language
from index.loops import collapse_loops
from index.markup import join_lines, strip_marks
from index.records import Language, Role
from index.speakers import Speakers
from index.times import is_only_times, take_heading_time, take_time


@dataclass(slots=True)
class Turn:
    """Words of one speaker in one language; filled in while the file is read."""

    text: str
    language: Language | None
    """None while the text has no letters to tell by."""
    speaker: str | None = None
    time: str | None = None
    role: Role = "speech"
    is_labelled: bool = False
    is_change: bool = False
    """Whether somebody else speaks who is not named."""
    is_quoted: bool = False
    is_item: bool = False
    is_counterpart: bool = False
    """Whether the file says that it translates the turn before it."""
    wrap: Wrap = ""
    part: int = 0


@dataclass(slots=True)
class Draft:
    """A section being read."""

    index: int
    heading: str = ""
    """Its own words, without the headings above it."""
    path: str = ""
    """The headings above it and its own, outermost first."""
    level: int = 0
    time: str | None = None
    turns: list[Turn] = field(default_factory=list)


SHORT_LIST = 600
"""Characters; the items of a shorter list make one paragraph."""

_ENDS = re.compile(r"[.!?。！？…：:；;][\"'”’」』）)\]*_]*$")
_WORD = re.compile(r"[^\W_]")
_SOUND = re.compile(r"[*_\s]*(?:[\[({（【][^\[\](){}（）【】]{1,40}[\])}）】][*_\s.,]*)+|[♪♫\s]+")
_TRANSLATION = re.compile(
    r"[*_]*[(（\[]?\s*(?:english translation|chinese translation|translation"
    r"|译文|译|中文翻译|英文翻译|中译|英译)\s*[)）\]]?"
    r"[*_]*\s*[:：][*_]*\s*",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"(?:内容导读|导读|金句(?:摘录)?|编者[按注]|译者?注|注|备注|editor'?s? note|note)",
    re.IGNORECASE,
)
_HAS_HAN = re.compile(f"[{HAN}]")
_LATIN_RUN = re.compile(r"[A-Za-z]{2,}(?:[ ,.'’\-]+[A-Za-z']+){2,}")
_CHANGES = re.compile(r"(?:^|\s)>{2,3}\s*")
_TABLE_RULE = re.compile(r"[|\s:\-]+")
_BRACKETED = re.compile(r"[(（](.*)[)）]", re.DOTALL)


def read_sections(
    blocks: Sequence[Block], labels: Sequence[Sequence[Label | None]], speakers: Speakers
) -> list[Draft]:
    """Return the sections in file order, section 0 first, with their turns.

    Headings are counted from 1 whether or not anything stands below them; one that is a speaker's
    label begins a turn instead.
    """
    sections = [Draft(0)]
    path: list[tuple[int, str]] = []
    pending: Label | None = None
    for block, found in zip(blocks, labels, strict=True):
        if block.kind == "heading":
            label = found[0]
            if label and speakers.accepts(label, block):
                pending = label
                continue
            sections.append(_open_section(block, len(sections), path))
            pending = None
            continue
        pending = _read_block(block, found, speakers, sections[-1], pending)
    return sections


def _open_section(block: Block, index: int, path: list[tuple[int, str]]) -> Draft:
    """Return a new section and bring the path of headings up to it."""
    time, heading = take_heading_time(clean_heading(block.lines[0]))
    while path and path[-1][0] >= block.level:
        path.pop()
    if heading:
        path.append((block.level, heading))
    return Draft(index, heading, " › ".join(words for _, words in path), block.level, time)


def _read_block(
    block: Block,
    labels: Sequence[Label | None],
    speakers: Speakers,
    section: Draft,
    pending: Label | None,
) -> Label | None:
    """Add the turns of a block to its section; return a label that still waits for its text."""
    if block.kind == "table":
        section.turns.append(_read_table(block))
        return pending
    for own, lines in _segments(block, labels, speakers):
        label, pending = own or pending, None
        texts = list(_split_languages(lines))
        turns = [turn for text in texts for turn in _read_text(text, label, block)]
        if not turns and label and not any("![" in line for line in lines):
            pending = label if label.form != "change" else None
            continue
        for place, turn in enumerate(turns):
            turn.is_counterpart = turn.is_counterpart or (place > 0 and len(texts) > 1)
            _add(turn, section, block)
        if not turns:
            pending = label
    return pending


def _segments(
    block: Block, labels: Sequence[Label | None], speakers: Speakers
) -> list[tuple[Label | None, list[str]]]:
    """Return the lines of a block cut before each label that is believed."""
    segments: list[tuple[Label | None, list[str]]] = []
    for line, label in zip(block.lines, labels, strict=True):
        if label and speakers.accepts(label, block):
            segments.append((label, [label.rest]))
        elif segments:
            segments[-1][1].append(line)
        else:
            segments.append((None, [line]))
    return segments


def _split_languages(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines joined, or in parts where whole sentences of the two languages alternate."""
    if (
        len(lines) < 2
        or not any(map(_HAS_HAN.search, lines))
        or not any(map(_LATIN_RUN.search, lines))
    ):
        yield join_lines(lines)
        return
    runs: list[tuple[Language, list[str]]] = []
    for line in lines:
        language = detect_language(line)
        if runs and runs[-1][0] == language:
            runs[-1][1].append(line)
        else:
            runs.append((language, [line]))
    is_alternating = all(_ENDS.search(strip_marks(run[-1])) for _, run in runs) and all(
        bool(_HAS_HAN.search(" ".join(run))) == (language == "zh") or language == "en"
        for language, run in runs
    )
    if len(runs) == 2 and is_alternating:
        first, second = (join_lines(run) for _, run in runs)
        bracketed = _BRACKETED.fullmatch(second)
        yield first
        yield bracketed[1] if bracketed else second
        return
    yield join_lines(lines)


def _read_text(text: str, label: Label | None, block: Block) -> Iterator[Turn]:
    """Yield the turns of a text: one, or several where marks inside it change the speaker."""
    translation = _TRANSLATION.match(text)
    if translation and translation.end() < len(text):
        inner = read_label(text[translation.end() :])
        text = text[translation.end() :]
        label = label or (inner if inner and inner.form == "bold" and inner.rest else None)
    if tag := LANGUAGE_TAG.match(text):
        text = text[tag.end() :]
    parts = [text]
    if ">>" in text and (block.wrap == "fold" or (label and label.form == "change")):
        parts = [part for part in _CHANGES.split(text) if part]
    for place, part in enumerate(parts):
        turn = _read_part(part, label if place == 0 else Label("", "change", part), block)
        if turn:
            turn.is_counterpart = bool(translation)
            yield turn


def _read_part(text: str, label: Label | None, block: Block) -> Turn | None:
    """Return the turn of one speaker, None when no words are left to cite."""
    time, words = take_time(strip_marks(text))
    words = collapse_loops(words)
    is_named = bool(label and label.name)
    if not words or (not is_named and (not _WORD.search(words) or _SOUND.fullmatch(words))):
        return None
    head = None if label else read_label(text)
    if head and head.form == "bold" and is_stop_word(head.name):
        rest = strip_marks(text).removeprefix(head.name)
        if not _WORD.search(rest) or is_only_times(rest):
            return None
    is_editors = bool(head and _EDITORS.fullmatch(head.name))
    return Turn(
        words,
        detect_language(words) if _WORD.search(words) else None,
        speaker=label.name if label and label.name else None,
        time=(label.time if label else None) or time,
        role="editor" if is_editors else "speech",
        is_labelled=is_named,
        is_change=bool(label and label.form == "change"),
        is_quoted=block.is_quoted,
        is_item=block.kind == "item",
        wrap=block.wrap,
        part=block.part,
    )


def _read_table(block: Block) -> Turn:
    """Return the rows of a table as lines, cells kept apart."""
    rows = [strip_marks(row.strip().strip("|")) for row in block.lines]
    text = "\n".join(row for row in rows if not _TABLE_RULE.fullmatch(row) and row)
    return Turn(
        text or " ".join(rows).strip() or "|",
        detect_language(text) if _WORD.search(text) else None,
        role="editor",
        is_quoted=block.is_quoted,
        wrap=block.wrap,
        part=block.part,
    )


def _add(turn: Turn, section: Draft, block: Block) -> None:
    """Append a turn, or join it to the one before where only a chunk mark or a list divides."""
    before = section.turns[-1] if section.turns else None
    is_same = (
        before is not None
        and not turn.is_labelled
        and not turn.is_change
        and (before.wrap, before.part, before.is_quoted) == (turn.wrap, turn.part, turn.is_quoted)
    )
    if before is None or not is_same:
        section.turns.append(turn)
    elif _is_cut(before, block):
        before.text = join_lines([before.text, turn.text])
    elif _is_list_going_on(before, turn):
        before.text = f"{before.text}\n{turn.text}"
    else:
        section.turns.append(turn)


def _is_cut(before: Turn, block: Block) -> bool:
    """Whether the block goes on in mid-sentence: after a chunk mark, or a block cut by size."""
    is_by_size = len(before.text) % 2000 == 0 and not before.is_item
    return (block.is_cut or is_by_size) and not _ENDS.search(before.text)


def _is_list_going_on(before: Turn, turn: Turn) -> bool:
    return (
        before.is_item
        and not turn.is_quoted
        and turn.is_item
        and before.language == turn.language
        and len(before.text) + len(turn.text) < SHORT_LIST
    )
