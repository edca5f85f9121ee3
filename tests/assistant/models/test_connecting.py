"""Any model class of LlamaIndex can be plugged in by its name."""

from typing import Any

import pytest

from assistant.errors import ModelError, ModelRefusedError
from assistant.models.connecting import connect
from assistant.models.llama import LlamaChatModel
from assistant.models.names import NamedClass
from assistant.protocols import Finish, Message, TextDelta, ToolRequest, Usage
from index.errors import UsageError
from tests.assistant.models.talking import HASTY, LONG, SEARCH, said
from tests.chat import Call, ChatReply
from tests.servers import OpenAIServer

TALK = [Message("user", "茶树 为什么")]


def plugged(
    name: str,
    *,
    module: str = "tests.assistant.models.plugged",
    temperature: float | None = None,
    **options: Any,
) -> LlamaChatModel:
    named = NamedClass(module, name)
    line = connect(named, LONG, temperature=temperature, options=options)
    return LlamaChatModel(f"{module}:{name}", line, limits=LONG, patience=HASTY)


def test_a_class_that_only_writes_is_asked_without_tools() -> None:
    model = plugged("Echo")

    assert not model.calls_tools
    assert list(model.respond(TALK, [SEARCH])) == [
        TextDelta("茶树 "),
        TextDelta("为什么 "),
        Finish("stop"),
    ]


def test_a_class_that_calls_is_offered_tools_as_they_are() -> None:
    model = plugged("Caller", temperature=0.25)

    assert model.calls_tools
    text, request, usage, finish = model.respond(TALK, [SEARCH])
    assert text == TextDelta("I look.")
    assert isinstance(request, ToolRequest)
    assert (request.id, request.name) == ("t1", "search")
    assert request.arguments == {"query": "茶树 为什么", "heat": 0.25}
    assert (usage, finish) == (Usage(7, 3), Finish("tools"))


def test_the_address_is_shown_without_what_is_secret() -> None:
    assert plugged("Echo").address == "http://127.0.0.1:1/api"
    assert plugged("Caller").address == "the provider of tests.assistant.models.plugged:Caller"


def test_failures_of_its_library_are_ours() -> None:
    failing = plugged("Echo", fails=True).respond(TALK, [])
    assert next(failing) == TextDelta("茶树 ")
    with pytest.raises(ModelError, match=r"ProviderError: the provider fell over, …"):
        list(failing)

    with pytest.raises(ModelRefusedError, match="401"):
        list(plugged("Caller", refuses=True).respond(TALK, [SEARCH]))


def test_llamaindexs_own_class_is_read_as_ours_is(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    server.say(ChatReply("I look.", calls=[Call("search", '{"query": "霜')]))
    model = plugged(
        "OpenAI", module="llama_index.llms.openai", model="gpt-4o", api_base=server.address
    )

    pieces = list(model.respond(TALK, [SEARCH]))

    assert model.calls_tools
    assert model.address == server.address
    assert said(pieces) == "I look."
    assert ToolRequest("call_1", "search", None, '{"query": "霜') in pieces
    assert server.talks[0]["tools"][0]["function"]["parameters"]["required"] == ["query"]


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("llama_index.llms.nobody", "Nobody", "is llama-index-llms-nobody installed"),
        ("llama_index.llms.openai", "Nobody", "cannot be loaded"),
        ("tests.assistant.models.plugged", "RefusedError", "not a model class"),
    ],
)
def test_a_class_that_is_none_is_said(module: str, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        plugged(name, module=module)


def test_options_it_does_not_take_are_not_repeated() -> None:
    with pytest.raises(UsageError, match="model_options") as caught:
        plugged("Caller", refuses="hush-hush")

    assert "hush" not in str(caught.value)
