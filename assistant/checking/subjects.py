"""Whom a claim is about × who is known of its paragraph → people who do not belong there.

"Reinholt gave the dinner" stands on "I gave the dinner" only if Reinholt was speaking.
"""

import re

from assistant.asked import tables
from assistant.checking.names import is_known, people_of
from assistant.checking.people import characters_of, mentions
from assistant.checking.records import Case, Difference
from assistant.checking.speakers import same_person, without_quotes
from assistant.checking.support import Support, best_sentence
from index.fold import fold
from index.language import detect_language
from index.words import stem, stop_words

_FIRST_WORD = re.compile(
    r"^\W*(?:(?:Captain|Old|Mr|Mrs|Ms|Dr)\.? )?([A-Z][a-z]{3,})(?:['’]s)?\b(?!-)"
)
_I = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|my|me)\b|我")
_SOMEBODY = re.compile(r"\b(?:he|she|him|her|his)\b|[他她]")
_ANOTHER = re.compile(
    r"\b(?:he|she|him|her|his|captain|doctor|director|they|you)\b|[他她您你]|船长|主任"
)


def strange_people(case: Case, support: Support) -> list[Difference]:
    """Return the people a claim names who are neither told of nor known of any paragraph cited.

    Only where it is known who speaks, and what is told is of nobody else: "she" may be anybody.
    """
    if not _is_talk(case) or not support.passage.clauses:
        return []
    told = fold(" ".join(best_sentence(support, held) for held in support.held))
    if _SOMEBODY.search(told):
        return []
    people = [p for s in case.beside for p in (*s.interview.speakers, s.interview.title)]
    language = detect_language(case.claim)
    asked = fold(case.question)
    return [
        Difference("name", name, "", max(0, case.claim.find(name)))
        for name in dict.fromkeys([*people_of(case.claim), *_first_name(case.claim)])
        if fold(name) not in asked
        and not is_known(name, language, case.beside)
        and not any(_may_be(name, person) for person in people)
    ]


def _may_be(name: str, person: str) -> bool:
    """Whether a name may be a person's, in either script, by its surname or its sound."""
    surname = any(character in person for character in characters_of(name))
    return surname or mentions(person, name) or mentions(name, person)


def wrong_subject(case: Case) -> list[Difference]:
    """Return whom a claim begins with, when a paragraph tells of its speaker alone.

    Another of the interview's people, whom the paragraph does not name and no "he" can mean.
    """
    speaker = case.source.paragraph.speaker
    told = " ".join(case.source.paragraph.texts.values())
    if speaker is None or not _is_talk(case) or not _I.search(fold(told)):
        return []
    if _ANOTHER.search(fold(told)):
        return []
    claim = without_quotes(case.claim)
    named = [p for p in case.source.interview.speakers if mentions(claim, p)]
    if not named or any(same_person(p, speaker) for p in named) or mentions(claim, speaker):
        return []
    if any(mentions(told, p) for p in named):
        return []
    return [Difference("speaker", named[0], speaker, 0)]


def _is_talk(case: Case) -> bool:
    """Whether all that is cited was said by people the interview names."""
    return all(s.paragraph.role == "speech" and s.interview.speakers for s in case.beside)


def _first_name(claim: str) -> list[str]:
    """Return the first word of an English claim if it can only be a name: no dictionary has it."""
    found = _FIRST_WORD.match(claim)
    if found is None or not _SOMEBODY.search(fold(claim)):
        return []  # it may name a company
    word = stem(fold(found[1]))
    _, known = tables()[1].vectors([word])
    is_word = word in tables()[0] or word in stop_words() or bool(known[0])
    return [] if is_word else [found[1]]
