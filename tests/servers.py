"""A real HTTP server on this machine that speaks OpenAI's protocol, well or as a script says."""

import contextlib
import hashlib
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.chat import ChatReply, Chatter, stream, whole

# Words of either language that mean the same have the same number in a toy vector.
CONCEPTS = (
    ("tea", "茶"),
    ("cable", "电缆"),
    ("weather", "天气"),
    ("robot", "机器人"),
    ("hospital", "医院"),
)
DIMENSION = len(CONCEPTS) + 3
CHAT = "/v1/chat/completions"
PLAIN = {"content-type": "application/json"}
STREAMED = {"content-type": "text/event-stream", "transfer-encoding": "chunked"}

Json = dict[str, Any]
Answerer = Callable[[Json], Json]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Json


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted reply, in place of the answer that would be due."""

    status: int = 200
    body: Json | str | bytes | None = None
    """None sends the answer that would be due."""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    """Before anything is sent; closing the server ends it."""
    drop: bool = False
    """Close the connection without a word."""
    cut: int | None = None
    """Send only so many bytes of the body, whatever its announced length."""
    drip_s: float = 0.0
    """Send the body byte by byte, with so long between them."""
    chat: ChatReply | None = None
    """Stream this, in place of a body."""


NEVER = Reply(delay_s=600.0)


class OpenAIServer:
    """Answers on a free port of the loopback interface until it is closed; a context manager.

    Replies scripted with `script` are used up first, one a request, whatever is asked; then every
    request is answered as it should be: texts with `embed`, a talk with what `say` scripted, and
    when that is used up, with `chat`.
    """

    def __init__(
        self,
        *,
        embed: Callable[[str], Sequence[float]] | None = None,
        chat: Chatter | None = None,
    ) -> None:
        self.requests: list[Request] = []
        self._embed = embed or toy_vector
        self._chat = chat
        self._replies: deque[Reply] = deque()
        self._sayings: deque[ChatReply] = deque()
        self._closing = threading.Event()
        self._answerers: dict[str, Answerer] = {"/v1/embeddings": self._embeddings}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        """What a client is told: `http://127.0.0.1:port/v1`."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def sent(self) -> list[list[str]]:
        """The texts of each request for embeddings."""
        return [request.body["input"] for request in self.requests]

    @property
    def talks(self) -> list[Json]:
        """The body of each request for a reply of the model."""
        return [request.body for request in self.requests if request.path == CHAT]

    def script(self, *replies: Reply) -> None:
        """Reply so to the next requests."""
        self._replies.extend(replies)

    def say(self, *replies: ChatReply | str) -> None:
        """Let the model say this next, one reply a request."""
        for reply in replies:
            self._sayings.append(ChatReply(reply) if isinstance(reply, str) else reply)

    def close(self) -> None:
        """Stop answering; replies that are being delayed end."""
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "OpenAIServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _embeddings(self, body: Json) -> Json:
        vectors = [list(self._embed(text)) for text in body["input"]]
        if body.get("dimensions"):
            vectors = [vector[: body["dimensions"]] for vector in vectors]
        return embeddings_answer(vectors)

    def _reply(self, request: Request) -> Reply:
        self.requests.append(request)
        reply = self._replies.popleft() if self._replies else Reply()
        if reply.delay_s:
            self._closing.wait(reply.delay_s)
        if reply.body is not None or reply.drop:
            return reply
        if request.path == CHAT:
            return self._talk(reply, request.body)
        answerer = self._answerers.get(request.path)
        if answerer is None:
            return Reply(404, {"error": {"message": f"nothing at {request.path}"}})
        return replace(reply, body=answerer(request.body))

    def _talk(self, reply: Reply, body: Json) -> Reply:
        chat = reply.chat or (self._sayings.popleft() if self._sayings else None)
        if chat is None and self._chat:
            chat = self._chat(body)
        if chat is None:
            return Reply(400, {"error": {"message": "the script of the model has no more replies"}})
        if body.get("stream"):
            return replace(reply, chat=chat)
        return replace(reply, chat=None, body=whole(chat))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        reply_to, closing = self._reply, self._closing

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = json.loads(self.rfile.read(length))
                reply = reply_to(Request(self.path, headers, body))
                with contextlib.suppress(OSError):  # the client did not wait for it
                    _send(self, reply, closing)

            def do_CONNECT(self) -> None:
                """Refuse to be a proxy, as scripted."""
                with contextlib.suppress(OSError):
                    _send(self, reply_to(Request(self.path, {}, {})), closing)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def embeddings_answer(vectors: Sequence[Sequence[float]]) -> Json:
    """Return the answer that carries vectors."""
    return {
        "object": "list",
        "model": "toy",
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
        "data": [
            {"object": "embedding", "index": i, "embedding": list(vector)}
            for i, vector in enumerate(vectors)
        ],
    }


def toy_vector(text: str) -> list[float]:
    """Return what a text is about, in `CONCEPTS`, and a little that is its own."""
    digest = hashlib.sha256(text.encode()).digest()
    own = [0.01 + byte / 2550 for byte in digest[:3]]
    return [float(any(word in text.lower() for word in words)) for words in CONCEPTS] + own


@contextlib.contextmanager
def unused_address() -> Iterator[str]:
    """Give an address of this machine where nobody answers."""
    with OpenAIServer() as server:
        address = server.address
    yield address


def _encoded(body: Json | str | bytes | None) -> bytes:
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    return json.dumps(body).encode()


def _send(handler: BaseHTTPRequestHandler, reply: Reply, closing: threading.Event) -> None:
    handler.close_connection = True
    if reply.drop:
        return
    if reply.chat:
        _begin(handler, reply, STREAMED)
        stream(reply.chat, handler.wfile, closing)
        return
    data = _encoded(reply.body)
    _begin(handler, reply, {**PLAIN, "content-length": str(len(data))})
    if not reply.drip_s:
        handler.wfile.write(data[: reply.cut])
        return
    for byte in data:
        handler.wfile.write(bytes([byte]))
        if closing.wait(reply.drip_s):
            return


def _begin(handler: BaseHTTPRequestHandler, reply: Reply, headers: Mapping[str, str]) -> None:
    handler.send_response(reply.status)
    for name, value in {**headers, "connection": "close", **reply.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
