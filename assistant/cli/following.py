"""The events of an answer → the history, the saved run and the screen, as they come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.cli.screen import Screen
from assistant.events import Event, Failed
from assistant.evidence_book import EvidenceBook
from assistant.history.recording import Recorder
from assistant.history.records import Conversation, Turn
from assistant.history.telling import said
from assistant.records import Said
from index.errors import InterviewsError
from index.records import Language

if TYPE_CHECKING:
    from assistant.runs import ReplayModel

SHOWN = {"interviews": "interview", "speakers": "speaker", "tags": "tag"}
"""Names that flags given several times have where a question's filters are shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one call asks for, beside the settings."""

    question: str
    as_json: bool
    continues: bool
    run_file: Path | None
    filters: Mapping[str, Any]
    played: "ReplayModel | None" = None
    """What plays a kept run in place of the model."""


class Asking(Protocol):
    """What answers: with a model, or by quoting."""

    def ask(self, question: str, *, history: list[Said], book: EvidenceBook) -> Iterator[Event]:
        """Yield every step; the last event is `Answered`, `Abstained` or `Failed`."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was said before in the conversation."""

    conversation: Conversation | None
    turns: list[Turn]
    book: EvidenceBook

    def said(self, *, has_model: bool) -> list[Said]:
        """Return the turns as the next question is asked on them."""
        return said(self.turns, self.book, _gone if has_model else _nothing)


@dataclass(slots=True)
class Following:
    """Hands each event of an answer to whoever wants it."""

    wish: Wish
    past: Past
    recorder: Recorder
    screen: Screen
    keep: Callable[[Event], None] = lambda _: None
    """Saves the run."""
    falls_back: bool = False
    """Whether a failure of the model is not the end."""

    def to_the_end(self, asking: Asking, model: str | None) -> Event | None:
        """Return the last event.

        Raises:
            InterviewsError: the index cannot be read any more; kept as a failure.
        """
        if self.recorder.turn is None:
            self.recorder.begin(
                self.wish.question,
                self.past.book,
                filters=shown_filters(self.wish.filters),
                model=model,
            )
        history = self.past.said(has_model=model is not None)
        try:
            for event in asking.ask(self.wish.question, history=history, book=self.past.book):
                self._hand_out(event)
        except KeyboardInterrupt:
            self.recorder.stop()
            self.screen.break_off()
            raise
        except InterviewsError as error:
            self.recorder.hear(Failed(str(error), error.exit_code, None))
            raise
        return self.screen.last

    def _hand_out(self, event: Event) -> None:
        self.keep(event)
        if isinstance(event, Failed) and self.falls_back:
            self.recorder.remark(event.message)
        else:
            self.recorder.hear(event)
        self.screen.show(event)


def shown_filters(filters: Mapping[str, Any]) -> dict[str, str]:
    """Return what a question is kept to, by name, several values joined."""
    return {
        SHOWN.get(name, name): value if isinstance(value, str) else ", ".join(value)
        for name, value in filters.items()
        if value
    }


def _gone(language: Language) -> str:
    import prompts

    return prompts.render(f"notes.{language}#history_gone")


def _nothing(_: Language) -> str:
    return ""
