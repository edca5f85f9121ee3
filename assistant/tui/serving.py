"""The chat in a browser: one process of the program for every window, for whoever has the token.

A page of another site cannot reach it: the token comes once in the address, then in a cookie that
other sites do not send, and the address asked for must be the one that is served.
"""

import hmac
import secrets
import shlex
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from index.errors import UsageError

COOKIE = "interviews"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Notice = Callable[[str], None]


class GuardedServer(Server):
    """Textual's server behind a token; the page fetches nothing from elsewhere."""

    def __init__(self, command: str, host: str, port: int, token: str, notice: Notice) -> None:
        """Serve a command.

        Args:
            command: for a shell; run once for every window.
            host: to listen at.
            port: to listen at.
            token: that must come with the first request.
            notice: is told the address.
        """
        shown = f"[{host}]" if ":" in host else host
        super().__init__(
            command,
            host=host,
            port=port,
            title="Interviews",
            public_url=f"http://{shown}:{port}",
            templates_path=Path(__file__).parent / "served",
        )
        self._token = token
        self._notice = notice

    def initialize_logging(self) -> None:
        """Log nothing: a log of a browser's requests is no business of a terminal."""

    async def on_startup(self, app: web.Application) -> None:
        """Say where it is."""
        del app
        self._notice(f"open {self.public_url}/?token={self._token} (Ctrl+C ends it)")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @property
    def _authority(self) -> str:
        return urlsplit(self.public_url).netloc

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let pass who has the token and asks for this address."""
        origin = request.headers.get("Origin")
        if request.host != self._authority or origin not in (None, self.public_url):
            raise web.HTTPForbidden(text=f"this is {self.public_url}\n")
        if self._is_right(request.query.get("token", "")):
            entered = web.HTTPSeeOther("/")
            entered.set_cookie(COOKIE, self._token, httponly=True, samesite="Strict")
            raise entered
        if not self._is_right(request.cookies.get(COOKIE, "")):
            raise web.HTTPForbidden(text="open the address that the terminal shows\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _is_right(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token.encode())


POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'self' ws:;"
    " frame-ancestors 'none'"
)
"""What the page may load: nothing from elsewhere."""


def serve(
    arguments: Sequence[str], host: str, port: int, token: str | None, notice: Notice
) -> None:
    """Serve the chat until it is interrupted.

    Args:
        arguments: of the program, as a list; run once for every window.
        host: to listen at.
        port: to listen at, 1 to 65535.
        token: None makes one.
        notice: is told the address, token and all.

    Raises:
        UsageError: it cannot be listened at.
    """
    server = GuardedServer(
        shlex.join(arguments), host, port, token or secrets.token_urlsafe(18), notice
    )
    try:
        server.serve()
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be served: {error.strerror or error}") from error
