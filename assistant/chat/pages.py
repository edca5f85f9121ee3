"""Answers and their evidence → lines of styled pieces, for whatever draws them; pure.

What a transcript or a model says is text in a piece, never markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.chat.labels import Say, labels
from assistant.events import (
    BoundReached,
    Event,
    EvidenceFound,
    InterviewsListed,
    ModelAsked,
    NotFoundDeclared,
    Revised,
    SearchStarted,
    SectionRead,
    ToolRefused,
)
from assistant.records import Answer, Sentence, Source
from assistant.render import printable
from index.records import Language

Style = Literal["plain", "strong", "dim", "quote", "good", "warn", "bad", "link"]
MARKS = {"supported": "✓", "partly": "~", "unsupported": "✗", "unverifiable": "?"}
"""One cell wide everywhere, and told apart without colour."""
TONES: dict[str, Style] = {
    "supported": "good",
    "partly": "warn",
    "unsupported": "bad",
    "unverifiable": "warn",
}
LETTERS = "abcdefgh"
SHOWN_LINK = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text in one style."""

    text: str
    style: Style = "plain"
    opens: str | None = None
    """Label of the exhibit it opens."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A paragraph that can be looked at beside the answer."""

    label: str
    """The number of a citation; a letter for one that only came near."""
    source: Source
    quote: str = ""
    """The words of it that the answer uses; "" when it uses none."""
    language: Language | None = None
    """The text the quote was taken from."""


def exhibits_of(answer: Answer) -> list[Exhibit]:
    """Return what an answer cites, by number, and then what only came near."""
    cited = [Exhibit(str(c.number), c.source, c.quote, c.language) for c in answer.citations]
    nearest = answer.abstention.nearest if answer.abstention else ()
    return cited + [Exhibit(letter, s) for letter, s in zip(LETTERS, nearest, strict=False)]


def answer_lines(answer: Answer, say: Say) -> list[Line]:
    """Return an answer: a line a sentence with its verdict, what is missing, what came near.

    The words around it are in the answer's language, whatever the interface's.
    """
    own = labels(answer.language)
    lines: list[Line] = []
    for sentence in answer.sentences:
        lines += sentence_lines(sentence, own, is_quote=answer.mode == "extractive")
    if answer.abstention is None:
        return lines
    searched = answer.abstention.searched.items()
    counts = own("counts").join(own("searched_in", language=own(k), count=n) for k, n in searched)
    lines.append((Piece(printable(answer.abstention.missing), "strong"),))
    lines.append((Piece(own("searched", counts=counts), "dim"),))
    near = [each for each in exhibits_of(answer) if not each.label.isdigit()]
    if near:
        lines.append((Piece(own("nearest"), "dim"),))
        lines += [
            (Piece(f"[{each.label}]", "link", each.label), Piece(f" {where(each.source, say)}"))
            for each in near
        ]
    return lines


def sentence_lines(sentence: Sentence, say: Say, *, is_quote: bool) -> list[Line]:
    """Return a sentence with its verdict before and its citations after, and then the reasons."""
    tone = TONES[sentence.verdict]
    text = printable(sentence.text)
    words = f"“{text}”" if is_quote else text
    cites = tuple(Piece(f"[{n}]", "link", str(n)) for n in sentence.citations)
    blank = (Piece(" "),) if cites else ()
    lines: list[Line] = [(Piece(f"{MARKS[sentence.verdict]} ", tone), Piece(words), *blank, *cites)]
    if sentence.verdict != "supported":
        why = say("clause").join([say(sentence.verdict), *map(printable, sentence.reasons)])
        lines.append((Piece("  "), Piece(why, tone)))
    if sentence.is_chosen:
        lines.append((Piece("  "), Piece(say("chosen"), "warn")))
    return lines


def exhibit_head(exhibit: Exhibit, say: Say, change: str | None = None) -> list[Line]:
    """Return who said it, where and when, the link, and what became of it since."""
    source = exhibit.source
    interview = source.interview
    lines: list[Line] = [
        (Piece(f"[{exhibit.label}] ", "link"), Piece(speaker_of(source, say), "strong")),
        (Piece(printable(interview.title)),),
    ]
    heading = f"§{source.section} {source.heading}".strip()
    facts = [interview.date, heading, source.paragraph.time]
    lines.append((Piece(printable(" · ".join(fact for fact in facts if fact)), "dim"),))
    lines.append((Piece(printable(interview.source or source.paragraph.id), "dim"),))
    if change is not None:
        lines.append((Piece(say(change), "warn"),))
    return lines


def exhibit_texts(exhibit: Exhibit, first: Language) -> list[tuple[Language, Line]]:
    """Return a paragraph's texts, one language before the other, the quoted words marked."""
    texts = exhibit.source.paragraph.texts
    ordered = sorted(texts, key=lambda language: language != (exhibit.language or first))
    return [
        (language, _marked(texts[language], exhibit.quote if language == exhibit.language else ""))
        for language in ordered
    ]


def turn_lines(source: Source, first: Language, say: Say) -> list[Line]:
    """Return a paragraph beside the one that is shown: who, and what in one language."""
    texts = source.paragraph.texts
    words = texts.get(first) or next(iter(texts.values()))
    return [(Piece(speaker_of(source, say), "strong"),), (Piece(printable(words), "dim"),)]


def step_line(event: Event, say: Say) -> str | None:
    """Return what the agent does, in a line; None for events that are no step."""
    match event:
        case ModelAsked(model, _, call):
            line = say("asking", model=model, call=call)
        case SearchStarted(query, filters):
            kept = ", ".join(str(value) for value in filters.values() if value)
            line = say("searching", query=f"{query} ({kept})" if kept else query)
        case EvidenceFound(_, found, _):
            line = say("found", count=len(found))
        case SectionRead(interview, section, heading, _):
            line = say("reading", section=section, heading=heading, interview=interview)
        case InterviewsListed(count):
            line = say("listed", count=count)
        case NotFoundDeclared(missing):
            line = say("not_found", missing=missing)
        case ToolRefused(name, _, problem):
            line = say("refused_call", tool=name, problem=problem)
        case Revised(_, failing):
            line = say("revising", count=len(failing))
        case BoundReached(bound):
            line = say("bound", bound=bound)
        case _:
            return None
    return printable(" ".join(line.split()))


def provenance(exhibit: Exhibit, say: Say, *, markdown: bool = True) -> str:
    """Return the quoted words, in their own language, with all that says where they come from."""
    source = exhibit.source
    words = exhibit.quote or next(iter(source.paragraph.texts.values()))
    facts = [speaker_of(source, say), source.interview.title, source.interview.date]
    facts += [f"§{source.section} {source.heading}".strip(), source.paragraph.time]
    told = " · ".join(fact for fact in [*facts, source.paragraph.id] if fact)
    lines = [f"> {line}" for line in words.splitlines()] if markdown else [words]
    link = [source.interview.source] if source.interview.source else []
    return printable("\n".join([*lines, "", f"— {told}", *link]))


def where(source: Source, say: Say) -> str:
    """Return who said it, in which interview, when, and under which heading."""
    parts = [speaker_of(source, say), source.interview.title, source.interview.date]
    heading = f"§{source.section} {source.heading}".strip()
    return printable(" · ".join(part for part in [*parts, heading] if part))


def speaker_of(source: Source, say: Say) -> str:
    """Return who speaks in a paragraph; "—" when the transcript does not say."""
    if source.paragraph.role == "editor":
        return say("editor")
    return printable(source.paragraph.speaker or "—")


def plain_text(lines: Sequence[Line]) -> str:
    """Return lines without their styles."""
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def _marked(text: str, quote: str) -> Line:
    """Return a text with the quoted words in the style of a quote."""
    start = text.find(quote) if quote else -1
    if start < 0:
        return (Piece(printable(text)),)
    end = start + len(quote)
    parts = (Piece(text[:start]), Piece(text[start:end], "quote"), Piece(text[end:]))
    return tuple(Piece(printable(p.text), p.style) for p in parts if p.text)
