"""Small paragraphs with a place to stand, for the tests of the claim check."""

from assistant.records import Source
from index.records import InterviewSummary, Language, Paragraph


def source(
    texts: dict[Language, str],
    *,
    speaker: str | None = None,
    people: tuple[str, ...] = (),
    date: str | None = "2024-05-06",
    paragraph: str = "mill:00000001",
) -> Source:
    """Return a paragraph of an invented interview on a mill."""
    summary = InterviewSummary(
        id="mill",
        title="The mill",
        path="mill.md",
        date=date,
        source=None,
        speakers=people or tuple(name for name in [speaker] if name),
        languages=tuple(texts),
        tags=(),
        sections=1,
        paragraphs=1,
    )
    return Source(Paragraph(paragraph, texts, speaker=speaker), summary, 1, "")
