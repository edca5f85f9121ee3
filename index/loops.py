"""Words stuck in a loop → the words once or twice, as a recogniser that hangs repeats them."""

_PROBE = 32
"""Characters compared; loops shorter than about twice this are left alone, people repeat too."""

_MAX_PERIOD = 40
_KEPT = 2


def collapse_loops(text: str) -> str:
    """Return the text with long runs of one repeated stretch cut down to two of them.

    A run counts when a stretch of up to 40 characters fills at least 100 characters and repeats
    at least five times.
    """
    if len(text) < 3 * _PROBE:
        return text
    place = 0
    while place + _PROBE < len(text):
        period = _period(text, place)
        if period:
            start, end = _run(text, place, period)
            if end - start >= max(100, 5 * period):
                text = text[: start + _KEPT * period] + text[end:]
                place = start + _KEPT * period
                continue
        place += _PROBE
    return text


def _period(text: str, place: int) -> int:
    """Return after how many characters the text at a place comes again, 0 if it does not."""
    probe = text[place : place + _PROBE]
    again = text.find(probe, place + 1, place + _PROBE + _MAX_PERIOD)
    return again - place if again >= 0 else 0


def _run(text: str, place: int, period: int) -> tuple[int, int]:
    """Return where the repeating stretch around a place begins and ends."""
    start, end = place, place + period
    while start > 0 and text[start - 1] == text[start - 1 + period]:
        start -= 1
    while end < len(text) and text[end] == text[end - period]:
        end += 1
    return start, end
