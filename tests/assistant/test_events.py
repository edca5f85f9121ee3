"""Every event survives JSON, and nothing else passes for one."""

import json

import pytest

from assistant.events import (
    KINDS,
    Abstained,
    Answered,
    BoundReached,
    CitationMade,
    Event,
    EvidenceFound,
    Failed,
    Found,
    InterviewsListed,
    ModelAsked,
    NotFoundDeclared,
    Revised,
    SearchStarted,
    SectionRead,
    SentenceChecked,
    TextAdded,
    TextWithdrawn,
    ToolRefused,
    UsageCounted,
    event_values,
    read_event,
)
from assistant.records import Abstention, Answer, Citation, Sentence, Source
from index.records import InterviewSummary, Paragraph

TALK = InterviewSummary("t", "茶 Tea", "/t.md", None, None, ("Ada",), ("en", "zh"), (), 1, 2)
SOURCE = Source(Paragraph("t:1", {"en": "Tea.", "zh": "茶。"}, speaker="Ada"), TALK, 1, "Leaves")
SENTENCE = Sentence("She drank tea.", (3,), "partly", ("为什么",))
ANSWER = Answer(
    "Tea?",
    "en",
    "partial",
    "agent",
    (SENTENCE,),
    (Citation(3, SOURCE, "Tea.", "en"),),
    Abstention({"en": 1, "zh": 2}, (SOURCE,), "The price."),
    1.5,
)
EVENTS: list[Event] = [
    ModelAsked("m", "http://127.0.0.1/v1", 1),
    SearchStarted("茶", {"language": "zh"}),
    EvidenceFound("茶", (Found(3, SOURCE),), 1),
    SectionRead("茶 Tea", 1, "Leaves", (Found(3, SOURCE),)),
    InterviewsListed(2),
    NotFoundDeclared("the price"),
    ToolRefused("search", '{"q', "no object"),
    TextAdded("她喝茶"),
    CitationMade(3),
    TextWithdrawn("revised"),
    SentenceChecked(SENTENCE, 0),
    Revised(1, (SENTENCE,)),
    BoundReached("tokens"),
    UsageCounted("m", 2, 100, 20, is_estimated=True, unknown_markers=1),
    Answered(ANSWER),
    Abstained(ANSWER),
    Failed("unreachable", 8, ANSWER),
    Failed("unreachable", 8, None),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_survives_json(event: Event) -> None:
    assert read_event(json.loads(json.dumps(event_values(event)))) == event


def test_all_kinds_are_tried() -> None:
    assert {type(event).__name__ for event in EVENTS} == KINDS.keys()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"type": "Nothing"},
        {"type": "TextAdded"},
        {"type": "TextAdded", "text": 3},
        {"type": "TextAdded", "text": "a", "more": 1},
        {"type": "BoundReached", "bound": "patience"},
        {"type": "CitationMade", "number": True},
        {"type": "Revised", "draft": 1, "failing": "none"},
        {"type": "SearchStarted", "query": "a", "filters": []},
    ],
)
def test_what_does_not_fit_is_no_event(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"event|fit"):
        read_event(values)
