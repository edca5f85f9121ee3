"""Who a claim says it is from × who spoke → whether the words are laid in the wrong mouth."""

import re
from collections.abc import Sequence

from assistant.checking.cues import ATTRIBUTION
from assistant.checking.people import mentions
from assistant.records import Source

_LABEL = re.compile(
    r"^(?:q|question|host|interviewer|moderator|presenter|anchor|问|問|主持人?|主播|记者|記者"
    r"|采访者?|採訪者?|访谈者|訪談者|提问者?|提問者?)(?:\s*[A-Z0-9一二三]|[:：])?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
SHORT = 240
"""Characters up to which a turn that ends on a question is one, Chinese counting 3."""
_BEFORE = 40
"""Characters before a word of saying in which its subject stands."""


def named_sayers(claim: str, people: Sequence[str]) -> list[str]:
    """Return the people a claim names before a word of saying, or after "according to"."""
    found: list[str] = []
    for match in ATTRIBUTION.finditer(claim):
        window = claim[max(0, match.start() - _BEFORE) : match.start()]
        window = re.split(r"[,，;；。.!！?？]", window)[-1]
        if match[0].lower() in {"according to", "据"}:
            window = claim[match.end() : match.end() + _BEFORE]
        found += [person for person in people if mentions(window, person) and person not in found]
    return found


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


def same_person(one: str, other: str) -> bool:
    """Whether two labels name one person: a shared part, or one that sounds alike."""
    return mentions(one, other) or mentions(other, one)


def wrong_speaker(claim: str, source: Source) -> str | None:
    """Return who spoke, when a claim gives the words to another of the interview's people.

    None when it names nobody, names the speaker, or names somebody whom the paragraph reports.
    """
    speaker = source.paragraph.speaker
    if speaker is None or source.paragraph.role != "speech":
        return None
    others = [p for p in source.interview.speakers if not same_person(p, speaker)]
    sayers = named_sayers(without_quotes(claim), [speaker, *others])
    if not sayers or any(same_person(sayer, speaker) for sayer in sayers):
        return None
    told = " ".join(source.paragraph.texts.values())
    if any(mentions(told, sayer) for sayer in sayers):
        return None
    return speaker


def without_quotes(claim: str) -> str:
    """Return a claim without what it quotes: the quoted may say things too."""
    return re.sub(r"“[^”]*”|「[^」]*」|\"[^\"]*\"", " ", claim)


def speaker_context(source: Source) -> str:
    """Return what is known of who spoke and where, as words that a claim may use."""
    return " ".join([source.paragraph.speaker or "", *source.interview.speakers, source.heading])
