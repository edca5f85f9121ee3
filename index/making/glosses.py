"""CC-CEDICT's definitions → clean English glosses, usual senses first.

Grammar notes, measure words, references to other headwords and bare surnames are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.fold import fold
from index.making.cedict import Entry
from index.words import HAN

_REFERENCE = re.compile(
    r"^(?:CL:|(?:old |archaic |popular |erroneous |Japanese )?variant of|see (?:also )?[^a-z]|"
    r"same as|also written|also pr\.|Taiwan pr\.|Beijing pr\.|used in|equivalent (?:of|to):|"
    r"(?:Cantonese|Mandarin) equivalent:|euphemistic variant|component |radical in|"
    r"Kangxi radical|to be differentiated|note:|bound form|particle|modal particle|interjection)"
)
_SURNAME = re.compile(r"^(?:surname|two-character surname) ")
_PINYIN = re.compile(r"\[[^\]]*\]")
_BRACKETS = re.compile(r"\([^()]*\)")
_CHINESE = re.compile(rf"[{HAN}|·・，]+")
_LABEL = re.compile(r"^\s*(?:lit\.|fig\.|abbr\. (?:for|of)|abbr\.|sb|sth|esp\.|i\.e\.|e\.g\.)\s*")
_TO = re.compile(r"^to (?:be )?")
_SOMEBODY = re.compile(r"\b(?:sb|sth|etc|oneself|one's|sb's|esp)\b\.?")
_HAN_ONLY = re.compile(rf"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Gloss:
    """One English rendering of one Chinese headword."""

    text: str
    """Folded English, without brackets, labels and a leading "to"."""
    weight: float
    """How usual this rendering is among the headword's, over 0; all of one headword sum to 1."""


def glosses_by_headword(entries: Iterable[Entry]) -> dict[str, list[Gloss]]:
    """Return the glosses of each folded Chinese headword, in the order of the dictionary.

    The n-th sense of an entry weighs 1 / n, what only describes a name a quarter of that, and a
    proper name half of a common word of the same spelling. Headwords with letters or punctuation
    in them are left out: text is never cut into such words. So are bare surnames.
    """
    collected: dict[str, dict[str, float]] = {}
    for entry in entries:
        headword = fold(entry.simplified)
        if not _HAN_ONLY.fullmatch(headword):
            continue
        name_share, description_share = (0.5, 0.125) if entry.is_name else (1.0, 1.0)
        for rank, (text, is_first) in enumerate(clean_glosses(entry.definitions), start=1):
            share = name_share if is_first else description_share
            weights = collected.setdefault(headword, {})
            weights[text] = weights.get(text, 0.0) + share / rank
    return {headword: _normalised(weights) for headword, weights in collected.items()}


def clean_glosses(definitions: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the usable English of an entry's definitions, folded, each once.

    With each, whether it comes first in its definition: what follows a comma after a name
    describes it ("Elon Musk, business magnate").
    """
    seen = set()
    for definition in definitions:
        plain = _PINYIN.sub(" ", definition).strip()
        if _REFERENCE.match(plain) or _SURNAME.match(plain):
            continue
        while (shorter := _BRACKETS.sub(" ", plain)) != plain:
            plain = shorter
        for place, part in enumerate(re.split(r"[;,:]", _CHINESE.sub(" ", plain))):
            text = fold(_SOMEBODY.sub(" ", _LABEL.sub("", part)))
            text = _TO.sub("", text).strip(" .!?-")
            if text and text not in seen:
                seen.add(text)
                yield text, place == 0


def _normalised(weights: dict[str, float]) -> list[Gloss]:
    total = sum(weights.values())
    return [Gloss(text, weight / total) for text, weight in weights.items()]
