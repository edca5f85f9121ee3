"""Small parts for tests, behind the protocols of the real ones, and interviews made by hand."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assistant.protocols import Finish, Message, Piece, TextDelta, ToolRequest, ToolSpec, Usage
from index.protocols import Matrix
from index.records import Chunk, Interview, Language, Paragraph, Section, SourceFile, Span
from index.store.generations import Place
from index.store.publishing import write_store
from index.store.recipe import Recipe
from index.store.writing import Analysed, AnalysedText

WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class HashEmbedder:
    """Vectors out of the hashes of words: equal texts meet, nothing else is known."""

    name: str = "bundled"
    fingerprint: str = "hash-1"
    dimension: int = 16

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row a text."""
        matrix = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in WORD.findall(text.lower()):
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
                matrix[row] += np.random.default_rng(seed).standard_normal(self.dimension)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        return (matrix / np.where(lengths > 0, lengths, 1)).astype(np.float32)


@dataclass(slots=True)
class Heard:
    """Progress that remembers what it was told."""

    steps: list[tuple[int, int, str]] = field(default_factory=list)

    def advance(self, done: int, total: int, what: str) -> None:
        """Remember one step."""
        self.steps.append((done, total, what))


EMBEDDER = HashEmbedder()
RECIPE = Recipe(EMBEDDER.name, EMBEDDER.fingerprint, EMBEDDER.dimension, "1")


def an_interview(
    name: str, *texts: Mapping[Language, str], sections: int = 1, **facts: Any
) -> Interview:
    """Return an interview whose paragraphs have these texts, spread over sections in order."""
    size = -(-len(texts) // sections)
    return Interview(
        id=name,
        title=facts.pop("title", f"Talk {name}"),
        path=facts.pop("path", f"/talks/{name}.md"),
        sections=tuple(
            Section(
                n + 1,
                f"Part {n + 1}",
                tuple(
                    Paragraph(f"{name}:{n * size + i}", text, speaker="Ada")
                    for i, text in enumerate(texts[n * size : (n + 1) * size])
                ),
            )
            for n in range(sections)
        ),
        **facts,
    )


def analysed(interview: Interview) -> Analysed:
    """Return every word as a term, and one window a text."""
    return {
        (p.id, language): AnalysedText(
            terms=Counter(WORD.findall(text.lower())),
            windows=[(0, len(text))],
            vectors=EMBEDDER.embed([text]),
        )
        for p in interview.paragraphs
        for language, text in p.texts.items()
    }


def chunked(interview: Interview) -> list[Chunk]:
    """Return one chunk a text."""
    return [
        Chunk(
            f"{p.id}.{language}", section.index, language, (Span(p.id, language, 0, len(text)),), 1
        )
        for section in interview.sections
        for p in section.paragraphs
        for language, text in p.texts.items()
    ]


def put(
    place: Place, *interviews: Interview, remove: Sequence[str] = (), erase: bool = False
) -> None:
    """Write interviews to a store and take others out, in one publication."""
    with write_store(place, RECIPE, erase=erase) as session:
        for name in remove:
            session.rows.remove(name)
        for interview in interviews:
            file = SourceFile(interview.path, 1, 1, f"digest of {interview.id}")
            session.rows.add(interview, file, chunked(interview), analysed(interview))


Script = Sequence[Piece | Exception]


def said(text: str, *, size: int = 5) -> list[Piece]:
    """Return a reply of text, in small pieces."""
    pieces: list[Piece] = [TextDelta(text[i : i + size]) for i in range(0, len(text), size)]
    return [*pieces, Usage(100, 20), Finish("stop")]


def called(name: str, **arguments: Any) -> list[Piece]:
    """Return a reply that asks for one call."""
    raw = json.dumps(arguments, ensure_ascii=False)
    return [ToolRequest(f"id-{name}", name, arguments, raw), Usage(100, 20), Finish("tools")]


@dataclass(slots=True)
class ScriptedModel:
    """Replays replies; the last one again and again."""

    script: list[Script]
    name: str = "scripted"
    address: str = "http://127.0.0.1:9/v1"
    calls_tools: bool = True
    heard: list[list[Message]] = field(default_factory=list)
    offered: list[list[str]] = field(default_factory=list)

    def respond(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Iterator[Piece]:
        """Say what is next; an exception in the script is raised there."""
        self.heard.append(list(messages))
        self.offered.append([tool.name for tool in tools])
        for piece in self.script[min(len(self.heard), len(self.script)) - 1]:
            if isinstance(piece, Exception):
                raise piece
            yield piece
