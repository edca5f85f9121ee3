"""Turns of one section → the same in twos where two say the same in the two languages.

By folded original where there is one, by the file's own word, by equal runs, by strict
alternation; otherwise a turn stays alone. When one side is missing nothing shifts: a wrong pair is
worse than none.
"""

import math
from collections.abc import Sequence
from itertools import groupby

from index.labels import is_role
from index.language import LETTERS_PER_HAN
from index.records import Language
from index.turns import Turn

Pair = tuple[Turn, ...]
"""One turn, or two of different languages, the one that stands first in the file first."""

MAX_RATIO = 3.5
"""How far the lengths of two texts may be from the usual proportion, either way.

English has about three letters for each Chinese character; translators and cleaners of spoken text
stay well within this.
"""

_LONG_ENOUGH = 40
"""Characters below which lengths say nothing."""

_ASKS = ("?", "？")
_QUOTES = " \"'”’」』"

_MERGED = 4000
"""Characters up to which several turns of one speaker may stand together for one counterpart."""


def pair_turns(turns: Sequence[Turn], *, first: Language | None = None) -> list[Pair]:
    """Return the turns of a section in order, paired where that is safe.

    Args:
        turns: one section, every turn with its language.
        first: the language that comes first in the file's pairs; decides where both would do.
    """
    pairs: list[Pair] = []
    for group in _groups(turns):
        outside = [turn for turn in group if turn.wrap != "fold"]
        inside = [turn for turn in group if turn.wrap == "fold"]
        if inside:
            pairs.extend(_pair_folded(outside, inside, first))
        else:
            pairs.extend(_pair_open(outside, first))
    return pairs


def take_apart(
    sections: Sequence[Sequence[Pair]], turns: Sequence[Sequence[Turn]]
) -> list[list[Pair]]:
    """Return the pairs of a file's sections; those of a talk in two languages are none.

    Where one person speaks English and the other Chinese, what stands in turn is no translation:
    mostly one asks and the other answers. `turns` are the sections' own, in the file's order.
    """
    twos = [pair for pairs in sections for pair in pairs if _is_open(pair)]
    exchanges = sum(_is_exchange(*pair) for pair in twos)
    if not exchanges or 2 * exchanges < len(twos):
        return [list(pairs) for pairs in sections]
    places = {id(turn): place for section in turns for place, turn in enumerate(section)}
    parts = (
        [part for pair in pairs for part in (_alone(pair) if _is_open(pair) else [pair])]
        for pairs in sections
    )
    return [sorted(pairs, key=lambda pair: places[id(pair[0])]) for pairs in parts]


def _is_open(pair: Pair) -> bool:
    """Whether nothing but the order of the turns says that they are two."""
    return len(pair) == 2 and not any(turn.wrap or turn.is_counterpart for turn in pair)


def _alone(pair: Pair) -> list[Pair]:
    return [(turn,) for turn in pair]


def _is_exchange(one: Turn, other: Turn) -> bool:
    """Whether two turns, each with a label of its own, cannot be one in two languages."""
    if not (one.is_labelled and other.is_labelled) or one.speaker == other.speaker:
        return False
    asks = one.text.rstrip(_QUOTES).endswith(_ASKS) != other.text.rstrip(_QUOTES).endswith(_ASKS)
    return asks or is_role(one.speaker or "") != is_role(other.speaker or "")


def leading_language(sections: Sequence[Sequence[Turn]]) -> Language | None:
    """Return the language that begins most of the sections with both; None when neither does."""
    votes = {"en": 0, "zh": 0}
    for turns in sections:
        spoken = [turn for turn in turns if turn.role == "speech"]
        languages = [turn.language for turn in spoken]
        if languages and len(set(languages)) == 2 and languages[0]:
            votes[languages[0]] += 1
    if votes["en"] == votes["zh"]:
        return None
    return "en" if votes["en"] > votes["zh"] else "zh"


def _groups(turns: Sequence[Turn]) -> list[list[Turn]]:
    """Cut the section after every folded block: it closes the group it translates."""
    groups: list[list[Turn]] = [[]]
    for turn in turns:
        before = groups[-1][-1] if groups[-1] else None
        if before and before.wrap == "fold" and (turn.wrap, turn.part) != ("fold", before.part):
            groups.append([])
        groups[-1].append(turn)
    return groups if groups[0] else []


def _pair_folded(
    outside: Sequence[Turn], inside: Sequence[Turn], first: Language | None
) -> list[Pair]:
    """Pair what a folded block holds with what stands before it since the last one."""
    language = inside[0].language
    # Turns in the folded language, or about the interview, are no counterpart of it.
    start = len(outside)
    while (
        start > 0
        and outside[start - 1].language != language
        and outside[start - 1].role == "speech"
    ):
        start -= 1
    before, counterparts = outside[:start], outside[start:]
    pairs = _pair_open(before, first)
    folded = [turn for turn in inside if turn.language == language]
    others = [(turn,) for turn in inside if turn.language != language]
    if counterparts and len(counterparts) == len(folded):
        return [*pairs, *zip(counterparts, folded, strict=True), *others]
    one, other = _merge(counterparts), _merge(folded)
    if one and other:
        return [*pairs, (one, other), *others]
    return [*pairs, *((turn,) for turn in (*counterparts, *folded)), *others]


def _merge(turns: Sequence[Turn]) -> Turn | None:
    """Return neighbouring turns of one speaker as one; None when they are several speakers'."""
    if not turns or sum(len(turn.text) for turn in turns) > _MERGED:
        return None
    if len(turns) == 1:
        return turns[0]
    if len({turn.speaker for turn in turns}) > 1 or any(turn.is_change for turn in turns[1:]):
        return None
    merged = turns[0]
    merged.text = "\n".join(turn.text for turn in turns)
    return merged


def _pair_open(turns: Sequence[Turn], first: Language | None) -> list[Pair]:
    """Pair turns that stand openly one after the other, speech and editor's matter apart."""
    places = {id(turn): place for place, turn in enumerate(turns)}
    pairs: list[Pair] = []
    for role in ("speech", "editor"):
        pairs.extend(_pair_role([turn for turn in turns if turn.role == role], first))
    return sorted(pairs, key=lambda pair: places[id(pair[0])])


def _pair_role(turns: Sequence[Turn], first: Language | None) -> list[Pair]:
    if len({turn.language for turn in turns}) < 2:
        return [(turn,) for turn in turns]
    if any(turn.is_counterpart for turn in turns):
        return _pair_declared(turns)
    if any(turn.wrap for turn in turns):
        return _pair_blocks(turns)
    return _pair_alternating(turns, first)


def _pair_blocks(turns: Sequence[Turn]) -> list[Pair]:
    """Pair blocks of one language by place if they hold equally many turns, else not at all."""
    pairs: list[Pair] = []
    runs = _runs(turns)
    while runs:
        if len(runs) > 1 and len(runs[0]) == len(runs[1]):
            pairs.extend(zip(runs.pop(0), runs.pop(0), strict=True))
        else:
            pairs.extend((turn,) for turn in runs.pop(0))
    return pairs


def _runs(turns: Sequence[Turn]) -> list[list[Turn]]:
    """Return neighbouring turns of one language together."""
    return [list(run) for _, run in groupby(turns, key=lambda turn: turn.language)]


def _pair_declared(turns: Sequence[Turn]) -> list[Pair]:
    """Pair each turn that the file calls a translation with the one before it."""
    pairs: list[Pair] = []
    for turn in turns:
        before = pairs[-1] if pairs else ()
        is_alone = len(before) == 1 and before[0].language != turn.language
        if turn.is_counterpart and is_alone:
            pairs[-1] = (before[0], turn)
            continue
        pairs.append((turn,))
    return pairs


def _pair_alternating(turns: Sequence[Turn], first: Language | None) -> list[Pair]:
    """Pair neighbours in the order of languages that leaves fewest alone.

    Nothing is paired unless half the section would be: a quotation in the other language is no
    translation of the paragraph before it.
    """
    leading = first or turns[0].language
    orders = [leading, "zh" if leading == "en" else "en"]
    best = max((_pair_in_order(turns, order) for order in orders), key=_paired)
    if 2 * _paired(best) < len(turns):
        return [(turn,) for turn in turns]
    return best


def _pair_in_order(turns: Sequence[Turn], first: Language | None) -> list[Pair]:
    """Pair every run of the first language with the run of the other one that follows it."""
    pairs: list[Pair] = []
    runs = _runs(turns)
    while runs:
        run = runs.pop(0)
        if runs and run[0].language == first:
            pairs.extend(_pair_runs(run, runs.pop(0)))
        else:
            pairs.extend((turn,) for turn in run)
    return pairs


def _pair_runs(ones: Sequence[Turn], others: Sequence[Turn]) -> list[Pair]:
    """Pair two runs: by place if equally long, where they meet if one has a single turn."""
    if len(ones) == len(others) and all(map(is_plausible, ones, others)):
        return list(zip(ones, others, strict=True))
    if 1 in (len(ones), len(others)) and is_plausible(ones[-1], others[0]):
        return [
            *((turn,) for turn in ones[:-1]),
            (ones[-1], others[0]),
            *((turn,) for turn in others[1:]),
        ]
    return [(turn,) for turn in (*ones, *others)]


def _paired(pairs: Sequence[Pair]) -> int:
    return sum(len(pair) for pair in pairs if len(pair) == 2)


def is_plausible(one: Turn, other: Turn) -> bool:
    """Whether the lengths allow that two turns say the same; always when either is short."""
    weights = [
        len(turn.text) * (LETTERS_PER_HAN if turn.language == "zh" else 1) for turn in (one, other)
    ]
    if min(weights) < _LONG_ENOUGH and max(weights) < 3 * _LONG_ENOUGH:
        return True
    return abs(math.log(weights[0] / weights[1])) <= math.log(MAX_RATIO)
