"""What many tests share: an index of the bundled sample, made once, and ways to run the program."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import run
from tests.processes import Program

Store = Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one call of the program came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as one JSON object."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line it said on stderr."""
        (line,) = self.err.splitlines()
        return line


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and the data of whoever runs the tests out of them."""
    for name in [n for n in os.environ if n.startswith("INTERVIEWS_") or n == "NO_COLOR"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWS_CONFIG", str(tmp_path / "no-config.toml"))
    monkeypatch.setenv("INTERVIEWS_STORE", str(tmp_path / "default-store"))
    monkeypatch.setenv("INTERVIEWS_STATE", str(tmp_path / "state"))


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Return a function that runs one command in this process."""

    def call(*arguments: str | Path) -> Run:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Run(code, out, err)

    return call


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the bundled sample; not to be written to."""
    store = tmp_path_factory.mktemp("sample") / "store"
    Program().run("index", "--sample", "--store", store, check=True)
    return store


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """Return an index of the bundled sample of one's own."""
    return Path(shutil.copytree(sample_store, tmp_path / "store"))


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """Return a way to start the program as a process, in an empty folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with Program(elsewhere) as program:
        yield program


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Return a folder with three transcripts: English, Chinese, and both."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "ferry.md").write_text(
        "---\ntitle: The ferry\ndate: 2021-03-04\n---\n\n### Fog\n\n"
        "**Mira:** We waited for the fog to lift before we crossed.\n\n"
        "**Host:** How long did that take?\n\n"
        "**Mira:** Eleven hours, and nobody on board complained about it.\n",
        encoding="utf-8",
    )
    (folder / "渡轮.md").write_text(
        "---\ntitle: 渡轮\ndate: 2022-05-06\n---\n\n### 大雾\n\n"
        "**米拉：** 我们等雾散了才开船。\n\n**主持人：** 等了多久？\n\n"
        "**米拉：** 十一个小时，船上没有一个人抱怨。\n",
        encoding="utf-8",
    )
    (folder / "both.md").write_text(
        "---\ntitle: Harbour 港口\n---\n\n### The harbour\n\n"
        "The harbour froze in the second winter, so we walked to the island.\n\n"
        "第二个冬天港口结了冰，所以我们走到岛上去。\n",
        encoding="utf-8",
    )
    return folder
