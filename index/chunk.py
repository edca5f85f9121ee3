"""Interview → chunks: what is read together, one section in one language, within a token budget.

A section that fits is one chunk. One that does not is cut between paragraphs, and a paragraph that
does not fit alone is cut between sentences. Paragraphs keep their ids whatever the cutting.
"""

from collections.abc import Callable, Iterator, Sequence

from index.records import LANGUAGES, Chunk, Interview, Language, Section, Span
from index.sentences import split_sentences

CountTokens = Callable[[str], int]
Piece = tuple[Span, int]
"""A stretch of a paragraph and its tokens."""


def chunk_interview(
    interview: Interview, *, count_tokens: CountTokens, max_tokens: int
) -> list[Chunk]:
    """Return the chunks of an interview, in file order, English before Chinese in each section.

    No chunk holds more than `max_tokens`, unless a single sentence does.

    Raises:
        ValueError: `max_tokens` is under 1.
    """
    if max_tokens < 1:
        raise ValueError(f"a chunk of {max_tokens} tokens holds nothing")
    return [
        Chunk(
            id=f"{interview.id}#{section.index}.{part}.{language}",
            section=section.index,
            language=language,
            spans=tuple(span for span, _ in pieces),
            tokens=sum(tokens for _, tokens in pieces),
        )
        for section in interview.sections
        for language in LANGUAGES
        for part, pieces in enumerate(
            _filled(_pieces(section, language, count_tokens, max_tokens), max_tokens), start=1
        )
    ]


def _pieces(
    section: Section, language: Language, count_tokens: CountTokens, max_tokens: int
) -> Iterator[Piece]:
    """Yield whole paragraphs, and long ones as runs of sentences."""
    for paragraph in section.paragraphs:
        text = paragraph.texts.get(language)
        if text is None:
            continue
        tokens = count_tokens(text)
        if tokens <= max_tokens:
            yield Span(paragraph.id, language, 0, len(text)), tokens
            continue
        sentences = [
            (Span(paragraph.id, language, start, end), count_tokens(text[start:end]))
            for start, end in split_sentences(text)
        ]
        yield from (_joined(run) for run in _filled(sentences, max_tokens))


def _filled(pieces: Sequence[Piece] | Iterator[Piece], max_tokens: int) -> Iterator[list[Piece]]:
    """Group pieces in order, each group as full as the budget allows."""
    group: list[Piece] = []
    room = max_tokens
    for piece in pieces:
        if group and piece[1] > room:
            yield group
            group, room = [], max_tokens
        group.append(piece)
        room -= piece[1]
    if group:
        yield group


def _joined(run: Sequence[Piece]) -> Piece:
    """Return one stretch from the first sentence's start to the last one's end."""
    first, last = run[0][0], run[-1][0]
    span = Span(first.paragraph, first.language, first.start, last.end)
    return span, sum(tokens for _, tokens in run)
