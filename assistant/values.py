"""Records → the plain values that every `--json` prints; pure. Scripts rely on these keys."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.records import Answer, Mode, Sentence, Source
from index.language import detect_language
from index.records import Interview, InterviewSummary, SearchHit

if TYPE_CHECKING:  # they would load the parser and the store, which printing needs nothing of
    from index.build import BuildSummary
    from index.store.paragraphs import FoundParagraph
    from index.store.reading import Reader

SCHEMA = 1


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
                "cited_by": _cited_by(sentence, answer.mode),
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


def failed_values(question: str, mode: Mode, message: str, exit_code: int) -> dict[str, Any]:
    """Return what `ask --json` gives where nothing came: an answer without anything, and why."""
    language = detect_language(question)
    nothing = Answer(question, language, "abstained", mode, (), (), None, 0.0)
    more: dict[str, Any] = {"conversation": None}
    if mode == "agent":
        more |= {"model": None, "usage": None, "steps": []}
    failed = {"outcome": "failed", "error": error_values(message, exit_code)}
    return answer_values(nothing) | more | failed


def error_values(message: str, exit_code: int) -> dict[str, Any]:
    """Return why an answer failed, as every `--json` of one gives it."""
    return {"code": exit_code, "message": message}


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
        "reread": summary.reread,
        "without_transcripts": summary.barren,
        "warnings": summary.warnings,
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
        "dimension": int(rows.meta["dimension"]) if "dimension" in rows.meta else None,
        "chroma": rows.meta.get("server") or "in the store folder",
        "withdrawn": len(rows.withdrawn()),
    }


def answer_text(answer: Answer) -> str:
    """Return the sentences of an answer with their markers, or the abstention's line."""
    if not answer.sentences:
        return answer.abstention.missing if answer.abstention else ""
    return "\n".join(sentence_text(sentence, answer.mode) for sentence in answer.sentences)


def _cited_by(sentence: Sentence, mode: Mode) -> Literal["model", "program"] | None:
    """Return who chose what a sentence cites; None when it cites nothing."""
    if not sentence.citations:
        return None
    return "program" if mode == "extractive" or sentence.is_chosen else "model"


def sentence_text(sentence: Sentence, mode: Mode) -> str:
    """Return a sentence with its citation markers.

    A quote stands between quotation marks, so that a "[1]" somebody said is not taken for ours.
    """
    text = f"“{sentence.text}”" if mode == "extractive" else sentence.text
    return f"{text} {''.join(f'[{number}]' for number in sentence.citations)}".rstrip()
