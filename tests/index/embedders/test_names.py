from pathlib import Path

import pytest

from index.embedders.names import (
    Access,
    FolderName,
    RemoteName,
    check_access,
    key_for,
    read_access,
    read_name,
)
from index.errors import UsageError

OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("bundled", None),
        ("openai:text-embedding-3-small", RemoteName(OPENAI, "text-embedding-3-small")),
        ("openai:text-embedding-3-large@256", RemoteName(OPENAI, "text-embedding-3-large", 256)),
        ("http://localhost:11434/v1#bge-m3", RemoteName("http://localhost:11434/v1", "bge-m3")),
        ("http://Host:1/v1/#bge-m3:567m", RemoteName("http://host:1/v1", "bge-m3:567m")),
        ("http://host/v1/embeddings#m@64", RemoteName("http://host/v1", "m", 64)),
        ("https://a.example/v1#BAAI/bge-m3", RemoteName("https://a.example/v1", "BAAI/bge-m3")),
        ("http://[::1]:80/v1#模型", RemoteName("http://[::1]:80/v1", "模型")),
        ("onnx:/models/m", FolderName("onnx", Path("/models/m"))),
        ("sentence-transformers:/模型/m", FolderName("sentence-transformers", Path("/模型/m"))),
    ],
)
def test_every_form_is_read(written: str, read: object) -> None:
    assert read_name(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "openai:text-embedding-3-small",
        "openai:text-embedding-3-large@256",
        "http://localhost:11434/v1#bge-m3",
        "https://a.example/v1#BAAI/bge-m3@1024",
        "onnx:/models/m",
    ],
)
def test_a_name_reads_back_as_written(written: str) -> None:
    assert str(read_name(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "bundle",
        "Bundled",
        "openai",
        "openai:",
        "openai:a b",
        "openai:m@0",
        "openai:m@",
        "http://host/v1",
        "http://host/v1#",
        "http://#m",
        "http:#m",
        "http://host:port/v1#m",
        "http://host:99999/v1#m",
        "http://ho st/v1#m",
        "http://[::1/v1#m",
        "ftp://host/v1#m",
        "onnx:",
        "/models/m",
        "\x1b[2J",
        "嵌入",
    ],
)
def test_anything_else_is_one_clear_line(written: str) -> None:
    with pytest.raises(UsageError, match=r"openai:MODEL") as caught:
        read_name(written)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "address", ["http://me:hidden@host/v1", "http://hidden@host/v1", "http://host/v1?key=hidden"]
)
@pytest.mark.parametrize("end", ["#m", "#", ""])
def test_passwords_in_an_address_are_refused_and_not_repeated(address: str, end: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_name(address + end)
    assert "hidden" not in str(caught.value)


def test_openai_goes_where_the_environment_says_and_remembers_it() -> None:
    name = read_name("openai:m@64", base_url="http://127.0.0.1:1234/v1/")
    assert str(name) == "http://127.0.0.1:1234/v1#m@64"
    assert read_name(str(name)) == name


def test_folders_are_remembered_whole() -> None:
    assert read_name("onnx:here") == FolderName("onnx", Path.cwd() / "here")
    assert read_name("onnx:~/m") == FolderName("onnx", Path.home() / "m")


def test_a_key_of_openai_goes_to_openai_alone() -> None:
    openai, other = RemoteName(OPENAI, "m"), RemoteName("https://other.example/v1", "m")
    access = Access(openai_key="o")
    assert key_for(openai, access) == ("o", "OPENAI_API_KEY")
    assert key_for(other, access) == (None, "INTERVIEWS_EMBEDDER_KEY")
    pointed = Access(openai_key="o", base_url="https://other.example/v1/")
    assert key_for(other, pointed) == ("o", "OPENAI_API_KEY")
    assert key_for(other, Access(openai_key="o", key="k"))[0] == "k"
    assert key_for(openai, Access(openai_key="o", key="k"))[0] == "k"


def test_the_environment_is_read_once() -> None:
    environment = {
        "OPENAI_BASE_URL": " http://a/v1 ",
        "OPENAI_API_KEY": "o\n",
        "INTERVIEWS_EMBEDDER_KEY": "",
    }
    assert read_access(environment, offline=True) == Access("http://a/v1", "o", None, offline=True)
    assert read_access({}, offline=False) == Access()
    assert "secret" not in repr(Access(openai_key="secret", key="secret"))


@pytest.mark.parametrize("key", ["钥匙", "a\nb", "a\x00"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as caught:
        read_access({"OPENAI_API_KEY": key}, offline=False)
    assert key not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_offline_allows_this_machine(host: str) -> None:
    check_access(RemoteName(f"http://{host}:1/v1", "m"), Access(offline=True))


@pytest.mark.parametrize("host", ["api.openai.com", "10.0.0.1", "localhost.example", "[::2]"])
def test_offline_forbids_other_machines(host: str) -> None:
    name = RemoteName(f"https://{host}/v1", "m")
    check_access(name, Access())
    with pytest.raises(UsageError, match="would send texts to https://"):
        check_access(name, Access(offline=True))
