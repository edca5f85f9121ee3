"""Many processes on one store at once: no error, no missing vector, nothing lost."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.processes import Program

pytestmark = pytest.mark.slow

ROUNDS = 8

# Opens the store again and again; every time each stored vector must be found by itself.
READER = """
import sys
import numpy as np
from pathlib import Path
from index.store.generations import StoredVectors
from index.store.opening import open_store

store, stop = Path(sys.argv[1]), Path(sys.argv[2])
rounds = 0
while rounds == 0 or not stop.exists():
    rounds += 1
    notices = []
    with open_store(store, notice=notices.append) as opened:
        for language in ("en", "zh"):
            batches = StoredVectors(opened._connection).batches(language, after=0, size=10_000)
            for rows, matrix in batches:
                for row, vector in list(zip(rows, matrix))[::7]:
                    found, cosines = opened.nearest(language, vector, 10)
                    assert row in found or cosines.min() > 0.9999, (language, row, found)
        assert all(opened.rows.interview(s.id) for s in opened.rows.interviews())
    assert not notices, notices
print("well")
"""


def write(folder: Path, name: str, version: int) -> None:
    (folder / f"{name}.md").write_text(
        f"### The {name} of version {version}\n\n"
        + "".join(
            f"**Mira:** Boat {name} {version} crossed {n} times before the fog {n * version}.\n\n"
            f"第{n}次渡过的是{name}号船，第{version}版的雾后来也散了。\n\n"
            for n in range(12)
        ),
        encoding="utf-8",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("anna", "bert", "carl", "dora"):
        write(folder, name, 0)
    return folder


def answered(batch: subprocess.Popen[str], query: str) -> str:
    """Return what a running `search --batch -` says to one more query."""
    assert batch.stdin is not None
    assert batch.stdout is not None
    batch.stdin.write(f"{query}\n")
    batch.stdin.flush()
    return batch.stdout.readline()


def test_readers_beside_a_writer(program: Program, tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    program.run("index", folder, "--store", store, check=True)
    stop = tmp_path / "stop"
    readers = [program.python(READER, store, stop) for _ in range(2)]
    batch = program.start("search", "--batch", "-", "--json", "--store", store)
    before = answered(batch, "fog 雾")
    for version in range(1, ROUNDS + 1):
        write(folder, "bert", version)
        (folder / f"extra{version % 3}.md").unlink(missing_ok=True)
        write(folder, f"extra{(version + 1) % 3}", version)
        program.run("index", folder, "--store", store, check=True)
        # It goes on reading what it opened first.
        assert answered(batch, "fog 雾") == before
    stop.touch()

    for reader in readers:
        assert reader.communicate() == ("well\n", "")
    batch.communicate()
    assert batch.returncode == 0
    program.run("index", folder, "--store", store, check=True)
    assert len(list((store / "chroma").iterdir())) == 1


def test_two_writers_on_one_store(program: Program, tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    other = tmp_path / "others"
    other.mkdir()
    for name in ("eric", "fred"):
        write(other, name, 1)

    writers = [program.start("index", f, "--store", store) for f in (folder, other, folder, other)]
    said = [writer.communicate() for writer in writers]

    assert [writer.returncode for writer in writers] == [0, 0, 0, 0], said
    assert sum("waiting" in complaint for _, complaint in said) >= 1
    listed = json.loads(program.run("list", "--json", "--store", store).stdout)["interviews"]
    assert len(listed) == 6
    reader = program.python(READER, store, tmp_path)
    assert reader.communicate()[0] == "well\n"


def test_ask_beside_the_first_index(program: Program, tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    writer = program.start("index", folder, "--store", store)
    codes = set()
    while writer.poll() is None:
        asked = program.run("ask", "When did the fog come?", "--json", "--store", store)
        codes.add(asked.returncode)
        assert asked.returncode in (0, 3, 5), asked.stderr
        assert len(asked.stderr.splitlines()) <= 1
    assert program.run("search", "fog", "--store", store).returncode == 0


def test_many_readers_of_a_new_store(program: Program, tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "store"
    program.run("index", folder, "--store", store, check=True)

    readers = [program.python(READER, store, tmp_path) for _ in range(6)]

    for reader in readers:
        assert reader.communicate() == ("well\n", "")
