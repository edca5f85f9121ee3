"""Any text → the same without keys: for what is shown, logged or saved."""

import re
from collections.abc import Collection, Mapping
from typing import Any

MARK = "…"
_SHORTEST = 8
"""A shorter value of a variable is no key, and would take ordinary words out of a text."""

# What holds a digit and this many characters is no word, in either language.
_KEY = re.compile(r"(?<![\w-])(?:sk|pk|rk|gsk|xai)-(?=[\w*.-]*[\d*])[\w*.-]{12,}|AIza[\w-]{30,}")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[^\s\"',;]{8,}")
_NAMED = re.compile(
    r"(?i)((?:api[_-]?key|access[_-]?token|client[_-]?secret|password)[\"']?\s*[:=]\s*[\"']?)"
    r"[^\s\"',;}]{6,}"
)
_USER = re.compile(r"(?<=://)[^/\s@]+(?=@)")
_VARIABLE = re.compile(r"(?:^|_)(?:KEY|APIKEY|TOKEN|SECRET|PASSWORD)$")


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """Return a text without these secrets, and without what looks like one.

    Args:
        text: anything.
        secrets: known ones (`secrets_of`).
    """
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MARK)
    text = _KEY.sub(MARK, text)
    text = _BEARER.sub(rf"\1{MARK}", text)
    text = _NAMED.sub(rf"\1{MARK}", text)
    return _USER.sub(MARK, text)


def redact_all(value: Any, secrets: Collection[str] = ()) -> Any:
    """Return what JSON can hold, with every text in it redacted, names of fields too."""
    if isinstance(value, str):
        return redact(value, secrets)
    if isinstance(value, Mapping):
        pairs = value.items()
        return {redact(str(key), secrets): redact_all(one, secrets) for key, one in pairs}
    if isinstance(value, (list, tuple)):
        return [redact_all(one, secrets) for one in value]
    return value


def secrets_of(environment: Mapping[str, str]) -> frozenset[str]:
    """Return the values of the variables that hold keys, by their names."""
    return frozenset(
        value.strip()
        for name, value in environment.items()
        if _VARIABLE.search(name.upper()) and len(value.strip()) >= _SHORTEST
    )
