"""A flag wins over the environment, that over the file, and the file over the default."""

from pathlib import Path

import pytest

from assistant.settings import config_path, load_settings
from index.errors import UsageError


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"INTERVIEWS_CONFIG": str(tmp_path / "config.toml")}


def test_there_is_a_default_for_everything(environment: dict[str, str]) -> None:
    settings = load_settings({}, environment)

    assert settings.store.is_absolute()
    assert (settings.embedder, settings.chroma) == ("bundled", None)


def test_each_wins_over_what_comes_after(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("store = '/file'\nchunk_tokens = 64\n")
    assert load_settings({}, environment).store == Path("/file")

    environment["INTERVIEWS_STORE"] = "/environment"
    assert load_settings({}, environment).store == Path("/environment")
    assert load_settings({"store": None}, environment).store == Path("/environment")

    found = load_settings({"store": "/flag"}, environment)
    assert (found.store, found.chunk_tokens) == (Path("/flag"), 64)


def test_a_home_is_looked_up(environment: dict[str, str]) -> None:
    assert load_settings({"store": "~/talks"}, environment).store == Path.home() / "talks"


@pytest.mark.parametrize("name", ["", "  ", "~nobody-of-that-name/talks"])
def test_a_store_needs_a_folder(environment: dict[str, str], name: str) -> None:
    with pytest.raises(UsageError, match="store folder"):
        load_settings({"store": name}, environment)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"chunk_tokens = 'many'", "chunk_tokens"),
        (b"chunk_tokens = 0", "1 to 100000"),
        (b"offline = 1", "offline"),
        (b"colour = 'red'", "the settings are"),
        (b"[store", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_named(
    environment: dict[str, str], tmp_path: Path, text: bytes, words: str
) -> None:
    (tmp_path / "config.toml").write_bytes(text)

    with pytest.raises(UsageError, match=words) as caught:
        load_settings({}, environment)

    assert str(tmp_path / "config.toml") in str(caught.value)


def test_the_file_can_be_named() -> None:
    assert config_path({"INTERVIEWS_CONFIG": "/etc/talks.toml"}) == Path("/etc/talks.toml")
    assert config_path({}).name == "config.toml"
