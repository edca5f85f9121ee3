"""Pipes, full disks, endless input, `-`, marks in JSON, and locales that know ASCII only."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.processes import COMMAND, Program

Call = Callable[..., Run]

ASCII_ONLY = {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    "arguments", [("list",), ("list", "--json"), ("--help",), ("ask", "茶", "--json")]
)
def test_a_full_disk_is_one_line_and_74(
    program: Program, sample_store: Path, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        found = program.run(
            *arguments, stdout=full, environment={"INTERVIEWS_STORE": str(sample_store)}
        )

    assert found.returncode == 74
    assert found.stderr == ("interviews: the output cannot be written: No space left on device\n")


def test_a_complaint_that_nobody_takes_changes_no_exit_code(
    program: Program, sample_store: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        found = program.run("show", "nothing", "--store", sample_store, stderr=full)

    assert found.returncode == 2


@pytest.mark.parametrize("command", ["ask", "search", "show", "check"])
def test_input_without_an_end_is_refused(
    program: Program, sample_store: Path, command: str
) -> None:
    process = program.start(command, "-", "--store", sample_store)
    assert process.stdin is not None
    block = "是 yes " * 10_000
    written = 0
    with suppress(BrokenPipeError):
        while written < 100_000_000:
            written += process.stdin.write(block)

    assert written < 100_000_000

    assert process.wait() == 2
    assert process.stderr is not None
    assert "longer than" in process.stderr.read()


def test_a_batch_skips_a_line_too_long_and_goes_on(program: Program, sample_store: Path) -> None:
    text = "茶" * 100_000 + "\ntea\n"

    found = program.run(
        "search", "--batch", "-", "-k", "1", "--json", "--store", sample_store, text=text
    )

    long, tea = (json.loads(line) for line in found.stdout.splitlines())
    assert (long["hits"], tea["query"], len(tea["hits"])) == ([], "tea", 1)
    assert "line 1 is longer than 20,000 characters" in found.stderr


def test_a_batch_line_without_an_end_is_refused(program: Program, sample_store: Path) -> None:
    found = program.run("search", "--batch", "-", "--store", sample_store, text="a" * 5_000_000)

    assert found.returncode == 2
    assert "a line without an end" in found.stderr


def test_what_to_show_may_come_from_stdin(program: Program, sample_store: Path) -> None:
    listed = program.run("list", "--json", "--store", sample_store)
    name = json.loads(listed.stdout)["interviews"][0]["id"]

    found = program.run("show", "-", "--json", "--store", sample_store, text=f"{name}\n")

    assert json.loads(found.stdout)["interview"]["id"] == name


@pytest.mark.parametrize(
    "arguments",
    [("index", "-"), ("eval", "new", "-"), ("eval", "--junit", "-")],
)
def test_a_dash_is_no_file(call: Call, arguments: tuple[str, ...]) -> None:
    found = call(*arguments)

    assert (found.code, found.out) == (2, "")
    assert "./- is a file called -" in found.complaint
    assert not Path("-").exists()


@pytest.mark.parametrize("words", ["the fog \u202e lifted \x9b31m", "雾\u2066散了\x85\u200f"])
def test_json_holds_no_mark_that_a_terminal_obeys(
    call: Call, sample_store: Path, words: str
) -> None:
    for command in ("search", "ask"):
        found = call(command, words, "--json", "--store", sample_store)

        assert found.json["query" if command == "search" else "question"] == words.strip()
        assert not set(found.out) & set("\u202e\x9b\u2066\x85\u200f")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "茶", "--speaker", "顾南枝", "-k", "1"), "顾南枝"),
        (("ask", "录音师为什么说噪音就是地址？"), "Noise is the"),
        (("check", "草稿.md"), "the draft 草稿.md cannot be read"),
    ],
)
def test_chinese_is_read_and_printed_where_the_locale_knows_ascii_only(
    sample_store: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    environment = os.environ | ASCII_ONLY | {"INTERVIEWS_STORE": str(sample_store)}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])

    found = subprocess.run(
        [os.fsencode(word) for word in (*COMMAND, *arguments)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert said in (found.stdout + found.stderr).decode("utf-8")


def test_chinese_folders_are_indexed_where_the_locale_knows_ascii_only(
    talks: Path, tmp_path: Path
) -> None:
    folder = talks.rename(tmp_path / "谈话")
    arguments = ("index", str(folder), "--store", str(tmp_path / "库"))
    command = [os.fsencode(word) for word in (*COMMAND, *arguments)]
    environment = os.environ | ASCII_ONLY | {"PYTHONPATH": str(Path(__file__).parents[2])}

    made = subprocess.run(command, env=environment, capture_output=True, check=True)

    assert b"3 added" in made.stdout
    assert (tmp_path / "库" / "interviews.sqlite").exists()
    assert sys.getfilesystemencoding() == "utf-8"
