"""Sections of turns → the same with a speaker and a role for every turn.

A turn without a label goes on with the last speaker, as far as that is safe: words are never put
into somebody's mouth across a section without any label, unless it is a monologue.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from index.fold import fold
from index.language import HAN, LETTERS_PER_HAN
from index.records import LANGUAGES, Language
from index.turns import Draft, Turn

_EDITORS = re.compile(
    r"(?:[\d一二三四五六七八九十]*[.、\s]*)?"
    r"(?:内容|本期|本文)?(?:导读|导语|简介|介绍|摘要|提要|总结|概要|金句(?:摘录)?|要点|亮点|编者按|前言|后记|附录|嘉宾介绍|嘉宾简介"
    r"|关于(?:嘉宾|作者|本期|节目)|参考资料|参考文献|关键词|术语表?)"
    r"|(?:executive )?summary|(?:key )?takeaways|highlights|show ?notes"
    r"|about(?: the)? (?:guest|author|show|host)s?"
    r"|editor'?s? note|introduction by the editor|references|glossary|key quotes"
)
_HAN_LETTER = re.compile(f"[{HAN}]")
_LATIN_LETTER = re.compile("[A-Za-z]")

ONE_LANGUAGE = 0.95
"""Share of the words from which a file counts as one language and a lone "OK" as that too."""

RULE = 0.2
"""Share of labelled turns from which labels are the rule; what then stands before the first one was
written about the interview."""

_FEW_LETTERS = 12


def settle_languages(sections: Sequence[Draft]) -> None:
    """Give every turn a language: too few letters take the file's, none at all the neighbour's."""
    turns = [turn for section in sections for turn in section.turns]
    weights = dict.fromkeys(LANGUAGES, 0.0)
    for turn in turns:
        if turn.language:
            weights[turn.language] += len(turn.text) * (
                LETTERS_PER_HAN if turn.language == "zh" else 1
            )
    main: Language = max(LANGUAGES, key=lambda language: weights[language])
    is_one = weights[main] >= ONE_LANGUAGE * max(sum(weights.values()), 1)
    before: Language = main
    for turn in turns:
        if turn.language is None:
            turn.language = main if is_one else before
        elif is_one and turn.language != main and not turn.is_counterpart and _is_slight(turn):
            turn.language = main
        before = turn.language


def attribute(sections: Sequence[Draft]) -> None:
    """Give every turn its speaker and its role, going by the labels of the whole file."""
    turns = [turn for section in sections for turn in section.turns]
    labelled = sum(turn.is_labelled for turn in turns)
    if not labelled:
        _mark_editors(sections, turns)
        return
    voices = {turn.speaker for turn in turns if turn.is_labelled}
    state = _State(has_begun=labelled < RULE * len(turns))
    for section in sections:
        state.enter(section, is_monologue=len(voices) == 1)
        for turn in section.turns:
            state.apply(turn)


def mark_report(sections: Sequence[Draft]) -> None:
    """Mark all of a report as the editor's: even its quotations are somebody's choice of words."""
    for section in sections:
        for turn in section.turns:
            turn.role, turn.speaker = "editor", None


class _State:
    """Who spoke last, by language, while the file is read from the top."""

    def __init__(self, *, has_begun: bool) -> None:
        self._last: dict[Language, tuple[int, str | None]] = {}
        self._count = 0
        self._has_begun = has_begun
        self._level = 0
        self._is_editors = False

    def enter(self, section: Draft, *, is_monologue: bool) -> None:
        """Decide what a heading changes: nothing, or nobody is known to speak below it."""
        has_labels = any(turn.is_labelled for turn in section.turns)
        is_below = section.level > self._level
        is_editors = is_editors_heading(section.heading)
        self._is_editors = not has_labels and (is_editors or not self._has_begun)
        if has_labels:
            self._level = section.level
        elif self._is_editors or not (is_below or is_monologue):
            self._last = {}

    def apply(self, turn: Turn) -> None:
        """Name the speaker of the next turn, or mark it as the editor's."""
        if turn.is_labelled:
            self._has_begun = True
            self._is_editors = False
            self._count += 1
            self._last[_language(turn)] = (self._count, turn.speaker)
        elif turn.is_quoted or self._is_editors or not self._has_begun:
            turn.role = "editor"
        elif turn.is_change:
            self._last = {}
        elif turn.role == "speech":
            turn.speaker = self._current(_language(turn))

    def _current(self, language: Language) -> str | None:
        """Return the last speaker as this language names him, if it named him just now."""
        latest = max(self._last.values(), default=(0, None), key=lambda entry: entry[0])
        own = self._last.get(language)
        return own[1] if own and own[0] >= latest[0] - 1 else latest[1]


def is_editors_heading(heading: str) -> bool:
    """Whether what stands below was written about the interview."""
    return bool(_EDITORS.fullmatch(fold(heading)))


def speakers_in_order(speakers: Iterator[str | None], last: Collection[str]) -> tuple[str, ...]:
    """Return each speaker once, in order of appearance, those in `last` after the others."""
    seen = dict.fromkeys(name for name in speakers if name)
    return (*(n for n in seen if n not in last), *(n for n in seen if n in last))


def _mark_editors(sections: Sequence[Draft], turns: Sequence[Turn]) -> None:
    """Mark quotations and summaries in a file without labels, unless most of it is quoted."""
    quoted = sum(len(turn.text) for turn in turns if turn.is_quoted)
    is_mostly_quoted = 2 * quoted > sum(len(turn.text) for turn in turns)
    for section in sections:
        is_editors = is_editors_heading(section.heading)
        for turn in section.turns:
            if is_editors or (turn.is_quoted and not is_mostly_quoted):
                turn.role = "editor"


def _language(turn: Turn) -> Language:
    return turn.language or "en"


def _is_slight(turn: Turn) -> bool:
    letters = len(_HAN_LETTER.findall(turn.text)) + len(_LATIN_LETTER.findall(turn.text))
    return letters <= _FEW_LETTERS
