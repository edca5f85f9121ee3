"""Conversations, turns and hits → pages for people; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assistant.history.changes import Change
from assistant.history.labels import LABELS, filters_line, when
from assistant.history.records import Conversation, Excerpt, Hit, Turn
from assistant.render import answer_page, printable
from assistant.wrapping import wrapped
from index.language import detect_language

Mark = Callable[[str], str]
"""Makes some words stand out, as far as whatever shows them can."""


def conversations_page(conversations: Iterable[Conversation]) -> str:
    """Return `history list`: one line a conversation."""
    lines = (f"{c.id}  {when(c.changed)}  {c.turns:>3}  {c.title}" for c in conversations)
    return printable("\n".join(lines))


def conversation_page(
    conversation: Conversation, turns: Sequence[Turn], changes: Mapping[str, Change]
) -> str:
    """Return a whole conversation, ready to read.

    Args:
        conversation: without its turns.
        turns: all of them, in order.
        changes: cited paragraphs that are not what they were.
    """
    head = f"{conversation.id} · {when(conversation.started)} · {conversation.title}"
    return printable("\n\n".join([head, *(_turn_page(turn, changes) for turn in turns)]))


def hits_page(hits: Iterable[Hit], mark: Mark) -> str:
    """Return `history search`: where each turn is, what was asked, and the words around."""
    return "\n\n".join(_hit_block(hit, mark) for hit in hits)


def _turn_page(turn: Turn, changes: Mapping[str, Change]) -> str:
    language = detect_language(turn.question)
    words = LABELS[language]
    facts = [words["asked"].format(when=when(turn.asked)), turn.model or ""]
    facts.append(filters_line(turn.filters, language))
    parts = [
        wrapped(f"— {turn.position}. {turn.question}"),
        "  " + " · ".join(fact for fact in facts if fact),
    ]
    if turn.is_forgotten:
        parts.append(f"\n{words['forgotten']}")
    elif turn.status in ("running", "stopped", "failed"):
        parts.append("\n" + words[turn.status].format(message=turn.message).rstrip(": ："))
    if turn.answer:
        parts.append("\n" + answer_page(turn.answer))
    elif turn.text:
        parts.append("\n" + wrapped(turn.text.strip()))
    return "\n".join([*parts, *_changed_lines(turn, changes)])


def _changed_lines(turn: Turn, changes: Mapping[str, Change]) -> Iterator[str]:
    words = LABELS[detect_language(turn.question)]
    for citation in turn.answer.citations if turn.answer else ():
        change = changes.get(citation.source.paragraph.id)
        if change:
            yield f"\n⚠ [{citation.number}] {words[change]}"


def _hit_block(hit: Hit, mark: Mark) -> str:
    head = f"{hit.conversation.id}  {when(hit.turn.asked)}  {hit.turn.position}. "
    question = " ".join(hit.turn.question.split())
    block = printable(f"{head}{question}")
    if hit.field == "question" and hit.excerpt.text == question:
        return f"{printable(head)}{_marked(hit.excerpt, mark)}"
    return f"{block}\n    {_marked(hit.excerpt, mark)}"


def _marked(excerpt: Excerpt, mark: Mark) -> str:
    parts, place = [], 0
    for start, stop in excerpt.spans:
        parts += [printable(excerpt.text[place:start]), mark(printable(excerpt.text[start:stop]))]
        place = stop
    return "".join([*parts, printable(excerpt.text[place:])])
