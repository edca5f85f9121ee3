"""An installation and its store → what is in order and what is not, each with what to do.

Changes nothing, sends nothing, and goes on where a check fails.
"""

import sqlite3
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant import wiring
from assistant.chat.clipboard import way
from assistant.chat.keyboard import decide
from assistant.history.store import History, history_path
from assistant.settings import Settings, config_path, state_path
from index.dictionary import Dictionary
from index.errors import EmptyStoreError, InterviewsError
from index.plurals import counted
from index.protocols import Matrix
from index.records import LANGUAGES
from index.static import StaticEmbedder
from index.tokens import APPROXIMATE, encoding_name

MANY = 1_000
"""Conversations that are counted at most."""
State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    state: State
    words: str


def examine(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the findings, the installation first, then the store."""
    yield Finding("python", "ok", f"{sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    yield _word_index()
    yield _tokens()
    yield _tables()
    path = config_path(environment)
    yield Finding("configuration", "ok", f"{path}{'' if path.exists() else ' (none: defaults)'}")
    yield _network(settings)
    yield _answers(settings)
    yield from _store(settings)
    yield from _history(environment)
    yield _keyboard(environment)
    yield Finding("clipboard", "ok", f"copying goes by {way(environment)}")


def _word_index() -> Finding:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (terms)")
    except sqlite3.OperationalError:
        return Finding("word index", "wrong", "this Python's SQLite lacks FTS5; use another Python")
    finally:
        connection.close()
    return Finding("word index", "ok", "SQLite has FTS5")


def _tokens() -> Finding:
    if encoding_name() == APPROXIMATE:
        return Finding("tokens", "note", "no vocabulary on this disk: token budgets are estimates")
    return Finding("tokens", "ok", f"counted by {encoding_name()}, from this disk")


def _tables() -> Finding:
    try:
        embedder = StaticEmbedder()
        known = bool(Dictionary().translations("茶"))
    except InterviewsError as error:
        return Finding("tables", "wrong", str(error))
    if not known or not embedder.embed(["tea 茶"]).any():
        return Finding("tables", "wrong", "they know no words; install Interviews again")
    return Finding("tables", "ok", f"dictionary and vectors ({embedder.dimension} numbers a word)")


def _network(settings: Settings) -> Finding:
    try:
        address = wiring.embedding_address(settings)
    except InterviewsError as error:
        return Finding("network", "wrong", str(error))
    if address is None:
        return Finding("network", "ok", "nothing leaves this machine")
    return Finding("network", "note", f"indexing and searching send texts to {address}")


def _answers(settings: Settings) -> Finding:
    try:
        address = wiring.model_address(settings)
    except InterviewsError as error:
        return Finding("answers", "wrong", str(error))
    if address is None:
        return Finding("answers", "ok", "quoted from the interviews; no model is named")
    return Finding("answers", "note", f"{settings.model} writes them; paragraphs go to {address}")


def _history(environment: Mapping[str, str]) -> Iterator[Finding]:
    path = history_path(state_path(environment))
    if not path.exists():
        yield Finding("history", "ok", f"{path} (none yet)")
        return
    try:
        with History.open(path) as history:
            kept = len(history.conversations(limit=MANY))
    except InterviewsError as error:
        yield Finding("history", "wrong", str(error))
        return
    known = f"{MANY}+ conversations" if kept == MANY else counted(kept, "conversation")
    yield Finding("history", "ok", f"{path}: {known}")


def _keyboard(environment: Mapping[str, str]) -> Finding:
    keyboard = decide(environment)
    used = "used" if keyboard.is_protocol_used else "not used"
    return Finding("keyboard", "ok", f"the newer protocol is {used}: {keyboard.reason}")


def _store(settings: Settings) -> Iterator[Finding]:
    notices: list[str] = []
    try:
        with wiring.opened_searcher(settings, notices.append) as searcher:
            sizes = searcher.store.rows.sizes()
            yield Finding(
                "store",
                "ok",
                f"{settings.store}: {counted(sizes['interviews'], 'interview')},"
                f" {counted(sizes['paragraphs'], 'paragraph')}",
            )
            for language in LANGUAGES:
                searcher.store.nearest(language, _probe(searcher.store.meta), 1)
    except EmptyStoreError as error:
        yield Finding("store", "note", str(error))
        return
    except InterviewsError as error:
        yield Finding("store", "wrong", str(error))
        return
    for notice in notices:
        yield Finding("vectors", "note", notice)
    if not notices:
        yield Finding("vectors", "ok", "Chroma agrees with the store")


def _probe(meta: Mapping[str, str]) -> Matrix:
    dimension = int(meta["dimension"])
    return np.full(dimension, dimension**-0.5, np.float32)
