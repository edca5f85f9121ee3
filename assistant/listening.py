"""A model's pieces → events of its text as it comes, and at the end the whole reply.

A failure in the middle is part of the reply: what had come stays.
"""

import re
from collections.abc import Callable, Collection, Container, Generator, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.citing import Citing, Part, written
from assistant.drafts import finished, read_draft
from assistant.events import CitationMade, Event, TextAdded
from assistant.protocols import Finish, Piece, TextDelta, ToolRequest, Usage
from assistant.unwrapping import unwrapped, without_thoughts
from assistant.written import Gate, calls_in
from index.errors import InterviewsError
from index.fold import fold
from index.language import HAN

LONGEST = 24_000
"""Characters of a reply; nobody reads more, and a model that goes on is caught in a loop."""
_HAN = re.compile(f"[{HAN}]")
_REFUSAL = re.compile(
    r"^\W*(?:i(?:'m| am)? (?:sorry|unable|cannot|can't|can not|won't|afraid)|sorry\b|as an ai\b"
    r"|i apologi[sz]e|i (?:must|have to) decline|i(?:'m| am) not able to"
    r"|(?:很)?抱歉|对不起|作为(?:一个)?(?:ai|人工智能|语言模型)"
    r"|我(?:无法|不能|没有办法)(?:回答|协助|提供|帮))"
)
_SHORT = 400

Problem = Literal["empty", "refused", "cut"]
End = Literal["stop", "length", "refused", "late", "failed"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said in one go."""

    text: str
    """With markers as `[n]` that all point somewhere, and without calls."""
    requests: tuple[ToolRequest, ...]
    usage: Usage | None
    end: End
    unknown: int = 0
    """Numbers it cited that point nowhere."""
    error: InterviewsError | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether it declines to answer, rather than answering or saying what is missing."""
        if self.end == "refused":
            return True
        if self._says_not_found:
            return False
        short = len(self.text) < _SHORT and "[" not in self.text
        return short and _REFUSAL.match(fold(self.text)) is not None

    @property
    def problem(self) -> Problem | None:
        """Why it is no answer; None when it is one."""
        if self.is_refusal:
            return "refused"
        if self.end == "length":
            return "cut"
        return None if self.told else "empty"

    @property
    def told(self) -> str:
        """What of it may be the answer; "" when it says nothing, or announces a call."""
        is_whole = self.end not in ("late", "length")
        text = self.text if is_whole else finished(self.text)
        if self.requests and "[" not in text:
            return ""
        draft = read_draft(text)
        return text if draft.claims or draft.missing else ""

    @property
    def _says_not_found(self) -> bool:
        """Whether what may sound like a refusal only says that the interviews do not say."""
        draft = read_draft(self.text)
        return bool(draft.missing) and not draft.claims


def listen(
    pieces: Iterator[Piece],
    known: Container[int],
    names: Collection[str],
    is_late: Callable[[], bool],
) -> Generator[Event, None, Reply]:
    """Yield text and citations as they come; returns the reply.

    Args:
        pieces: of `ChatModel.respond`.
        known: numbers that may be cited.
        names: of the tools whose calls may be written as text.
        is_late: whether no more may be waited for.
    """
    gate, citing = Gate(), Citing(known)
    raw: list[str] = []
    requests: list[ToolRequest] = []
    usage: Usage | None = None
    end: End = "stop"
    error: InterviewsError | None = None
    size = 0
    try:
        for piece in pieces:
            match piece:
                case TextDelta(text):
                    raw.append(text)
                    size += len(text)
                    yield from _events(citing.feed(gate.feed(text)))
                case ToolRequest():
                    requests.append(piece)
                case Usage():
                    usage = piece
                case Finish(reason):
                    end = "stop" if reason == "tools" else reason
            if is_late() or size > LONGEST:
                end = "late" if is_late() else "length"
                break
    except InterviewsError as failure:
        error, end = failure, "failed"
    finally:
        if isinstance(pieces, Generator):
            pieces.close()
    written_calls, rest = calls_in(without_thoughts("".join(raw)), names)
    if not written_calls:
        rest = unwrapped(rest)
        yield from _events([*citing.feed(unwrapped(gate.finish())), *citing.finish()])
    whole = Citing(known)
    parts = [*whole.feed(rest), *whole.finish()]
    return Reply(
        text="".join(written(part) for part in parts).strip(),
        requests=tuple(requests or written_calls),
        usage=usage,
        end=end,
        unknown=len(whole.unknown),
        error=error,
    )


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has, for where an address does not say.

    Source: Chinese characters are .72 tokens each and others .22 in current vocabularies, within
    5 % over the sample.
    """
    han = len(_HAN.findall(text))
    return round(0.72 * han + 0.22 * (len(text) - han))


def _events(parts: list[Part]) -> Iterator[Event]:
    for part in parts:
        if isinstance(part, int):
            yield CitationMade(part)
        if text := written(part):
            yield TextAdded(text)
