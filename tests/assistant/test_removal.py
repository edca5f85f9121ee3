"""`remove`, in a process of its own, leaves no byte in any file of the store."""

from pathlib import Path

from tests.processes import Program

WORDS = ("zephyrine", "quandary", "鱻灥龘", "Nobody Knows Her")


def every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_of_a_removed_interview_is_left(
    program: Program, tmp_path: Path, talks: Path
) -> None:
    store = tmp_path / "store"
    (talks / "gone.md").write_text(
        f"---\ntitle: {WORDS[3]}\n---\n\n### The {WORDS[0]} {WORDS[1]}\n\n"
        f"**{WORDS[3]}:** A {WORDS[0]} {WORDS[1]} is what it was.\n\n{WORDS[2]}是一件事。\n",
        encoding="utf-8",
    )
    program.run("index", talks, "--store", store, check=True)
    assert all(word.encode() in every_byte(store) for word in WORDS)

    program.run("remove", "gone", "--store", store, check=True)

    left = every_byte(store)
    assert [word for word in WORDS if word.encode() in left] == []
