import asyncio
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode

from assistant import wiring
from assistant.retriever import InterviewsRetriever
from assistant.settings import Settings
from index.errors import EmptyStoreError
from index.records import Filters, InterviewSummary, Paragraph, SearchHit

BOTH = Paragraph(
    "tea:1", {"zh": "茶要在早上采。", "en": "Tea is picked in the morning."}, speaker="Gu 顾"
)
CHINESE = Paragraph("tea:2", {"zh": "雨天不采茶。"}, role="editor", time="00:01:02")
TEA = InterviewSummary(
    id="tea",
    title="Tea 茶",
    path="tea.md",
    date="2031-04",
    source="https://tea.example/1",
    speakers=("Gu 顾",),
    languages=("en", "zh"),
    tags=(),
    sections=1,
    paragraphs=2,
)


class ListSearcher:
    """Finds the same two paragraphs whatever is asked, and remembers what was."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, Filters]] = []

    def search(self, query: str, *, k: int, filters: Filters) -> list[SearchHit]:
        self.asked.append((query, k, filters))
        return [
            SearchHit(rank, 1 / rank, paragraph, TEA, 1, "Picking 采", rank, "zh")
            for rank, paragraph in enumerate((BOTH, CHINESE), start=1)
        ][:k]


class Echo(CustomLLM):
    """A model that answers with what it was told."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=32_000, num_output=512)

    @llm_completion_callback()
    def complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002  # LlamaIndex gives it
        **_: Any,
    ) -> CompletionResponse:
        return CompletionResponse(text=prompt)

    @llm_completion_callback()
    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002  # LlamaIndex gives it
        **_: Any,
    ) -> CompletionResponseGen:
        yield CompletionResponse(text=prompt, delta=prompt)


def test_a_hit_becomes_a_node_with_the_id_that_citations_use() -> None:
    first, second = InterviewsRetriever(ListSearcher()).retrieve("When is tea picked?")

    assert (first.node.node_id, first.score) == ("tea:1", 1.0)
    assert first.text == "Tea is picked in the morning."
    assert first.metadata == {
        "interview": "tea",
        "title": "Tea 茶",
        "date": "2031-04",
        "speaker": "Gu 顾",
        "section": 1,
        "heading": "Picking 采",
        "language": "en",
        "role": "speech",
        "source": "https://tea.example/1",
        "text_zh": "茶要在早上采。",
    }
    assert first.node.ref_doc_id == "tea"
    assert (second.node.node_id, second.text) == ("tea:2", "雨天不采茶。")
    assert (second.metadata["language"], second.metadata["role"]) == ("zh", "editor")
    assert second.metadata["time"] == "00:01:02"
    assert "speaker" not in second.metadata


def test_a_paragraph_of_two_languages_speaks_the_question_s() -> None:
    retriever = InterviewsRetriever(ListSearcher())
    first = retriever.retrieve("茶什么时候采？")[0]
    assert first.text == "茶要在早上采。"
    assert first.metadata["text_en"] == "Tea is picked in the morning."
    shown = first.node.get_content(MetadataMode.LLM)
    assert "Tea is picked" not in shown
    assert "speaker: Gu 顾" in shown


def test_k_and_filters_are_passed_on() -> None:
    searcher = ListSearcher()
    filters = Filters(interviews=frozenset({"tea"}), language="zh")
    assert len(InterviewsRetriever(searcher, k=1, filters=filters).retrieve("茶")) == 1
    assert searcher.asked == [("茶", 1, filters)]
    assert InterviewsRetriever(searcher).retrieve(" \n") == []
    with pytest.raises(ValueError, match="at least 1"):
        InterviewsRetriever(searcher, k=0)


def test_many_tasks_may_ask_at_once() -> None:
    searcher = ListSearcher()
    retriever = InterviewsRetriever(searcher)

    async def ask_all() -> list[str]:
        found = await asyncio.gather(*(retriever.aretrieve(f"tea {i}") for i in range(20)))
        return [nodes[0].node.node_id for nodes in found]

    assert asyncio.run(ask_all()) == ["tea:1"] * 20
    assert sorted(query for query, _, _ in searcher.asked) == sorted(f"tea {i}" for i in range(20))


def test_a_query_engine_of_llama_index_answers_from_it() -> None:
    engine = RetrieverQueryEngine.from_args(InterviewsRetriever(ListSearcher()), llm=Echo())
    response = engine.query("茶什么时候采？")
    assert [node.node.node_id for node in response.source_nodes] == ["tea:1", "tea:2"]
    assert "茶要在早上采。" in str(response)
    assert "茶什么时候采？" in str(response)

    again = asyncio.run(engine.aquery("When is tea picked?"))
    assert "Tea is picked in the morning." in str(again)


def test_a_fusion_of_llama_index_takes_it() -> None:
    fusion = QueryFusionRetriever(
        [InterviewsRetriever(ListSearcher()), InterviewsRetriever(ListSearcher(), k=1)],
        llm=Echo(),
        num_queries=1,
        use_async=False,
    )
    assert [node.node.node_id for node in fusion.retrieve("tea")] == ["tea:1", "tea:2"]


class Silence:
    """A progress nobody watches."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Do nothing."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / "store"
    samples = sorted(wiring.sample_folder().glob("tea-*.md"))
    wiring.build_index(
        samples,
        Settings(store=folder),
        progress=Silence(),
        waiting=lambda: None,
        notice=lambda _line: None,
        rebuild=False,
    )
    return folder


def test_a_store_is_opened_by_its_folder(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTERVIEWS_CONFIG", str(tmp_path / "none.toml"))
    with InterviewsRetriever.open(store, k=3) as retriever:
        for question in ("How is tea grown?", "茶怎么种？"):
            nodes = retriever.retrieve(question)
            assert 1 <= len(nodes) <= 3
            assert nodes == asyncio.run(retriever.aretrieve(question))
            for node in nodes:
                assert node.node.node_id.startswith(f"{node.metadata['interview']}:")
                assert node.text
        response = RetrieverQueryEngine.from_args(retriever, llm=Echo()).query("茶怎么种？")
        assert response.source_nodes


def test_what_cannot_be_opened_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTERVIEWS_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(EmptyStoreError, match="nothing was indexed yet"):
        InterviewsRetriever.open(tmp_path / "none")
