"""One reply over a real socket: what comes of good streams, of bad ones, and of none."""

import os
import signal
import threading
import time
from itertools import islice
from typing import Any

import pytest

from assistant.errors import (
    ModelError,
    ModelRateLimitError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
    ToolsRefusedError,
)
from assistant.models.llama import LlamaChatModel
from assistant.models.silence import Limits
from assistant.protocols import Finish, Message, Piece, TextDelta, ToolRequest, Usage
from index.embedders.patience import Patience
from tests.assistant.models.talking import (
    BRIEF,
    KEY,
    READ,
    SEARCH,
    SHORT,
    asked,
    model_at,
    said,
)
from tests.chat import Call, ChatReply, chunk
from tests.servers import NEVER, OpenAIServer, Reply, unused_address

QUESTION = [Message("system", "Answer from the interviews."), Message("user", "茶树为什么枯死？")]
ONCE = Patience(tries=1, base_s=0.001, total_s=2.0)


def reply(model: LlamaChatModel, *tools: Any) -> list[Piece]:
    return list(model.respond(QUESTION, tools or (SEARCH, READ)))


def error_of(model: LlamaChatModel, *tools: Any) -> ModelError:
    with pytest.raises(ModelError) as caught:
        reply(model, *tools)
    line = str(caught.value)
    assert KEY not in line
    assert line.isprintable()
    assert line.startswith(f"the model {model.name} at {model.address} ")
    return caught.value


# What is sent


def test_the_talk_goes_out_as_it_is(server: OpenAIServer) -> None:
    server.say("好。")
    model = model_at(server.address, top_p=0.5)
    talk = [
        *QUESTION,
        Message(
            "assistant", "", (ToolRequest("c1", "search", {"query": "茶"}, '{"query": "茶"}'),)
        ),
        Message("tool", "[1] 霜冻…", answers="c1"),
        Message("assistant", "我再查。", (ToolRequest("c2", "search", None, '{"query": "茶'),)),
        Message("tool", "not JSON", answers="c2"),
    ]

    list(model.respond(talk, [SEARCH]))

    (body,) = server.talks
    assert [turn["role"] for turn in body["messages"]] == [
        *("system", "user", "assistant", "tool", "assistant", "tool")
    ]
    assert body["messages"][1]["content"] == "茶树为什么枯死？"
    (call,) = body["messages"][2]["tool_calls"]
    assert (call["id"], call["function"]["arguments"]) == ("c1", '{"query": "茶"}')
    assert body["messages"][3]["tool_call_id"] == "c1"
    # Cut arguments are not sent back: servers that read them again fail on the whole talk.
    assert body["messages"][4]["tool_calls"][0]["function"]["arguments"] == "{}"
    assert body["tools"][0]["function"]["parameters"] == SEARCH.parameters
    assert (body["model"], body["stream"], body["top_p"]) == ("qwen3:8b", True, 0.5)
    assert "temperature" not in body
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("name", ["deepseek-chat", "qwen3:8b", "模型", "org/Model-7B-Instruct"])
def test_names_that_no_library_knows_are_sent(server: OpenAIServer, name: str) -> None:
    server.say("ok")

    assert said(reply(model_at(server.address, name=name))) == "ok"
    assert server.talks[0]["model"] == name
    assert server.talks[0]["tools"]


def test_a_name_that_the_library_knows_gets_no_settings_of_its_own(server: OpenAIServer) -> None:
    server.say("ok")

    reply(model_at(server.address, name="gpt-5", seed=7))

    assert {"temperature", "max_tokens", "parallel_tool_calls"}.isdisjoint(server.talks[0])
    assert server.talks[0]["seed"] == 7


def test_another_address_learns_nothing_of_the_account(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(variable, "mine-and-nobody-elses")
    server.say("ok")

    reply(model_at(server.address, key=None))

    assert "mine-and-nobody-elses" not in str(server.requests)


def test_without_tools_none_are_offered(server: OpenAIServer) -> None:
    server.say("ok")
    model = model_at(server.address, tools="off")

    reply(model)

    assert not model.calls_tools
    assert "tools" not in server.talks[0]


# What comes


@pytest.mark.parametrize("text", ["The frost killed the bushes [1].", "霜冻冻死了茶树【1】。🍵"])
def test_text_comes_in_pieces_then_usage_then_the_finish(
    server: OpenAIServer, model: LlamaChatModel, text: str
) -> None:
    server.say(text)

    pieces = reply(model)

    assert said(pieces) == text
    assert sum(isinstance(piece, TextDelta) for piece in pieces) > 1
    assert pieces[-2:] == [Usage(100, 20), Finish("stop")]


def test_text_is_handed_on_before_the_reply_is_over(server: OpenAIServer) -> None:
    server.say(ChatReply(chunks=[chunk({"content": "First"})] * 2, between_s=600.0))

    pieces = model_at(server.address).respond(QUESTION, ())

    assert next(pieces) == TextDelta("First")
    pieces.close()  # type: ignore[attr-defined]  # a generator


def test_calls_come_whole(server: OpenAIServer, model: LlamaChatModel) -> None:
    calls = [Call("search", {"query": "霜冻"}), Call("read", "")]
    server.say(ChatReply("I look it up.", calls=calls))

    pieces = reply(model)

    assert said(pieces) == "I look it up."
    assert asked(pieces) == [
        ToolRequest("call_1", "search", {"query": "霜冻"}, '{"query": "霜冻"}'),
        ToolRequest("call_2", "read", {}, ""),
    ]
    assert pieces[-1] == Finish("tools")


@pytest.mark.parametrize("raw", ['{"query": "te', '{"query": nul', "[1, 2]", "tea", '"tea"', "{{}"])
def test_arguments_that_are_no_object_are_not_mended(
    server: OpenAIServer, model: LlamaChatModel, raw: str
) -> None:
    server.say(ChatReply(calls=[Call("search", raw)]))

    assert asked(reply(model)) == [ToolRequest("call_1", "search", None, raw)]


def test_types_are_left_as_the_model_wrote_them(
    server: OpenAIServer, model: LlamaChatModel
) -> None:
    server.say(ChatReply(calls=[Call("search", {"query": 7, "more": [None]})]))

    (request,) = asked(reply(model))
    assert request.arguments == {"query": 7, "more": [None]}


@pytest.mark.parametrize("ids", [("a", "b"), ("a", "a"), ("", "")], ids=["ids", "same", "none"])
def test_parallel_calls_of_one_index_stay_apart(
    server: OpenAIServer, model: LlamaChatModel, ids: tuple[str, str]
) -> None:
    calls = [
        {
            "index": 0,
            "id": name,
            "type": "function",
            "function": {"name": "search", "arguments": f'{{"query": "{query}"}}'},
        }
        for name, query in zip(ids, ("frost", "霜冻"), strict=True)
    ]
    chunks = [chunk({"tool_calls": [call]}) for call in calls]
    server.say(ChatReply(chunks=[*chunks, chunk({}, "tool_calls")]))

    requests = asked(reply(model))

    assert [request.arguments for request in requests] == [{"query": "frost"}, {"query": "霜冻"}]
    assert len({request.id for request in requests}) == 2


def test_several_calls_in_one_chunk_all_count(server: OpenAIServer, model: LlamaChatModel) -> None:
    calls = [
        {"index": n, "id": f"c{n}", "function": {"name": "search", "arguments": "{}"}}
        for n in range(3)
    ]
    server.say(ChatReply(chunks=[chunk({"tool_calls": calls}), chunk({}, "stop")]))

    pieces = reply(model)
    assert [request.id for request in asked(pieces)] == ["c0", "c1", "c2"]
    assert pieces[-1] == Finish("tools")


def test_a_call_written_as_text_is_a_call(server: OpenAIServer, model: LlamaChatModel) -> None:
    written = '<tool_call>\n{"name": "search", "arguments": {"query": "霜"}}\n</tool_call>'
    server.say(f"I search. {written}")

    pieces = reply(model)

    assert said(pieces) == "I search. "
    assert [request.arguments for request in asked(pieces)] == [{"query": "霜"}]
    assert pieces[-1] == Finish("tools")


def test_reasoning_is_not_the_answer(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.say(
        ChatReply("<think>他们说茶。</think>\n\nFrost [1].", thinking=["Hm,", "tea?"]),
    )

    assert said(reply(model)) == "Frost [1]."


def test_an_empty_reply_says_nothing(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.say("")

    assert reply(model) == [Usage(100, 20), Finish("stop")]


@pytest.mark.parametrize(
    ("finish", "reason"),
    [("length", "length"), ("content_filter", "refused"), ("eos", "stop"), ("stop", "stop")],
)
def test_the_finish_is_told(
    server: OpenAIServer, model: LlamaChatModel, finish: str, reason: str
) -> None:
    server.say(ChatReply("Half an ans", finish=finish, usage=None))

    assert reply(model)[-1] == Finish(reason)  # type: ignore[arg-type]


def test_a_refusal_is_told(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.say(ChatReply(chunks=[chunk({"refusal": "I cannot."}), chunk({}, "stop")]))

    assert reply(model) == [TextDelta("I cannot."), Finish("refused")]


def test_a_call_cut_by_the_length_does_not_run(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.say(ChatReply(calls=[Call("read", "{}"), Call("search", "")], finish="length"))

    pieces = reply(model)
    assert [request.arguments for request in asked(pieces)] == [{}, None]
    assert pieces[-1] == Finish("length")


# What breaks


@pytest.mark.parametrize("ends", ["cut", "unended"])
def test_a_stream_cut_midway_keeps_its_text(
    server: OpenAIServer, model: LlamaChatModel, ends: str
) -> None:
    text = ["霜冻", "来了", "，茶", "树"]
    whole = ChatReply(text, cut=3) if ends == "cut" else ChatReply(text, finish="", ends=False)
    server.say(whole, "never asked for")

    came: list[Piece] = []
    with pytest.raises(ModelError, match="broke off"):
        came.extend(model.respond(QUESTION, (SEARCH,)))

    assert said(came) == ("霜冻来了" if ends == "cut" else "霜冻来了，茶树")
    assert not any(isinstance(piece, Finish) for piece in came)
    assert len(server.talks) == 1


def test_a_stream_cut_before_any_text_is_asked_for_again(
    server: OpenAIServer, model: LlamaChatModel
) -> None:
    server.say(ChatReply("lost", cut=1), ChatReply(calls=[Call("search", "{}")], cut=2), "Frost.")

    assert said(reply(model)) == "Frost."


def test_a_stream_that_only_lacks_its_end_is_whole(
    server: OpenAIServer, model: LlamaChatModel
) -> None:
    server.say(ChatReply("Frost.", usage=None, cut=3), ChatReply("Frost.", ends=False))

    for _ in range(2):
        pieces = reply(model)
        assert (said(pieces), pieces[-1]) == ("Frost.", Finish("stop"))


def test_a_finished_reply_does_not_wait_for_the_connection(server: OpenAIServer) -> None:
    server.say(ChatReply(chunks=[chunk({"content": "Frost."}, "stop"), b": \n\n"], between_s=600.0))

    assert said(reply(model_at(server.address, limits=BRIEF))) == "Frost."


@pytest.mark.parametrize("comments_s", [0.0, 0.03], ids=["silence", "comments only"])
def test_silence_before_the_reply_ends_it(server: OpenAIServer, comments_s: float) -> None:
    server.say(ChatReply("late", first_s=600.0, keep_alive_s=comments_s))

    error = error_of(model_at(server.address, limits=SHORT))

    assert (type(error), error.exit_code) == (ModelTimeoutError, 10)
    assert "silent for 0.12 s" in str(error)


@pytest.mark.parametrize("comments_s", [0.0, 0.03], ids=["silence", "comments only"])
def test_silence_in_mid_reply_keeps_the_text(server: OpenAIServer, comments_s: float) -> None:
    events = [chunk({"content": "Frost"}), chunk({"content": " came"})]
    server.say(ChatReply(chunks=events, between_s=600.0, keep_alive_s=comments_s))
    came: list[Piece] = []

    with pytest.raises(ModelTimeoutError, match="in mid-reply"):
        came.extend(model_at(server.address, limits=BRIEF).respond(QUESTION, ()))

    assert said(came) == "Frost"


def test_chunks_that_say_nothing_do_not_count(server: OpenAIServer) -> None:
    server.say(ChatReply(chunks=[chunk({"content": ""})] * 1000, between_s=0.02))

    error = error_of(model_at(server.address, limits=SHORT))

    assert isinstance(error, ModelTimeoutError)


def test_a_reply_may_not_take_forever(server: OpenAIServer) -> None:
    server.say(ChatReply(["on and "] * 1000, between_s=0.02))
    limits = Limits(first_s=20.0, between_s=20.0, total_s=0.2)

    with pytest.raises(ModelTimeoutError, match=r"took longer than 0\.2 s"):
        reply(model_at(server.address, limits=limits))


def test_silence_before_the_answer_begins_ends_it(server: OpenAIServer) -> None:
    server.script(NEVER)

    error = error_of(model_at(server.address, limits=SHORT))

    assert isinstance(error, ModelTimeoutError)


def test_nobody_at_the_address_is_said() -> None:
    with unused_address() as address:
        error = error_of(model_at(address))

    assert isinstance(error, ModelUnreachableError)
    assert "cannot be reached (Connection refused) in 3 tries" in str(error)


def test_a_name_without_a_host_is_said() -> None:
    error = error_of(model_at("http://no-such-host.invalid/v1", patience=ONCE))

    assert isinstance(error, ModelUnreachableError)


def test_a_dropped_connection_is_tried_again(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.script(Reply(drop=True), Reply(drop=True))
    server.say("Frost.")

    assert said(reply(model)) == "Frost."


# What is refused


def refusal(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    body = {"error": {"message": message, "code": code, "type": "error"}}
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("answer", "kind", "code", "words"),
    [
        (refusal(401, f"Incorrect key {KEY}"), ModelRefusedError, 11, "refused the key (401)"),
        (refusal(403, f"no {KEY[:12]}"), ModelRefusedError, 11, "refused the key (403)"),
        (refusal(402, "Insufficient Balance"), ModelRefusedError, 11, "quota is used up"),
        (
            refusal(404, "The model `gpt-9` does not exist", "model_not_found"),
            ModelRefusedError,
            11,
            "not under that name (404: The model `gpt-9` does not exist)",
        ),
        (
            refusal(400, "maximum context length is 8192 tokens", "context_length_exceeded"),
            ModelRefusedError,
            11,
            "cannot read so much at once",
        ),
        (refusal(400, "输入超出模型的上下文长度"), ModelRefusedError, 11, "so much at once"),
        (refusal(413, ""), ModelRefusedError, 11, "so much at once"),
        (
            refusal(400, "Output data may contain inappropriate content.", "content_filter"),
            ModelRefusedError,
            11,
            "refuses the content",
        ),
        (refusal(400, "messages: wrong"), ModelRefusedError, 11, "refused the request (400"),
        (
            refusal(429, "You exceeded your quota", "insufficient_quota"),
            ModelRateLimitError,
            9,
            "quota is used up",
        ),
        (refusal(429, "slow", retry_after="3600"), ModelRateLimitError, 9, "to wait 3600 s"),
        (
            Reply(301, "", {"location": f"http://me:pw@127.0.0.1:9/v2/chat/completions?key={KEY}"}),
            ModelUnreachableError,
            8,
            "redirects to http://127.0.0.1:9/v2 (301); nothing was sent there",
        ),
        (
            Reply(302, "<html>moved</html>", {"location": "/login"}),
            ModelUnreachableError,
            8,
            "/login (302); nothing was sent there; if that is the model, set OPENAI_BASE_URL",
        ),
        (Reply(307, ""), ModelUnreachableError, 8, "somewhere it does not say (307)"),
        (Reply(404, "<html>nginx</html>"), ModelRefusedError, 11, "(404); see"),
        (
            Reply(407, "<html>proxy</html>"),
            ModelUnreachableError,
            8,
            "a proxy asks for a login (407)",
        ),
        (Reply(511, "<html>hotel</html>"), ModelUnreachableError, 8, "asks for a login (511)"),
        (
            Reply(403, "<html>blocked</html>", {"content-type": "text/html"}),
            ModelUnreachableError,
            8,
            "a web page came back instead of the API (403)",
        ),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else None,
)
def test_what_will_not_pass_is_said_at_once(
    server: OpenAIServer,
    answer: Reply,
    kind: type[ModelError],
    code: int,
    words: str,
) -> None:
    server.script(answer)

    error = error_of(model_at(server.address))

    assert type(error) is kind
    assert error.exit_code == code
    assert words in str(error)
    assert "tries" not in str(error)
    assert len(server.talks) == 1
    assert KEY[:12] not in str(error)


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (429, ModelRateLimitError, 9),
        (500, ModelError, 8),
        (502, ModelError, 8),
        (503, ModelError, 8),
        (504, ModelTimeoutError, 10),
        (529, ModelRateLimitError, 9),
    ],
)
def test_what_may_pass_is_tried_again(
    server: OpenAIServer, model: LlamaChatModel, status: int, kind: type[ModelError], code: int
) -> None:
    server.script(*[refusal(status, "later")] * 2)
    server.say("Frost.")
    assert said(reply(model)) == "Frost."

    server.script(*[Reply(status, "<html>later</html>")] * 3)
    error = error_of(model)
    assert (type(error), error.exit_code) == (kind, code)
    assert f"({status}) in 3 tries" in str(error)


def test_a_proxy_that_asks_for_a_login_at_a_safe_address_is_told_so(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.address.removesuffix("/v1"))
    server.script(Reply(407, "<html>proxy</html>"))

    error = error_of(model_at("https://model.example/v1"))

    assert type(error) is ModelUnreachableError
    assert "a proxy asks for a login (407)" in str(error)


def test_the_address_says_how_long_to_wait(server: OpenAIServer) -> None:
    server.script(refusal(429, "slow", retry_after="0.05"))
    server.say("Frost.")

    began = time.monotonic()
    reply(model_at(server.address))

    assert time.monotonic() - began >= 0.05


def test_waiting_has_an_end(server: OpenAIServer) -> None:
    server.script(*[refusal(429, "slow", retry_after="0.04")] * 50)
    patience = Patience(tries=50, base_s=0.001, longest_s=0.05, total_s=0.1)

    assert isinstance(error_of(model_at(server.address, patience=patience)), ModelRateLimitError)
    assert len(server.talks) <= 4


def test_a_missing_key_is_named_with_where_it_may_be(server: OpenAIServer) -> None:
    server.script(refusal(401, "no key"))
    model = model_at(server.address, key=None, hint=" (OPENAI_KEY is set, but is not read here)")

    line = str(error_of(model))
    assert "wants a key (401); set OPENAI_API_KEY" in line
    assert line.endswith("(OPENAI_KEY is set, but is not read here)")


@pytest.mark.parametrize(
    "message",
    [
        "registry.ollama.ai/library/gemma:2b does not support tools",
        '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        "Function calling is not enabled for this model",
        "该模型不支持工具调用",
    ],
)
def test_a_model_without_tools_is_found_out(
    server: OpenAIServer, model: LlamaChatModel, message: str
) -> None:
    server.script(refusal(400, message))
    assert model.calls_tools

    assert isinstance(error_of(model), ToolsRefusedError)

    assert not model.calls_tools
    server.say("Frost.")
    assert said(reply(model)) == "Frost."
    assert "tools" not in server.talks[-1]


@pytest.mark.parametrize("field", ["stream_options", "temperature"])
def test_a_field_that_is_not_taken_is_left_out(server: OpenAIServer, field: str) -> None:
    model = model_at(server.address, temperature=0.0)
    server.script(refusal(400, f"Unsupported value: '{field}' does not support this"))
    server.say("Frost.", "Again.")

    reply(model)
    reply(model)

    assert [field in body for body in server.talks] == [True, False, False]


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("<!doctype html><p>Log in</p>", "text/html; charset=utf-8", "a web page"),
        ({"object": "chat.completion", "choices": []}, "application/json", "application/json"),
        ("data: {nonsense\n\n", "text/event-stream", "not a reply"),
        ("data: [DONE]\n\n", "text/event-stream", "text/event-stream"),
        ('data: {"object": "chat.completion.chunk"}\n\n', "text/event-stream", "not a reply"),
        ("data: 17\n\n", "text/event-stream", "not a reply"),
    ],
    ids=["page", "whole", "nonsense", "nothing", "no choices", "number"],
)
def test_what_is_no_stream_of_a_reply_is_said(
    server: OpenAIServer, model: LlamaChatModel, body: Any, kind: str, words: str
) -> None:
    server.script(*[Reply(200, body, {"content-type": kind})] * 3)

    error = error_of(model)

    assert type(error) is ModelError
    assert words in str(error)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Rate limit reached", ModelRateLimitError),
        ("prompt is too long: context length 8192", ModelRefusedError),
        ("The server had an error", ModelError),
    ],
)
def test_an_error_inside_a_stream_is_one(
    server: OpenAIServer, message: str, kind: type[ModelError]
) -> None:
    server.say(*[ChatReply(chunks=[{"error": {"message": f"{message} {KEY}"}}])] * 3)

    assert type(error_of(model_at(server.address))) is kind


def test_a_reply_without_end_is_ended(server: OpenAIServer, model: LlamaChatModel) -> None:
    server.say(ChatReply(chunks=[chunk({"content": "茶" * 300_000})] * 5))

    with pytest.raises(ModelError, match="without end"):
        reply(model)


# Who stops listening


def test_leaving_in_mid_reply_hangs_up(server: OpenAIServer) -> None:
    server.say(ChatReply(["Frost "] * 10_000, between_s=0.005))
    model = model_at(server.address)

    pieces = model.respond(QUESTION, ())
    assert said(islice(pieces, 2)) == "Frost Frost "
    pieces.close()  # type: ignore[attr-defined]  # a generator

    assert gone()


def test_an_interruption_in_mid_stream_hangs_up(server: OpenAIServer) -> None:
    server.say(ChatReply(chunks=[chunk({"content": "Frost"})] * 2, between_s=600.0))
    pieces = model_at(server.address).respond(QUESTION, ())
    assert next(pieces) == TextDelta("Frost")

    # A real Ctrl-C, while the model is waited for.
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        next(pieces)

    assert gone()


def gone() -> bool:
    """Whether the threads that were started end soon, though the address goes on."""
    ends = time.monotonic() + 5
    while any(thread.name == "model" for thread in threading.enumerate()):
        if time.monotonic() > ends:
            return False
        time.sleep(0.005)
    return True


def test_several_threads_may_talk_at_once(server: OpenAIServer) -> None:
    server.say(*["霜冻冻死了茶树。"] * 8)
    model = model_at(server.address)
    heard: list[str] = []
    threads = [threading.Thread(target=lambda: heard.append(said(reply(model)))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == ["霜冻冻死了茶树。"] * 8
