"""A question → events, the last an answer: search, read, answer, be checked.

question ─search→ evidence ─model ⇄ tools→ draft ─review→ verdicts ─model→ revision … ─→ answer

The model decides what to look up and what to write; everything it writes is held against the
paragraphs it cites before it counts. Its steps, tokens and seconds are bounded.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.conclude import Outcome, conclude, is_wordless
from assistant.drafts import Draft, finished, read_draft
from assistant.errors import ModelTimeoutError, ToolsRefusedError
from assistant.events import (
    Abstained,
    Answered,
    Bound,
    BoundReached,
    Event,
    Failed,
    ModelAsked,
    Revised,
    SentenceChecked,
    TextWithdrawn,
    ToolRefused,
    UsageCounted,
)
from assistant.evidence_book import EvidenceBook
from assistant.followup import complete
from assistant.lacking import lacking
from assistant.library import Searcher
from assistant.listening import Problem, Reply, listen
from assistant.mending import ask_for_revision, is_better, outcome_of, stands
from assistant.protocols import ChatModel, ToolRequest
from assistant.records import Answer, Said
from assistant.redaction import redact
from assistant.review import Checker, Judged, Reviewer, standing
from assistant.scope import abstain_within, counted_within
from assistant.talk import Talk
from assistant.toolbox import NAMES
from assistant.tools import Tools
from assistant.unanswered import quoted_instead
from index.language import detect_language
from index.records import Filters

CALLS_AT_ONCE = 4
"""Tool calls of one reply that are made."""
NUDGES = 2
"""Times a model is asked again that said nothing, declined, or broke off."""
LOOKING = 0.6
"""Share of the seconds that may pass before the answer is asked for."""
NO_ANSWER = 11
"""Exit code of a model that gives none, as of one that refuses."""

Listened = Generator[Event, None, Reply]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far an answer may go."""

    steps: int = 6
    """Replies of the model in which it may look something up."""
    tokens: int = 60_000
    """Of all its calls together, what goes out and what comes back."""
    seconds: float = 180.0
    revisions: int = 2
    """Times a draft goes back with what is wrong."""


class _NoAnswerError(Exception):
    """The model failed, or would not answer."""

    def __init__(self, message: str, exit_code: int, text: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.text = text


class _NeverWroteError(Exception):
    """The model was at its bound, and wrote nothing even then."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Answers questions with a model, from one open store."""

    model: ChatModel
    searcher: Searcher
    check: Checker
    bounds: Bounds = field(default_factory=Bounds)
    keep: Literal["mark", "omit"] = "mark"
    """What becomes of sentences that are not borne out in the end."""
    scope: Filters = field(default_factory=Filters)
    """What the reader keeps the question to."""
    clock: Callable[[], float] = time.monotonic

    def ask(
        self, question: str, *, history: Sequence[Said] = (), book: EvidenceBook | None = None
    ) -> Iterator[Event]:
        """Yield every step; the last event is `Answered`, `Abstained` or `Failed`.

        Args:
            question: as asked, in English or Chinese.
            history: the turns before, oldest first.
            book: the numbers of the conversation so far; grows.
        """
        began = self.clock()
        nothing = abstain_within(question, self.scope, self.searcher.store.rows, mode="agent")
        if nothing is not None:  # the model could only be sent what it was kept from
            yield Abstained(nothing)
            return
        language = detect_language(question)
        tools = Tools(
            self.searcher, book if book is not None else EvidenceBook(), language, self.scope
        )
        plain = not self.model.calls_tools
        talk = Talk(question, language, tools, history, plain)
        talk.first = yield from tools.first_search(complete(question, history))
        talk.begin(talk.first)
        try:
            answer = yield from self._work(talk, began)
        except _NoAnswerError as error:
            partial = self._partial(talk, error.text, began)
            yield self._usage(talk)
            yield Failed(str(error), error.exit_code, partial)
            return
        yield self._usage(talk)
        yield Abstained(answer) if answer.outcome == "abstained" else Answered(answer)

    # --- from the question to a draft

    def _work(self, talk: Talk, began: float) -> Generator[Event, None, Answer]:
        try:
            text = yield from self._draft(talk, began)
        except _NeverWroteError:
            return (yield from self._quoted(talk, began))
        outcome = yield from self._settle(talk, text, began)
        return self._answer(talk, outcome, began)

    def _draft(self, talk: Talk, began: float) -> Generator[Event, None, str]:
        """Let the model look things up until it answers; returns the text of the answer."""
        while True:
            if talk.bound is None and (bound := self._bound(talk, began)):
                yield from self._end_search(talk, bound)
            reply = yield from self._listen(talk, began, may_call=talk.bound is None)
            if reply.requests and talk.bound is None:
                yield TextWithdrawn("call")
                talk.hear(reply)
                talk.answer_requests((yield from self._run(talk, reply.requests)))
                continue
            problem, text = reply.problem, reply.told
            talk.hear(reply)
            if problem is None or (problem == "cut" and text and (talk.nudges or talk.bound)):
                return text
            yield TextWithdrawn(problem)
            self._nudge(talk, problem, reply)

    def _end_search(self, talk: Talk, bound: Bound) -> Iterator[Event]:
        talk.bound = bound
        yield BoundReached(bound)
        talk.say(talk.note("last"))

    def _bound(self, talk: Talk, began: float) -> Bound | None:
        if talk.steps >= self.bounds.steps:
            return "steps"
        if talk.tokens >= self.bounds.tokens:
            return "tokens"
        passed = self.clock() - began
        return "seconds" if passed >= LOOKING * self.bounds.seconds else None

    def _nudge(self, talk: Talk, problem: Problem, reply: Reply) -> None:
        """Ask again, in what other way may help.

        Raises:
            _NeverWroteError: it was at its bound, and was asked for the answer.
            _NoAnswerError: it was asked often enough.
        """
        talk.nudges += 1
        is_over = talk.nudges > NUDGES or reply.end == "late"
        may_obey = talk.has_orders and not talk.is_cleared
        if talk.bound and problem != "refused" and (is_over or not may_obey):
            raise _NeverWroteError
        if is_over:
            done = {"empty": "wrote no answer", "refused": "refuses to answer", "cut": "broke off"}
            raise _NoAnswerError(
                f"the model {self.model.name} {done[problem]}; ask otherwise, or another model",
                NO_ANSWER,
                reply.text,
            )
        if may_obey:
            talk.begin(sorted(talk.tools.shown), without=True)
            if talk.bound:
                talk.say(talk.note("last"))
            return
        talk.say(talk.note({"empty": "empty", "refused": "refused", "cut": "cut_short"}[problem]))

    def _run(
        self, talk: Talk, requests: Sequence[ToolRequest]
    ) -> Generator[Event, None, list[tuple[ToolRequest, str]]]:
        answers = []
        for place, request in enumerate(requests):
            if place >= CALLS_AT_ONCE:
                text = talk.note("too_many", most=CALLS_AT_ONCE)
                yield ToolRefused(request.name, request.raw, text)
            elif not talk.is_new(request):
                text = talk.note("asked_before")
                yield ToolRefused(request.name, request.raw, text)
            else:
                text = yield from talk.tools.run(request)
            answers.append((request, text))
        return answers

    def _listen(self, talk: Talk, began: float, *, may_call: bool) -> Listened:
        """Make one call of the model.

        Raises:
            _NoAnswerError: it failed; what had come is kept with it.
        """
        talk.calls += 1
        talk.steps += may_call
        yield ModelAsked(self.model.name, self.model.address, talk.calls)
        offered = talk.tools.specs if may_call and not talk.plain else ()
        reply = yield from listen(
            self.model.respond(talk.messages, offered),
            talk.tools.book,
            NAMES,
            lambda: self.clock() - began >= self.bounds.seconds,
        )
        if isinstance(reply.error, ToolsRefusedError) and not talk.plain:
            talk.plain = True
            talk.begin(sorted(talk.tools.shown))
            return (yield from self._listen(talk, began, may_call=may_call))
        if self._ran_out(talk, reply, began):
            reply = replace(reply, end="late", error=None)
        if reply.error is not None:
            talk.count(reply)
            raise _NoAnswerError(str(reply.error), reply.error.exit_code, reply.text)
        if reply.end == "late" and talk.bound is None:
            talk.bound = "seconds"
            yield BoundReached("seconds")
        return reply

    def _ran_out(self, talk: Talk, reply: Reply, began: float) -> bool:
        """Whether a model that did say something was cut off by our own bound of seconds."""
        has_spoken = bool(reply.text) or talk.calls > 1
        return isinstance(reply.error, ModelTimeoutError) and has_spoken and self._is_late(began)

    # --- from a draft to an answer

    def _settle(self, talk: Talk, text: str, began: float) -> Generator[Event, None, Outcome]:
        """Check a draft, let the model mend it, and keep the best."""
        reviewer = Reviewer(self.check, talk.tools.book, talk.question)
        best: tuple[Draft, list[Judged]] | None = None
        for number in range(self.bounds.revisions + 1):
            draft = read_draft(redact(text))  # a model may say what it should not know
            judged = reviewer.review(draft, talk.tools.shown)
            for each in judged:
                yield SentenceChecked(each.sentence, number)
            if best is None or is_better(talk, (draft, judged), best):
                best = draft, judged
            is_last = number == self.bounds.revisions
            if is_last or stands(talk, draft, judged) or self._is_late(began):
                break
            failing = tuple(each.sentence for each in judged if each.is_failing)
            yield Revised(number + 1, failing)
            yield TextWithdrawn("revised")
            ask_for_revision(talk, draft, judged)
            try:
                reply = yield from self._listen(talk, began, may_call=False)
            except _NoAnswerError:
                break  # what was checked before stays
            talk.hear(reply)
            if reply.problem in ("empty", "refused") or reply.requests or reply.told == text:
                break  # it has nothing better
            text = reply.told
        assert best is not None  # the first round sets it
        return self._outcome(talk, *best)

    def _is_late(self, began: float) -> bool:
        return self.clock() - began >= self.bounds.seconds

    def _outcome(
        self, talk: Talk, draft: Draft, judged: Sequence[Judged], *, is_broken: bool = False
    ) -> Outcome:
        kept = standing(judged, self.keep)
        return outcome_of(talk, draft, judged, kept, limit=self._limit(talk), is_broken=is_broken)

    def _limit(self, talk: Talk) -> str:
        """Return the limit of the bound that was reached, as shown; "" when none was."""
        return f"{getattr(self.bounds, talk.bound):g}" if talk.bound else ""

    def _answer(self, talk: Talk, outcome: Outcome, began: float) -> Answer:
        rows = self.searcher.store.rows
        if is_wordless(outcome):
            found = lacking(talk, self._kept(), is_part=bool(outcome.judged))
            outcome = replace(outcome, lacking=found)
        answer = conclude(outcome, talk.tools.book, talk.first, rows, self.clock() - began)
        return counted_within(answer, self.scope, rows)

    def _quoted(self, talk: Talk, began: float) -> Generator[Event, None, Answer]:
        """Let the interviews answer in place of a model that wrote nothing."""
        answer = quoted_instead(talk, self._kept(), self._limit(talk))
        for sentence in answer.sentences:
            yield SentenceChecked(sentence, 0)
        counted = counted_within(answer, self.scope, self.searcher.store.rows)
        return replace(counted, seconds=self.clock() - began)

    def _kept(self) -> Searcher:
        return self.searcher if self.scope == Filters() else self.searcher.within(self.scope)

    def _partial(self, talk: Talk, text: str, began: float) -> Answer | None:
        """Return what had come of an answer and is borne out; None when nothing is."""
        draft = read_draft(finished(text))
        reviewer = Reviewer(self.check, talk.tools.book, talk.question)
        judged = reviewer.review(draft, talk.tools.shown)
        outcome = self._outcome(talk, draft, judged, is_broken=True)
        return self._answer(talk, outcome, began) if outcome.judged else None

    def _usage(self, talk: Talk) -> UsageCounted:
        return UsageCounted(
            model=self.model.name,
            calls=talk.calls,
            prompt_tokens=talk.prompt_tokens,
            completion_tokens=talk.completion_tokens,
            is_estimated=talk.is_estimated,
            unknown_markers=talk.unknown,
        )
