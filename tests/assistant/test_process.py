"""The program among others: terminals, pipes, signals, shells, and what it imports."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.processes import COMMAND, ROOT, Program

Call = Callable[..., Run]

HEAVY = {"chromadb", "llama_index", "openai", "textual", "numpy"}
COMMANDS = (
    ["index"],
    ["search"],
    ["ask"],
    ["list"],
    ["show"],
    ["remove"],
    ["status"],
    ["config", "path"],
    ["config", "show"],
    ["completion"],
)


def imported(*arguments: str | Path) -> set[str]:
    """Return the top-level modules that a command loads, in a fresh interpreter."""
    code = (
        "import sys\nfrom assistant.cli import run\ncode = run(sys.argv[1:])\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(done.stderr.split())


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """Return what a command shows on a terminal of its own."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm-256color"} | environment,
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal nobody writes to any more with EIO
        while data := os.read(leader, 65_536):
            shown += data
    process.wait()
    os.close(leader)
    return shown.decode()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of a transcript full of marks that a terminal would obey."""
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "hostile.md"
    path.write_text(
        '---\ntitle: "Innocent \\e]0;owned\\a title"\nsource: "https://x.org/\\e[8m"\n---\n\n'
        "### Tea \x1b[2J \u202egnidaeh\n\n"
        "**Ev\x1b[31mil\u200f:** Tea \x1b[1;31mred\x07 \x9b2K\u2066hidden\u2069 \x1b]8;;http://evil\x1b\\link.\n",
        encoding="utf-8",
    )
    Program().run("index", path, "--store", folder / "store", check=True)
    return folder / "store"


def test_help_loads_nothing_heavy() -> None:
    assert not imported("--help") & HEAVY
    assert not imported("index", "--help") & HEAVY


@pytest.mark.parametrize("command", ["list", "status", "show"])
def test_browsing_loads_no_chroma_and_no_model(sample_store: Path, command: str) -> None:
    names = ["tea-01-gu-nanzhi"] if command == "show" else []

    loaded = imported(command, *names, "--store", sample_store)

    assert not loaded & (HEAVY - {"numpy"} | {"tiktoken", "rjieba", "markdown_it"})


def test_asking_loads_no_model_library(sample_store: Path) -> None:
    loaded = imported("search", "tea", "--store", sample_store)

    assert not loaded & {"llama_index", "openai", "textual", "tiktoken", "markdown_it"}


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_every_help_has_examples(call: Call, command: list[str]) -> None:
    found = call(*command, "--help")

    assert (found.code, found.err) == (0, "")
    assert "Usage: interviews" in found.out
    if not command:
        assert "Exit codes" in found.out
        assert "interviews index" in found.out
    else:
        assert f"interviews {command[0]}" in found.out.split("Examples:")[1]


def test_the_version_is_printed(call: Call) -> None:
    assert call("--version").out.startswith("interviews, version ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(call: Call, shell: str) -> None:
    found = call("completion", shell)

    assert found.code == 0
    assert "_INTERVIEWS_COMPLETE" in found.out


def test_the_shell_is_told_what_could_follow(program: Program) -> None:
    asking = {
        "_INTERVIEWS_COMPLETE": "bash_complete",
        "COMP_WORDS": "interviews se",
        "COMP_CWORD": "1",
    }

    assert program.run(environment=asking).stdout == "plain,search\n"


def test_config_names_its_file_and_its_values(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "no-config.toml"
    assert call("config", "path").out == f"{path}\n"
    path.write_text("chunk_tokens = 99\nstore = '~/mine'")

    values = call("config", "show", "--store", "/tmp/other", "--json").json["settings"]

    assert values["chunk_tokens"] == 99
    assert values["store"] == "/tmp/other"


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("show", "hostile"), ("ask", "tea"), ("search", "tea"), ("status",)],
    ids=lambda arguments: arguments[0],
)
def test_a_transcript_moves_no_cursor(hostile: Path, arguments: tuple[str, ...]) -> None:
    shown = on_a_terminal(*arguments, "--store", hostile)

    assert not set(shown) & set("\x07\x1b\x9b\u202e\u200f\u2066\u2069")


def test_json_gives_the_words_as_they_are_stored(call: Call, hostile: Path) -> None:
    (hit,) = call("search", "tea", "--json", "-k", "1", "--store", hostile).json["hits"]

    assert "link" in json.dumps(hit["texts"])


@pytest.mark.slow
def test_progress_is_for_terminals_only(tmp_path: Path, talks: Path) -> None:
    shown = on_a_terminal("index", talks, "--store", tmp_path / "a")
    assert "3/3" in shown
    assert "/s" in shown
    assert "3 interviews" in shown.splitlines()[-1]
    plain = on_a_terminal("index", talks, "--store", tmp_path / "c", NO_COLOR="1")
    assert "\x1b" not in plain

    piped = Program().run("index", talks, "--store", tmp_path / "b")
    assert piped.stderr == ""
    assert "\x1b" not in piped.stdout


def test_a_reader_that_goes_away_is_no_failure(program: Program, sample_store: Path) -> None:
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as deaf:
        deaf.wait()
        process = program.start("list", "--store", sample_store, stdout=deaf.stdin)
        _, complaint = process.communicate()

    assert process.returncode == 0
    assert complaint == ""


def test_an_answer_comes_before_the_next_question_is_asked(
    program: Program, sample_store: Path
) -> None:
    process = program.start("search", "--batch", "-", "--json", "-k", "1", "--store", sample_store)
    assert process.stdin is not None
    assert process.stdout is not None
    for query in ("tea", "茶"):
        process.stdin.write(f"{query}\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["query"] == query
    process.stdin.close()
    assert process.wait() == 0


def test_an_interrupt_ends_with_130_in_one_line(program: Program, sample_store: Path) -> None:
    process = program.start("search", "--batch", "-", "--json", "--store", sample_store)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("tea\n")
    process.stdin.flush()
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate()

    assert process.returncode == 130
    assert complaint == "interviews: interrupted\n"


def test_an_interrupted_index_changes_nothing(program: Program, tmp_path: Path) -> None:
    folder, store = tmp_path / "many", tmp_path / "store"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n}.md").write_text(
            f"### Fog {n}\n\nWe waited {n} hours for the fog to lift.\n"
        )
    program.run("index", folder / "0.md", "--store", store, check=True)
    leader, follower = pty.openpty()
    process = program.start("index", folder, "--store", store, stderr=follower)
    os.read(leader, 1)  # the first sign of progress: it is in the middle of it

    process.send_signal(signal.SIGINT)
    process.wait()
    os.close(follower)
    os.close(leader)

    assert process.returncode == 130
    listed = program.run("list", "--json", "--store", store)
    assert len(json.loads(listed.stdout)["interviews"]) == 1
    assert len(list((store / "chroma").iterdir())) == 1


def test_a_bug_of_ours_is_one_line_and_70(call: Call, tmp_path: Path, talks: Path) -> None:
    store = tmp_path / "s"
    call("index", talks, "--store", store)
    with contextlib.closing(
        __import__("sqlite3").connect(store / "interviews.sqlite")
    ) as connection:
        connection.execute("UPDATE interviews SET speakers = 'no json'")
        connection.commit()

    found = call("list", "--store", store)

    assert found.code == 70
    assert "bug of ours" in found.complaint


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_chinese_is_printed_whatever_the_locale(
    program: Program, sample_store: Path, encoding: str
) -> None:
    there = {"PYTHONIOENCODING": encoding, "LC_ALL": "C"}

    found = program.run("search", "茶", "-k", "1", "--store", sample_store, environment=there)

    assert found.returncode == 0
    assert "茶" in found.stdout
