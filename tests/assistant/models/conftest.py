"""A model behind a real address of this machine, with little patience."""

from collections.abc import Iterator

import pytest

from assistant.models.llama import LlamaChatModel
from tests.assistant.models.talking import model_at
from tests.servers import OpenAIServer


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def model(server: OpenAIServer) -> LlamaChatModel:
    return model_at(server.address)
