"""Model classes as a user may have installed them: what LlamaIndex asks of one, and no more."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
    TextBlock,
    ToolCallBlock,
)
from llama_index.core.llms.custom import CustomLLM
from llama_index.core.llms.function_calling import FunctionCallingLLM


class ProviderError(Exception):
    """What a provider's library raises."""

    status_code: int | None = None


class RefusedError(ProviderError):
    status_code = 401


class Streaming(CustomLLM):
    """Can do nothing but stream a chat."""

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        raise NotImplementedError


class Echo(Streaming):
    """Writes what it was asked, word by word."""

    fails: bool = False
    base_url: str = "http://me:hush@127.0.0.1:1/api?x=1"

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="echo")

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        assert not kwargs
        text = ""
        for word in (messages[-1].content or "").split(" "):
            text += word + " "
            yield ChatResponse(
                message=ChatMessage(role=MessageRole.ASSISTANT, content=text), delta=word + " "
            )
        if self.fails:
            raise ProviderError("the provider fell over, sk-test-4f9a1c7e2b8d4f9a1c7e2b8d")


class Caller(Streaming, FunctionCallingLLM):
    """Calls the first tool it is offered, with what it was asked."""

    temperature: float = 1.0
    refuses: bool = False

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=True, is_function_calling_model=True)

    def _prepare_chat_with_tools(self, tools: Any, *_: Any, **kwargs: Any) -> dict[str, Any]:
        specs = [tool.metadata.to_openai_tool() for tool in tools]
        return {"messages": kwargs["chat_history"], "tools": specs}

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        if self.refuses:
            raise RefusedError("no key")
        function = kwargs["tools"][0]["function"]
        field = next(iter(function["parameters"]["properties"]))
        call = ToolCallBlock(
            tool_call_id="t1",
            tool_name=function["name"],
            tool_kwargs={field: messages[-1].content, "heat": self.temperature},
        )
        yield ChatResponse(
            message=ChatMessage(role="assistant", blocks=[TextBlock(text="I look."), call]),
            delta="I look.",
            raw={"usage": {"input_tokens": 7, "output_tokens": 3}, "stop_reason": "tool_use"},
        )
