"""Where something else can be plugged in: what answers, and what judges support."""

from collections.abc import Sequence
from typing import Protocol

from assistant.records import Said
from evals.records import Reply, Support
from index.records import Paragraph


class AnswerSystem(Protocol):
    """Anything that answers: the program, a degenerate policy, a mutant, a recording."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def ask(self, question: str, history: Sequence[Said]) -> Reply:
        """Answer one question, after the turns that went before."""


class SupportJudge(Protocol):
    """Says whether paragraphs support a claim."""

    def judge(self, claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Support:
        """Return how far the paragraphs together support the claim."""
