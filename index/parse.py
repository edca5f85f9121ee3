"""A transcript file → an Interview: read, understood, and every paragraph named.

`read_transcript` alone touches the disk. Parsing never refuses odd text; it only refuses a text
without a single paragraph to cite.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.anchors import Anchors
from index.attribution import attribute, mark_report, settle_languages, speakers_in_order
from index.blocks import Block, clean_heading, read_blocks
from index.captions import unroll_captions
from index.errors import InputError
from index.facts import find_date, find_people, find_source, find_tags, find_title, is_report
from index.front_matter import split_front_matter
from index.furniture import drop_furniture, take_fields
from index.labels import is_diarised, is_role
from index.language import HAN
from index.markup import INVISIBLE
from index.pairing import Pair, leading_language, pair_turns, take_apart
from index.records import Interview, Language, Paragraph, Section
from index.sentences import split_sentences
from index.speakers import choose_speakers, read_labels
from index.turns import Draft, read_sections

MAX_BYTES = 20_000_000
"""A transcript of this size would be some eight hundred hours of talk: it is something else."""

PARSER = "3"
"""Raise it whenever the same file would come to other paragraphs, speakers, roles or fields, here
or in a module this one imports: the next `index` then reads every file again."""

LONG_PARAGRAPH = 6_000
"""Characters; the longest single turns people are recorded with stay below."""

PIECE = 2_000
"""Characters to which a longer paragraph is cut, at the ends of sentences."""

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_PLAIN = re.compile(f"[\t\r\n -~\u2010-\u2026\u3000-\u303f\uff00-\uffef{HAN}]")
_PLAINLY = 0.9
"""Share of a text's characters that are Latin or Chinese, at least."""
_PRINTED = bytes(range(0x20, 0x7F))
_UNPRINTED = 0.3
"""Share of other bytes that UTF-16 has at least: half of them where all letters are Latin."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NEWLINES = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


def read_transcript(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a transcript file.

    Raises:
        InputError: the file is missing, unreadable, no regular file, empty, larger than
            `max_bytes`, binary, or neither UTF-8 nor UTF-16 with its mark.
    """
    try:
        if not path.exists():
            raise InputError(f"no such file: {path}")
        if not path.is_file():
            kind = "a directory" if path.is_dir() else "not a regular file"
            raise InputError(f"cannot read {path}: it is {kind}")
        size = path.stat().st_size
        if size > max_bytes:
            raise InputError(f"cannot read {path}: {size:,} bytes, the limit is {max_bytes:,}")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    return _decode(data, path)


def parse_interview(text: str, *, interview_id: str, path: str) -> Interview:
    """Return the interview a transcript tells.

    Args:
        text: the whole file; a byte-order mark and any kind of line end are accepted.
        interview_id: what its paragraph ids begin with.
        path: the file it came from; its stem is the title when the text has none.

    Raises:
        InputError: no paragraph is found.
    """
    metadata, body = split_front_matter(_normalise(text))
    blocks = read_blocks(unroll_captions(body))
    title, blocks = _take_title(blocks, metadata)
    fields, blocks = take_fields(blocks)
    metadata = fields | metadata
    blocks = drop_furniture(blocks)
    people = find_people(metadata)
    labels = [read_labels(block) for block in blocks]
    drafts = read_sections(blocks, labels, choose_speakers(blocks, labels, people))
    settle_languages(drafts)
    attribute(drafts)
    if is_report(metadata):
        mark_report(drafts)
    sections = tuple(_sections(drafts, interview_id))
    if not sections:
        raise InputError(f"no paragraph to cite: {path} holds only headings, marks or links")
    return Interview(
        id=interview_id,
        title=find_title(metadata) or title or Path(path).stem,
        path=path,
        sections=sections,
        date=find_date(metadata),
        source=find_source(metadata),
        speakers=_speakers(sections) or people,
        tags=find_tags(metadata),
        metadata=metadata,
    )


def _decode(data: bytes, path: Path) -> str:
    if not data.strip():
        raise InputError(f"cannot read {path}: the file is empty")
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "UTF-8")
    if encoding == "UTF-8" and b"\x00" in data:
        if _is_unmarked(data):
            raise InputError(f"cannot read {path}: UTF-16 without its mark; save it as UTF-8")
        raise InputError(f"cannot read {path}: it is binary, not UTF-8 text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"cannot read {path}: not {encoding} at byte {error.start}; save it as UTF-8"
        ) from error
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(f"cannot read {path}: the file is empty")
    if "\x00" in text:
        raise InputError(f"cannot read {path}: it is binary, not {encoding} text")
    return text


def _is_unmarked(data: bytes) -> bool:
    """Whether the bytes are UTF-16 that does not say so: text, and not made of Latin bytes.

    Two bytes of a Latin text together are often a Chinese character, so text alone proves nothing.
    """
    if len(data.translate(None, _PRINTED)) < len(data) * _UNPRINTED:
        return False
    texts = (data.decode(name, "replace") for name in ("utf-16-le", "utf-16-be"))
    return any(len(_PLAIN.findall(text)) >= len(text) * _PLAINLY for text in texts)


def _normalise(text: str) -> str:
    """Return the text in NFC, with plain line ends, without invisible and control characters."""
    text = _NEWLINES.sub("\n", text)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _CONTROLS.sub(" ", text)


def _take_title(
    blocks: Sequence[Block], metadata: Mapping[str, Any]
) -> tuple[str | None, list[Block]]:
    """Return the first `#` heading and the blocks without it.

    Several of them are sections, unless the first repeats the title or has nothing below it.
    """
    tops = [place for place, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    if not tops:
        return None, list(blocks)
    first = tops[0]
    title = clean_heading(blocks[first].lines[0])
    following = blocks[first + 1] if first + 1 < len(blocks) else None
    is_alone = len(tops) == 1 and not any(b.kind == "heading" for b in blocks[:first])
    is_repeated = title == find_title(metadata)
    is_empty = first == 0 and following is not None and following.kind == "heading"
    if is_alone or is_repeated or is_empty:
        return title or None, [*blocks[:first], *blocks[first + 1 :]]
    return title or None, list(blocks)


def _sections(drafts: Sequence[Draft], interview_id: str) -> Iterator[Section]:
    """Yield the sections that hold a paragraph, every paragraph with its id."""
    first = leading_language([draft.turns for draft in drafts])
    anchors = Anchors()
    paired = take_apart(
        [pair_turns(draft.turns, first=first) for draft in drafts],
        [draft.turns for draft in drafts],
    )
    for draft, found in zip(drafts, paired, strict=True):
        pairs = [p for pair in found for p in _pieces(pair)]
        paragraphs: list[Paragraph] = []
        anchors.enter(draft.heading)
        for pair in pairs:
            anchor = anchors.name(pair[0].text)
            paragraphs.append(_paragraph(pair, f"{interview_id}:{anchor}"))
        if paragraphs:
            if draft.time and paragraphs[0].time is None:
                paragraphs[0] = replace(paragraphs[0], time=draft.time)
            yield Section(draft.index, draft.path, tuple(paragraphs))


def _paragraph(pair: Pair, paragraph_id: str) -> Paragraph:
    texts: dict[Language, str] = {turn.language or "en": turn.text for turn in pair}
    speakers = [turn.speaker for turn in pair if turn.speaker]
    named = [name for name in speakers if not is_diarised(name)] or speakers
    return Paragraph(
        id=paragraph_id,
        texts=texts,
        role=pair[0].role,
        speaker=named[0] if named and pair[0].role == "speech" else None,
        time=next((turn.time for turn in pair if turn.time), None),
    )


def _pieces(pair: Pair) -> Iterator[Pair]:
    """Yield the pair, or, of a single turn far too long, pieces cut at the ends of sentences."""
    turn = pair[0]
    if len(pair) > 1 or len(turn.text) <= LONG_PARAGRAPH:
        yield pair
        return
    start = 0
    end = 0
    for _, stop in [*split_sentences(turn.text), (len(turn.text), len(turn.text) + PIECE)]:
        if stop - start > PIECE and end > start:
            yield (replace(turn, text=turn.text[start:end].strip()),)
            start = end
        end = stop


def _speakers(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return who speaks: people by name first, parts such as `Host` or `Speaker 1` after them."""
    labels = [p.speaker for section in sections for p in section.paragraphs]
    parts = {label for label in set(labels) if label and (is_role(label) or is_diarised(label))}
    return speakers_in_order(iter(labels), parts)
