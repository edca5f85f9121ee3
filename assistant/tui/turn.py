"""One question and its answer, as it is made and as it stands afterwards."""

import time
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.chat.labels import Say
from assistant.chat.pages import (
    Exhibit,
    Line,
    Piece,
    answer_lines,
    exhibits_of,
    step_line,
)
from assistant.events import (
    Abstained,
    Answered,
    Event,
    Failed,
    TextAdded,
    TextWithdrawn,
    UsageCounted,
)
from assistant.history.records import Turn
from assistant.records import Answer
from assistant.render import printable
from assistant.tui.streaming import StreamedMarkdown
from assistant.tui.styled import Cited

RUNNING = "…"


class Steps(Static):
    """What the agent does: its last step while it works, all of them when unfolded."""

    def __init__(self, say: Say) -> None:
        super().__init__(markup=False, classes="steps")
        self._say = say
        self._lines: list[str] = []
        self._summary = ""
        self._is_open = False

    def add(self, line: str) -> None:
        """Take one more step."""
        self._lines.append(line)
        self._draw()

    def fold(self, seconds: float) -> None:
        """Show how many there were; a click shows which."""
        self._summary = self._say("steps", count=len(self._lines), seconds=seconds)
        self._draw()

    def on_click(self) -> None:
        """Unfold them, or fold them again."""
        self._is_open = not self._is_open
        self._draw()

    def _draw(self) -> None:
        head = self._summary or (f"{self._lines[-1]}{RUNNING}" if self._lines else RUNNING)
        sign = "▾" if self._is_open else "▸"
        lines = [f"{sign} {head}"]
        if self._is_open:
            lines += [f"  {line}" for line in self._lines]
        self.update(Content("\n".join(lines)))


class TurnView(Vertical):
    """A question, and below it what comes of it."""

    def __init__(self, question: str, say: Say) -> None:
        super().__init__(classes="turn")
        self.question = question
        self.answer: Answer | None = None
        self.is_answering = True
        self._say = say
        self._began = time.monotonic()
        self._steps = Steps(say)
        self._stream = StreamedMarkdown()
        self._body = Cited(classes="body")
        self._foot = Cited(classes="foot")
        self._usage: UsageCounted | None = None
        self._text = ""
        self._problem = ""

    def compose(self) -> ComposeResult:
        """Lay out question, steps, text, what became of it, and a line below."""
        asked = Cited(classes="question")
        asked.draw([question_line(self.question)])
        yield asked
        yield self._steps
        yield self._stream
        yield self._body
        yield self._foot

    @property
    def exhibits(self) -> Sequence[Exhibit]:
        """What can be looked at beside the answer."""
        return exhibits_of(self.answer) if self.answer is not None else ()

    @property
    def kept(self) -> Turn:
        """The turn as a history would have it."""
        running = "stopped" if self.answer is None else self.answer.outcome
        return Turn(
            id=0,
            conversation="",
            position=0,
            question=self.question,
            filters={},
            asked="",
            status="failed" if self._problem else running,
            text=self._text,
            answer=self.answer,
            model=None,
            usage=self._usage,
            message=self._problem,
        )

    def take(self, event: Event) -> None:
        """Show what the agent did."""
        if (line := step_line(event, self._say)) is not None:
            self._steps.add(line)
        match event:
            case TextAdded(text):
                self._foot.draw([(Piece(self._say("provisional"), "warn"),)])
                self._text += text
                self._stream.append(text)
            case TextWithdrawn():
                self._text = ""
                self._stream.clear()
            case UsageCounted():
                self._usage = event
            case Answered(answer) | Abstained(answer):
                self._settle(answer)
            case Failed(message, _, partial):
                self._fail(message, partial)
            case _:
                pass

    def stop(self) -> None:
        """Keep what came, and say that nobody checked it."""
        if self.is_answering:
            self._stream.finish()
            self._end((Piece(self._say("stopped"), "warn"),))

    def _settle(self, answer: Answer) -> None:
        self.answer = answer
        self._stream.clear()
        self._body.draw(answer_lines(answer, self._say))
        self._end((Piece(foot_of(answer, self._usage, self._say), "dim"),))

    def _fail(self, message: str, partial: Answer | None) -> None:
        self._problem = message
        if partial is not None:
            self.answer = partial
            self._stream.clear()
            self._body.draw(answer_lines(partial, self._say))
        else:
            self._stream.finish()
        self._end((Piece(printable(message), "bad"),))

    def _end(self, foot: Line) -> None:
        self.is_answering = False
        self._steps.fold(time.monotonic() - self._began)
        self._foot.draw([foot])


class PastTurn(Cited):
    """A turn that was kept, as one widget: hundreds of them open at once."""

    def __init__(self, kept: Turn, say: Say) -> None:
        super().__init__(classes="turn past")
        self.kept = kept
        self.question = kept.question
        self.answer = kept.answer
        body = answer_lines(kept.answer, say) if kept.answer is not None else []
        foot = note_of(kept, say)
        self.draw([question_line(kept.question), *body, *([foot] if foot else [])])

    @property
    def exhibits(self) -> Sequence[Exhibit]:
        """What can be looked at beside the answer."""
        return exhibits_of(self.answer) if self.answer is not None else ()


AnyTurn = TurnView | PastTurn


def question_line(question: str) -> Line:
    """Return a question as it stands above its answer."""
    return (Piece("> ", "link"), Piece(printable(question), "strong"))


def foot_of(answer: Answer, usage: UsageCounted | None, say: Say) -> str:
    """Return how an answer was made, and what it cost."""
    how = say(answer.mode) if answer.sentences else ""
    if usage is None:
        return how
    cost = say(
        "usage",
        calls=usage.calls,
        about=say("about") if usage.is_estimated else "",
        sent=usage.prompt_tokens,
        back=usage.completion_tokens,
    )
    return " · ".join(part for part in (how, cost) if part)


def note_of(turn: Turn, say: Say) -> Line:
    """Return what is to be said below a turn that was kept."""
    if turn.status in ("stopped", "running"):
        text = (Piece(f"{printable(turn.text)}\n"),) if turn.text else ()
        return (*text, Piece(say("stopped"), "warn"))
    if turn.is_forgotten:
        return (Piece(say("forgotten"), "dim"),)
    if turn.message:
        return (Piece(printable(turn.message), "bad"),)
    return (Piece(foot_of(turn.answer, turn.usage, say), "dim"),) if turn.answer else ()
