"""The setting `model` → what it names, where texts go, and with which key. Loads no library.

    gpt-5, deepseek-chat, qwen3:8b …        that model at base_url; by itself, OpenAI
    llama_index.llms.anthropic:Anthropic    any other model class of LlamaIndex that is installed,
                                            made with what [model_options] says

The key is the one in OPENAI_API_KEY; a class of another provider reads its own variable.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.embedders.names import OPENAI_ADDRESS, RemoteName, read_access, read_address
from index.errors import UsageError

KEY = "OPENAI_API_KEY"
_CLASS = re.compile(r"(?P<module>[a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)+):(?P<name>[A-Z]\w*)")
_MODEL = re.compile(r"[^\s\x00-\x1f]{1,200}")
_LOOKS_LIKE_KEY = re.compile(r"(?:sk|pk|gsk|xai|AIza)[-_]?[A-Za-z0-9_-]{20,}")
# Seen in other programs' notes on how to set a key; this one reads none of them.
_OTHER_VARIABLES = (
    "OPENAI_KEY",
    "OPENAI_APIKEY",
    "OPENAI_API_TOKEN",
    "OPENAI_TOKEN",
    "OPENAI_SECRET_KEY",
    "OPEN_AI_KEY",
    "OPEN_AI_API_KEY",
    "OPENAI_ADMIN_KEY",
    "INTERVIEWS_API_KEY",
    "INTERVIEWS_MODEL_KEY",
    "INTERVIEWS_EMBEDDER_KEY",
    "AZURE_OPENAI_API_KEY",
    "DEEPSEEK_API_KEY",
    "DASHSCOPE_API_KEY",
    "OPENROUTER_API_KEY",
    "MOONSHOT_API_KEY",
    "ZHIPUAI_API_KEY",
    "SILICONFLOW_API_KEY",
)


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model at an OpenAI-compatible address."""

    model: str
    address: str
    key: str | None = field(default=None, repr=False)
    hint: str = ""
    """Where a key may have been put by mistake; "" when there is no sign of one."""

    @property
    def stays_here(self) -> bool:
        """Whether the address is this machine's own."""
        return RemoteName(self.address, self.model).stays_here


@dataclass(frozen=True, slots=True)
class NamedClass:
    """A model class of LlamaIndex."""

    module: str
    name: str


def read_model(
    name: str, environment: Mapping[str, str], *, base_url: str | None, offline: bool
) -> NamedModel | NamedClass:
    """Return what the setting names.

    Args:
        name: as the user wrote it.
        environment: where the key is looked for.
        base_url: the address that was set; None is OpenAI.
        offline: forbid every address but this machine's own.

    Raises:
        UsageError: it names nothing, something that may not be used, or lacks a key.
    """
    if _LOOKS_LIKE_KEY.fullmatch(name):
        raise UsageError(f"the model's name looks like a key; put the key in {KEY}")  # not quoted
    found = _CLASS.fullmatch(name)
    if found:
        if offline:
            raise UsageError(
                f"offline is set, and the model {name} may send texts to another machine;"
                " name one at an address of this machine, or unset offline"
            )
        return NamedClass(found["module"], found["name"])
    if not (_MODEL.fullmatch(name) and name.isprintable()):
        raise UsageError(
            f"no model can be called {name!r}; write its NAME, or MODULE:CLASS of LlamaIndex"
        )
    return _at_address(name, environment, base_url=base_url, offline=offline)


def read_base_url(address: str) -> str:
    """Return an address of a model in the one form that is shown.

    Raises:
        UsageError: it is not `http://host:port/path`, or carries a password or a query.
    """
    try:
        return read_address(address.strip().rstrip("/").removesuffix("/chat/completions"))
    except UsageError as error:
        # Not quoted: it may hold a password.
        raise UsageError(
            "the model's address (base_url, or OPENAI_BASE_URL) is not of the form"
            f" http://HOST:PORT/v1; give it without a password or a query, and the key in {KEY}"
        ) from error


def _at_address(
    name: str, environment: Mapping[str, str], *, base_url: str | None, offline: bool
) -> NamedModel:
    key = read_access(environment, offline=offline).openai_key
    hint = "" if key else _hint(environment)
    named = NamedModel(name, read_base_url(base_url or OPENAI_ADDRESS), key, hint)
    if offline and not named.stays_here:
        raise UsageError(
            f"offline is set, and the model {name} would send texts to {named.address};"
            " name an address of this machine, or unset offline"
        )
    if key is None and named.address == OPENAI_ADDRESS:
        raise UsageError(
            f"the model {name} at {named.address} wants a key; set {KEY}{hint}"
            " (or base_url, for a model elsewhere)"
        )
    return named


def _hint(environment: Mapping[str, str]) -> str:
    for variable in _OTHER_VARIABLES:
        if environment.get(variable, "").strip():
            return f" ({variable} is set, but is not read for this)"
    return ""
