"""Whatever is given: one clear line each, the right code, and every good file indexed."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.processes import Program, as_anybody, with_small_files
from tests.servers import OpenAIServer

Call = Callable[..., Run]

GOOD = "### Fog\n\n**Mira:** We waited for the fog to lift before we crossed.\n"


def make_directory(path: Path) -> None:
    path.mkdir()


BAD_FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n\t\n", "empty"),
    "binary": (b"\x7fELF\x00\x01\x02" * 100, "binary"),
    "latin": ("Ça va été dit.".encode("latin-1"), "UTF-8"),
    "gbk": ("我们等雾散了才开船。".encode("gbk"), "UTF-8"),
    "utf16-unmarked": ("We waited.".encode("utf-16-le"), "UTF-16 without its mark"),
    "utf16-cut": (("We waited. 雾".encode("utf-16"))[:-1], "not UTF-16 at byte"),
    "utf16-unmarked-zh": (
        "安：我们等雾散了才开船。\n一起走。".encode("utf-16-be"),
        "without its mark",
    ),
    "utf16-binary": ("\ufefftea\x00water".encode("utf-16-le"), "binary"),
    "utf16-empty": ("".encode("utf-16"), "empty"),
    "headings": (b"# Title\n\n## Part\n\n---\n", "no paragraph"),
    "large": (b"a word. " * 6_553_600, "52,428,800 bytes"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named_and_the_others_indexed(
    call: Call, tmp_path: Path, talks: Path, kind: str
) -> None:
    data, reason = BAD_FILES[kind]
    (talks / "bad.md").write_bytes(data)

    found = call("index", talks, "--store", tmp_path / "s")

    assert found.code == 4
    assert str(talks / "bad.md") in found.complaint
    assert reason in found.complaint
    assert "3 interviews" in found.out
    assert "1 not readable" in found.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_marked_file_of_another_encoding_is_read(
    call: Call, tmp_path: Path, encoding: str
) -> None:
    words = "\ufeff" * (encoding == "utf-16-be") + GOOD + "\n**林晓梅：** 我们等雾散了才开船。\r\n"
    (tmp_path / "fog.md").write_bytes(words.encode(encoding))

    found = call("index", tmp_path / "fog.md", "--store", tmp_path / "s")

    assert (found.code, found.err) == (0, "")
    shown = call("show", "fog", "--store", tmp_path / "s").out
    assert "We waited for the fog" in shown
    assert "我们等雾散了才开船。" in shown


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("date: 2026-02-31", "the date '2026-02-31' does not exist; indexed without a date"),
        ("日期: 2026年13月1日", "the date '2026年13月1日' does not exist; indexed without a date"),
        (
            "date: 31 Feb 2026\ncreated: 2026-03-01",
            "the date '31 Feb 2026' does not exist; indexed as of 2026-03-01",
        ),
    ],
)
def test_a_date_that_does_not_exist_is_told_and_the_rest_indexed(
    call: Call, tmp_path: Path, head: str, told: str
) -> None:
    path = tmp_path / "fog.md"
    path.write_text(f"---\ntitle: Fog\n{head}\n---\n\n{GOOD}", encoding="utf-8")

    found = call("index", path, "--store", tmp_path / "s", "--json")

    assert found.code == 0
    assert found.complaint == f"interviews: {path}: {told}"
    assert found.json["warnings"] == [f"{path}: {told}"]
    assert found.json["totals"]["interviews"] == 1


def test_front_matter_that_is_no_yaml_loses_nothing(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text(f"---\ntitle: [unclosed: {{\n\tdate: : :\n---\n\n{GOOD}")

    found = call("index", path, "--store", tmp_path / "s")

    assert found.code in (0, 4)
    assert len(found.err.splitlines()) <= 1
    assert found.code == 4 or "1 interview," in found.out


def test_odd_values_in_front_matter_do_no_harm(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text(
        '---\ntitle: "sur\\ud800rogate \\0 \\e[31mred"\ndate: 2021-13-45\nspeakers: {a: 1}\n'
        f"tags: [1, no, null]\nsource: 7\n---\n\n{GOOD}"
    )
    store = tmp_path / "s"

    assert call("index", path, "--store", store).code == 0
    (listed,) = call("list", "--json", "--store", store).json["interviews"]
    assert listed["date"] is None
    assert "\x1b" not in call("list", "--store", store).out


def test_what_is_missing_is_named_and_the_others_indexed(
    call: Call, tmp_path: Path, talks: Path
) -> None:
    found = call("index", tmp_path / "none", talks, tmp_path / "x.pdf", "--store", tmp_path / "s")

    assert found.code == 4
    assert len(found.err.splitlines()) == 2
    assert "3 interviews" in found.out


def test_nothing_to_index_is_a_wrong_call(call: Call) -> None:
    found = call("index")

    assert found.code == 2
    assert "--sample" in found.complaint


def test_odd_names_are_read_and_shown_on_one_line(call: Call, tmp_path: Path, talks: Path) -> None:
    for name in (
        b"new\nline",
        b"\xff\xfe",
        b"-rf",
        b"\x1b[31mred",
        b"a b\tc",
        "\u202etxt".encode(),
    ):
        Path(os.fsdecode(os.fsencode(talks) + b"/" + name + b".md")).write_text(GOOD)
        Path(os.fsdecode(os.fsencode(talks) + b"/" + name + b"!.md")).touch()
    store = tmp_path / "s"

    found = call("index", talks, "--store", store)

    assert found.code == 4
    assert "9 interviews" in found.out
    assert len(found.err.splitlines()) == 6
    assert not set(found.err) & {"\x1b", "\u202e", "\t"}
    ids = [i["id"] for i in call("list", "--json", "--store", store).json["interviews"]]
    for key in ids:
        assert call("show", key, "--json", "--store", store).json["interview"]["id"] == key
    assert call("index", talks, "--json", "--store", store).json["unchanged"] == 9


def test_a_name_with_a_leading_dash_can_be_given(program: Program, tmp_path: Path) -> None:
    (program.folder / "-v.md").write_text(GOOD)

    found = program.run("index", "--store", tmp_path / "s", "--", "-v.md")

    assert found.returncode == 0
    assert "1 interview," in found.stdout


def test_loops_of_links_end(call: Call, tmp_path: Path, talks: Path) -> None:
    (talks / "up").symlink_to(talks)
    (talks / "loop.md").symlink_to("loop.md")

    found = call("index", talks, "--store", tmp_path / "s")

    assert found.code == 4
    assert "loop.md" in found.complaint
    assert "3 interviews" in found.out


def test_pipes_and_folders_named_like_transcripts_are_left_alone(
    call: Call, tmp_path: Path, talks: Path
) -> None:
    os.mkfifo(talks / "pipe.md")
    (talks / "folder.md").mkdir()

    found = call("index", talks, "--store", tmp_path / "s")

    assert found.code == 4
    assert "not a regular file" in found.complaint


def test_files_and_folders_one_may_not_read_are_named(
    program: Program, tmp_path: Path, talks: Path
) -> None:
    (talks / "closed").mkdir()
    (talks / "closed" / "in.md").write_text(GOOD)
    (talks / "closed").chmod(0)
    (talks / "secret.md").write_text(GOOD)
    (talks / "secret.md").chmod(0)

    found = program.run("index", talks, "--store", tmp_path / "s", preexec_fn=as_anybody)
    (talks / "closed").chmod(0o700)

    assert found.returncode == 4
    assert len(found.stderr.splitlines()) == 2
    assert found.stderr.count("Permission denied") == 2
    assert "3 interviews" in found.stdout


def test_what_could_not_be_looked_at_is_not_taken_for_gone(
    program: Program, tmp_path: Path, talks: Path
) -> None:
    (talks / "closed").mkdir()
    (talks / "closed" / "in.md").write_text(GOOD)
    program.run("index", talks, "--store", tmp_path / "s", check=True)
    (talks / "closed").chmod(0)

    found = program.run("index", talks, "--store", tmp_path / "s", preexec_fn=as_anybody)
    (talks / "closed").chmod(0o700)

    assert "4 interviews" in found.stdout


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param(" \n\t\u3000", "is empty", id="blank"),
        pytest.param("为" * 100_000, "longer than 20,000 characters", id="long"),
    ],
)
def test_a_question_must_be_one(
    call: Call, sample_store: Path, command: str, words: str, reason: str
) -> None:
    found = call(command, words, "--store", sample_store)

    assert found.code == 2
    assert reason in found.complaint


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(os.fsdecode(b"caf\xff tea"), id="bytes that are not UTF-8"),
        pytest.param("tea \ud800", id="lone surrogate"),
        pytest.param("\x00", id="zero"),
        pytest.param("\x1b[2J tea \u202e", id="marks a terminal obeys"),
        pytest.param("'\"; DROP TABLE texts; -- * OR NEAR(", id="languages of databases"),
        pytest.param("。！？…", id="stops only"),
        pytest.param("🍵" * 500, id="pictures only"),
        pytest.param("a" * 20_000, id="one endless word"),
    ],
)
def test_odd_questions_are_answered_or_not(
    call: Call, sample_store: Path, command: str, words: str
) -> None:
    found = call(command, words, "--json", "--store", sample_store)

    assert found.code in (0, 3)
    assert found.json["schema"] == 1
    read = call(command, words, "--store", sample_store)
    assert "\x1b" not in read.out + read.err


def test_a_question_that_is_not_utf_8_on_stdin_is_refused(
    program: Program, sample_store: Path
) -> None:
    found = program.run("ask", "-", "--store", sample_store, text="\udcff\udcfe")

    assert found.returncode == 2
    assert found.stderr == "interviews: the question - is not UTF-8 (byte 0)\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("search",), "give a query"),
        (("search", "a", "--batch", "b"), "give a query"),
        (("search", "--batch", "nowhere"), "No such file"),
        (("search", "a", "-k", "0"), "range"),
        (("ask",), "QUESTION"),
        (("nonsense",), "nonsense"),
        (("list", "--colour"), "--colour"),
        (("list", "--store", ""), "--store"),
        (("show", "no:such"), "no:such"),
        (("remove", "nobody"), "nobody"),
        (("remove", "--undo", "nobody"), "nobody"),
        (("completion", "dos"), "dos"),
    ],
)
def test_a_wrong_call_is_explained_in_one_line(
    call: Call, store: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], reason: str
) -> None:
    monkeypatch.setenv("INTERVIEWS_STORE", str(store))

    found = call(*arguments)

    assert (found.code, found.out) == (2, "")
    assert reason in found.complaint


@pytest.mark.parametrize("foreign", ["folder", "database", "file", "text"])
def test_what_is_not_a_store_is_left_alone(
    call: Call, tmp_path: Path, talks: Path, foreign: str
) -> None:
    store = tmp_path / "mine"
    if foreign == "file":
        store.write_text("mine")
    else:
        store.mkdir()
    if foreign == "folder":
        (store / "diary.txt").write_text("mine")
    elif foreign == "text":
        (store / "interviews.sqlite").write_text("mine " * 999)
    elif foreign == "database":
        with sqlite3.connect(store / "interviews.sqlite") as connection:
            connection.execute("CREATE TABLE mine (x)")
        connection.close()
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}

    found = call("index", talks, "--store", store)

    assert (found.code, found.out) == (5, "")
    assert str(store) in found.complaint
    assert {path: path.read_bytes() for path in before} == before
    assert call("list", "--store", store).code == 5


def test_a_store_of_another_version_or_embedder_is_refused(call: Call, store: Path) -> None:
    path = store / "interviews.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'other' WHERE key = 'fingerprint'")
    connection.close()
    for refusing in (("ask", "tea"), ("search", "tea"), ("index", "--sample")):
        refused = call(*refusing, "--store", store)
        assert refused.code == 5
        assert "--rebuild" in refused.complaint
    assert call("index", "--rebuild", "--store", store).code == 0
    assert call("search", "tea", "--store", store).code == 0

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 77")
    connection.close()
    for command in (("ask", "tea"), ("list",), ("index", "--sample"), ("remove", "x")):
        refused = call(*command, "--store", store)
        assert refused.code == 5
        assert "77" in refused.complaint


def test_a_store_one_may_not_write_is_still_read(
    program: Program, store: Path, talks: Path
) -> None:
    every = [store, *store.rglob("*")]
    for path in every:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        asked = program.run("search", "tea 茶", "--json", "--store", store, preexec_fn=as_anybody)
        listed = program.run("list", "--store", store, preexec_fn=as_anybody)
        written = program.run("index", talks, "--store", store, preexec_fn=as_anybody)
        made = program.run("index", talks, "--store", store / "deep", preexec_fn=as_anybody)
    finally:
        for path in every:
            path.chmod(path.stat().st_mode | 0o200)

    assert (listed.returncode, listed.stderr) == (0, "")
    assert asked.returncode == 0
    assert '"rank": 1' in asked.stdout
    assert len(asked.stderr.splitlines()) <= 1
    for refused in (written, made):
        assert refused.returncode == 5
        assert refused.stdout == ""
        assert len(refused.stderr.splitlines()) == 1
        assert "--store" in refused.stderr


@pytest.mark.parametrize(
    "room",
    [
        30_000,
        *(pytest.param(room, marks=pytest.mark.slow) for room in (200_000, 700_000)),
    ],
)
def test_a_full_disk_is_said_and_leaves_the_index_as_it_was(
    program: Program, store: Path, talks: Path, room: int
) -> None:
    before = program.run("search", "tea 茶", "--json", "--store", store).stdout
    (talks / "long.md").write_text(
        "".join(f"**Mira:** Sentence {n} is about the fog and the ferry.\n\n" for n in range(400))
    )

    full = program.run("index", talks, "--store", store, preexec_fn=with_small_files(room))

    assert full.returncode == 5
    assert full.stdout == ""
    assert len(full.stderr.splitlines()) == 1
    assert str(store) in full.stderr
    assert program.run("search", "tea 茶", "--json", "--store", store).stdout == before
    again = program.run("index", talks, "--store", store)
    assert again.returncode == 0
    assert "4 added" in again.stdout
    assert len(list((store / "chroma").iterdir())) == 1


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("store = 7", "store"),
        ("stor = 'x'", "stor"),
        ("chunk_tokens = 0", "chunk_tokens"),
        ("chunk_tokens = true", "chunk_tokens"),
        ("= nonsense", "cannot be read"),
        ("embedder = 'nobody'", "nobody"),
    ],
)
def test_a_configuration_that_is_wrong_is_named(
    call: Call, tmp_path: Path, talks: Path, toml: str, reason: str
) -> None:
    (tmp_path / "no-config.toml").write_text(toml)

    found = call("index", talks)

    assert found.code == 2
    assert reason in found.complaint


def test_an_empty_path_is_not_the_current_folder(call: Callable[..., Run], tmp_path: Path) -> None:
    found = call("index", "", "--store", tmp_path / "s")

    assert found.code == 2
    assert "a path is empty" in found.err


@pytest.mark.parametrize("name", ["scans", "扫描件"])
def test_a_folder_without_transcripts_says_what_is_read(
    call: Call, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "talk.pdf").write_bytes(b"%PDF")

    found = call("index", folder, "--store", tmp_path / "s")

    assert found.code == 0
    assert found.complaint == f"interviews: {folder} holds no transcript; read are: *.md, *.txt"


def test_another_embedder_is_refused_before_anything_is_sent(call: Call, store: Path) -> None:
    with OpenAIServer() as server:
        found = call("index", "--sample", "--embedder", f"{server.address}#toy", "--store", store)

        assert found.code == 5
        assert "--rebuild" in found.complaint
        assert server.requests == []


def test_an_empty_store_says_so(call: Call, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    store = tmp_path / "s"
    call("index", tmp_path / "none", "--store", store)

    for command in ("list", "status"):
        found = call(command, "--store", store)
        assert found.code == 0
        assert found.complaint.endswith(f"{store} holds no interview; run: interviews index FOLDER")
        assert "None" not in found.out
    assert call("list", "--json", "--store", store).json["interviews"] == []
    assert call("status", "--json", "--store", store).json["dimension"] is None


def test_a_damaged_store_says_what_to_do(call: Call, store: Path) -> None:
    path = store / "interviews.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x07" * (len(data) - 4096))

    for command in (("list",), ("ask", "茶"), ("index", "--sample")):
        found = call(*command, "--store", store)
        assert found.code == 5
        assert str(store) in found.complaint
        assert "move that folder away and run: interviews index" in found.complaint


@pytest.mark.parametrize(("arguments", "named"), [((), ""), (("dos",), ", not 'dos'")])
def test_completion_names_the_shells(call: Call, arguments: tuple[str, ...], named: str) -> None:
    found = call("completion", *arguments)

    assert (found.code, found.out) == (2, "")
    assert found.complaint == f"interviews: name your shell: bash, zsh or fish{named}"


@pytest.mark.parametrize("name", ["two\nlines", "两\n行"])
def test_a_line_end_in_a_name_breaks_no_line_of_the_list(
    call: Call, tmp_path: Path, talks: Path, name: str
) -> None:
    (talks / f"{name}.md").write_text(GOOD)
    store = tmp_path / "s"
    call("index", talks, "--store", store)

    listed = call("list", "--store", store).out

    assert len(listed.splitlines()) == 4
    assert name.replace("\n", " ") in listed


def test_a_store_read_by_another_version_is_read_again_and_it_is_said(
    call: Call, store: Path
) -> None:
    with sqlite3.connect(store / "interviews.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'parser'")
    connection.close()

    found = call("index", "--sample", "--store", store)

    assert found.code == 0
    assert "another version had read these transcripts" in found.complaint
    assert "18 read again and unchanged" in found.out
    assert call("index", "--sample", "--store", store).err == ""


@pytest.mark.parametrize("name", ["\udcff", "渡口\udcff"])
def test_a_name_that_is_no_text_is_called_nothing(
    call: Call, tmp_path: Path, talks: Path, name: str
) -> None:
    call("index", talks, "--store", tmp_path / "s")

    found = call("show", name, "--store", tmp_path / "s")

    assert found.code == 2
    assert "nothing is called" in found.complaint
