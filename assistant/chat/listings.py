"""Conversations, interviews and paragraphs → lines of styled pieces, for lists and reading; pure.

Like `pages`: what a transcript or a reader wrote is text in a piece, never markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.chat.labels import Say
from assistant.chat.pages import Line, Piece, Style
from assistant.history.labels import when
from assistant.history.records import Conversation, Hit
from assistant.history.words import find_spans
from assistant.records import Source
from assistant.render import printable
from index.fold import fold
from index.records import LANGUAGES, Interview, InterviewSummary, Language, Paragraph, Section


@dataclass(frozen=True, slots=True)
class Item:
    """A line of reading: the heading of a section, or a paragraph."""

    section: Section
    paragraph: Paragraph | None = None
    """None is the heading."""
    number: int = 0
    """Of the paragraph in its interview, from 1."""


# --- conversations


def conversation_lines(conversation: Conversation, say: Say) -> list[Line]:
    """Return a conversation in a list: its title, then when it was and how long."""
    count = say("turn") if conversation.turns == 1 else say("turns", count=conversation.turns)
    facts = f"{when(conversation.changed)} · {count} · {conversation.id}"
    title = printable(conversation.title) or say("untitled")
    return [(Piece(title, "strong"),), (Piece(f"  {facts}", "dim"),)]


def hit_lines(hit: Hit, say: Say) -> list[Line]:
    """Return a turn that was found: its conversation, and the words with what stands around."""
    title = printable(hit.conversation.title) or say("untitled")
    where = f"  {when(hit.turn.asked)} · {say(f'in_{hit.field}')}: "
    found = marked(hit.excerpt.text, hit.excerpt.spans)
    return [(Piece(title, "strong"),), (Piece(where, "dim"), *found)]


def marked(text: str, spans: Iterable[tuple[int, int]], style: Style = "plain") -> Line:
    """Return a text whose spans, in order and apart, stand out."""
    pieces: list[Piece] = []
    place = 0
    for start, end in spans:
        pieces += [Piece(text[place:start], style), Piece(text[start:end], "quote")]
        place = end
    pieces.append(Piece(text[place:], style))
    return tuple(Piece(printable(p.text), p.style) for p in pieces if p.text)


# --- interviews


def interview_lines(interview: InterviewSummary, words: Sequence[str], say: Say) -> list[Line]:
    """Return an interview in a list, the words it was found by marked."""
    spans, _ = find_spans(interview.title, words)
    title = marked(interview.title, spans, "strong")
    counts = f"§{interview.sections} ¶{interview.paragraphs}"
    languages = "/".join(say(language) for language in interview.languages)
    facts = [interview.date or "", languages, counts, ", ".join(interview.speakers)]
    facts += [" ".join(f"#{tag}" for tag in interview.tags), interview.id]
    told = "  " + " · ".join(fact for fact in facts if fact)
    return [title, marked(told, find_spans(told, words)[0] if words else (), "dim")]


def interviews_like(
    interviews: Iterable[InterviewSummary], words: Sequence[str]
) -> list[InterviewSummary]:
    """Return the interviews in whose title, names, tags, date or id all words stand, in order.

    Args:
        interviews: all of them.
        words: folded; none leave everything.
    """
    return [each for each in interviews if all(word in _known_by(each) for word in words)]


def _known_by(interview: InterviewSummary) -> str:
    facts = (interview.title, interview.id, interview.date or "")
    return "\n".join(map(fold, (*facts, *interview.speakers, *interview.tags)))


# --- reading


def items_of(interview: Interview) -> list[Item]:
    """Return headings and paragraphs in file order; an empty heading has no line."""
    items: list[Item] = []
    number = 0
    for section in interview.sections:
        if section.heading:
            items.append(Item(section))
        for paragraph in section.paragraphs:
            number += 1
            items.append(Item(section, paragraph, number))
    return items


def heading_line(section: Section, phrase: str = "") -> Line:
    """Return a section's heading with its number, a phrase, folded, marked where it stands."""
    spans = find_spans(section.heading, [phrase])[0] if phrase else ()
    return (Piece(f"§{section.index} ", "dim"), *marked(section.heading, spans, "link"))


def section_line(section: Section, say: Say) -> Line:
    """Return a section in a list: its own heading, without those it stands under."""
    heading = printable(section.heading).rpartition(" › ")[2]
    words = Piece(heading, "link") if heading else Piece(say("untitled_section"), "dim")
    return (Piece(f"§{section.index} ", "dim"), words)


def speaker_line(item: Item, say: Say) -> Line:
    """Return who speaks, when in the recording, and the number of the paragraph."""
    paragraph = item.paragraph
    assert paragraph is not None  # a heading has no speaker
    is_editor = paragraph.role == "editor"
    who = say("editor") if is_editor else printable(paragraph.speaker or "")
    facts = f"¶{item.number}" + (f" · {printable(paragraph.time)}" if paragraph.time else "")
    return (Piece(f"{who}  " if who else "", "strong"), Piece(facts, "dim"))


def text_lines(paragraph: Paragraph, phrase: str, first: Language) -> list[Line]:
    """Return a paragraph's texts, one language before the other, a phrase marked where it stands.

    Args:
        paragraph: with one text or two.
        phrase: folded; "" marks nothing.
        first: the language that stands first where there are both.
    """
    order = sorted(LANGUAGES, key=lambda language: language != first)
    texts = [paragraph.texts[language] for language in order if language in paragraph.texts]
    return [marked(text, find_spans(text, [phrase])[0] if phrase else ()) for text in texts]


def folded_texts(items: Iterable[Item]) -> list[str]:
    """Return the folded words of each item, in which a phrase is looked for."""
    return [
        "\n".join(map(fold, item.paragraph.texts.values()))
        if item.paragraph
        else fold(item.section.heading)
        for item in items
    ]


def source_at(interview: Interview, item: Item) -> Source:
    """Return a paragraph that is being read as a source."""
    assert item.paragraph is not None  # a heading is no source
    return Source(item.paragraph, interview.summary, item.section.index, item.section.heading)
