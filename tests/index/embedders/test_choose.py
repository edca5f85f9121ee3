import subprocess
import sys
from pathlib import Path

import pytest

from index.embedders.cache import CACHE, CachedEmbedder
from index.embedders.choose import Use, address_of, full_name, make_embedder
from index.embedders.names import Access
from index.embedders.patience import FOR_ASKING, FOR_BUILDING, Patience
from index.errors import UsageError
from tests.index.embedders.tiny_model import write_model
from tests.servers import DIMENSION, OpenAIServer


def test_an_address_by_name(tmp_path: Path) -> None:
    with OpenAIServer() as server:
        name = f"{server.address}#toy"
        embedder = make_embedder(name, Access(offline=True, key="k"), cache=tmp_path)
        assert not server.requests
        assert embedder.embed(["tea", "茶"]).shape == (2, DIMENSION)
        assert (embedder.name, address_of(name)) == (name, server.address)
        assert server.requests[0].headers["authorization"] == "Bearer k"
        assert (tmp_path / CACHE).exists()


def test_openai_by_name() -> None:
    access = Access(openai_key="sk-x")
    small = make_embedder("openai:text-embedding-3-small", access)
    large = make_embedder("openai:text-embedding-3-large", access)
    short = make_embedder("openai:text-embedding-3-large@256", access)
    assert [e.dimension for e in (small, large, short)] == [1536, 3072, 256]
    assert len({e.fingerprint for e in (small, large, short)}) == 3
    assert small.name == "openai:text-embedding-3-small"
    assert address_of(small.name) == "https://api.openai.com/v1"


def test_what_was_stored_keeps_its_address() -> None:
    with OpenAIServer() as server:
        access = Access(base_url=server.address, openai_key="sk-x")
        name = make_embedder("openai:toy", access).name
        assert name == f"{server.address}#toy"
        make_embedder(name, access, stored=True).embed(["茶"])
        assert server.requests[0].headers["authorization"] == "Bearer sk-x"
    official = make_embedder("openai:text-embedding-3-small", access, stored=True)
    assert official.name == "openai:text-embedding-3-small"
    assert address_of("openai:x", access, stored=True) == "https://api.openai.com/v1"


def test_a_full_name_says_where_without_asking() -> None:
    access = Access(base_url="http://127.0.0.1:9/v1")
    assert full_name("openai:m@64", access) == "http://127.0.0.1:9/v1#m@64"
    assert full_name("openai:m") == "openai:m"
    assert full_name("onnx:m") == f"onnx:{Path.cwd() / 'm'}"
    assert full_name("bundled", access) == "bundled"


def test_a_dimension_a_store_knows_is_not_asked_for() -> None:
    with OpenAIServer() as server:
        embedder = make_embedder(f"{server.address}#toy", use=Use(asking=True, dimension=DIMENSION))
        built = make_embedder(f"{server.address}#toy")
        fingerprint = embedder.fingerprint
        assert not server.requests
        assert built.fingerprint == fingerprint
        assert len(server.requests) == 1


def test_a_folder_by_name(tmp_path: Path) -> None:
    write_model(tmp_path / "model")
    embedder = make_embedder(f"onnx:{tmp_path / 'model'}", Access(offline=True), cache=tmp_path)
    assert isinstance(embedder, CachedEmbedder)
    rows = embedder.embed(["tea", "茶"])
    assert rows[0] @ rows[1] == pytest.approx(1)
    assert address_of(embedder.name) is None
    assert address_of("bundled") is None


def test_a_missing_library_is_named_with_what_installs_it(tmp_path: Path) -> None:
    if "sentence_transformers" in sys.modules or _installed("sentence_transformers"):
        pytest.skip("sentence-transformers is installed here")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UsageError, match=r"pip install 'interviews\[sentence-transformers\]'"):
        make_embedder(f"sentence-transformers:{tmp_path}")


def _installed(module: str) -> bool:
    from importlib.util import find_spec  # noqa: PLC0415  # only here

    return find_spec(module) is not None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("openai:text-embedding-3-small", "needs a key; set OPENAI_API_KEY"),
        ("nonsense", "no embedder is called 'nonsense'; the forms are: bundled"),
        ("onnx:/nowhere/at/all", "is not there"),
        ("sentence-transformers:/nowhere/at/all", "is not there"),
    ],
)
def test_what_cannot_be_made_is_one_clear_line(name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        make_embedder(name)


def test_offline_forbids_sending_texts_away() -> None:
    with pytest.raises(UsageError, match=r"would send texts to https://api\.openai\.com"):
        make_embedder("openai:m", Access(offline=True, openai_key="sk-x"))


LIBRARIES = ("openai", "httpx", "onnxruntime", "tokenizers", "torch", "sentence_transformers")


def test_importing_loads_no_library() -> None:
    code = "import sys, index.embedders.choose; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not set(LIBRARIES) & set(loaded)


def test_patience_grows_but_not_without_end() -> None:
    patience = Patience(base_s=1.0, longest_s=10.0)
    pauses = [patience.pause(failures, None) for failures in (1, 2, 3, 30, 3000)]
    for pause, most in zip(pauses, (1, 2, 4, 10, 10), strict=True):
        assert pause is not None
        assert most / 2 <= pause <= most
    assert patience.pause(1, 7.0) == 7.0
    assert patience.pause(1, 11.0) is None
    assert FOR_ASKING.total_s < FOR_BUILDING.total_s
