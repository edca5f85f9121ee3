"""What a model is called → where texts go, and what of the environment is sent with them."""

import pytest

from assistant.models.names import NamedClass, NamedModel, read_base_url, read_model
from assistant.settings import Settings, load_settings
from assistant.wiring import make_model, model_address
from index.errors import UsageError

KEY = "sk-test-4f9a1c7e2b8d4f9a1c7e2b8d"
HERE = "http://127.0.0.1:11434/v1"


def named(
    name: str, base_url: str | None = HERE, *, offline: bool = False, **environment: str
) -> NamedModel | NamedClass:
    return read_model(name, environment, base_url=base_url, offline=offline)


@pytest.mark.parametrize(
    "name", ["gpt-5", "qwen3:8b", "org/Model-7B", "ft:gpt-4o:me:x:1", "qwen2.5:7B", "模型"]
)
def test_a_name_is_that_of_a_model_at_the_address(name: str) -> None:
    found = named(name, OPENAI_API_KEY=KEY)

    assert found == NamedModel(name, HERE, KEY)
    assert KEY not in repr(found)


def test_by_itself_it_is_at_openai() -> None:
    found = named("gpt-5", None, OPENAI_API_KEY=KEY)

    assert isinstance(found, NamedModel)
    assert (found.address, found.stays_here) == ("https://api.openai.com/v1", False)


def test_a_class_of_llamaindex_is_named_with_its_module() -> None:
    found = named("llama_index.llms.anthropic:Anthropic", None)

    assert found == NamedClass("llama_index.llms.anthropic", "Anthropic")


@pytest.mark.parametrize("name", ["", " ", "two words", "a\nb", "a\x1b[1m", "x" * 201])
def test_what_names_nothing_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no model can be called"):
        named(name)


def test_a_key_in_place_of_a_name_is_not_repeated() -> None:
    with pytest.raises(UsageError, match="looks like a key") as caught:
        named(KEY)
    assert KEY not in str(caught.value)


def test_openai_wants_a_key_and_says_where_it_may_be() -> None:
    with pytest.raises(UsageError, match="wants a key; set OPENAI_API_KEY") as caught:
        named("gpt-5", None, OPENAI_KEY=KEY)

    assert "(OPENAI_KEY is set, but is not read for this)" in str(caught.value)
    assert KEY not in str(caught.value)


def test_another_address_may_do_without_a_key() -> None:
    found = named("deepseek-chat", "https://api.deepseek.com", DEEPSEEK_API_KEY=KEY)

    assert isinstance(found, NamedModel)
    assert (found.key, found.hint) == (
        None,
        " (DEEPSEEK_API_KEY is set, but is not read for this)",
    )


@pytest.mark.parametrize(
    ("name", "base_url"),
    [("gpt-5", None), ("m", "http://10.0.0.7/v1"), ("llama_index.llms.ollama:Ollama", None)],
)
def test_offline_forbids_every_other_machine(name: str, base_url: str | None) -> None:
    with pytest.raises(UsageError, match="offline is set"):
        named(name, base_url, offline=True, OPENAI_API_KEY=KEY)


@pytest.mark.parametrize("address", [HERE, "http://localhost:1/v1", "http://[::1]:1/v1"])
def test_offline_allows_this_machine(address: str) -> None:
    assert isinstance(named("m", address, offline=True), NamedModel)


def test_addresses_are_read_in_one_form() -> None:
    assert read_base_url(f"{HERE}/chat/completions/") == HERE
    assert read_base_url(" http://[::1]:80/v1/ ") == "http://[::1]:80/v1"


@pytest.mark.parametrize(
    "address", ["ftp://a/v1", "nonsense", "http://me:hush@a/v1", "http://a/v1?key=hush", ""]
)
def test_addresses_that_are_none_are_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="OPENAI_BASE_URL") as caught:
        read_base_url(address)
    assert "hush" not in str(caught.value)


# From settings to a model


def test_a_key_alone_makes_no_model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", HERE)

    assert settings.model is None
    assert make_model(settings) is None
    assert model_address(settings) is None


@pytest.fixture
def settings() -> Settings:
    return load_settings({})
