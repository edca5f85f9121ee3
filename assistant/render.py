"""Records → text for people and values for JSON; pure.

What a transcript says is only ever shown: marks that would move a cursor, ring a bell or turn the
direction of writing are taken out of everything printed.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.records import Answer, Citation, Sentence, Source
from index.records import Interview, InterviewSummary, Language, SearchHit

if TYPE_CHECKING:  # they would load the parser and the store, which printing needs nothing of
    from index.build import BuildSummary
    from index.store.paragraphs import FoundParagraph
    from index.store.reading import Reader

SCHEMA = 1
WIDTH = 100
# Control marks (C0 without tab and line end, C1, DEL), and marks that turn the writing direction.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

LABELS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "extractive": "Quoted from the interviews; no model wrote this.",
        "abstained": "The interviews do not say.",
        "searched": "Searched",
        "nearest": "Nearest paragraphs:",
        "sources": "Sources",
        "en": "English",
        "zh": "Chinese",
        "editor": "editor's text",
        "other_language": "quoted in Chinese: the interviews have no English text of it",
    },
    "zh": {
        "extractive": "以下均为访谈原文摘录，没有模型参与撰写。",
        "abstained": "访谈中没有提到。",
        "searched": "已检索",
        "nearest": "最接近的段落：",
        "sources": "出处",
        "en": "英文",
        "zh": "中文",
        "editor": "编者文字",
        "other_language": "引文为英文：访谈中没有对应的中文",
    },
}


def printable(text: str) -> str:
    """Return text without the marks a terminal would obey."""
    return UNPRINTABLE.sub("", text)


# --- JSON


def hit_values(hit: SearchHit) -> dict[str, Any]:
    """Return one search hit as `search --json` gives it."""
    values: dict[str, Any] = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        **source_values(Source(hit.paragraph, hit.interview, hit.section, hit.heading)),
    }
    if hit.explanation is not None:
        values["explanation"] = {
            "language": hit.language,
            "parts": {name: round(part, 4) for name, part in hit.explanation.parts.items()},
            "matches": [
                {"query": m.query, "found": m.found, "how": m.how, "weight": round(m.weight, 4)}
                for m in hit.explanation.matches
            ],
        }
    return values


def search_values(query: str, hits: Sequence[SearchHit]) -> dict[str, Any]:
    """Return one search as `search --json` gives it."""
    return {"schema": SCHEMA, "query": query, "hits": [hit_values(hit) for hit in hits]}


def source_values(source: Source) -> dict[str, Any]:
    """Return a paragraph and its place."""
    interview = source.interview
    return {
        "paragraph": source.paragraph.id,
        "interview": {
            "id": interview.id,
            "title": interview.title,
            "date": interview.date,
            "source": interview.source,
            "path": interview.path,
        },
        "section": {"index": source.section, "heading": source.heading},
        "role": source.paragraph.role,
        "speaker": source.paragraph.speaker,
        "texts": dict(source.paragraph.texts),
    }


def summary_values(interview: InterviewSummary) -> dict[str, Any]:
    """Return one interview as `list --json` gives it."""
    return {
        "id": interview.id,
        "title": interview.title,
        "date": interview.date,
        "source": interview.source,
        "path": interview.path,
        "speakers": list(interview.speakers),
        "languages": list(interview.languages),
        "sections": interview.sections,
        "paragraphs": interview.paragraphs,
    }


def interview_values(interview: Interview) -> dict[str, Any]:
    """Return a whole interview as `show --json` gives it."""
    return {
        "schema": SCHEMA,
        "interview": {
            "id": interview.id,
            "title": interview.title,
            "date": interview.date,
            "source": interview.source,
            "path": interview.path,
            "speakers": list(interview.speakers),
            "languages": list(interview.languages),
            "sections": len(interview.sections),
            "paragraphs": len(interview.paragraphs),
            "tags": list(interview.tags),
            "metadata": dict(interview.metadata),
        },
        "sections": [
            {
                "index": section.index,
                "heading": section.heading,
                "paragraphs": [
                    {
                        "paragraph": paragraph.id,
                        "role": paragraph.role,
                        "speaker": paragraph.speaker,
                        "time": paragraph.time,
                        "texts": dict(paragraph.texts),
                    }
                    for paragraph in section.paragraphs
                ],
            }
            for section in interview.sections
        ],
    }


def answer_values(answer: Answer) -> dict[str, Any]:
    """Return an answer as `ask --json` gives it."""
    abstention = answer.abstention
    return {
        "schema": SCHEMA,
        "question": answer.question,
        "language": answer.language,
        "outcome": answer.outcome,
        "mode": answer.mode,
        "answer": answer_text(answer),
        "sentences": [
            {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "verdict": sentence.verdict,
                "reasons": list(sentence.reasons),
            }
            for sentence in answer.sentences
        ],
        "citations": [
            {"number": c.number, "quote": c.quote, **source_values(c.source)}
            for c in answer.citations
        ],
        "abstention": abstention
        and {
            "searched": dict(abstention.searched),
            "nearest": [source_values(source) for source in abstention.nearest],
            "missing": abstention.missing,
        },
        "seconds": round(answer.seconds, 3),
    }


def build_values(summary: "BuildSummary") -> dict[str, Any]:
    """Return what an `index` call changed."""
    return {
        "schema": SCHEMA,
        "added": summary.added,
        "updated": summary.updated,
        "dropped": summary.dropped,
        "moved": summary.moved,
        "withdrawn": summary.withdrawn,
        "unchanged": summary.unchanged,
        "errors": [str(error) for error in summary.errors],
        "totals": summary.totals,
        "texts": summary.texts,
        "seconds": round(summary.seconds, 3),
    }


def around_values(found: "FoundParagraph", around: Sequence["FoundParagraph"]) -> dict[str, Any]:
    """Return one paragraph and what stands around it, in order."""
    return {
        "schema": SCHEMA,
        **source_values(source_of(found)),
        "around": [source_values(source_of(p)) for p in around],
    }


def source_of(found: "FoundParagraph") -> Source:
    """Return a stored paragraph as a source."""
    return Source(found.paragraph, found.interview, found.section, found.heading)


def status_values(store: Path, rows: "Reader") -> dict[str, Any]:
    """Return what `status --json` gives."""
    return {
        "schema": SCHEMA,
        "store": str(store),
        "totals": rows.sizes(),
        "texts": rows.languages(),
        "embedder": rows.meta.get("embedder"),
        "dimension": int(rows.meta.get("dimension", "0")),
        "chroma": rows.meta.get("server") or "in the store folder",
        "withdrawn": len(rows.withdrawn()),
    }


# --- text


def answer_text(answer: Answer) -> str:
    """Return the sentences of an answer with their markers, or the abstention's line."""
    if not answer.sentences:
        return answer.abstention.missing if answer.abstention else ""
    return "\n".join(sentence_text(sentence) for sentence in answer.sentences)


def sentence_text(sentence: Sentence) -> str:
    """Return a sentence with its citation markers."""
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}".rstrip()


def answer_page(answer: Answer) -> str:
    """Return an answer as `ask` prints it: sentences, then sources with their paragraphs."""
    labels = LABELS[answer.language]
    parts: list[str] = []
    if answer.sentences:
        parts.append(labels["extractive"] if answer.mode == "extractive" else "")
        parts += [wrapped(sentence_text(sentence)) for sentence in answer.sentences]
        if any(c.language != answer.language for c in answer.citations):
            parts.append(f"({labels['other_language']})")
        parts.append(f"{labels['sources']}:")
        parts += [citation_block(citation, answer.language) for citation in answer.citations]
    if answer.abstention is not None:
        parts.append(wrapped(answer.abstention.missing))
        searched = ", ".join(
            f"{labels[language]} {count}" for language, count in answer.abstention.searched.items()
        )
        parts.append(f"{labels['searched']}: {searched}")
        if answer.abstention.nearest:
            parts.append(labels["nearest"])
            parts += [source_block("·", s, answer.language) for s in answer.abstention.nearest]
    return printable("\n\n".join(part for part in parts if part))


def citation_block(citation: Citation, language: Language) -> str:
    """Return a numbered source with its paragraph in every language it has."""
    return source_block(f"[{citation.number}]", citation.source, language)


def source_block(mark: str, source: Source, language: Language) -> str:
    """Return a source: who, which interview, when, where in it, the link, and the words."""
    head = f"{mark} {source_line(source, language)}"
    texts = [
        wrapped(text, indent="    ")
        for _, text in sorted(source.paragraph.texts.items(), key=lambda i: i[0] != language)
    ]
    return "\n".join([head, *(f"    {link}" for link in [source.interview.source] if link), *texts])


def source_line(source: Source, language: Language) -> str:
    """Return who said it, in which interview, when, under which heading, and the paragraph's id."""
    speaker = source.paragraph.speaker
    if source.paragraph.role == "editor":
        speaker = LABELS[language]["editor"]
    said = [speaker, source.interview.title, source.interview.date]
    where = [f"§{source.section} {source.heading}".strip(), source.paragraph.id]
    return " · ".join(part for part in [*said, *where] if part)


def hits_page(hits: Sequence[SearchHit], language: Language) -> str:
    """Return search hits as `search` prints them."""
    return printable("\n\n".join(hit_block(hit, language) for hit in hits))


def hit_block(hit: SearchHit, language: Language) -> str:
    """Return one hit: where it is, its words, and why it was found if that is known."""
    source = Source(hit.paragraph, hit.interview, hit.section, hit.heading)
    block = source_block(f"{hit.rank}.", source, language)
    if hit.explanation is None:
        return block
    parts = ", ".join(f"{name} {part:+.2f}" for name, part in hit.explanation.parts.items())
    matches = ", ".join(
        f"{m.query}→{m.found} ({m.how} {m.weight:.2f})" for m in hit.explanation.matches
    )
    return f"{block}\n    = {hit.score:.3f}: {parts}\n    ~ {matches}"


def interviews_page(interviews: Iterable[InterviewSummary]) -> str:
    """Return `list`: one line an interview."""
    return printable(
        "\n".join(
            f"{i.id}  {i.date or '-'}  {'+'.join(i.languages)}  §{i.sections} ¶{i.paragraphs}"
            f"  {i.title}"
            for i in interviews
        )
    )


def interview_page(interview: Interview) -> str:
    """Return a whole interview, ready to read."""
    lines = [interview.title, " · ".join([interview.id, *_known(interview.date, interview.source)])]
    for section in interview.sections:
        if section.heading:
            lines.append(f"\n§{section.index} {section.heading}")
        for paragraph in section.paragraphs:
            who = paragraph.speaker or ("✎" if paragraph.role == "editor" else "")
            lines.append("\n" + " · ".join([*_known(who, paragraph.time), paragraph.id]))
            lines += [wrapped(text, indent="  ") for text in paragraph.texts.values()]
    return printable("\n".join(lines))


def around_page(found: "FoundParagraph", around: Sequence["FoundParagraph"]) -> str:
    """Return one paragraph, marked, among what stands around it."""
    return printable(
        "\n\n".join(
            source_block("▶" if p.row == found.row else " ", source_of(p), "en") for p in around
        )
    )


def status_page(values: Mapping[str, Any]) -> str:
    """Return `status` as lines."""
    counts = ", ".join(f"{count} {name}" for name, count in values["totals"].items())
    texts = ", ".join(f"{count} {language}" for language, count in values["texts"].items())
    return printable(
        f"store     {values['store']}\nholds     {counts}\ntexts     {texts}\n"
        f"embedder  {values['embedder']} ({values['dimension']} numbers a vector)\n"
        f"chroma    {values['chroma']}\nremoved   {values['withdrawn']} for good"
    )


def build_line(summary: "BuildSummary") -> str:
    """Return the one line that an `index` call ends with."""
    changes = [
        f"{len(files)} {name}"
        for name, files in (
            ("added", summary.added),
            ("updated", summary.updated),
            ("dropped", summary.dropped),
            ("moved", summary.moved),
            ("left out", summary.withdrawn),
            ("not readable", summary.errors),
        )
        if files
    ]
    languages = ", ".join(f"{count} {language}" for language, count in summary.texts.items())
    return (
        f"{summary.totals['interviews']} interviews, {summary.totals['sections']} sections,"
        f" {summary.totals['paragraphs']} paragraphs ({languages});"
        f" {', '.join(changes) or 'nothing changed'}; {summary.seconds:.1f} s"
    )


def wrapped(text: str, *, indent: str = "") -> str:
    """Wrap text to the page; a wide character counts two, and Chinese breaks anywhere."""
    lines = []
    for paragraph in text.split("\n"):
        lines += _wrap_line(paragraph, WIDTH - len(indent)) or [""]
    return textwrap.indent("\n".join(lines), indent)


def _wrap_line(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for unit in _units(text):
        size = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in unit)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
            if unit == " ":
                continue
        line += unit
        used += size
    return [*lines, line.rstrip()] if line.strip() else lines


# A wide character with the marks that may not leave it, a blank, or a run of anything else.
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_OPENING = "（“「『《【"
_UNIT = re.compile(
    rf"[{_OPENING}]*[{_WIDE}][，。、；：？！）”」』》】…—]*| |[^\s{_WIDE}{_OPENING}]+|."
)


def _units(text: str) -> list[str]:
    return _UNIT.findall(text)


def _known(*values: str | None) -> list[str]:
    return [value for value in values if value]
