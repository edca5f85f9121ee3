"""What some models want written before a query or a passage; without it they find less."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Words put before a text when it is embedded, not stored with it."""

    query: str = ""
    passage: str = ""


_RETRIEVE = "Represent this sentence for searching relevant passages: "
_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query"

# A model's name, without its maker and in lower case → its prefixes; the first that matches counts.
# Source: the model cards of e5, bge, mxbai-embed, nomic-embed-text and Qwen3-Embedding.
_FAMILIES = (
    (r"(multilingual-)?e5-(small|base|large)(-v2)?", Prefixes("query: ", "passage: ")),
    (r"multilingual-e5-large-instruct", Prefixes(f"{_TASK}\nQuery: ")),
    (r"bge-(small|base|large)-zh(-v1\.5)?", Prefixes("为这个句子生成表示以用于检索相关文章：")),
    (r"bge-(small|base|large)-en(-v1\.5)?", Prefixes(_RETRIEVE)),
    (r"mxbai-embed-large(-v1)?", Prefixes(_RETRIEVE)),
    (r"nomic-embed-text(-v1(\.5)?)?", Prefixes("search_query: ", "search_document: ")),
    (r"qwen3-embedding(-\d+(\.\d+)?b)?", Prefixes(f"{_TASK}\nQuery:")),
)


def prefixes_of(model: str) -> Prefixes:
    """Return what a model at an address wants, by its name; nothing for models not known.

    `BAAI/bge-large-zh-v1.5`, `bge-large-zh-v1.5:latest` and `bge-large-zh-v1.5` are one model.
    """
    name = model.lower().rsplit("/", 1)[-1].split(":", 1)[0]
    for pattern, prefixes in _FAMILIES:
        if re.fullmatch(pattern, name):
            return prefixes
    return Prefixes()
