"""A checked sentence → the markers in it that name no paragraph, and the sentence that says so."""

from collections.abc import Collection
from dataclasses import replace

from assistant.checking.records import CheckedSentence, Difference
from assistant.checking.wording import reason
from index.language import detect_language

Marker = int | str
"""A number, or a paragraph's id."""


def unresolved(sentence: CheckedSentence, known: Collection[Marker]) -> list[Marker]:
    """Return the markers of a sentence that name nothing known, each once, numbers first."""
    markers: list[Marker] = [*sentence.claim.markers, *sentence.claim.paragraphs]
    return [marker for marker in markers if marker not in known]


def with_unresolved(sentence: CheckedSentence, known: Collection[Marker]) -> CheckedSentence:
    """Return a sentence with a reason for each marker that names nothing; each said once.

    Its verdict stays: it stands on what was found for it, if on anything.
    """
    language = detect_language(sentence.claim.text)
    told = [
        reason(Difference("citation", str(marker), "", 0), language)
        for marker in unresolved(sentence, known)
    ]
    reasons = tuple(dict.fromkeys([*sentence.check.reasons, *told]))
    return replace(sentence, check=replace(sentence.check, reasons=reasons))
