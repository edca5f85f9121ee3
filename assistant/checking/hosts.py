"""The turns a claim cites → those that answer, and what was asked before them.

An interviewer's turn bears nothing out: what it asks is what the reply is about, and what it
supposes counts only when the reply says yes.
"""

import re
from collections.abc import Sequence

from assistant.checking.people import mentions
from assistant.checking.speakers import same_person
from assistant.records import Source
from index.fold import fold

_LABEL = re.compile(
    r"^(?:q|question|host|interviewer|moderator|presenter|anchor|问|問|主持人?|主播|记者|記者"
    r"|采访者?|採訪者?|访谈者|訪談者|提问者?|提問者?)(?:\s*[A-Z0-9一二三]|[:：])?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
SHORT = 240
"""Characters up to which a turn that ends on a question is one, Chinese counting 3."""
_OPEN = re.compile(
    r"\b(?:who|whom|whose|what|which|how|where|when|why)\b"
    r"|谁|什么|多少|多久|多大|[几哪]|怎么|怎样|为何|讲讲|说说|聊聊"
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|of course|it's true|that's (?:true|right)|it (?:is|was|did|does)\b|right\b"
    r"|exactly|sure|they (?:are|were|did))|^\W*(?:对|是的|是啊|真的|没错|当然|嗯)"
)
_GUESS = re.compile(
    r"\b(?:must (?:be|have)|surely|i (?:suppose|imagine)|i've always|everyone knows|they say"
    r"|people say|rumou?rs?)\b|^\W*so\b"
    r"|(?:一定|肯定|想必|应该).{0,12}吧|听说|所以|也就是说|传言|都说|外面传"
)
_ASKED = ("ask", "host", "interviewer", "问", "主持")


def is_host(source: Source) -> bool:
    """Whether the paragraph is an interviewer's turn, as far as it tells by itself.

    By the label, or by ending every text on a question: whom the title names is a guest all the
    same, and without any name in it a guest's long turn may end so too.
    """
    speaker = source.paragraph.speaker
    if speaker is None or source.paragraph.role != "speech":
        return False
    if _LABEL.match(speaker.strip()):
        return True
    texts = source.paragraph.texts
    if not all(_ASKS.search(text) for text in texts.values()):
        return False
    named = [p for p in source.interview.speakers if mentions(source.interview.title, p)]
    if named:  # a title names the guest
        return not any(same_person(speaker, person) for person in named)
    return all(len(text) * (3 if x == "zh" else 1) <= SHORT for x, text in texts.items())


def leads(source: Source) -> bool:
    """Whether the paragraph only asks or supposes: a question, or a guess at a guest.

    A plain statement of the interviewer's ("the plan was two thousand") is as good as any other.
    """
    if is_host(source):
        return True
    speaker = source.paragraph.speaker
    if speaker is None or source.paragraph.role != "speech":
        return False
    if not any(_GUESS.search(fold(text)) for text in source.paragraph.texts.values()):
        return False
    named = [p for p in source.interview.speakers if mentions(source.interview.title, p)]
    return bool(named) and not any(same_person(speaker, person) for person in named)


def is_of_the_host(claim: str, source: Source) -> bool:
    """Whether a claim says itself that it is what was asked."""
    speaker = source.paragraph.speaker or ""
    plain = fold(claim)
    return any(word in plain for word in _ASKED) or (
        bool(speaker) and any(part in plain for part in fold(speaker).split() if len(part) > 1)
    )


def heard(claim: str, sources: Sequence[Source]) -> tuple[Sequence[Source], list[str]]:
    """Return the turns that may bear a claim out, and the texts that say what they are about.

    All of them, and no text, when none answers an interviewer or the claim tells of the asking.
    """
    hosts = [s for s in sources if leads(s) and not is_of_the_host(claim, s)]
    guests = [s for s in sources if s not in hosts]
    if not guests or not hosts:
        return sources, []
    asked = []
    for host in hosts:
        for language, text in host.paragraph.texts.items():
            replies = [s.paragraph.texts.get(language, "") for s in guests]
            if _OPEN.search(fold(text)) or any(_YES.match(fold(reply)) for reply in replies):
                asked.append(text)
    return guests, asked
