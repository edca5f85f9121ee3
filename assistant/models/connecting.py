"""What a setting names → a LlamaIndex model that streams, and a way to hang up on it."""

import importlib
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import httpx
import openai
from llama_index.core.base.llms.types import ChatResponse, LLMMetadata
from llama_index.core.llms.function_calling import FunctionCallingLLM
from llama_index.core.llms.llm import LLM
from llama_index.llms.openai import OpenAI

from assistant.models.failures import NotAReplyError, WebPageError
from assistant.models.names import NamedClass, NamedModel
from assistant.models.silence import Limits
from assistant.models.talk import OfferedTool, chat_messages, tool_body
from assistant.protocols import Message, ToolSpec
from index.embedders.names import OPENAI_ADDRESS
from index.errors import UsageError


class Line(Protocol):
    """A model that can be asked."""

    @property
    def address(self) -> str:
        """Where texts go."""

    @property
    def key(self) -> str | None:
        """What must not be shown."""

    @property
    def hint(self) -> str:
        """Where a key may have been put by mistake."""

    @property
    def spare(self) -> Mapping[str, Any]:
        """Fields that the address need not take."""

    @property
    def calls_tools(self) -> bool:
        """Whether tools may be offered, as far as one can tell before asking."""

    def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], spare: Mapping[str, Any]
    ) -> Iterator[ChatResponse]:
        """Ask, and yield what comes."""

    def hang_up(self, thread: int) -> None:
        """End what a thread waits for, if that can be done."""


class AnyModel(OpenAI):
    """LlamaIndex's OpenAI class, for names it does not know.

    It is told what it looks up for the names it knows: that this is a chat, and may call tools.
    A subclass, as LlamaIndex means its classes to be fitted to other addresses.
    """

    def __init__(self, model: str, client: openai.OpenAI, options: Mapping[str, Any]) -> None:
        super().__init__(
            model=model,
            api_key="none",  # the client has it; this one would be kept with the model
            additional_kwargs={"extra_body": dict(options)} if options else {},
            openai_client=client,
        )

    @property
    def metadata(self) -> LLMMetadata:
        """What the class decides by; the window is left to the address."""
        return LLMMetadata(
            is_chat_model=True, is_function_calling_model=True, model_name=self.model
        )


class OpenAILine:
    """A model at an OpenAI-compatible address."""

    calls_tools = True

    def __init__(
        self,
        named: NamedModel,
        limits: Limits,
        *,
        temperature: float | None,
        options: Mapping[str, Any],
    ) -> None:
        self.address, self.key, self.hint = named.address, named.key, named.hint
        self.spare: dict[str, Any] = {"stream_options": {"include_usage": True}}
        if temperature is not None:
            self.spare["temperature"] = temperature
        self._answers: dict[int, httpx.Response] = {}
        try:
            client = _client(named, limits, self._remember)
            self._llm = AnyModel(named.model, client, options)
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise UsageError(f"the model {named.model} cannot be used: {reason}") from error

    def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], spare: Mapping[str, Any]
    ) -> Iterator[ChatResponse]:
        """Ask, and yield what comes."""
        body: dict[str, Any] = {"temperature": openai.omit, **spare}
        if tools:
            body["tools"] = [tool_body(tool) for tool in tools]
        thread, came = threading.get_ident(), False
        try:
            for response in self._llm.stream_chat(chat_messages(messages, parsed=False), **body):
                came = True
                yield response
            if not came:
                raise self._no_stream(thread)
        finally:
            # The library would only close it some day, when the garbage is collected.
            answer = self._answers.pop(thread, None)
            if answer is not None:
                answer.close()

    def hang_up(self, thread: int) -> None:
        """End what a thread waits for."""
        answer = self._answers.get(thread)
        stream = answer.extensions.get("network_stream") if answer else None
        wire = stream.get_extra_info("socket") if stream else None
        if wire is not None:
            try:
                # Of the plain class: that of TLS would first drop what the other thread reads with.
                socket.socket.shutdown(wire, socket.SHUT_RDWR)
            except OSError:
                return  # it has ended meanwhile

    def _no_stream(self, thread: int) -> NotAReplyError:
        """Return what came in place of a stream, as an error."""
        answer = self._answers.get(thread)
        kind = answer.headers.get("content-type", "") if answer else ""
        if "html" in kind:
            return WebPageError(kind)
        return NotAReplyError(kind.partition(";")[0] or "nothing")

    def _remember(self, answer: httpx.Response) -> None:
        self._answers[threading.get_ident()] = answer


class ClassLine:
    """A model of any other class of LlamaIndex."""

    key = None
    hint = ""

    def __init__(
        self, named: NamedClass, *, temperature: float | None, options: Mapping[str, Any]
    ) -> None:
        given = dict(options) if temperature is None else {"temperature": temperature, **options}
        self._llm = _made(named, given)
        self.spare: Mapping[str, Any] = {}
        self.address = _address(self._llm, named)

    @property
    def calls_tools(self) -> bool:
        """Whether the class says so; one that does not know its model's name says no."""
        if not isinstance(self._llm, FunctionCallingLLM):
            return False
        try:
            return self._llm.metadata.is_function_calling_model
        except ValueError:
            return False

    def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], spare: Mapping[str, Any]
    ) -> Iterator[ChatResponse]:
        """Ask, and yield what comes."""
        talk = chat_messages(messages, parsed=True)
        if tools and isinstance(self._llm, FunctionCallingLLM):
            offered = [OfferedTool(tool) for tool in tools]
            yield from self._llm.stream_chat_with_tools(
                offered, chat_history=talk, allow_parallel_tool_calls=True, **spare
            )
        else:
            yield from self._llm.stream_chat(talk, **spare)

    def hang_up(self, thread: int) -> None:
        """Do nothing: its connection is its own, and ends with its next chunk."""


def connect(
    named: NamedModel | NamedClass,
    limits: Limits,
    *,
    temperature: float | None,
    options: Mapping[str, Any],
) -> Line:
    """Return a model that can be asked.

    Raises:
        UsageError: there is no such class, or it does not take these options.
    """
    if isinstance(named, NamedModel):
        return OpenAILine(named, limits, temperature=temperature, options=options)
    return ClassLine(named, temperature=temperature, options=options)


def _made(named: NamedClass, options: Mapping[str, Any]) -> LLM:
    whole = f"{named.module}:{named.name}"
    try:
        kind = getattr(importlib.import_module(named.module), named.name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        package = named.module.replace(".", "-").replace("_", "-")
        raise UsageError(
            f"the model class {whole} cannot be loaded ({error}); is {package} installed?"
        ) from error
    if not (isinstance(kind, type) and issubclass(kind, LLM)):
        raise UsageError(f"{whole} is not a model class of LlamaIndex")
    try:
        return kind(**options)
    except (TypeError, ValueError, ImportError, OSError) as error:
        # Not quoted: what such classes say often repeats all they were given.
        raise UsageError(
            f"the model class {whole} does not take what [model_options] says, or lacks its key"
            f" ({type(error).__name__})"
        ) from error


def _address(llm: LLM, named: NamedClass) -> str:
    for name in ("base_url", "api_base", "endpoint", "azure_endpoint"):
        url = getattr(llm, name, None)
        if isinstance(url, str) and url:
            parts = httpx.URL(url)
            return str(parts.copy_with(username=None, password=None, query=None)).rstrip("/")
    return f"the provider of {named.module}:{named.name}"


def _client(named: NamedModel, limits: Limits, remember: Any) -> openai.OpenAI:
    # Silence is measured where replies are read; this is what ends a thread nobody waits for.
    longest_s = max(limits.first_s, limits.between_s) + 1
    client = openai.OpenAI(
        base_url=named.address,
        api_key=named.key or "none",  # the library insists on one
        admin_api_key="",
        max_retries=0,
        http_client=openai.DefaultHttpxClient(
            follow_redirects=False,
            # A proxy of the environment would see what was meant to stay on this machine.
            trust_env=not named.stays_here,
            timeout=httpx.Timeout(longest_s, connect=limits.connect_s),
            event_hooks={"response": [remember]},
        ),
    )
    if named.address != OPENAI_ADDRESS:
        # Taken from the environment by the library; no other address should learn them.
        client.organization = client.project = None
    return client
