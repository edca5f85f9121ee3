"""`history`, and what `ask` and `remove` do with it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.processes import ROOT

Call = Callable[..., Run]

FOG = "How long did they wait for the fog to lift?"
QUOTED = "before we crossed"
NEBEL = "他们等了多久雾才散？"


@pytest.fixture
def store(call: Call, tmp_path: Path, talks: Path) -> Path:
    """Return an index of three short talks."""
    call("index", talks, "--store", tmp_path / "s")
    return tmp_path / "s"


@pytest.fixture
def ask(call: Call, store: Path) -> Callable[..., Any]:
    """Return a function that asks, and returns what `--json` prints."""

    def ask(question: str, *flags: str) -> Any:
        found = call("ask", question, "--store", store, "--json", *flags)
        assert found.err == ""
        return found.json

    return ask


def kept() -> Path:
    return Path(os.environ["INTERVIEWS_STATE"], "history.sqlite")


def test_every_question_begins_a_conversation(call: Call, ask: Callable[..., Any]) -> None:
    first, second = ask(FOG), ask(NEBEL, "--speaker", "米拉")

    listed = call("history", "list", "--json").json["conversations"]
    assert [c["id"] for c in listed] == [second["conversation"], first["conversation"]]
    assert [c["title"] for c in listed] == [NEBEL, FOG]
    shown = call("history", "show", second["conversation"], "--json").json
    (turn,) = shown["turns"]
    assert (turn["question"], turn["filters"]) == (NEBEL, {"speaker": "米拉"})
    assert turn["answer"] == {k: v for k, v in second.items() if k != "conversation"}
    assert shown["changes"] == {}


def test_a_conversation_goes_on_without_a_model(call: Call, ask: Callable[..., Any]) -> None:
    first = ask(FOG)
    ask("Who walked to the island?", "--no-history")
    second = ask("And who complained?", "--continue")
    third = ask(NEBEL, "--continue")

    assert first["conversation"] == second["conversation"] == third["conversation"]
    numbers: dict[int, set[str]] = {}
    for citation in [c for answer in (first, second, third) for c in answer["citations"]]:
        numbers.setdefault(citation["number"], set()).add(citation["paragraph"])
    assert all(len(paragraphs) == 1 for paragraphs in numbers.values())
    (listed,) = call("history", "list", "--json").json["conversations"]
    assert listed["turns"] == 3


def test_going_on_is_about_the_store(
    call: Call, ask: Callable[..., Any], store: Path, tmp_path: Path
) -> None:
    first = ask(FOG)
    shutil.copytree(store, tmp_path / "other")
    call("ask", FOG, "--store", tmp_path / "other")

    assert ask(FOG, "--continue")["conversation"] == first["conversation"]


@pytest.mark.parametrize("how", ["flag", "file"])
def test_nothing_is_kept_where_it_is_switched_off(
    call: Call, ask: Callable[..., Any], how: str
) -> None:
    flags = ["--no-history"] if how == "flag" else []
    if how == "file":
        Path(os.environ["INTERVIEWS_CONFIG"]).write_text("history = false\n")

    assert ask(FOG, *flags)["conversation"] is None
    assert not kept().exists()
    found = call("ask", FOG, "--continue", *flags)
    assert found.code == 2
    assert "switched off" in found.complaint


def test_there_must_be_one_to_go_on_with(call: Call, store: Path) -> None:
    found = call("ask", FOG, "--continue", "--store", store)

    assert found.code == 2
    assert "no conversation" in found.complaint


def test_a_history_that_cannot_be_used_costs_no_answer(call: Call, store: Path) -> None:
    kept().parent.mkdir()
    kept().write_bytes(b"no database at all, " * 100)

    found = call("ask", FOG, "--store", store)
    assert found.code == 0
    assert QUOTED in found.out
    assert "going on without a history" in found.complaint

    for command in (("ask", FOG, "--store", store, "--continue"), ("history", "list")):
        found = call(*command)
        assert found.code == 5
        assert "damaged" in found.complaint


def test_what_was_asked_is_found_again(call: Call, ask: Callable[..., Any]) -> None:
    first, second = ask(FOG), ask(NEBEL)

    found = call("history", "search", "等了", "--json")
    assert found.json["hits"][0]["conversation"]["id"] == second["conversation"]
    hits = call("history", "search", "fog", "long", "--json").json["hits"]
    assert [hit["conversation"]["id"] for hit in hits] == [first["conversation"]]
    for start, stop in hits[0]["spans"]:
        assert hits[0]["excerpt"][start:stop] in ("fog", "long")
    assert call("history", "search", "zephyrine").complaint.endswith("nothing found for: zephyrine")
    assert "fog" in call("history", "search", "fog").out


def test_it_is_renamed_and_deleted(call: Call, ask: Callable[..., Any]) -> None:
    key = ask(FOG)["conversation"]

    renamed = call("history", "rename", key[:6], "雾与渡轮", "--json").json
    assert renamed["conversation"]["title"] == "雾与渡轮"
    assert "雾与渡轮" in call("history", "list").out
    assert call("history", "rename", key, "  ").code == 2

    begun = call("history", "delete", key[:6])
    assert begun.code == 2
    assert "the whole id is needed" in begun.complaint
    assert "no conversation begins" in call("history", "delete", "zz").complaint
    assert call("history", "delete", key, "--json").json == {
        "schema": 1,
        "id": key,
        "deleted": True,
    }
    assert call("history", "list").out == ""
    assert QUOTED.encode() not in kept().read_bytes()


@pytest.mark.parametrize("words", ["", "  ", "\u3000"])
def test_a_search_for_nothing_is_no_search(call: Call, ask: Callable[..., Any], words: str) -> None:
    ask(NEBEL)

    found = call("history", "search", words)

    assert found.code == 2
    assert "the search is empty" in found.complaint


@pytest.mark.parametrize("what", ["\udcff", "雾\udcff"])
def test_bytes_that_are_no_text_find_nothing(
    call: Call, ask: Callable[..., Any], what: str
) -> None:
    key = ask(NEBEL)["conversation"]

    assert call("history", "search", what).code == 0
    assert call("history", "rename", key, what).code == 0
    for command in ("show", "export", "delete"):
        found = call("history", command, what)
        assert found.code == 2
        assert "?" in found.complaint


@pytest.mark.parametrize(("form", "ending"), [("markdown", "md"), ("json", "json")])
def test_it_is_exported(
    call: Call, ask: Callable[..., Any], tmp_path: Path, form: str, ending: str
) -> None:
    key = ask(FOG)["conversation"]
    call("history", "rename", key, "雾")

    printed = call("history", "export", key, "--format", form)
    written = call("history", "export", key, "--format", form, "--out", tmp_path, "--json").json

    assert written["path"] == str(tmp_path / f"雾.{ending}")
    assert Path(written["path"]).read_text(encoding="utf-8") == printed.out
    assert QUOTED in printed.out
    again = call("history", "export", key, "--format", form, "--out", tmp_path)
    assert again.code == 2
    assert "cannot be written" in again.complaint


def test_what_has_changed_since_is_said(
    call: Call, ask: Callable[..., Any], store: Path, talks: Path
) -> None:
    answer = ask(FOG)
    cited = {c["paragraph"] for c in answer["citations"]}
    ferry = talks / "ferry.md"
    ferry.write_text(ferry.read_text().replace(QUOTED, "before we sailed"))
    call("index", talks, "--store", store)

    shown = call("history", "show", answer["conversation"])
    changes = call("history", "show", answer["conversation"], "--json").json["changes"]

    assert changes
    assert changes.keys() <= cited
    assert set(changes.values()) == {"gone"}
    assert "no longer in the index" in shown.out
    shutil.rmtree(store)
    unknown = call("history", "export", answer["conversation"], "--json")
    assert json.loads(unknown.out)["changes"] is None
    assert "not known" in unknown.complaint


def test_what_quotes_a_removed_interview_goes_and_nothing_else(
    call: Call, ask: Callable[..., Any], store: Path
) -> None:
    ferry, both = ask(FOG, "--interview", "ferry"), ask("Who walked to the island?")
    assert ferry["citations"]
    assert both["citations"]
    assert QUOTED.encode() in kept().read_bytes()

    call("remove", "ferry", "--store", store)

    gone = call("history", "show", ferry["conversation"], "--json").json["turns"][0]
    assert (gone["forgotten"], gone["answer"]) == (True, None)
    left = call("history", "show", both["conversation"], "--json").json["turns"][0]
    assert (left["answer"] is None) == any(
        place["interview"]["id"] == "ferry" for place in both["citations"]
    )
    assert QUOTED.encode() not in kept().read_bytes()
    assert "removed for good" in call("history", "show", ferry["conversation"]).out


def test_a_history_that_cannot_forget_stops_the_removal(
    call: Call, ask: Callable[..., Any], store: Path
) -> None:
    ask(FOG)
    with closing(sqlite3.connect(kept())) as connection:
        connection.execute("PRAGMA user_version = 99")

    found = call("remove", "ferry", "--store", store)

    assert found.code == 5
    assert "newer version" in found.complaint
    assert "ferry" in call("list", "--store", store).out


def test_before_the_first_question_there_is_nothing(call: Call) -> None:
    assert (call("history", "list").out, call("history", "list").code) == ("", 0)
    assert call("history", "search", "x", "--json").json["hits"] == []
    for command in (("show", "x"), ("rename", "x", "y"), ("delete", "x"), ("export", "x")):
        found = call("history", *command)
        assert found.code == 2
        assert "no conversation begins with 'x'" in found.complaint
    assert not kept().exists()


def test_reading_the_history_loads_nothing_heavy(ask: Callable[..., Any]) -> None:
    key = ask(FOG)["conversation"]
    code = (
        "import sys\nfrom assistant.cli import run\n"
        f"for c in (['list'], ['search', 'fog'], ['show', {key!r}], ['export', {key!r}]):\n"
        "    assert run(['history', *c]) == 0\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )

    heavy = {"numpy", "chromadb", "llama_index", "openai", "textual", "onnxruntime", "rjieba"}
    assert not set(done.stderr.split()) & heavy
