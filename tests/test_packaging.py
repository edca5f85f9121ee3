"""What is installed: hashed and unaddressed requirements, and a wheel that brings all it needs."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==(\S+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}$")


def project() -> dict[str, list[str]]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def entries(name: str) -> list[list[str]]:
    """Return each requirement with its hashes, as the lines it is written in."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    return [line.split() for line in lines if line]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    for first, *rest in entries(name):
        assert PINNED.match(first), first
        assert [part for part in rest if HASH.match(part)], first


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_no_requirement_says_where_it_comes_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert "-index-url" not in text
    assert "--find-links" not in text


def test_what_the_project_needs_is_among_the_requirements() -> None:
    pinned = {plain(PINNED.match(first)[1]) for first, *_ in entries(REQUIREMENTS[0])}  # type: ignore[index]  # checked above
    named = {plain(re.split(r"[<>=\[; ]", need)[0]) for need in project()["dependencies"]}

    assert {"llama-index", "chromadb", "openai", "textual", "tiktoken"} <= named
    assert named <= pinned


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built of the project, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_brings_prompts_samples_tables_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for folder in ("index/data", "index/sample", "prompts", "evals/sets"):
        there = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert there <= names, folder
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {
        "LICENSE",
        "NOTICE",
    }
    assert not [name for name in names if name.startswith(("tests", "docs"))]


@pytest.mark.slow
def test_the_installed_program_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "INTERVIEWS_STORE": str(tmp_path / "store"),
    }

    def interviews(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from assistant.cli import main; main()", *arguments],
            cwd=elsewhere,
            env=environment,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )

    where = subprocess.run(
        [sys.executable, "-c", "import assistant; print(assistant.__file__)"],
        cwd=elsewhere,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert where.stdout.startswith(str(installed))
    indexed = interviews("index", "--sample")
    assert (indexed.returncode, indexed.stderr) == (0, "")
    for question in ("Why did she choose iron for the battery?", "为什么电池用铁？"):
        asked = interviews("ask", question)
        assert asked.returncode == 0, asked.stderr
        assert "[1]" in asked.stdout
    assert interviews("--version").stdout.startswith("interviews, version")
    assert list(elsewhere.iterdir()) == []
