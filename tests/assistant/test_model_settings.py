"""The settings of a model: who may name one, where it is, and that no key gets in."""

from pathlib import Path

import pytest

from assistant.settings import load_settings
from assistant.wiring import make_model, model_address
from index.errors import UsageError
from tests.chat import ChatReply
from tests.servers import OpenAIServer

KEY = "sk-test-4f9a1c7e2b8d4f9a1c7e2b8d"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"INTERVIEWS_CONFIG": str(tmp_path / "config.toml")}


def test_only_a_flag_or_the_file_names_a_model(environment: dict[str, str], tmp_path: Path) -> None:
    environment |= {
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
        "OPENAI_MODEL": "gpt-5",
        "INTERVIEWS_MODEL": "gpt-5",
    }
    assert load_settings({}, environment).model is None
    assert load_settings({}, environment).base_url is None
    assert load_settings({"model": "gpt-5"}, environment).model == "gpt-5"

    (tmp_path / "config.toml").write_text("model = 'qwen3:8b'\n")
    assert load_settings({}, environment).model == "qwen3:8b"
    assert load_settings({"model": "gpt-5"}, environment).model == "gpt-5"


def test_each_address_wins_over_what_comes_after(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("model = 'm'\nbase_url = 'http://file:1/v1/'\n")
    assert load_settings({}, environment).base_url == "http://file:1/v1"

    environment["OPENAI_BASE_URL"] = "http://environment:1/v1/chat/completions"
    assert load_settings({}, environment).base_url == "http://environment:1/v1"
    flags = {"base_url": "http://flag:1/v1"}
    assert load_settings(flags, environment).base_url == "http://flag:1/v1"


def test_another_programs_address_is_no_concern_without_a_model(
    environment: dict[str, str],
) -> None:
    environment["OPENAI_BASE_URL"] = "nonsense"

    assert load_settings({}, environment).base_url is None
    with pytest.raises(UsageError, match="OPENAI_BASE_URL"):
        load_settings({"model": "m"}, environment)


def test_all_of_it_can_be_set(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        "model = 'm'\ntools = 'off'\ntemperature = 0\nmax_steps = 3\nmax_tokens = 5000\n"
        "max_seconds = 60\nshow_unsupported = 'omit'\nfallback = true\n"
        "[model_options]\nseed = 7\nmax_tokens = 900\n[model_options.extra]\nthinking = false\n"
    )

    settings = load_settings({}, environment)

    assert (settings.tools, settings.temperature, settings.max_steps) == ("off", 0, 3)
    assert (settings.max_tokens, settings.max_seconds) == (5000, 60)
    assert (settings.show_unsupported, settings.fallback) == ("omit", True)
    assert settings.model_options == {
        "seed": 7,
        "max_tokens": 900,
        "extra": {"thinking": False},
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tools = 'maybe'", "auto or on or off"),
        ("tools = true", "not str"),
        ("temperature = 3", "0 to 2"),
        ("temperature = nan", "0 to 2"),
        ("temperature = 'hot'", "not float"),
        ("max_steps = 0", "1 to 100"),
        ("max_tokens = 999", "1000 to"),
        ("max_seconds = 1.5", "not int"),
        ("show_unsupported = 'hide'", "mark or omit"),
        ("fallback = 1", "not bool"),
        ("model_options = 'x'", "not dict"),
        ("[model_options]\nsince = 2024-01-01", "model_options"),
        (f"base_url = 'http://me:{KEY}@host/v1'", "base_url"),
        (f"api_key = '{KEY}'", "the settings are"),
        (f"[model_options]\napi_key = '{KEY}'", "from the environment only"),
        (f"[model_options.extra_headers]\nAuthorization = 'Bearer {KEY}'", "environment only"),
    ],
)
def test_what_does_not_fit_is_said_without_any_key(
    environment: dict[str, str], tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "config.toml").write_text(text)

    with pytest.raises(UsageError, match=words) as caught:
        load_settings({}, environment)

    assert KEY not in str(caught.value)


def test_a_model_that_is_named_is_made(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with OpenAIServer() as server:
        environment["OPENAI_BASE_URL"] = server.address
        server.say(ChatReply("霜冻。"))
        settings = load_settings({"model": "qwen3:8b", "max_seconds": 7}, environment)

        model = make_model(settings)

        assert model is not None
        assert (model.name, model.address) == ("qwen3:8b", server.address)
        assert model_address(settings) == server.address
        assert server.talks == []  # nothing is sent before it is asked
        assert list(model.respond([], []))
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_offline_forbids_a_model_elsewhere(environment: dict[str, str]) -> None:
    flags = {"model": "m", "base_url": "http://10.0.0.7/v1", "offline": True}
    settings = load_settings(flags, environment)

    for made in (make_model, model_address):
        with pytest.raises(UsageError, match="offline is set"):
            made(settings)
