"""A writer killed at any moment leaves the index as it was."""

import json
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.processes import Program
from tests.slow.test_crowd import READER, write

pytestmark = pytest.mark.slow

KILLS = 20


def state(program: Program, store: Path) -> tuple[str, str]:
    """Return what `list` and `search` say, without what may differ between runs."""
    listed = program.run("list", "--json", "--store", store)
    hits = program.run("search", "the fog 雾", "--json", "-k", "20", "--store", store)
    assert (listed.returncode, hits.returncode) == (0, 0), listed.stderr + hits.stderr
    assert listed.stderr + hits.stderr == ""
    return listed.stdout, hits.stdout


def test_a_kill_at_any_moment_changes_nothing(program: Program, tmp_path: Path) -> None:
    folder, store = tmp_path / "talks", tmp_path / "store"
    folder.mkdir()
    for n in range(6):
        write(folder, f"boat{n}", 0)
    program.run("index", folder, "--store", store, check=True)
    before = state(program, store)
    took = seconds_of_an_index(program, folder, tmp_path / "measured")
    dice = random.Random(7)
    killed = attempts = 0
    for attempt in range(4 * KILLS):
        if killed == KILLS:
            break
        attempts += 1
        write(folder, f"boat{attempt % 6}", attempt + 1)
        write(folder, f"new{attempt}", 1)
        writer = program.start("index", folder, "--store", store)
        try:
            writer.wait(timeout=dice.uniform(0.2, 1.0) * took)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        if writer.wait() == -signal.SIGKILL:
            killed += 1
            after = state(program, store)
            finished = len(json.loads(after[0])["interviews"]) > len(
                json.loads(before[0])["interviews"]
            )
            assert finished or after == before
            before = after
        else:
            before = state(program, store)
        reader = program.python(READER, store, tmp_path)
        assert reader.communicate() == ("well\n", "")
        if attempt % 6 == 5:
            program.run("index", folder, "--store", store, check=True)
            assert len(list((store / "chroma").iterdir())) == 1
            before = state(program, store)

    assert killed == KILLS
    program.run("index", folder, "--store", store, check=True)
    listed = json.loads(program.run("list", "--json", "--store", store).stdout)["interviews"]
    assert len(listed) == 6 + attempts
    assert len(list((store / "chroma").iterdir())) == 1


def seconds_of_an_index(program: Program, folder: Path, store: Path) -> float:
    done = program.run("index", folder, "--json", "--store", store, check=True)
    return float(json.loads(done.stdout)["seconds"]) + 0.5


def test_a_removal_that_is_killed_is_finished_by_the_next_call(
    program: Program, tmp_path: Path
) -> None:
    folder, store = tmp_path / "talks", tmp_path / "store"
    folder.mkdir()
    for n in range(20):
        write(folder, f"boat{n}", 0)
    dice = random.Random(11)
    for attempt in range(8):
        (folder / f"secret{attempt}.md").write_text(f"The zephyrine{attempt} was never seen.\n")
        program.run("index", folder, "--store", store, check=True)
        remover = program.start("remove", f"secret{attempt}", "--store", store)
        try:
            remover.wait(timeout=dice.uniform(0.3, 2.0))
        except subprocess.TimeoutExpired:
            remover.kill()
            remover.wait()
        listed = program.run("list", "--store", store, check=True).stdout
        if f"secret{attempt}" in listed:
            program.run("remove", f"secret{attempt}", "--store", store, check=True)
        program.run("index", folder, "--store", store, check=True)

        there = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
        assert f"zephyrine{attempt}".encode() not in there
