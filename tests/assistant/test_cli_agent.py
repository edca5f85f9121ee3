"""`ask` with a model: a real server, real sockets, the program as people and scripts use it."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.events import Answered, SentenceChecked, read_event
from assistant.history.records import Turn
from assistant.history.store import History, history_path
from assistant.runs import load_run
from tests.chat import Call, ChatReply, chunk
from tests.conftest import Run
from tests.processes import COMMAND, ROOT
from tests.servers import OpenAIServer, Reply, unused_address

Caller = Callable[..., Run]

KEY = "sk-test-0123456789abcdefghijklmnop"
QUESTION = "How many per cent were the secret sodium cabinets under the tarpaulin getting?"
FRAGE = "老赵那批秘密钠电柜，充放一圈效率是多少？"
GOOD = "Old Zhao's sodium cabinets were getting eighty-eight per cent [1]."
GUT = "老赵的钠电柜效率是百分之八十八【1】。"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        yield server


@pytest.fixture
def ask(call: Caller, sample_store: Path) -> Caller:
    def ask(question: str, *flags: str | Path) -> Run:
        return call("ask", question, "--model", "toy", "--store", sample_store, *flags)

    return ask


def test_json_keeps_its_shape_and_adds_model_usage_and_steps(
    ask: Caller, call: Caller, server: OpenAIServer, sample_store: Path
) -> None:
    server.say(ChatReply(calls=[Call("search", {"query": "钠电", "language": "zh"})]), GOOD)

    found = ask(QUESTION, "--json")
    quoted = call("ask", QUESTION, "--json", "--store", sample_store)

    answer = found.json
    assert found.code == 0
    assert answer.keys() == quoted.json.keys() | {"model", "usage", "steps"}
    assert (answer["mode"], answer["outcome"], answer["model"]) == ("agent", "answered", "toy")
    assert [s["verdict"] for s in answer["sentences"]] == ["supported"]
    assert answer["usage"]["calls"] == 2
    assert answer["usage"]["conversation"]["prompt_tokens"] == 200
    assert [s["step"] for s in answer["steps"]] == ["search", "found", "search", "found"]
    assert f"paragraphs go to {server.address}" in found.complaint


@pytest.mark.parametrize("tools", ["on", "off"])
@pytest.mark.parametrize(("question", "reply"), [(QUESTION, GOOD), (FRAGE, GUT)])
def test_people_read_the_checked_answer_with_its_sources(
    ask: Caller, server: OpenAIServer, question: str, reply: str, tools: str
) -> None:
    server.say(reply)

    found = ask(question, "--tools", tools)

    assert found.code == 0
    assert "[1]" in found.out
    assert "【" not in found.out.split("[1]")[0]
    assert ("checked" in found.out) or ("核对" in found.out)
    assert ("tools" in server.talks[0]) == (tools == "on")


def test_nothing_unchecked_goes_into_a_pipe(ask: Caller, server: OpenAIServer) -> None:
    wrong = "Old Zhao's sodium cabinets were getting ninety-nine per cent [1]."
    server.say(wrong, GOOD)

    found = ask(QUESTION)

    assert "ninety-nine" not in found.out
    assert "eighty-eight" in found.out


def test_a_terminal_shows_text_as_it_comes(server: OpenAIServer, sample_store: Path) -> None:
    wrong = "Old Zhao's sodium cabinets were getting ninety-nine per cent [1]."
    server.say(wrong, GOOD)
    leader, follower = pty.openpty()
    arguments = ["ask", QUESTION, "--model", "toy", "--store", str(sample_store)]
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    shown = b""
    with suppress(OSError):  # Linux ends a terminal nobody writes to any more with EIO
        while data := os.read(leader, 65_536):
            shown += data
    os.close(leader)

    assert process.wait() == 0
    text = re.sub(r"\x1b\[\d*m", "", shown.decode())
    assert text.index("ninety-nine") < text.rindex("eighty-eight")
    assert text.index("paragraphs go to") < text.index("ninety-nine")


def test_a_key_alone_sends_nothing(call: Caller, server: OpenAIServer, sample_store: Path) -> None:
    found = call("ask", QUESTION, "--json", "--store", sample_store)

    assert found.json["mode"] == "extractive"
    assert (found.err, server.requests) == ("", [])


def test_offline_forbids_a_model_elsewhere(
    ask: Caller, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(os.environ["INTERVIEWS_CONFIG"]).write_text("offline = true\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.example.com/v1")

    found = ask(QUESTION)

    assert found.code == 2
    assert "offline" in found.complaint
    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(401, {"error": {"message": "no"}}), 11),
        (Reply(403, {"error": {"message": "no"}}), 11),
        (Reply(404, {"error": {"message": "no such model"}}), 11),
    ],
)
def test_a_failure_is_one_line_and_its_code(
    ask: Caller, server: OpenAIServer, reply: Reply, code: int
) -> None:
    server.script(reply)

    found = ask(QUESTION)

    assert (found.code, found.out) == (code, "")
    assert len(found.err.splitlines()) == 2
    assert KEY not in found.err


@pytest.mark.parametrize("question", [QUESTION, FRAGE])
def test_a_failure_without_any_text_is_told_in_json_too(
    ask: Caller, call: Caller, server: OpenAIServer, sample_store: Path, question: str
) -> None:
    server.script(Reply(401, {"error": {"message": f"no {KEY}"}}))

    failed = ask(question, "--json")
    quoted = call("ask", question, "--json", "--store", sample_store)

    values = failed.json
    assert failed.code == 11
    assert values.keys() == quoted.json.keys() | {"model", "usage", "steps", "error"}
    assert (values["outcome"], values["mode"], values["answer"]) == ("failed", "agent", "")
    assert (values["sentences"], values["citations"], values["abstention"]) == ([], [], None)
    assert values["error"]["code"] == 11
    assert values["error"]["message"] in failed.err
    assert values["conversation"]
    assert KEY not in failed.out + failed.err


def test_what_goes_wrong_before_the_answer_is_told_in_json_too(
    ask: Caller, call: Caller, server: OpenAIServer, tmp_path: Path
) -> None:
    empty = ask(" ", "--json")
    nowhere = call("ask", FRAGE, "--json", "--store", tmp_path / "none")

    assert (empty.code, empty.json["error"]["code"], empty.json["mode"]) == (2, 2, "agent")
    assert (nowhere.code, nowhere.json["error"]["code"]) == (5, 5)
    assert (nowhere.json["mode"], nowhere.json["language"]) == ("extractive", "zh")
    assert nowhere.json["error"]["message"] in nowhere.complaint
    assert server.requests == []


def test_with_fallback_the_interviews_are_quoted(ask: Caller, server: OpenAIServer) -> None:
    server.script(Reply(401, {"error": {"message": "no"}}))

    found = ask(QUESTION, "--fallback", "--json")

    assert found.code == 0
    assert found.json["mode"] == "extractive"
    assert "401" in found.err


def test_what_had_come_of_a_broken_stream_is_kept_and_marked(
    ask: Caller, server: OpenAIServer
) -> None:
    server.say(ChatReply([GOOD, " Then he"], cut=3, ends=False))

    found = ask(QUESTION, "--json")

    assert found.code == 8
    assert found.json["outcome"] == "partial"
    assert [s["verdict"] for s in found.json["sentences"]] == ["supported"]
    assert "broke off" in found.json["abstention"]["missing"]
    assert found.json["error"]["code"] == 8


def test_nobody_at_the_address(ask: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with unused_address() as address:
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        found = ask(QUESTION, "--seconds", "1")

    assert found.code in (8, 10)
    assert found.out == ""


def test_a_conversation_goes_on(ask: Caller, server: OpenAIServer, sample_store: Path) -> None:
    server.say(GOOD, "NOT FOUND", "NOT FOUND")
    ask(QUESTION)
    second = ask("那价格呢？", "--continue", "--json")

    messages = server.talks[1]["messages"]
    assert [m["role"] for m in messages] == ["system", "user", "assistant", "user"]
    assert "eighty-eight" in json.dumps(messages[2])
    assert second.json["usage"]["conversation"]["calls"] >= 2
    with History.open(history_path(Path(os.environ["INTERVIEWS_STATE"]))) as history:
        last = history.last(sample_store)
        assert last is not None
        assert last.turns == 2
        assert last.id == second.json["conversation"]


def test_what_needs_a_model_says_so(call: Caller, sample_store: Path) -> None:
    found = call("ask", QUESTION, "--store", sample_store, "--save-run", "run.jsonl")

    assert found.code == 2
    assert "--model" in found.complaint


def last_turn(store: Path) -> Turn:
    with History.open(history_path(Path(os.environ["INTERVIEWS_STATE"]))) as history:
        last = history.last(store)
        assert last is not None
        return history.turns(last.id)[-1]


def test_with_a_model_and_without_it_is_one_conversation(
    ask: Caller, call: Caller, server: OpenAIServer, sample_store: Path
) -> None:
    server.say(GOOD)
    first = ask(QUESTION, "--json").json

    second = call("ask", QUESTION, "--continue", "--json", "--store", sample_store).json

    assert second["conversation"] == first["conversation"]
    numbers = {c["paragraph"]: c["number"] for c in first["citations"]}
    again = {c["paragraph"]: c["number"] for c in second["citations"]}
    assert numbers.keys() & again.keys()
    assert all(numbers.get(paragraph, number) == number for paragraph, number in again.items())


def test_what_is_quoted_instead_is_part_of_the_conversation(
    ask: Caller, server: OpenAIServer, sample_store: Path
) -> None:
    server.script(Reply(401, {"error": {"message": "no"}}))

    found = ask(QUESTION, "--fallback", "--json")

    turn = last_turn(sample_store)
    assert turn.answer is not None
    assert (turn.status, turn.answer.mode, turn.model) == ("answered", "extractive", "toy")
    assert "401" in turn.message
    assert found.json["conversation"] == turn.conversation


def test_a_failure_is_kept_with_what_had_come(
    ask: Caller, server: OpenAIServer, sample_store: Path
) -> None:
    server.say(ChatReply([GOOD, " Then he"], cut=3, ends=False))

    ask(QUESTION)

    turn = last_turn(sample_store)
    assert turn.status == "failed"
    assert turn.message
    assert turn.answer is not None
    assert turn.answer.outcome == "partial"
    assert KEY not in history_path(Path(os.environ["INTERVIEWS_STATE"])).read_text("latin-1")


def test_there_must_be_a_conversation_to_go_on_with(ask: Caller, server: OpenAIServer) -> None:
    found = ask(QUESTION, "--continue")

    assert found.code == 2
    assert "no conversation" in found.complaint
    assert server.requests == []


def test_a_saved_run_holds_every_event_and_no_key(
    ask: Caller, server: OpenAIServer, tmp_path: Path
) -> None:
    server.say(GOOD)

    ask(QUESTION, "--save-run", tmp_path / "run.jsonl")

    run = load_run(tmp_path / "run.jsonl")
    events = [read_event(event) for event in run.events]
    assert isinstance(events[-1], Answered)
    assert any(isinstance(event, SentenceChecked) for event in events)
    assert run.head["question"] == QUESTION
    assert "agent.en" in run.head["prompts"]
    assert KEY not in (tmp_path / "run.jsonl").read_text(encoding="utf-8")


def test_an_abstention_has_its_own_code(ask: Caller, server: OpenAIServer) -> None:
    server.say("NOT FOUND: the efficiency", "NOT FOUND: the efficiency")

    assert ask(QUESTION, "--json").code == 3


def test_the_help_names_every_exit_code(call: Caller) -> None:
    shown = call("ask", "--help").out

    for code in ("0", "3", "8", "9", "10", "11"):
        assert f"\n    {code} " in shown


def test_ctrl_c_in_mid_stream_ends_it_and_says_what_was_not_checked(
    server: OpenAIServer, sample_store: Path
) -> None:
    pieces = [chunk({"role": "assistant", "content": "Old Zhao said"}), chunk({"content": " so."})]
    server.say(ChatReply(chunks=pieces, between_s=600.0))
    leader, follower = pty.openpty()
    arguments = ["ask", QUESTION, "--model", "toy", "--store", str(sample_store)]
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    shown = b""
    while b"Zhao" not in shown.partition(b"paragraphs go to")[2]:
        shown += os.read(leader, 65_536)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):
        while data := os.read(leader, 65_536):
            shown += data
    os.close(leader)

    assert process.wait() == 130
    assert b"was not checked" in shown
    turn = last_turn(sample_store)
    assert (turn.status, turn.question) == ("stopped", QUESTION)
    assert "Zhao" in turn.text


def test_ctrl_c_in_a_pipe_tells_what_had_come_beside_it(
    server: OpenAIServer, sample_store: Path
) -> None:
    pieces = [chunk({"role": "assistant", "content": "Old Zhao said"}), chunk({"content": " so."})]
    server.say(ChatReply(chunks=pieces, between_s=600.0))
    arguments = ["ask", QUESTION, "--model", "toy", "--store", str(sample_store), "--no-history"]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while not server.talks:
        time.sleep(0.05)
    time.sleep(1.0)  # for the first piece to come
    process.send_signal(signal.SIGINT)
    told, beside = process.communicate(timeout=30)

    assert (process.returncode, told) == (130, "")
    assert "broken off, and not checked: Old Zhao said" in beside


def test_without_a_model_nothing_of_one_is_loaded(sample_store: Path) -> None:
    code = (
        "import sys\nfrom assistant.cli import run\nrun(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "ask", QUESTION, "--store", str(sample_store)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    loaded = set(done.stderr.split())

    assert not loaded & {"llama_index", "openai", "textual"}
    assert not loaded & {"assistant.agent", "assistant.orders", "assistant.runs", "prompts"}


@pytest.mark.parametrize(("question", "reply"), [(QUESTION, GOOD), (FRAGE, GUT)])
def test_a_kept_run_is_played_again_without_its_model(
    ask: Caller, server: OpenAIServer, tmp_path: Path, question: str, reply: str
) -> None:
    server.say(ChatReply(calls=[Call("search", {"query": "钠电", "language": "zh"})]), reply)
    told = ask(question, "--save-run", tmp_path / "run.jsonl").out
    talks = len(server.talks)

    again = ask(question, "--replay", tmp_path / "run.jsonl")
    other = ask("Something else?", "--replay", tmp_path / "run.jsonl")

    assert (again.code, again.out) == (0, told)
    assert "nothing is sent" in again.complaint
    assert len(server.talks) == talks
    assert other.code == 2
    assert "answers another question" in other.complaint
