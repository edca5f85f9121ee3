"""How long to wait for an address, and how often to ask again."""

import email.utils
import math
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of asking one thing of one address."""

    tries: int = 6
    base_s: float = 0.5
    """Pause after the first failure; it doubles with each further one."""
    longest_s: float = 60.0
    """Most a pause may last, whatever the address asks for."""
    request_s: float = 60.0
    """Most one answer may take."""
    total_s: float = 300.0
    """Most all tries and pauses may take; a try begun before may go on for `request_s`."""
    per_minute: float | None = None
    """Most requests in a minute; None sends them as fast as they are answered."""

    def pause(self, failures: int, asked_s: float | None) -> float | None:
        """Return the seconds to wait after so many failures; None when it would be too long.

        Between half and all of the doubled base, so that many programs that failed together do
        not come back together.

        Args:
            failures: how many tries failed so far, from 1.
            asked_s: what the address asked for (`retry_after`).
        """
        if asked_s is not None and asked_s > self.longest_s:
            return None
        doubled = min(self.base_s * 2.0 ** min(failures - 1, 30), self.longest_s)
        return max(doubled * random.uniform(0.5, 1.0), asked_s or 0.0)


FOR_BUILDING = Patience()
FOR_ASKING = Patience(tries=3, longest_s=10.0, request_s=15.0, total_s=30.0)
"""A person is waiting for the answer."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds an answer's headers ask to wait; None when they do not say.

    Source: RFC 9110, 10.2.3: seconds, or a date; `retry-after-ms` is OpenAI's finer form.
    """
    thousandths = _number(headers.get("retry-after-ms"))
    if thousandths is not None:
        return thousandths / 1000
    asked = headers.get("retry-after")
    seconds = _number(asked)
    if seconds is not None or asked is None:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(asked).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(moment - time.time(), 0.0)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
