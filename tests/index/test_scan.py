"""Which files a call means, and what their interviews are called."""

import os
from pathlib import Path

import pytest

from index.scan import as_key, interview_id, scan, show


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("talk", "talk", id="plain"),
        pytest.param("2024/jensen huang", "2024/jensen-huang", id="folder and blank"),
        pytest.param("专访：黄仁勋（上）", "专访-黄仁勋-上", id="Chinese"),
        pytest.param("Cafe\u0301", "Café", id="composed"),
        pytest.param("000_01555235679d2e6a", "000_01555235679d2e6a", id="seed"),
        pytest.param("--force", "force", id="leading dashes"),
        pytest.param("../..", "interview", id="nothing left"),
        pytest.param("a\nb\x1b[31m\u202ec", "a-b-31m-c", id="control marks"),
        pytest.param("a:b#c", "a-b-c", id="the marks of paragraphs and chunks"),
        pytest.param("🎙️", "interview", id="pictures"),
    ],
)
def test_an_id_is_what_is_readable_of_the_name(name: str, expected: str) -> None:
    assert interview_id(name, ()) == expected


def test_names_that_come_to_the_same_get_different_ids() -> None:
    taken: list[str] = []
    for name in ("a b", "a-b", "a/b", "a b", "a b"):
        taken.append(interview_id(name, taken))

    assert len(set(taken)) == 5
    assert taken[0] == "a-b"
    assert all(key.startswith(("a-b", "a/b")) for key in taken)


def test_a_long_name_is_cut_and_told_apart_by_its_end() -> None:
    first, second = (interview_id(f"{'长' * 200}{end}", ()) for end in "ab")

    assert len(first) <= 90
    assert first != second


def test_an_id_depends_on_nothing_but_the_name() -> None:
    assert interview_id("长" * 200, ()) == interview_id("长" * 200, ["other"])


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_folder_is_walked_for_transcripts_only(tmp_path: Path) -> None:
    touch(tmp_path, "b.md", "a.TXT", "deep/er/访谈.md", "c.pdf", ".hidden.md", ".git/d.md", "md")

    found = scan([tmp_path])

    assert [file.name for file in found.files] == ["a", "b", "deep/er/访谈"]
    assert found.folders == (str(tmp_path),)
    assert found.errors == ()


def test_a_file_reached_twice_is_found_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.md")
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "again").symlink_to(tmp_path)

    found = scan([tmp_path, tmp_path / "a.md", tmp_path / "again" / "a.md"])

    assert [file.path for file in found.files] == [str(tmp_path / "a.md")]


def test_loops_of_links_end(tmp_path: Path) -> None:
    touch(tmp_path, "deep/a.md")
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "x.md").symlink_to("y.md")
    (tmp_path / "y.md").symlink_to("x.md")

    found = scan([tmp_path])

    assert [file.name for file in found.files] == ["deep/a"]
    assert len(found.errors) == 2
    assert all("symbolic links" in str(error) for error in found.errors)


def test_what_is_not_there_or_no_transcript_is_an_error_of_its_own(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", "b.pdf")
    (tmp_path / "broken.md").symlink_to("nowhere")

    found = scan([tmp_path / "none", tmp_path / "b.pdf", tmp_path])

    assert [file.name for file in found.files] == ["a"]
    assert [str(error).removeprefix(f"{tmp_path}/") for error in found.errors] == [
        "none: No such file or directory",
        "b.pdf: not a transcript (.md or .txt is read)",
        "broken.md: No such file or directory",
    ]


def test_a_file_named_itself_is_called_by_its_name(tmp_path: Path) -> None:
    touch(tmp_path, "deep/talk.v2.md")

    (file,) = scan([tmp_path / "deep" / "talk.v2.md"]).files

    assert file.name == "talk.v2"


def test_names_that_are_not_utf_8_are_found_and_told_apart(tmp_path: Path) -> None:
    for name in (b"\xff.md", b"\xfe.md", b"line\nbreak.md", b"-dash.md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()

    found = scan([tmp_path])

    assert found.errors == ()
    assert len({file.path for file in found.files}) == 4
    assert all(file.path.encode() for file in found.files)
    assert all(file.location.exists() for file in found.files)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/a b/访谈.md", "/a b/访谈.md"),
        ("a\nb", "a\\nb"),
        ("\x1b[31mred", "\\x1b[31mred"),
        (os.fsdecode(b"\xff"), "\\udcff"),
        ("\u202egnp.md", "\\u202egnp.md"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_shown_obeys_nobody(text: str, expected: str) -> None:
    assert show(text) == expected


def test_a_key_can_be_stored() -> None:
    assert as_key(os.fsdecode(b"a\xff")) == "a\\xff"
