"""One answer's talk with the model: its messages, its tools, and what it has cost so far."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import prompts
from assistant.events import Bound, Found
from assistant.fence import show_place
from assistant.listening import Reply, estimate_tokens
from assistant.orders import orders
from assistant.protocols import Message, ToolRequest
from assistant.records import Said
from assistant.toolbox import described
from assistant.tools import Tools
from index.records import Language

TURNS_KEPT = 6
"""Earlier turns the model is told of; what they stood on is folded into a line each."""
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(slots=True)
class Talk:
    """The messages of one answer; grows with every reply."""

    question: str
    language: Language
    tools: Tools
    history: Sequence[Said]
    plain: bool
    """Whether the model writes calls as text, for want of tools."""
    first: tuple[int, ...] = ()
    """Numbers of what the question itself found."""
    messages: list[Message] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    """Calls made, so that none is made twice."""
    calls: int = 0
    steps: int = 0
    """Calls of the model that could look something up."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    is_estimated: bool = False
    unknown: int = 0
    bound: Bound | None = None
    nudges: int = 0
    is_cleared: bool = False
    """Whether words that order a program about have been left out of it."""

    @property
    def tokens(self) -> int:
        """All tokens so far."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def has_orders(self) -> bool:
        """Whether something the model was shown orders a program about."""
        sources = self.tools.book.sources(self.tools.shown)
        return any(orders(text) for s in sources for text in s.paragraph.texts.values())

    def begin(self, numbers: Sequence[int], *, without: bool = False) -> None:
        """Begin it anew: the rules, the turns before, and the question with its evidence.

        Args:
            numbers: paragraphs shown with the question.
            without: whether words that order a program about are left out.
        """
        self.tools.shown.clear()
        self.is_cleared = without
        turns = [
            message
            for question, answer in self.history[-TURNS_KEPT:]
            for message in (Message("user", question), Message("assistant", answer))
        ]
        asked = prompts.render(
            f"question.{self.language}",
            earlier=self._earlier(numbers),
            evidence=self.tools.show(numbers, without=without),
            question=self.question,
        )
        self.messages = [Message("system", self._rules()), *turns, Message("user", asked)]

    def say(self, text: str) -> None:
        """Add something the model is told."""
        self.messages.append(Message("user", text))

    def note(self, name: str, **values: object) -> str:
        """Return a note in the language of the question."""
        return prompts.render(f"notes.{self.language}#{name}", **values)

    def hear(self, reply: Reply) -> None:
        """Add what the model said, and count what it cost."""
        requests = () if self.plain else reply.requests
        said = reply.text
        if self.plain and reply.requests:
            said = "\n".join(f"CALL {r.name} {r.raw}" for r in reply.requests)
        self.count(reply)
        if said or requests:
            self.messages.append(Message("assistant", said, requests=requests))

    def count(self, reply: Reply) -> None:
        """Add what a reply cost; what its address does not say is estimated."""
        usage = reply.usage
        prompt = usage.prompt_tokens if usage else None
        completion = usage.completion_tokens if usage else None
        if prompt is None:
            prompt = sum(estimate_tokens(message.content) for message in self.messages)
        if completion is None:
            completion = estimate_tokens(reply.text + "".join(r.raw for r in reply.requests))
        self.is_estimated |= usage is None or None in (usage.prompt_tokens, usage.completion_tokens)
        self.prompt_tokens += prompt
        self.completion_tokens += completion
        self.unknown += reply.unknown

    def answer_requests(self, answers: Sequence[tuple[ToolRequest, str]]) -> None:
        """Add what the calls returned."""
        if self.plain:
            self.say("\n\n".join(f"{request.name}: {text}" for request, text in answers))
            return
        self.messages += [Message("tool", text, answers=request.id) for request, text in answers]

    def is_new(self, request: ToolRequest) -> bool:
        """Whether a call was not made before in this answer."""
        arguments = json.dumps(request.arguments, sort_keys=True, ensure_ascii=False)
        key = f"{request.name} {arguments if request.arguments is not None else request.raw}"
        if key in self.made:
            return False
        self.made.add(key)
        return True

    def _rules(self) -> str:
        protocol = self.note("plain_protocol", tools=described(self.language)) if self.plain else ""
        declaring = self.note("declaring_line" if self.plain else "declaring_tool")
        return prompts.render(f"agent.{self.language}", declaring=declaring, protocol=protocol)

    def _earlier(self, numbers: Sequence[int]) -> str:
        """Return a line for each paragraph cited in earlier turns."""
        cited = {
            int(n) for _, answer in self.history[-TURNS_KEPT:] for n in _MARKER.findall(answer)
        }
        book = self.tools.book
        found = [
            Found(n, source) for n in sorted(cited - set(numbers)) for source in book.sources([n])
        ]
        if not found:
            return ""
        interviews = self.tools.interview_numbers(found)
        lines = [show_place(f.number, f.source, self.language, interviews) for f in found]
        return self.note("folded", lines="\n".join(lines)) + "\n\n"
