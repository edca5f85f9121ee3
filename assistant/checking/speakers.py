"""Who a claim says it is from × who spoke → whether the words are laid in the wrong mouth."""

import re
from collections.abc import Sequence

from assistant.checking.cues import ATTRIBUTION
from assistant.checking.people import mentions
from assistant.records import Source

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
    """Return what is known of who spoke, where and of what, as words that a claim may use."""
    about = source.interview
    parts = [source.paragraph.speaker or "", *about.speakers, source.heading, about.title]
    return " | ".join([*parts, *about.tags])
