"""What scripts rely on: the keys, types and codes of every command, on the bundled sample."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.processes import Program

Call = Callable[..., Run]

QUESTION = "Why did she choose iron for the battery?"
FRAGE = "为什么电池用铁？"

SUMMARY = {
    "id": str,
    "title": str,
    "date": (str, type(None)),
    "source": (str, type(None)),
    "path": str,
    "speakers": list,
    "languages": list,
    "sections": int,
    "paragraphs": int,
}
PLACE = {
    "paragraph": str,
    "interview": dict,
    "section": dict,
    "role": str,
    "speaker": (str, type(None)),
    "texts": dict,
}


def has(values: dict[str, Any], shape: dict[str, Any]) -> None:
    """Check that values have these keys, of these types; more keys are allowed."""
    assert shape.keys() <= values.keys()
    for key, kind in shape.items():
        assert isinstance(values[key], kind), key


def is_place(values: dict[str, Any]) -> None:
    has(values, PLACE)
    interview, section = values["interview"], values["section"]
    has(interview, {key: SUMMARY[key] for key in ("id", "title", "date", "source", "path")})
    has(section, {"index": int, "heading": str})
    assert values["role"] in ("speech", "editor")
    assert values["texts"]
    assert values["texts"].keys() <= {"en", "zh"}


def test_list(call: Call, sample_store: Path) -> None:
    found = call("list", "--json", "--store", sample_store)

    assert (found.code, found.err) == (0, "")
    assert found.json.keys() == {"schema", "interviews"}
    assert found.json["schema"] == 1
    assert len(found.json["interviews"]) >= 3
    for interview in found.json["interviews"]:
        assert interview.keys() == SUMMARY.keys()
        has(interview, SUMMARY)
        assert set(interview["languages"]) <= {"en", "zh"}
        assert Path(interview["path"]).is_absolute()


def test_show_gives_every_paragraph_of_an_interview(call: Call, sample_store: Path) -> None:
    for summary in call("list", "--json", "--store", sample_store).json["interviews"]:
        shown = call("show", summary["id"], "--json", "--store", sample_store).json

        has(shown, {"schema": int, "interview": dict, "sections": list})
        has(shown["interview"], SUMMARY)
        indexes = [section["index"] for section in shown["sections"]]
        assert indexes == sorted(set(indexes))
        assert all(index >= 0 for index in indexes)
        paragraphs = [p for section in shown["sections"] for p in section["paragraphs"]]
        assert len(paragraphs) == summary["paragraphs"] == len({p["paragraph"] for p in paragraphs})
        for paragraph in paragraphs:
            has(paragraph, {key: PLACE[key] for key in ("paragraph", "role", "speaker", "texts")})


def test_show_gives_a_paragraph_with_what_is_around_it(call: Call, sample_store: Path) -> None:
    (hit,) = call("search", QUESTION, "-k", "1", "--json", "--store", sample_store).json["hits"]

    shown = call("show", hit["paragraph"], "--json", "--store", sample_store).json

    is_place(shown)
    assert shown["texts"] == hit["texts"]
    assert shown["paragraph"] in [p["paragraph"] for p in shown["around"]]


@pytest.mark.parametrize("query", [QUESTION, FRAGE, "battery 电池"])
def test_search(call: Call, sample_store: Path, query: str) -> None:
    found = call("search", query, "-k", "5", "--json", "--store", sample_store)

    assert found.code == 0
    assert found.json.keys() == {"schema", "query", "hits"}
    assert (found.json["schema"], found.json["query"]) == (1, query)
    hits = found.json["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert len({hit["paragraph"] for hit in hits}) == 5
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        is_place(hit)


def test_search_gives_whole_paragraphs_as_show_does(call: Call, sample_store: Path) -> None:
    hits = call("search", FRAGE, "-k", "9", "--json", "--store", sample_store).json["hits"]
    for hit in hits:
        shown = call("show", hit["interview"]["id"], "--json", "--store", sample_store).json
        (section,) = [s for s in shown["sections"] if s["index"] == hit["section"]["index"]]
        assert section["heading"] == hit["section"]["heading"]
        (paragraph,) = [p for p in section["paragraphs"] if p["paragraph"] == hit["paragraph"]]
        assert paragraph["texts"] == hit["texts"]


def test_a_batch_gives_one_object_a_line_in_order(
    call: Call, sample_store: Path, tmp_path: Path
) -> None:
    lines = [QUESTION, FRAGE, "tea\u2028leaves", "", "x" * 30_000, "茶"]
    (tmp_path / "queries").write_bytes("\r\n".join(lines).encode() + b"\n\xff\xfe tea\n")

    found = call(
        "search", "--batch", tmp_path / "queries", "--json", "-k", "2", "--store", sample_store
    )

    answers = [json.loads(line) for line in found.out.split("\n")[:-1]]
    assert found.code == 0
    assert [answer["query"] for answer in answers[:4]] == lines[:4]
    assert [len(answer["hits"]) for answer in answers] == [2, 2, 2, 0, 0, 2, 2]
    assert len(found.err.splitlines()) == 2


def test_a_batch_is_the_searches_one_by_one(call: Call, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "queries").write_text(f"{QUESTION}\n{FRAGE}")
    batch = call("search", "--batch", tmp_path / "queries", "--json", "--store", sample_store)

    alone = [call("search", q, "--json", "--store", sample_store).out for q in (QUESTION, FRAGE)]

    assert batch.out == "".join(alone)


def test_no_hit_is_an_empty_list_and_no_failure(call: Call, tmp_path: Path, talks: Path) -> None:
    call("index", talks / "ferry.md", "--store", tmp_path / "s")

    found = call("search", "？？？", "--json", "--store", tmp_path / "s")

    assert found.code == 0
    assert isinstance(found.json["hits"], list)


@pytest.mark.parametrize("question", [QUESTION, FRAGE, "Who won the lunar chess cup in 1802?"])
def test_ask(call: Call, sample_store: Path, question: str) -> None:
    found = call("ask", question, "--json", "--store", sample_store)
    answer = found.json

    assert answer.keys() == {
        "schema",
        "question",
        "language",
        "outcome",
        "mode",
        "answer",
        "sentences",
        "citations",
        "abstention",
        "seconds",
        "conversation",
    }
    assert (answer["schema"], answer["question"], answer["mode"]) == (1, question, "extractive")
    assert answer["language"] == ("en" if question.isascii() else "zh")
    assert answer["outcome"] in ("answered", "partial", "abstained")
    assert found.code == (3 if answer["outcome"] == "abstained" else 0)
    assert (answer["abstention"] is None) == (answer["outcome"] == "answered")
    has(answer, {"answer": str, "seconds": float})
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer["citations"]:
        is_place(citation)
        assert any(citation["quote"] in text for text in citation["texts"].values())
    for sentence in answer["sentences"]:
        assert sentence.keys() == {"text", "citations", "cited_by", "verdict", "reasons"}
        assert sentence["verdict"] in ("supported", "partly", "unsupported", "unverifiable")
        assert set(sentence["citations"]) <= set(numbers)
        assert sentence["text"] in answer["answer"]
    if answer["abstention"] is not None:
        has(answer["abstention"], {"searched": dict, "nearest": list, "missing": str})
        for place in answer["abstention"]["nearest"]:
            is_place(place)


@pytest.mark.parametrize(
    ("arguments", "key", "expected"),
    [
        (("ask", "-"), "question", [FRAGE]),
        (("search", "-"), "query", [FRAGE]),
        (("search", "--batch", "-"), "query", [FRAGE, "tea"]),
    ],
)
def test_a_dash_is_stdin(
    program: Program, sample_store: Path, arguments: list[str], key: str, expected: list[str]
) -> None:
    given = "\n".join(expected)

    found = program.run(*arguments, "--json", "--store", sample_store, text=f"{given}\n")

    assert [json.loads(line)[key] for line in found.stdout.splitlines()] == expected


def test_index_says_what_it_did(call: Call, tmp_path: Path, talks: Path) -> None:
    store = tmp_path / "s"
    first = call("index", talks, "--json", "--store", store).json
    has(first, {"schema": int, "added": list, "totals": dict, "texts": dict, "seconds": float})
    assert first["added"] == ["both", "ferry", "渡轮"]

    again = call("index", talks, "--store", store)
    assert again.code == 0
    (line,) = again.out.splitlines()
    for part in (
        "3 interviews",
        "3 sections",
        "7 paragraphs",
        "4 en",
        "4 zh",
        "nothing changed",
        " s",
    ):
        assert part in line


def test_remove_and_undo(call: Call, tmp_path: Path, talks: Path) -> None:
    store = tmp_path / "s"
    call("index", talks, "--store", store)

    assert call("remove", "ferry", "--json", "--store", store).json["removed"] is True
    assert call("show", "ferry", "--store", store).code == 2
    kept_out = call("index", talks, "--store", store)
    assert "remove --undo ferry" in kept_out.complaint
    assert call("remove", "--undo", "ferry", "--json", "--store", store).json["removed"] is False
    assert call("index", talks, "--json", "--store", store).json["added"] == ["ferry"]


def test_status(call: Call, sample_store: Path) -> None:
    found = call("status", "--json", "--store", sample_store).json

    has(found, {"schema": int, "store": str, "totals": dict, "texts": dict, "embedder": str})
    assert found["totals"]["interviews"] == len(
        call("list", "--json", "--store", sample_store).json["interviews"]
    )


@pytest.mark.parametrize("command", ["list", "status"])
def test_people_read_text(call: Call, sample_store: Path, command: str) -> None:
    found = call(command, "--store", sample_store)

    assert (found.code, found.err) == (0, "")
    assert "\x1b" not in found.out


def test_an_answer_for_people_says_no_model_wrote_it(call: Call, sample_store: Path) -> None:
    for question in (QUESTION, FRAGE):
        found = call("ask", question, "--store", sample_store)
        if found.code == 0:
            assert "no model" in found.out or "没有模型" in found.out
            assert "[1]" in found.out


@pytest.mark.parametrize("command", ["ask", "search", "list", "show", "status", "remove"])
def test_before_anything_was_indexed_the_next_command_is_named(
    call: Call, tmp_path: Path, command: str
) -> None:
    words = [] if command in ("list", "status") else ["something"]

    found = call(command, *words, "--store", tmp_path / "none")

    assert found.code == 5
    assert "interviews index" in found.complaint
    assert not (tmp_path / "none").exists()


def test_a_store_without_an_interview_says_so(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    call("index", tmp_path / "empty", "--store", tmp_path / "s")

    assert call("list", "--json", "--store", tmp_path / "s").json["interviews"] == []
    asked = call("ask", "anything", "--store", tmp_path / "s")
    assert asked.code == 5
    assert "interviews index" in asked.complaint
