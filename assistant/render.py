"""Records → pages for people; pure.

What a transcript says is only ever shown: marks that would move a cursor, ring a bell or turn the
direction of writing are taken out of everything printed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.records import Answer, Citation, Mode, Sentence, Source
from assistant.values import sentence_text, source_of
from assistant.wrapping import wrapped
from index.plurals import counted
from index.records import Interview, InterviewSummary, Language, SearchHit

if TYPE_CHECKING:  # they would load the parser and the store, which printing needs nothing of
    from index.build import BuildSummary
    from index.store.paragraphs import FoundParagraph

# Control marks (C0 without tab and line end, C1, DEL), and marks that turn the writing direction.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)

LABELS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "extractive": "Quoted from the interviews; no model wrote this.",
        "agent": "Written by a model; each sentence was checked against what it cites.",
        "partly": "borne out in part",
        "unsupported": "NOT borne out",
        "unverifiable": "could not be checked",
        "chosen": "cited by the program, not by the model",
        "colon": ": ",
        "clause": "; ",
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
        "agent": "由模型撰写；每句话都已与所引段落核对。",
        "partly": "只有部分得到支持",
        "unsupported": "没有得到支持",
        "unverifiable": "无法核对",
        "chosen": "出处由程序选定，不是模型注明的",
        "colon": "：",
        "clause": "；",
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


def answer_page(answer: Answer) -> str:
    """Return an answer as `ask` prints it: sentences, then sources with their paragraphs."""
    labels = LABELS[answer.language]
    parts: list[str] = []
    if answer.sentences:
        parts.append(labels[answer.mode])
        parts += [wrapped(_marked(s, answer.mode, labels)) for s in answer.sentences]
        if others := [c.number for c in answer.citations if c.language != answer.language]:
            marks = "".join(f"[{number}]" for number in others)
            parts.append(f"({marks} {labels['other_language']})")
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


def _marked(sentence: Sentence, mode: Mode, labels: Mapping[str, str]) -> str:
    """Return a sentence with its markers, what is wrong with it, and who chose them."""
    text = sentence_text(sentence, mode)
    notes = []
    if sentence.verdict != "supported":
        notes.append(verdict_note(sentence, labels))
    if sentence.is_chosen:
        notes.append(labels["chosen"])
    return " ⚠ ".join([text, *notes])


def verdict_note(sentence: Sentence, labels: Mapping[str, str]) -> str:
    """Return what the check says of a sentence, with its reasons, in the words of some labels."""
    why = labels["clause"].join(sentence.reasons)
    return labels["colon"].join(filter(None, [labels[sentence.verdict], why]))


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
    return " · ".join(_one_line(part) for part in [*said, *where] if part)


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
    why = [f"= {hit.score:.3f}: {parts}", f"~ {matches}"]
    return "\n".join([block, *(wrapped(line, indent="    ") for line in why)])


def interviews_page(interviews: Iterable[InterviewSummary]) -> str:
    """Return `list`: one line an interview."""
    return printable(
        "\n".join(
            f"{i.id}  {i.date or '-'}  {'+'.join(i.languages)}  §{i.sections} ¶{i.paragraphs}"
            f"  {_one_line(i.title)}"
            for i in interviews
        )
    )


def interview_page(interview: Interview) -> str:
    """Return a whole interview, ready to read."""
    lines = [
        _one_line(interview.title),
        " · ".join([interview.id, *_known(interview.date, interview.source)]),
    ]
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
    made = values["embedder"] and f"{values['embedder']} ({values['dimension']} numbers a vector)"
    counts = ", ".join(counted(n, name.removesuffix("s")) for name, n in values["totals"].items())
    texts = ", ".join(f"{count} {language}" for language, count in values["texts"].items())
    return printable(
        f"store     {values['store']}\nholds     {counts}\ntexts     {texts}\n"
        f"embedder  {made or 'none yet'}\n"
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
    if summary.reread:
        changes.append(f"{summary.reread} read again and unchanged")
    languages = ", ".join(f"{count} {language}" for language, count in summary.texts.items())
    return (
        f"{counted(summary.totals['interviews'], 'interview')},"
        f" {counted(summary.totals['sections'], 'section')},"
        f" {counted(summary.totals['paragraphs'], 'paragraph')} ({languages});"
        f" {', '.join(changes) or 'nothing changed'}; {summary.seconds:.1f} s"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _known(*values: str | None) -> list[str]:
    return [value for value in values if value]
