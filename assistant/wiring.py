"""Settings → working parts: the only file that names the concrete classes; imported on demand."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings, state_path
from index.errors import EmptyStoreError, StoreError

if TYPE_CHECKING:
    from assistant.agent import Agent
    from assistant.history.store import History
    from assistant.models.names import NamedClass, NamedModel
    from assistant.protocols import ChatModel
    from assistant.quoter import Quoter
    from index.build import Builder, BuildSummary
    from index.embedders.names import Access
    from index.protocols import Progress
    from index.records import Filters
    from index.search import Searcher
    from index.store.generations import Place
    from index.store.opening import Store

Notice = Callable[[str], None]


def sample_folder() -> Path:
    """Return where the bundled sample interviews lie."""
    return Path(str(files("index") / "sample"))


def embedding_address(settings: Settings) -> str | None:
    """Return where indexing sends texts; None when they stay in this process.

    Raises:
        UsageError: the setting names no embedder.
    """
    from index.embedders.choose import address_of

    return address_of(settings.embedder, _access(settings))


def make_place(settings: Settings) -> "Place":
    """Return where the index is kept."""
    from index.store.generations import Place

    return Place(settings.store, settings.chroma)


def check_embedder(settings: Settings) -> None:
    """Refuse an embedder that is not the store's before anything is sent to it.

    Raises:
        StoreVersionError: the store was made with another one.
        UsageError: the setting names no embedder.
    """
    from index.embedders.choose import full_name
    from index.store import recipe

    embedder = full_name(settings.embedder, _access(settings))
    recipe.check_embedder(_stored_meta(settings), embedder, settings.store)


def make_builder(settings: Settings, progress: "Progress", notice: Notice) -> "Builder":
    """Return what turns interviews into rows.

    Raises:
        UsageError: the setting names no embedder, or one that may not be used.
    """
    from index.build import Builder
    from index.embedders.choose import Use, full_name, make_embedder

    access = _access(settings)
    dimension = _stored_dimension(settings, full_name(settings.embedder, access))
    use = Use(dimension=dimension, progress=progress, notice=notice)
    embedder = make_embedder(settings.embedder, access, use, cache=settings.store)
    return Builder(embedder, settings.chunk_tokens)


def build_index(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: "Progress",
    waiting: Callable[[], None],
    notice: Notice,
    rebuild: bool,
) -> "BuildSummary":
    """Bring the store up to date with files and folders."""
    from index.build import build
    from index.embedders.cache import clear_cache

    summary = build(
        paths,
        make_place(settings),
        make_builder(settings, progress, notice),
        progress=progress,
        waiting=waiting,
        rebuild=rebuild,
    )
    clear_cache(settings.store)  # all of it is in the store now
    return summary


def remove_interview(
    interview: str,
    settings: Settings,
    *,
    progress: "Progress",
    waiting: Callable[[], None],
    lingering: Callable[[], None],
) -> list[str]:
    """Take one interview out of the store for good; returns exact copies that are still there."""
    from index.build import remove
    from index.embedders.cache import clear_cache

    forget_answers(interview, settings)  # first: if it fails, the same call can be made again
    copies = remove(
        interview,
        make_place(settings),
        progress=progress,
        waiting=waiting,
        lingering=lingering,
    )
    forget_answers(interview, settings)  # what was asked meanwhile
    clear_cache(settings.store)  # an indexing that was cut short may have left its vectors there
    return copies


def forget_answers(interview: str, settings: Settings) -> None:
    """Take what quotes an interview out of the history; nothing where there is none.

    Raises:
        HistoryError: it cannot be written.
    """
    from assistant.history.store import History, history_path

    path = history_path(state_path(os.environ))
    if path.exists():
        with History.open(path) as history:
            history.forget_interview(interview, settings.store)


@contextmanager
def opened_history(settings: Settings, notice: Notice) -> Iterator["History | None"]:
    """Open the history; None where it is switched off, or cannot be opened, which is said."""
    from assistant.history.errors import HistoryError
    from assistant.history.store import History, history_path

    history = None
    if settings.history:
        try:
            history = History.open(history_path(state_path(os.environ)))
        except HistoryError as error:
            notice(f"{error}; going on without a history")
    try:
        yield history
    finally:
        if history is not None:
            history.close()


def readmit_interview(interview: str, settings: Settings) -> None:
    """Let an interview that was removed be indexed again."""
    from index.build import readmit

    readmit(interview, make_place(settings))


@contextmanager
def opened_store(settings: Settings, notice: Notice) -> Iterator["Store"]:
    """Open the store for reading."""
    from index.store.opening import open_store

    with open_store(settings.store, notice=notice) as store:
        yield store


@contextmanager
def opened_searcher(settings: Settings, notice: Notice) -> Iterator["Searcher"]:
    """Open the store for searching, with the embedder it was made with.

    Raises:
        EmptyStoreError: nothing was indexed yet.
        StoreVersionError: it was made by another recipe.
    """
    from index.analyse import ANALYSIS
    from index.embedders.choose import Use, make_embedder
    from index.search import Searcher
    from index.store.recipe import Recipe, check_recipe

    with opened_store(settings, notice) as store:
        if store.rows.is_empty():
            raise EmptyStoreError(
                f"the store {settings.store} holds no interview; run: interviews index FOLDER"
            )
        use = Use(asking=True, dimension=int(store.meta["dimension"]), notice=notice)
        embedder = make_embedder(store.meta["embedder"], _access(settings), use, stored=True)
        recipe = Recipe(embedder.name, embedder.fingerprint, embedder.dimension, ANALYSIS)
        check_recipe(store.meta, recipe, settings.store)
        yield Searcher(store, embedder)


def model_address(settings: Settings) -> str | None:
    """Return where a question and the paragraphs for it are sent; None when no model is named.

    Raises:
        UsageError: the setting names no model, or one that may not be used.
    """
    named = _named_model(settings)
    if named is None:
        return None
    return getattr(named, "address", None) or f"the provider of {settings.model}"


def make_model(settings: Settings) -> "ChatModel | None":
    """Return the model to talk to; None when no flag and no file names one, whatever keys are set.

    Raises:
        UsageError: the setting names no model, or one that may not be used.
    """
    named = _named_model(settings)
    if named is None:
        return None
    from assistant.models.connecting import connect
    from assistant.models.llama import FOR_ANSWERING, LlamaChatModel
    from assistant.models.silence import Limits

    usual = Limits()
    limits = replace(usual, total_s=min(usual.total_s, settings.max_seconds))
    patience = replace(
        FOR_ANSWERING, total_s=min(FOR_ANSWERING.total_s, float(settings.max_seconds))
    )
    line = connect(named, limits, temperature=settings.temperature, options=settings.model_options)
    name = settings.model or ""
    return LlamaChatModel(name, line, tools=settings.tools, limits=limits, patience=patience)


def make_agent(
    settings: Settings, model: "ChatModel", searcher: "Searcher", scope: "Filters"
) -> "Agent":
    """Return what answers questions with a model.

    Args:
        settings: how far an answer may go.
        model: that answers.
        searcher: over an open store, kept to nothing.
        scope: what the reader keeps the question to.
    """
    from assistant.agent import Agent, Bounds
    from assistant.checking.check import check_sentence

    bounds = Bounds(settings.max_steps, settings.max_tokens, float(settings.max_seconds))
    return Agent(
        model, searcher, check_sentence, bounds=bounds, keep=settings.show_unsupported, scope=scope
    )


def make_quoter(searcher: "Searcher", scope: "Filters") -> "Quoter":
    """Return what answers questions with the interviews' own sentences."""
    from assistant.quoter import Quoter

    return Quoter(searcher, scope)


def _named_model(settings: Settings) -> "NamedModel | NamedClass | None":
    if settings.model is None:
        return None
    from assistant.models.names import read_model

    return read_model(
        settings.model, os.environ, base_url=settings.base_url, offline=settings.offline
    )


def _access(settings: Settings) -> "Access":
    from index.embedders.names import read_access

    return read_access(os.environ, offline=settings.offline)


def _stored_dimension(settings: Settings, embedder: str) -> int | None:
    """Return the dimension a store made by an embedder has, which saves asking for it."""
    if embedder == "bundled":
        return None
    meta = _stored_meta(settings)
    return int(meta["dimension"]) if meta.get("embedder") == embedder else None


def _stored_meta(settings: Settings) -> dict[str, str]:
    """Return the settings of the store itself; none when there is none yet."""
    from index.store.opening import open_store

    try:
        with open_store(settings.store) as store:
            return store.meta
    except StoreError:
        return {}  # none yet, or one that building will complain about
