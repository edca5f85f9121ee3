"""A run is saved as it goes and can be played again, without a model and without keys."""

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.errors import ModelError, ModelTimeoutError
from assistant.protocols import (
    ChatModel,
    Finish,
    Message,
    Piece,
    TextDelta,
    ToolRequest,
    ToolSpec,
    Usage,
)
from assistant.runs import RecordingModel, ReplayModel, RunFile, load_run
from index.errors import UsageError
from tests.assistant.models.talking import model_at
from tests.recorded import replies_of
from tests.servers import OpenAIServer

KEY = "sk-test-4f9a1c7e2b8d4f9a1c7e2b8d"
SEARCH = ToolSpec("search", "Find.", {"type": "object", "properties": {}})
REQUEST = ToolRequest("c1", "search", None, '{"query": "霜')
FIRST = [Message("system", "Answer."), Message("user", "茶树为什么枯死？")]
SECOND = [*FIRST, Message("assistant", "", (REQUEST,)), Message("tool", "[1] 霜冻", answers="c1")]
REPLIES: list[list[Piece]] = [
    [TextDelta("I "), TextDelta("look."), REQUEST, Usage(10, 5), Finish("tools")],
    [TextDelta("霜冻 [1]。"), Usage(20, None), Finish("stop")],
]


@dataclass(frozen=True, slots=True)
class Searched:
    """An event."""

    query: str
    languages: tuple[str, ...]
    where: Path


class Parrot:
    """A model that says what it was told to."""

    name, address, calls_tools = "parrot", "http://127.0.0.1/v1", True

    def __init__(self, replies: Sequence[Sequence[Piece]], error: ModelError | None = None) -> None:
        self._replies = iter(replies)
        self._error = error

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        del messages, tools
        yield from next(self._replies)
        if self._error:
            raise self._error


def recorded(path: Path, model: ChatModel) -> list[list[Piece]]:
    with RunFile(path, secrets=frozenset({"a-known-secret"})) as file:
        file.begin(model, question=f"my key is {KEY}", prompts={"answer": "f1"})
        recording = RecordingModel(model, file.add_exchange)
        first = list(recording.respond(FIRST, [SEARCH]))
        file.add_event(Searched("霜冻 a-known-secret", ("en", "zh"), Path("store")))
        return [first, list(recording.respond(SECOND, [SEARCH]))]


def test_a_run_is_played_again(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    assert recorded(path, Parrot(REPLIES)) == REPLIES

    run = load_run(path)
    model = ReplayModel(run)

    assert list(model.respond(FIRST, [SEARCH])) == REPLIES[0]
    assert list(model.respond(SECOND, [SEARCH])) == REPLIES[1]
    assert (model.name, model.address, model.calls_tools) == ("parrot", Parrot.address, True)
    assert run.usage == Usage(30, 5)
    assert run.head["prompts"] == {"answer": "f1"}
    with pytest.raises(ModelError, match="no more replies"):
        list(model.respond(SECOND, [SEARCH]))


def test_the_file_holds_no_key_and_is_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    recorded(path, Parrot(REPLIES))

    text = path.read_text(encoding="utf-8")
    assert KEY not in text
    assert "a-known-secret" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["kind"] for line in lines] == ["run", "exchange", "event", "exchange"]
    # What both exchanges begin with is written once.
    assert (lines[3]["kept"], len(lines[3]["messages"])) == (2, 2)
    assert load_run(path).events == (
        {"type": "Searched", "query": "霜冻 …", "languages": ["en", "zh"], "where": "store"},
    )


def test_a_failure_is_played_again(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    said: list[Piece] = [TextDelta("霜")]
    failing = Parrot([said], ModelTimeoutError(f"silent, {KEY}"))
    with RunFile(path) as file:
        file.begin(failing)
        recording = RecordingModel(failing, file.add_exchange)
        with pytest.raises(ModelTimeoutError):
            list(recording.respond(FIRST, []))

    came: list[Piece] = []
    with pytest.raises(ModelTimeoutError, match=r"silent, …$"):
        came.extend(ReplayModel(load_run(path)).respond(FIRST, []))
    assert came == said


def test_what_nobody_listened_to_is_kept_as_far_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RunFile(path) as file:
        file.begin(Parrot([]))
        reply = RecordingModel(Parrot(REPLIES), file.add_exchange).respond(FIRST, [])
        next(reply)
        reply.close()  # type: ignore[attr-defined]  # a generator

    assert load_run(path).exchanges[0].pieces == (TextDelta("I "),)


@pytest.mark.parametrize(
    ("messages", "tools", "words"),
    [
        ([FIRST[0], Message("user", "And in 2024?")], [SEARCH], "from message 2 on"),
        (FIRST[:1], [SEARCH], "from message 2 on"),
        (SECOND, [SEARCH], "from message 3 on"),
        (FIRST, [], "with other tools"),
    ],
)
def test_another_question_is_not_answered_with_the_old_reply(
    tmp_path: Path, messages: list[Message], tools: list[ToolSpec], words: str
) -> None:
    recorded(tmp_path / "run.jsonl", Parrot(REPLIES))
    run = load_run(tmp_path / "run.jsonl")

    with pytest.raises(ModelError, match=words):
        list(ReplayModel(run).respond(messages, tools))
    assert list(ReplayModel(run, strict=False).respond(messages, tools)) == REPLIES[0]


def test_a_run_that_died_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    recorded(path, Parrot([[TextDelta("a\u2028b\x85c\n茶")], REPLIES[1]]))
    path.write_bytes(path.read_bytes()[:-20])

    (exchange,) = load_run(path).exchanges
    assert exchange.pieces == (TextDelta("a\u2028b\x85c\n茶"),)


def test_a_server_plays_a_run_again(tmp_path: Path) -> None:
    recorded(tmp_path / "run.jsonl", Parrot(REPLIES))

    with OpenAIServer() as server:
        server.say(*replies_of(load_run(tmp_path / "run.jsonl")))
        model = model_at(server.address)
        first = list(model.respond(FIRST, [SEARCH]))
        second = list(model.respond(SECOND, [SEARCH]))

    assert first == REPLIES[0]
    assert second == [TextDelta("霜冻 [1]。"), Usage(20, 0), Finish("stop")]


def test_a_run_is_never_overwritten(tmp_path: Path) -> None:
    recorded(tmp_path / "run.jsonl", Parrot(REPLIES))

    for path in (tmp_path / "run.jsonl", tmp_path / "no" / "folder.jsonl"):
        with pytest.raises(UsageError, match="cannot be saved"):
            RunFile(path)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "nonsense", '{"kind": "run", "schema": 99}', '{"kind": "exchange"}'],
)
def test_another_file_is_no_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text)

    with pytest.raises(UsageError, match="file"):
        load_run(tmp_path / "file")
