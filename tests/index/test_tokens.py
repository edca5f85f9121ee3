import os
import subprocess
import sys
from pathlib import Path
from sysconfig import get_paths

import pytest

from index.tokens import (
    APPROXIMATE,
    ENCODING,
    count_tokens,
    encoding_name,
    estimate_tokens,
    find_vocabulary,
)

# Counted with tiktoken's own o200k_base.
COUNTS = [
    pytest.param("", 0, id="empty"),
    pytest.param("Hello world", 2, id="en"),
    pytest.param("我们认为算力很重要。", 7, id="zh"),
    pytest.param("我們認為運算很重要。", 8, id="zh-traditional"),
    pytest.param("NVIDIA的GPU卖了400亿美元", 8, id="mixed"),
    pytest.param("It's 1,000 units", 6, id="numbers"),
    pytest.param("<|endoftext|>", 7, id="control-token-is-words"),
    pytest.param("  two\n\n\nlines  ", 5, id="blanks"),
]
ESTIMATES = [
    pytest.param("", 0, id="empty"),
    pytest.param("a", 1, id="en-one"),
    pytest.param("x" * 100, 22, id="en"),
    pytest.param("茶" * 100, 72, id="zh"),
    pytest.param("茶" * 50 + "x" * 50, 47, id="mixed"),
]
# Runs in a fresh interpreter that stops at the first touch of the network.
OFFLINE = """
import sys
def watch(event, _):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise SystemExit(event)
sys.addaudithook(watch)
from index.tokens import count_tokens, encoding_name
print(encoding_name(), count_tokens("Hello 世界"), "llama_index.core" in sys.modules)
"""


@pytest.mark.parametrize(("text", "tokens"), COUNTS)
def test_tokens_are_counted_as_the_model_reads_them(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


@pytest.mark.parametrize(("text", "tokens"), ESTIMATES)
def test_estimate_weighs_the_two_scripts(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


def test_vocabulary_is_the_bundled_one() -> None:
    vocabulary = find_vocabulary()

    assert vocabulary is not None
    assert vocabulary.parent.name == "tiktoken_cache"
    assert encoding_name() == ENCODING


def test_own_cache_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = find_vocabulary()
    assert bundled is not None
    own = tmp_path / bundled.name
    own.write_bytes(bundled.read_bytes())
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))

    assert find_vocabulary() == own


def test_damaged_file_is_passed_over_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = find_vocabulary()
    assert bundled is not None
    damaged = tmp_path / bundled.name
    damaged.write_bytes(b"cut sho")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))

    assert find_vocabulary() == bundled
    assert damaged.read_bytes() == b"cut sho"


def run(*flags: str, packages: Path | None = None) -> list[str]:
    root = Path(__file__).parents[2]
    path = os.pathsep.join(map(str, filter(None, (root, packages))))
    ran = subprocess.run(
        [sys.executable, *flags, "-c", OFFLINE],
        env=os.environ | {"PYTHONPATH": path, "TIKTOKEN_CACHE_DIR": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.split()


def test_counting_needs_no_network() -> None:
    assert run() == [ENCODING, "2", "False"]


def test_without_a_vocabulary_the_count_is_an_estimate(tmp_path: Path) -> None:
    for package in ("tiktoken", "tiktoken_ext", "regex"):  # an installation without llama-index
        (tmp_path / package).symlink_to(Path(get_paths()["purelib"]) / package)

    assert run("-S", packages=tmp_path) == [APPROXIMATE, "3", "False"]
