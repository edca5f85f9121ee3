"""A folder of ten thousand odd names."""

import json
import os
import random
from pathlib import Path

import pytest

from tests.processes import Program

pytestmark = pytest.mark.slow

ODD = "abc \t\n\x1b[31m'\"`$;&|<>*?\\éü访谈录雾🎙\u202e\u200b-._#%:"


def test_ten_thousand_odd_names(program: Program, tmp_path: Path) -> None:
    folder, store = tmp_path / "talks", tmp_path / "store"
    dice = random.Random(3)
    for n in range(10_000):
        name = "".join(dice.choices(ODD, k=dice.randint(1, 30))).replace("/", "").encode()
        place = folder / f"{n % 50}"
        place.mkdir(parents=True, exist_ok=True)
        if n % 100 == 0:
            name += b"\xff"
        path = Path(os.fsdecode(os.fsencode(place / str(n)) + name + b".md"))
        if n % 10 == 0:
            path.touch()
        else:
            path.write_text(f"Talk {n} is about the fog.\n")

    first = program.run("index", folder, "--json", "--store", store)

    assert first.returncode == 4
    assert len(first.stderr.splitlines()) == 1_000
    assert not set(first.stderr) & set("\x1b\t\u202e\u200b")
    assert json.loads(first.stdout)["totals"]["interviews"] == 9_000
    again = json.loads(program.run("index", folder, "--json", "--store", store).stdout)
    assert (again["unchanged"], again["added"]) == (9_000, [])
    listed = json.loads(program.run("list", "--json", "--store", store).stdout)["interviews"]
    assert len({interview["id"] for interview in listed}) == 9_000
    for interview in listed[::1_500]:
        shown = program.run("show", "--json", "--store", store, "--", interview["id"])
        assert json.loads(shown.stdout)["interview"]["path"] == interview["path"]
