"""The plain libraries, put together as their documentation does: the yardstick, not a part of us.

LlamaIndex with Chroma, BM25 and reciprocal rank fusion, over the same store of texts. It embeds
with our bundled vectors, because its own default would call a service. Run as
`python -m evals.bench.stock build|ask|time FOLDER …`.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import BaseNode, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.static import bundled

BATCH = 2_000  # its Chroma adapter fails when it is given more than Chroma's own limit


class BundledEmbedding(BaseEmbedding):
    """Our vectors behind LlamaIndex's interface."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = bundled().embed(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def build(folder: Path, texts: Path) -> None:
    """Index one text a line (JSON strings) into `folder`."""
    nodes: list[BaseNode] = [
        TextNode(text=json.loads(line)) for line in texts.open(encoding="utf-8")
    ]
    index = VectorStoreIndex([], storage_context=_storage(folder), embed_model=_embedding())
    for start in range(0, len(nodes), BATCH):
        index.insert_nodes(nodes[start : start + BATCH])
    BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=10).persist(str(folder / "bm25"))


def open_retriever(folder: Path) -> QueryFusionRetriever:
    """Open what `build` made, as one fusing retriever."""
    store = ChromaVectorStore(chroma_collection=_collection(folder))
    index = VectorStoreIndex.from_vector_store(store, embed_model=_embedding())
    return QueryFusionRetriever(
        [
            index.as_retriever(similarity_top_k=10),
            BM25Retriever.from_persist_dir(str(folder / "bm25")),
        ],
        llm=MockLLM(),
        similarity_top_k=10,
        num_queries=1,
        mode="reciprocal_rerank",  # type: ignore[arg-type]  # its enum takes the word
        use_async=False,
    )


def seconds(retriever: QueryFusionRetriever, queries: Path) -> list[float]:
    """Return what each query took (one JSON string a line), after one that is not counted."""
    asked = [json.loads(line) for line in queries.open(encoding="utf-8")]
    retriever.retrieve(asked[0])
    taken = []
    for query in asked:
        began = time.perf_counter()
        retriever.retrieve(query)
        taken.append(time.perf_counter() - began)
    return taken


def _embedding() -> Any:
    return BundledEmbedding(model_name="bundled")


def _collection(folder: Path) -> Any:
    client = chromadb.PersistentClient(
        str(folder / "chroma"), settings=Settings(anonymized_telemetry=False)
    )
    return client.get_or_create_collection("texts", embedding_function=None)


def _storage(folder: Path) -> StorageContext:
    store = ChromaVectorStore(chroma_collection=_collection(folder))
    return StorageContext.from_defaults(vector_store=store)


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1] == "time":
        # Its parts print too: the last line is the result.
        print(json.dumps(seconds(open_retriever(Path(sys.argv[2])), Path(sys.argv[3]))))  # noqa: T201
    else:
        open_retriever(Path(sys.argv[2])).retrieve(sys.argv[3])
