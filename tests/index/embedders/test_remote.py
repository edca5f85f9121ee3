import json
import time
from collections.abc import Iterator

import numpy as np
import pytest

from index.embedders.batching import BatchSize
from index.embedders.names import read_name
from index.embedders.patience import Patience
from index.embedders.remote import RemoteEmbedder
from index.errors import EmbedderError
from tests.servers import (
    CONCEPTS,
    DIMENSION,
    NEVER,
    OpenAIServer,
    Reply,
    embeddings_answer,
    toy_vector,
    unused_address,
)

SECRET = "sk-very-secret-0123456789"
QUICK = Patience(tries=3, base_s=0.001, longest_s=0.05, request_s=20.0, total_s=20.0)
TEXTS = ["They dry the tea.", "他们晒茶。", "The cable, 电缆, broke.", "天气很好。", "No weather."]


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


class Steps:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int, str]] = []

    def advance(self, done: int, total: int, what: str) -> None:
        self.seen.append((done, total, what))


def embedder_at(
    address: str,
    *,
    model: str = "toy",
    key: str | None = SECRET,
    dimension: int | None = None,
    asking: bool = False,
    patience: Patience = QUICK,
    size: BatchSize = BatchSize(),  # noqa: B008  # a frozen record
    progress: Steps | None = None,
    notices: list[str] | None = None,
) -> RemoteEmbedder:
    name = read_name(f"{address}#{model}")
    assert not isinstance(name, type(None))
    return RemoteEmbedder(
        name,  # type: ignore[arg-type]  # an address
        key=key,
        dimension=dimension,
        asking=asking,
        patience=patience,
        size=size,
        progress=progress,
        notice=None if notices is None else notices.append,
    )


def failure(embedder: RemoteEmbedder, texts: list[str] = TEXTS) -> str:
    """Return the one line a failing call says, checked for what no line may hold."""
    with pytest.raises(EmbedderError) as caught:
        embedder.embed(texts)
    line = str(caught.value)
    assert "\n" not in line
    assert SECRET not in line
    assert len(line) < 500
    assert embedder.address in line
    return line


def test_texts_of_both_languages_become_unit_rows(server: OpenAIServer) -> None:
    rows = embedder_at(server.address).embed(TEXTS)

    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), DIMENSION)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0] @ rows[1] > 0.8
    assert rows[0] @ rows[2] < 0.5
    assert rows[3] @ rows[4] > 0.8
    assert server.sent == [TEXTS]
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"


def test_batches_are_limited_by_number_and_by_characters(server: OpenAIServer) -> None:
    steps = Steps()
    embedder = embedder_at(server.address, size=BatchSize(texts=3, characters=20), progress=steps)
    texts = ["a", "b", "c", "d", "茶" * 19, "e", "f" * 50, "g"]
    embedder.embed(texts)

    assert server.sent == [["a", "b", "c"], ["d", "茶" * 19], ["e"], ["f" * 50], ["g"]]
    assert steps.seen == [(end, 8, f"texts to {server.address}") for end in (3, 5, 6, 7, 8)]


def test_rows_are_put_in_the_order_of_the_texts(server: OpenAIServer) -> None:
    answer = embeddings_answer([toy_vector(text) for text in TEXTS])
    server.script(Reply(body=answer | {"data": answer["data"][::-1]}))
    shuffled = embedder_at(server.address).embed(TEXTS)
    assert np.array_equal(shuffled, embedder_at(server.address).embed(TEXTS))


def test_answers_without_numbers_keep_their_order(server: OpenAIServer) -> None:
    server.script(Reply(body={"data": [{"embedding": [3.0, 4.0]}, {"embedding": [0, 1]}]}))
    rows = embedder_at(server.address).embed(["one", "二"])
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 1]]


def test_blank_texts_are_not_sent(server: OpenAIServer) -> None:
    rows = embedder_at(server.address).embed(["", "tea", " \n"])
    assert server.sent == [["tea"]]
    assert [bool(row.any()) for row in rows] == [False, True, False]
    assert embedder_at(server.address, dimension=8).embed([]).shape == (0, 8)


def test_texts_no_encoding_can_send_are_mended(server: OpenAIServer) -> None:
    embedder_at(server.address).embed(["tea \ud800"])
    assert server.sent == [["tea ?"]]


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param([Reply(429, "", {"retry-after": "0.01"})], id="429-retry-after"),
        pytest.param([Reply(429, "", {"retry-after-ms": "5"})], id="429-milliseconds"),
        pytest.param([Reply(429, "", {"retry-after": "soon"})], id="429-garbled-retry-after"),
        pytest.param([Reply(500, "<html>oops</html>"), Reply(503, {"error": "busy"})], id="5xx"),
        pytest.param([Reply(drop=True), Reply(drop=True)], id="dropped"),
        pytest.param([Reply(cut=30)], id="cut-short"),
    ],
)
def test_passing_troubles_are_passed_over(server: OpenAIServer, passing: list[Reply]) -> None:
    server.script(*passing)
    rows = embedder_at(server.address).embed(TEXTS)
    assert rows.shape == (len(TEXTS), DIMENSION)
    assert len(server.requests) == len(passing) + 1


TOO_MANY = {"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}}
LASTING = [
    pytest.param(
        [Reply(401, {"error": {"message": f"Incorrect API key provided: {SECRET}"}})],
        ["refused the key (401)", "set INTERVIEWS_EMBEDDER_KEY"],
        id="401",
    ),
    pytest.param([Reply(403, "no")], ["refused the key (403)"], id="403"),
    pytest.param(
        [Reply(404, {"error": {"message": 'model "toy" not found,\ntry pulling it'}})],
        ["no such model", '"toy" not found, try pulling it'],
        id="404-model",
    ),
    pytest.param([Reply(404, "<html>nothing</html>")], ["(404)", "usually ends in /v1"], id="404"),
    pytest.param([Reply(429, TOO_MANY)] * 3, ["Rate limit reached", "in 3 tries"], id="429"),
    pytest.param(
        [Reply(429, TOO_MANY, {"retry-after": "3600"})],
        ["asks to wait 3600 s", "try again later"],
        id="429-an-hour",
    ),
    pytest.param(
        [Reply(429, {"error": {"message": "You ran out", "code": "insufficient_quota"}})],
        ["quota is used up", "see the account"],
        id="429-quota",
    ),
    pytest.param([Reply(500, {"error": "boom"})] * 3, ["failed (500: boom) in 3"], id="500"),
    pytest.param([Reply(302, "", {"location": "/v1/x"})], ["(302)"], id="redirection"),
    pytest.param([Reply(body="<html>hi</html>")], ["not JSON", "<html>hi"], id="html"),
    pytest.param([Reply(body='{"data": [{"embed')], ["not JSON"], id="half-json"),
    pytest.param([Reply(body=b"\xff\xfe\x00")], ["not JSON"], id="bytes"),
    pytest.param([Reply(body="[" * 100_000)], ["not JSON"], id="deep-json"),
    pytest.param([Reply(body="")], ["not JSON"], id="empty"),
    pytest.param([Reply(body="[1, 2]")], ["holds no vectors"], id="a-list"),
    pytest.param([Reply(body={"choices": []})], ["holds no vectors"], id="a-chat"),
    pytest.param([Reply(body={"data": [1, 2]})], ["holds no vectors"], id="numbers"),
    pytest.param(
        [Reply(body={"error": {"message": "warming up"}})], ["warming up"], id="error-200"
    ),
]


@pytest.mark.parametrize(("replies", "words"), LASTING)
def test_lasting_troubles_are_one_clear_line(
    server: OpenAIServer, replies: list[Reply], words: list[str]
) -> None:
    server.script(*replies)
    line = failure(embedder_at(server.address))
    for word in words:
        assert word in line
    assert len(server.requests) == len(replies)


GOOD = toy_vector("tea")
WRONG = [
    pytest.param([GOOD], "gave 1 vector for 2 texts", id="fewer"),
    pytest.param([GOOD] * 3, "gave 3 vectors for 2 texts", id="more"),
    pytest.param([], "gave 0 vectors for 2 texts", id="none"),
    pytest.param([GOOD, GOOD[:-1]], "not vectors of numbers", id="unequal"),
    pytest.param([GOOD[:5], GOOD[:5]], "5 numbers where 8 are due", id="another-dimension"),
    pytest.param([GOOD, [*GOOD[:-1], float("nan")]], "not finite", id="nan"),
    pytest.param([GOOD, [*GOOD[:-1], float("inf")]], "not finite", id="infinite"),
    pytest.param([GOOD, [0.0] * 8], "nothing but zeros (1 of 2)", id="zeros"),
    pytest.param([GOOD, ["1"] * 8], "not vectors of numbers", id="text"),
    pytest.param([GOOD, [None] * 8], "not vectors of numbers", id="nothing"),
    pytest.param([GOOD, [10**400] * 8], "not vectors of numbers", id="monstrous"),
    pytest.param([GOOD, "AAAA"], "not vectors of numbers", id="base64"),
    pytest.param([GOOD, None], "not vectors of numbers", id="missing"),
    pytest.param([[], []], "not vectors of numbers", id="empty"),
    pytest.param([[GOOD], [GOOD]], "not vectors of numbers", id="nested"),
]


@pytest.mark.parametrize(("vectors", "words"), WRONG)
def test_wrong_vectors_are_refused(server: OpenAIServer, vectors: list[object], words: str) -> None:
    data = [{"index": i, "embedding": vector} for i, vector in enumerate(vectors)]
    server.script(Reply(body=json.dumps({"data": data})))
    assert words in failure(embedder_at(server.address, dimension=8), ["tea", "茶"])


@pytest.mark.parametrize("numbers", [(0, 0), (1, 2), (0, None), (0, "1"), (0, -1), (False, True)])
def test_wrong_numbering_is_refused(server: OpenAIServer, numbers: tuple[object, ...]) -> None:
    data = [{"index": number, "embedding": GOOD} for number in numbers]
    server.script(Reply(body=json.dumps({"data": data})))
    assert "numbered its vectors wrongly" in failure(embedder_at(server.address), ["tea", "茶"])


def test_very_large_and_very_small_numbers_become_unit_rows(server: OpenAIServer) -> None:
    server.script(Reply(body=embeddings_answer([[3e300, 4e300], [3e-300, 4e-300]])))
    rows = embedder_at(server.address).embed(["one", "二"])
    assert np.allclose(rows, [[0.6, 0.8], [0.6, 0.8]])


def test_an_address_that_never_answers_is_given_up(server: OpenAIServer) -> None:
    server.script(NEVER, NEVER)
    patience = Patience(tries=2, base_s=0.001, request_s=0.05, total_s=1.0)
    began = time.monotonic()
    line = failure(embedder_at(server.address, patience=patience))
    assert "did not answer within 0.05 s in 2 tries" in line
    assert time.monotonic() - began < 10  # not ten minutes


def test_an_answer_that_never_ends_is_given_up(server: OpenAIServer) -> None:
    server.script(Reply(drip_s=0.01))
    patience = Patience(tries=1, request_s=0.1)
    line = failure(embedder_at(server.address, patience=patience))
    assert "did not answer within 0.1 s" in line


def test_all_tries_together_are_limited(server: OpenAIServer) -> None:
    server.script(*[Reply(503, "")] * 1000)
    patience = Patience(tries=1000, base_s=0.01, longest_s=0.02, total_s=0.05)
    assert "failed (503)" in failure(embedder_at(server.address, patience=patience))
    assert len(server.requests) < 20


def test_an_address_where_nobody_is() -> None:
    with unused_address() as address:
        line = failure(embedder_at(address))
    assert "cannot be reached (Connection refused)" in line
    assert "in 3 tries" in line


def test_without_a_key_none_is_shown_and_one_is_asked_for(server: OpenAIServer) -> None:
    server.script(Reply(401, "no"))
    line = failure(embedder_at(server.address, key=None))
    assert "wants a key (401); set INTERVIEWS_EMBEDDER_KEY" in line


def test_keys_of_the_environment_are_shown_to_nobody(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(variable, SECRET)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nobody is there either
    embedder_at(server.address, key=None).embed(TEXTS)
    assert SECRET not in str(server.requests[0].headers)


def test_a_key_repeated_by_the_address_is_not_shown(server: OpenAIServer) -> None:
    server.script(Reply(404, {"error": {"message": f"not for {SECRET}"}}))
    assert "not for …" in failure(embedder_at(server.address))


def test_what_an_address_says_cannot_draw_on_the_terminal(server: OpenAIServer) -> None:
    server.script(Reply(404, {"error": {"message": "\x1b[2J\r\nhello " + "x" * 10_000}}))
    line = failure(embedder_at(server.address))
    assert line.isprintable()
    assert "hello" in line


def test_a_smaller_batch_is_learned_from_refusals() -> None:
    with OpenAIServer() as server:
        server.script(*[Reply(400, {"error": {"message": "at most 2 inputs"}})] * 2)
        embedder = embedder_at(server.address, size=BatchSize(texts=8))
        rows = embedder.embed([f"tea {i}" for i in range(12)])

        assert rows.shape == (12, DIMENSION)
        # 8 refused, its first 4 refused, then twos; the second 4 are still tried as a whole.
        assert [len(texts) for texts in server.sent] == [8, 4, 2, 2, 4, 2, 2]
        server.requests.clear()
        embedder.embed(["a", "b", "c"])
        assert [len(texts) for texts in server.sent] == [2, 1]


def refuses_over(limit: int) -> OpenAIServer:
    class Server(OpenAIServer):
        def _reply(self, request: object) -> Reply:
            reply = super()._reply(request)  # type: ignore[arg-type]
            texts = request.body["input"]  # type: ignore[attr-defined]
            if any(len(text) > limit for text in texts):
                return Reply(400, {"error": {"message": f"maximum context length is {limit}"}})
            return reply

    return Server()


def test_a_text_too_long_is_embedded_by_its_beginning_and_that_is_said() -> None:
    notices: list[str] = []
    with refuses_over(100) as server:
        embedder = embedder_at(server.address, notices=notices)
        rows = embedder.embed(["short tea", "茶很好。" * 60, "cable"])

        assert rows.shape == (3, DIMENSION)
        assert rows[0] @ rows[1] > 0.8
        assert len(notices) == 1
        assert "240 characters is too long" in notices[0]
        assert "first 60" in notices[0]
        embedder.embed(["a", "b", "c"])
        assert server.sent[-1] == ["a", "b", "c"]


def test_a_request_refused_for_another_reason_is_one_clear_line(server: OpenAIServer) -> None:
    server.script(*[Reply(400, {"error": {"message": "no such encoding"}})] * 9)
    line = failure(embedder_at(server.address))
    assert "refused the request (400: no such encoding)" in line
    assert len(server.requests) == 3  # 5 texts, 2, 1: no more is needed to know


def test_the_dimension_is_asked_for_once_and_then_insisted_on(server: OpenAIServer) -> None:
    embedder = embedder_at(server.address)
    assert embedder.dimension == DIMENSION
    assert embedder.dimension == DIMENSION
    assert len(server.requests) == 1
    server.script(Reply(body=embeddings_answer([[1.0, 2.0]])))
    assert "2 numbers where 8 are due" in failure(embedder, ["tea"])


def test_shorter_vectors_are_asked_for(server: OpenAIServer) -> None:
    embedder = embedder_at(server.address, model="toy@5")
    assert embedder.dimension == 5
    assert not server.requests
    assert embedder.embed(["tea"]).shape == (1, len(CONCEPTS))
    assert server.requests[0].body["dimensions"] == 5
    assert server.requests[0].body["model"] == "toy"
    server.script(Reply(body=embeddings_answer([GOOD])))
    assert "8 numbers where 5 are due" in failure(embedder, ["tea"])


def test_the_fingerprint_follows_address_model_and_dimension(server: OpenAIServer) -> None:
    def fingerprint(model: str, dimension: int, address: str = server.address) -> str:
        return embedder_at(address, model=model, dimension=dimension).fingerprint

    same = [fingerprint("toy", 8), embedder_at(server.address, asking=True).fingerprint]
    assert len(set(same)) == 1
    others = [fingerprint("toy", 9), fingerprint("boy", 8), fingerprint("toy", 8, "http://a/v1")]
    assert len({*same, *others}) == 4


def test_models_that_want_prefixes_get_them(server: OpenAIServer) -> None:
    embedder_at(server.address, model="multilingual-e5-large").embed(["茶"])
    embedder_at(server.address, model="multilingual-e5-large", asking=True).embed(["茶"])
    embedder_at(server.address, model="BAAI/bge-large-zh-v1.5", asking=True).embed(["茶"])
    embedder_at(server.address, model="bge-m3", asking=True).embed(["茶"])
    assert [texts[0] for texts in server.sent] == [
        "passage: 茶",
        "query: 茶",
        "为这个句子生成表示以用于检索相关文章：茶",
        "茶",
    ]


def test_requests_keep_a_pace(server: OpenAIServer) -> None:
    patience = Patience(per_minute=60 / 0.02)
    embedder = embedder_at(server.address, patience=patience, size=BatchSize(texts=1))
    began = time.monotonic()
    embedder.embed(["a", "b", "c", "d"])
    assert time.monotonic() - began >= 0.06


def test_the_key_is_in_no_representation(server: OpenAIServer) -> None:
    embedder = embedder_at(server.address)
    assert SECRET not in repr(embedder) + repr(vars(embedder)) + embedder.name
