"""A conversation → Markdown, JSON, and a file name.

Of what transcripts and models wrote nothing becomes markup that loads or runs anything: a
transcript's words are shown as they stand, and a model keeps its emphasis and lists only.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from assistant.history.changes import Change
from assistant.history.labels import LABELS, filters_line, when_everywhere
from assistant.history.records import Conversation, Turn
from assistant.history.values import history_values
from assistant.records import Answer, Citation, Sentence, Source
from assistant.render import LABELS as ANSWER_LABELS
from assistant.render import printable, verdict_note
from assistant.values import sentence_text
from index.language import detect_language
from index.records import Language

LONGEST_NAME = 60
"""Characters of a file name; in UTF-8, four bytes each at most, it fits every file system."""

_MARKUP = re.compile(r"[\\`*_\[\]<~$]|&(?=[#\w])|^[#+=>-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_LOADS = re.compile(r"<|!(?=\[)|(?<=\])(?=[(:])")
_LINK = re.compile(r"https?://[^\s<>]+")


def to_json(
    conversation: Conversation, turns: Sequence[Turn], changes: Mapping[str, Change] | None = None
) -> str:
    """Return a conversation as one JSON object, indented.

    Args:
        conversation: without its turns.
        turns: all of them, in order.
        changes: cited paragraphs that are not what they were; None where that is not known.
    """
    values = history_values(conversation, turns, changes)
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def to_markdown(
    conversation: Conversation, turns: Sequence[Turn], changes: Mapping[str, Change] | None = None
) -> str:
    """Return a conversation as Markdown: questions, checked sentences, sources with their links.

    Args:
        conversation: without its turns.
        turns: all of them, in order.
        changes: cited paragraphs that are not what they were; None where that is not known.
    """
    language = detect_language(turns[0].question) if turns else "en"
    words = LABELS[language]
    count = words["question"] if len(turns) == 1 else words["questions"].format(count=len(turns))
    blocks = [
        f"# {escaped(conversation.title)}",
        f"{when_everywhere(conversation.started)} · {count}",
    ]
    for turn in turns:
        blocks += _turn_blocks(turn, changes or {})
    return printable("\n\n".join(blocks)) + "\n"


def export_name(conversation: Conversation, ending: str) -> str:
    """Return a file name of the title's letters and digits, of whatever script, and an ending.

    Where the title has none: the day and the id.
    """
    kept = (
        c if unicodedata.category(c)[0] in "LMN" else "-"
        for c in unicodedata.normalize("NFC", conversation.title)
    )
    slug = re.sub("-+", "-", "".join(kept)).strip("-")[:LONGEST_NAME].rstrip("-")
    return f"{slug or f'{conversation.started[:10]}-{conversation.id}'}.{ending}"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line."""
    return _MARKUP.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))


def tamed(text: str) -> str:
    """Return a model's Markdown without what would load or name a link, or be HTML."""
    return _LOADS.sub(lambda mark: f"\\{mark[0]}", text)


def _turn_blocks(turn: Turn, changes: Mapping[str, Change]) -> Iterator[str]:
    language: Language = turn.answer.language if turn.answer else detect_language(turn.question)
    words = LABELS[language]
    yield f"## {turn.position}. {escaped(turn.question)}"
    facts = [words["asked"].format(when=when_everywhere(turn.asked)), turn.model or ""]
    facts.append(filters_line(turn.filters, language))
    yield " · ".join(escaped(fact) for fact in facts if fact)
    if turn.is_forgotten:
        yield words["forgotten"]
    elif turn.status in ("running", "stopped", "failed"):
        yield escaped(words[turn.status].format(message=turn.message).rstrip(": ："))
    if turn.answer:
        yield from _answer_blocks(turn.answer, changes)
    elif turn.text:
        yield tamed(turn.text.strip())


def _answer_blocks(answer: Answer, changes: Mapping[str, Change]) -> Iterator[str]:
    words = ANSWER_LABELS[answer.language]
    if answer.sentences:
        yield f"*{words[answer.mode]}*"
        yield from (_sentence_block(sentence, answer) for sentence in answer.sentences)
        yield f"{words['sources']}:"
        for citation in answer.citations:
            yield _citation_block(citation, answer.language, changes)
    if answer.abstention is not None:
        yield escaped(answer.abstention.missing)
        if answer.abstention.nearest:
            yield words["nearest"]
            for source in answer.abstention.nearest:
                yield _source_block("·", source, answer.language)


def _sentence_block(sentence: Sentence, answer: Answer) -> str:
    """Return a sentence with its markers and what the check said of it; quotes need no check."""
    shown = escaped if answer.mode == "extractive" else tamed
    marks = "".join(f"[{number}]" for number in sentence.citations)
    text = sentence_text(sentence, answer.mode).removesuffix(marks).rstrip()
    line = f"{shown(text)} {marks}".rstrip()
    if answer.mode == "extractive":
        return line
    words = ANSWER_LABELS[answer.language]
    if sentence.verdict == "supported":
        line = f"{line} ✓ {LABELS[answer.language]['supported']}"
    else:
        line = f"{line} ⚠ {escaped(verdict_note(sentence, words))}"
    return f"{line} ⚠ {words['chosen']}" if sentence.is_chosen else line


def _citation_block(citation: Citation, language: Language, changes: Mapping[str, Change]) -> str:
    change = changes.get(citation.source.paragraph.id)
    noted = f" ⚠ {LABELS[language][change]}" if change else ""
    block = _source_block(f"[{citation.number}]", citation.source, language, noted)
    if citation.quote in citation.source.paragraph.texts.values():
        return block
    return f"{block}\n>\n> “{escaped(citation.quote)}”"


def _source_block(mark: str, source: Source, language: Language, noted: str = "") -> str:
    """Return who said it, where, the link, and the paragraph in every language it has."""
    paragraph, interview = source.paragraph, source.interview
    who = paragraph.speaker
    if paragraph.role == "editor":
        who = ANSWER_LABELS[language]["editor"]
    where = f"§{source.section} {source.heading}".strip()
    facts = [who, interview.title, interview.date, where, paragraph.time]
    shown = [escaped(fact) for fact in facts if fact]
    line = f"{mark} {' · '.join([*shown, escaped(paragraph.id)])}{noted}"
    texts = sorted(paragraph.texts.items(), key=lambda item: item[0] != language)
    quotes = "\n>\n".join(f"> {escaped(text)}" for _, text in texts)
    return "\n\n".join(part for part in (line, _link(interview.source), quotes) if part)


def _link(address: str | None) -> str:
    """Return where an interview was published; clickable when it is an address of the web."""
    if not address:
        return ""
    return f"<{address}>" if _LINK.fullmatch(address) else escaped(address)
