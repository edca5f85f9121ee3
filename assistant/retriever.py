"""The index as a retriever of LlamaIndex: its query engines, fusions and agents can search it.

    with InterviewsRetriever.open("my-index", k=5) as retriever:
        RetrieverQueryEngine.from_args(retriever, llm=…).query("她为什么离开？")

The adapter adds nothing to the search and nothing to the texts; ids are those citations use.
"""

import asyncio
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, Self

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from assistant import wiring
from assistant.settings import load_settings
from index.language import detect_language
from index.records import Filters, Language, SearchHit

NO_FILTERS = Filters()
TRANSLATION = "text_"
"""Before a language: where a node keeps its paragraph's text in the other language."""
_UNSEEN = ("section", "role", f"{TRANSLATION}en", f"{TRANSLATION}zh")


class Search(Protocol):
    """What is used of `index.search.Searcher`."""

    def search(self, query: str, *, k: int, filters: Filters) -> list[SearchHit]:
        """Return at most k paragraphs, best first."""


class InterviewsRetriever(BaseRetriever):
    """Gives the paragraphs that answer a question, best first, as nodes.

    A node's text is the paragraph in the question's language where it has it, else in the one it
    has; the other language's text is in its metadata. Safe to share between threads and tasks.

    Args:
        searcher: searches an open store.
        k: most nodes of one question.
        filters: what the search is restricted to.
        callback_manager: LlamaIndex's.
    """

    def __init__(
        self,
        searcher: Search,
        *,
        k: int = 10,
        filters: Filters = NO_FILTERS,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        if k < 1:
            raise ValueError(f"k is {k}, and must be at least 1")
        self._searcher = searcher
        self._k = k
        self._filters = filters
        self._one_at_a_time = threading.Lock()
        self._held = ExitStack()
        super().__init__(callback_manager)

    @classmethod
    def open(
        cls, folder: str | Path, *, k: int = 10, filters: Filters = NO_FILTERS
    ) -> "InterviewsRetriever":
        """Open a store's folder; `close` it, or use it in a `with`.

        Queries are embedded as the store was made; settings and keys are those of the program.

        Raises:
            EmptyStoreError: nothing was indexed yet.
            StoreVersionError: the store was made by another version or embedder.
            UsageError: the store's embedder may not be used, or its key is missing.
        """
        settings = load_settings({"store": str(folder)})
        with ExitStack() as opening:
            searcher = opening.enter_context(wiring.opened_searcher(settings, lambda _line: None))
            retriever = cls(searcher, k=k, filters=filters)
            retriever._held = opening.pop_all()
        return retriever

    def close(self) -> None:
        """Let go of the store; for a retriever that `open` gave."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = query_bundle.query_str.strip()
        if not query:
            return []
        with self._one_at_a_time:
            hits = self._searcher.search(query, k=self._k, filters=self._filters)
        return [node_of(hit, detect_language(query)) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        # A search may wait for a disk or for an embedder's address: not in the event loop.
        return await asyncio.to_thread(self._retrieve, query_bundle)


def node_of(hit: SearchHit, language: Language) -> NodeWithScore:
    """Return a hit as a node, in a language if its paragraph has it."""
    texts = hit.paragraph.texts
    shown = language if language in texts else next(iter(texts))
    node = TextNode(
        id_=hit.paragraph.id,
        text=texts[shown],
        metadata=_metadata(hit, shown),
        excluded_llm_metadata_keys=list(_UNSEEN),
        excluded_embed_metadata_keys=list(_UNSEEN),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.interview.id)},
    )
    return NodeWithScore(node=node, score=float(hit.score))


def _metadata(hit: SearchHit, shown: Language) -> dict[str, str | int]:
    """Return what is known of a hit, flat, as LlamaIndex's stores and filters want it."""
    values: Mapping[str, str | int | None] = {
        "interview": hit.interview.id,
        "title": hit.interview.title,
        "date": hit.interview.date,
        "speaker": hit.paragraph.speaker,
        "time": hit.paragraph.time,
        "section": hit.section,
        "heading": hit.heading,
        "language": shown,
        "role": hit.paragraph.role,
        "source": hit.interview.source,
        **{
            f"{TRANSLATION}{other}": text
            for other, text in hit.paragraph.texts.items()
            if other != shown
        },
    }
    return {name: value for name, value in values.items() if value is not None and value != ""}
