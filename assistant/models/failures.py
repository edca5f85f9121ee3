"""What a library raised → what failed, what to do, and whether asking again may help.

Every provider's library has errors of its own; what they have in common is a status, headers, a
body, and what the system said beneath. A reason that may repeat a key is not shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.errors import (
    ModelError,
    ModelRateLimitError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
    ToolsRefusedError,
)
from index.embedders.answers import said
from index.embedders.patience import retry_after

_TOO_LONG = re.compile(
    r"context.?(?:length|window|size)|maximum context|too many (?:input )?tokens|too long"
    r"|reduce the length|exceeds? .{0,40}tokens|token limit|上下文|长度超|超出.{0,12}(?:长度|限制)",
    re.IGNORECASE,
)
_NO_TOOLS = re.compile(
    r"(?:not|n't) support.{0,20}(?:tool|function)|(?:tool|function).{0,40}not.{0,12}support"
    r"|--enable-auto-tool-choice|(?:tool|function).{0,30}not (?:enabled|available|allowed)"
    r"|不支持.{0,8}(?:工具|函数|tool|function)",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"content.?(?:filter|policy|management)|data_inspection_failed|inappropriate|moderation"
    r"|safety|敏感|违规|Content Exists Risk",
    re.IGNORECASE,
)
_BUSY = re.compile(r"rate.?limit|overloaded|too many requests|server.?busy", re.IGNORECASE)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|insufficient.?balance")
_COMPLETIONS = "/chat/completions"
"""What the protocol adds to an address."""
_BETWEEN = "see which proxy, firewall or login stands between, and the address"
_LATER = "try again, or see that it runs"
_LOOK = "see the model's name and the address (it usually ends in /v1)"


class NotAReplyError(Exception):
    """What came is not what the protocol says, or the library could make no sense of it."""


class WebPageError(NotAReplyError):
    """What came is a page for people, as proxies and logins send it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One try that gave no whole reply."""

    kind: type[ModelError]
    what: str
    advice: str
    passing: bool = False
    """Whether asking again may help."""
    wait_s: float | None = None
    """What the address asked for."""
    spare: str | None = None
    """A field that it does not take, and that can be left out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one try sent, as far as it explains a refusal."""

    key: str | None
    hint: str = ""
    """Where a key may have been put by mistake."""
    tools: bool = False
    spare: Sequence[str] = ()
    """Fields that can be left out."""


def silent(seconds: float, *, begun: bool) -> Failure:
    """Return the failure of waiting so long in vain."""
    where = " in mid-reply" if begun else ""
    return Failure(ModelTimeoutError, f"was silent for {seconds:.3g} s{where}", _LATER)


def slow(seconds: float) -> Failure:
    """Return the failure of a reply that goes on longer than any may."""
    return Failure(ModelTimeoutError, f"took longer than {seconds:.3g} s for one reply", _LATER)


def broken_off() -> Failure:
    """Return the failure of a stream that ended before its end."""
    return Failure(ModelError, "broke off its reply", "try again", passing=True)


def failure(error: BaseException, asked: Asked) -> Failure | None:
    """Return what an exception of a library says; None when it is none that is known."""
    status = _status(error)
    if status is not None:
        return _of_gateway(status, error, asked) or _of_status(status, error, asked)
    if isinstance(error, NotAReplyError):
        return _not_a_reply(error)
    body = getattr(error, "body", None)
    if body is not None:  # an error that came as part of a stream
        return _of_words(_words(error), said(body, hide=asked.key))
    known = _of_system(list(_chain(error)), asked)
    if known is None and type(error).__module__ != "builtins":
        kind = f"{type(error).__name__}: {_shown(error, asked)}"
        return Failure(ModelError, f"failed ({kind})", "see its settings")
    return known


def _of_system(chain: Sequence[BaseException], asked: Asked) -> Failure | None:
    """Return what the network did; None when it is something else."""

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in chain)

    if has(httpx.ProxyError) and "407" in str(chain[-1]):
        return _wants_login(407)
    if has(httpx.ConnectTimeout):
        return _unreachable("no connection in time")
    if has(httpx.TimeoutException, TimeoutError):
        return Failure(ModelTimeoutError, "was silent too long", "try again, or see that it runs")
    if has(httpx.ReadError, httpx.RemoteProtocolError):
        return broken_off()
    if has(httpx.HTTPError, OSError):
        return _unreachable(_shown(chain[-1], asked))
    return None


def _not_a_reply(error: NotAReplyError) -> Failure:
    if isinstance(error, WebPageError):
        return Failure(ModelError, "sent a web page instead of the API's answer", _BETWEEN)
    begins = said(str(error))
    return Failure(ModelError, f"answered with something that is not a reply ({begins})", _LOOK)


def _unreachable(reason: str) -> Failure:
    return Failure(
        ModelUnreachableError,
        f"cannot be reached ({reason})",
        "see that it runs and that the address is right",
        passing=True,
    )


def _of_status(status: int, error: BaseException, asked: Asked) -> Failure:
    reason = said(getattr(error, "body", None), hide=asked.key)
    shown = f"({status}: {reason})" if reason else f"({status})"
    if status in (401, 403):
        # The reason is not shown: some addresses repeat parts of the key in it.
        doing = "refused the key" if asked.key else "wants a key"
        advice = f"set OPENAI_API_KEY to one that it takes{asked.hint}"
        return Failure(ModelRefusedError, f"{doing} ({status})", advice)
    if status == 402 or (status == 429 and _QUOTA.search(_words(error))):
        kind: type[ModelError] = ModelRateLimitError if status == 429 else ModelRefusedError
        return Failure(kind, f"says the quota is used up {shown}", "see the account")
    if status in (400, 413, 422):
        return _of_refusal(status, error, asked, shown)
    wait_s = retry_after(_headers(error))
    if status in (408, 504, 524):
        return Failure(ModelTimeoutError, f"gave up {shown}", "try again later", True, wait_s)
    if status in (409, 425, 429) or status >= 500:
        busy = status in (429, 529)
        doing = "takes no more requests for now" if busy else "failed"
        waits = f", and asks to wait {wait_s:.0f} s" if wait_s and wait_s >= 1 else ""
        kind = ModelRateLimitError if busy else ModelError
        return Failure(kind, f"{doing} {shown}{waits}", "try again later", True, wait_s)
    return Failure(ModelRefusedError, f"is not there, or not under that name {shown}", _LOOK)


def _of_gateway(status: int, error: BaseException, asked: Asked) -> Failure | None:
    """Return what something before the model answered; None when it was the model's address."""
    if status in (407, 511):
        return _wants_login(status)
    if 300 <= status < 400:
        what = f"cannot be reached: the address redirects to {_target(error, asked)} ({status})"
        advice = "nothing was sent there; if that is the model, set OPENAI_BASE_URL to it"
        return Failure(ModelUnreachableError, what, advice)
    if status == 403 and _is_page(error):
        what = f"cannot be reached: a web page came back instead of the API ({status})"
        return Failure(ModelUnreachableError, what, _BETWEEN)
    return None


def _wants_login(status: int) -> Failure:
    return Failure(
        ModelUnreachableError,
        f"cannot be reached: a proxy asks for a login ({status})",
        "log in to the network, or put name and password into HTTPS_PROXY",
    )


def _target(error: BaseException, asked: Asked) -> str:
    """Return where a redirection leads, as an address to be set; nothing secret in it is shown."""
    response = getattr(error, "response", None)
    location = _headers(error).get("location", "")
    if not location or not isinstance(response, httpx.Response):
        return "somewhere it does not say"
    url = response.request.url.join(location)  # httpx lets through what can be joined only
    bare = url.copy_with(username=None, password=None, query=None, fragment=None)
    return said(str(bare).removesuffix(_COMPLETIONS), hide=asked.key)


def _is_page(error: BaseException) -> bool:
    body = getattr(error, "body", None)
    begins = isinstance(body, str) and body.lstrip().startswith("<")
    return begins or "html" in _headers(error).get("content-type", "")


def _of_refusal(status: int, error: BaseException, asked: Asked, shown: str) -> Failure:
    words = _words(error)
    if status == 413 or _TOO_LONG.search(words):
        return Failure(
            ModelRefusedError,
            f"cannot read so much at once {shown}",
            "ask for less, or name a model that reads more",
        )
    if asked.tools and _NO_TOOLS.search(words):
        return Failure(ToolsRefusedError, f"takes no tools {shown}", "ask with tools off")
    if _CONTENT.search(words):
        return Failure(ModelRefusedError, f"refuses the content {shown}", "ask otherwise")
    for field in asked.spare:
        if field in words:
            return Failure(ModelRefusedError, f"takes no {field} {shown}", _LOOK, spare=field)
    return Failure(ModelRefusedError, f"refused the request {shown}", _LOOK)


def _of_words(words: str, reason: str) -> Failure:
    """Return what an error says that came inside a stream, where no status tells."""
    shown = f" ({reason})" if reason else ""
    if _TOO_LONG.search(words):
        advice = "ask for less, or name a model that reads more"
        return Failure(ModelRefusedError, f"cannot read so much at once{shown}", advice)
    if _CONTENT.search(words):
        return Failure(ModelRefusedError, f"refuses the content{shown}", "ask otherwise")
    if _BUSY.search(words):
        doing = "takes no more requests for now"
        return Failure(ModelRateLimitError, f"{doing}{shown}", "try again later", passing=True)
    return Failure(ModelError, f"failed{shown}", "try again later", passing=True)


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if type(status) is int:
            return status
    return None


def _headers(error: BaseException) -> Mapping[str, str]:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return headers if isinstance(headers, Mapping) else {}


def _words(error: BaseException) -> str:
    """Return all an error says, to be searched and never to be shown."""
    parts: list[Any] = [getattr(error, name, "") for name in ("code", "type", "param", "body")]
    return " ".join(str(part) for part in [*parts, error])


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those beneath it: libraries wrap what the system said."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__


def _shown(error: BaseException, asked: Asked) -> str:
    text = re.sub(r"^\[Errno -?\d+\] ", "", str(error))
    return said(text, hide=asked.key) or type(error).__name__
