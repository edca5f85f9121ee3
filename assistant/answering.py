"""A question × what is said → how likely the one answers the other, read together.

Reading costs more than comparing, so only the best few paragraphs are read, and of a long one the
sentences that come nearest.
"""

from collections import OrderedDict
from collections.abc import Sequence

from assistant.sense import by_sentence, sense_of
from index.cross_encoder import ANSWERED, cross_encoder, window

REMEMBERED = 1 << 11
"""Pairs of a conversation."""

_remembered: OrderedDict[tuple[str, str], float] = OrderedDict()


def answering(question: str, texts: Sequence[tuple[str, str | None]]) -> list[float]:
    """Return log-odds that each text answers a question, mostly between -4 and 4.

    What an interviewer asked before is not read with a reply: it was tried, and told no better.

    Args:
        question: complete in itself.
        texts: what is said, each with who says it.

    Raises:
        UsageError: the installation lacks the network.
    """
    pairs = [(question, _as_read(question, text, speaker)) for text, speaker in texts]
    new = [pair for pair in dict.fromkeys(pairs) if pair not in _remembered]
    found = dict(zip(new, cross_encoder().score(new)[:, ANSWERED].tolist(), strict=True))
    results = [found[pair] if pair in found else _remembered[pair] for pair in pairs]
    _remember(found)
    return results


def _as_read(question: str, text: str, speaker: str | None) -> str:
    said = window(text, sense_of(text).spans, by_sentence(question, text).tolist())
    return f"{speaker}: {said}" if speaker else said


def _remember(found: dict[tuple[str, str], float]) -> None:
    _remembered.update(found)
    while len(_remembered) > REMEMBERED:
        _remembered.popitem(last=False)
