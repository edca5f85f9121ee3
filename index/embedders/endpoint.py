"""Texts → the bytes an OpenAI-compatible address answers with; the only module that knows openai.

Asks again where that may help, waits as long as the address wants, and says in one line what is
wrong otherwise. Keys are in no message. Redirections are not followed: texts go where was said.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx  # what openai 2 speaks HTTP with: errors while an answer is read come from it
import openai

from index.embedders.answers import said
from index.embedders.names import OPENAI_ADDRESS, RemoteName
from index.embedders.patience import Patience, retry_after
from index.errors import EmbedderError

_MOST_BYTES = 128 * 2**20
"""Of one answer. 128 vectors of 8,192 numbers in JSON are some 25 MB."""
_CONNECT_S = 10.0

_TEXTS_REFUSED = frozenset({400, 413, 422})
_PASSING = frozenset({408, 409, 425, 429})


class RefusedTextsError(EmbedderError):
    """The address refused these texts: too many of them, too long, or something in the request."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__(line)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Failure:
    """One try that gave no answer."""

    what: str
    advice: str
    passing: bool = True
    """Whether asking again may help."""
    wait_s: float | None = None
    """What the address asked for."""
    refused: str | None = None
    """Its reason, when it was the texts that it refused."""


class Endpoint:
    """An address that embeds texts with one model."""

    def __init__(
        self, name: RemoteName, *, key: str | None, key_variable: str, patience: Patience
    ) -> None:
        self._name = name
        self._key = key
        self._key_variable = key_variable
        self._patience = patience
        self._client = _client(name, key, patience)
        self._next = 0.0

    def post(self, texts: Sequence[str]) -> bytes:
        """Return the answer's body for texts, after as many tries as patience allows.

        Raises:
            RefusedTextsError: it will not take these texts.
            EmbedderError: it gave no answer.
        """
        ends = time.monotonic() + self._patience.total_s
        tries = 0
        while True:
            self._keep_pace()
            tries += 1
            outcome = self._try(texts)
            if isinstance(outcome, bytes):
                return outcome
            pause = self._patience.pause(tries, outcome.wait_s)
            may_go_on = outcome.passing and tries < self._patience.tries
            if not may_go_on or pause is None or time.monotonic() + pause > ends:
                raise self._error(outcome, tries)
            time.sleep(pause)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _keep_pace(self) -> None:
        if self._patience.per_minute is None:
            return
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._patience.per_minute

    def _try(self, texts: Sequence[str]) -> bytes | Failure:
        ends = time.monotonic() + self._patience.request_s
        try:
            with self._client.embeddings.with_streaming_response.create(
                model=self._name.model,
                input=list(texts),
                encoding_format="float",
                dimensions=self._name.dimensions or openai.omit,
            ) as response:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES:
                        return Failure("answers without end", "see the address", passing=False)
                    if time.monotonic() > ends:
                        return self._too_slow()
                return bytes(body)
        except openai.APIStatusError as error:
            return self._of_status(error)
        except (openai.APITimeoutError, httpx.TimeoutException):
            return self._too_slow()
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            return Failure(
                f"cannot be reached ({_reason(error)})",
                "see that it runs and that the address is right",
            )

    def _too_slow(self) -> Failure:
        return Failure(
            f"did not answer within {self._patience.request_s:g} s", "see that it runs; try later"
        )

    def _of_status(self, error: openai.APIStatusError) -> Failure:
        status = error.status_code
        reason = said(error.body, hide=self._key)
        shown = f"({status}: {reason})" if reason else f"({status})"
        if status in _TEXTS_REFUSED:
            advice = "see the model's name and what it takes"
            why = reason or ("too large" if status == 413 else "")
            return Failure(f"refused the request {shown}", advice, passing=False, refused=why)
        if status in (401, 403):
            # The reason is not shown: some addresses repeat parts of the key in it.
            doing = "refused the key" if self._key else "wants a key"
            advice = f"set {self._key_variable} to one that it takes"
            return Failure(f"{doing} ({status})", advice, passing=False)
        if status == 429 and error.code == "insufficient_quota":
            return Failure(f"says the quota is used up {shown}", "see the account", passing=False)
        if status in _PASSING or status >= 500:
            doing = "takes no more requests for now" if status == 429 else "failed"
            wait_s = retry_after(error.response.headers)
            asked = f", and asks to wait {wait_s:.0f} s" if wait_s and wait_s >= 1 else ""
            return Failure(f"{doing} {shown}{asked}", "try again later", wait_s=wait_s)
        return Failure(
            f"has no embeddings there, or no such model {shown}",
            "see the model's name and the address (it usually ends in /v1)",
            passing=False,
        )

    def _error(self, failure: Failure, tries: int) -> EmbedderError:
        often = f" in {tries} tries" if tries > 1 else ""
        line = f"the embedder {self._name} {failure.what}{often}; {failure.advice}"
        if failure.refused is not None:
            return RefusedTextsError(line, failure.refused)
        return EmbedderError(line)


def _client(name: RemoteName, key: str | None, patience: Patience) -> openai.OpenAI:
    client = openai.OpenAI(
        base_url=name.address,
        api_key=key or "none",  # the library insists on one; addresses without keys ignore it
        admin_api_key="",
        max_retries=0,
        http_client=openai.DefaultHttpxClient(
            follow_redirects=False,
            # A proxy of the environment would see what was meant to stay on this machine.
            trust_env=not name.stays_here,
            timeout=httpx.Timeout(patience.request_s, connect=min(_CONNECT_S, patience.request_s)),
        ),
    )
    if name.address != OPENAI_ADDRESS:
        # Taken from the environment by the library; no other address should learn them.
        client.organization = client.project = None
    return client


def _reason(error: BaseException) -> str:
    """Return what the system said, without its number; libraries wrap it several times."""
    while error.__cause__ is not None:
        error = error.__cause__
    return said(re.sub(r"^\[Errno -?\d+\] ", "", str(error))) or type(error).__name__
