"""Answers to put into a history, made by hand."""

from collections.abc import Mapping

from assistant.records import Abstention, Answer, Citation, Mode, Sentence, Source
from index.records import InterviewSummary, Language, Paragraph


def a_source(paragraph: str, texts: Mapping[Language, str], **facts: str) -> Source:
    """Return a paragraph of the interview that its id names."""
    interview = paragraph.rpartition(":")[0]
    summary = InterviewSummary(
        id=interview,
        title=facts.get("title", f"Talk {interview}"),
        path=f"/talks/{interview}.md",
        date="2024-05-01",
        source=facts.get("link"),
        speakers=("Mira",),
        languages=tuple(texts),
        tags=(),
        sections=1,
        paragraphs=3,
    )
    return Source(Paragraph(paragraph, texts, speaker="Mira"), summary, 1, "Fog 雾")


def an_answer(
    question: str, *cited: tuple[int, Source], mode: Mode = "agent", **more: str
) -> Answer:
    """Return an answer with a sentence a source, which quotes the source's first text."""
    citations = tuple(
        Citation(number, source, text, language)
        for number, source in cited
        for language, text in list(source.paragraph.texts.items())[:1]
    )
    wording = more.get("wording", "She said so.")
    return Answer(
        question=question,
        language="en",
        outcome="answered" if cited else "abstained",
        mode=mode,
        sentences=tuple(
            Sentence(wording if mode == "agent" else c.quote, (c.number,), "supported")
            for c in citations
        ),
        citations=citations,
        abstention=None if cited else Abstention({"en": 3, "zh": 2}, (), "The interviews do not."),
        seconds=1.5,
    )


FOG = a_source(
    "ferry:aa", {"en": "We waited for the fog.", "zh": "我们等雾散。"}, link="https://e.org/f"
)
PRICE = a_source("渡口:bb", {"zh": "他们的定价策略是每年降一成。"})
