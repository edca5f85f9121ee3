"""Settings → working parts: the only file that names the concrete classes; imported on demand."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from index.errors import EmptyStoreError, UsageError

if TYPE_CHECKING:
    from index.build import Builder, BuildSummary
    from index.protocols import Embedder, Progress
    from index.search import Searcher
    from index.store.generations import Place
    from index.store.opening import Store

Notice = Callable[[str], None]


def sample_folder() -> Path:
    """Return where the bundled sample interviews lie."""
    return Path(str(files("index") / "sample"))


def make_embedder(name: str) -> "Embedder":
    """Return the embedder a setting names.

    Raises:
        UsageError: there is none of that name.
    """
    if name == "bundled":
        from index.static import StaticEmbedder

        return StaticEmbedder()
    raise UsageError(f"no embedder is called {name!r}; there is: bundled")


def make_place(settings: Settings) -> "Place":
    """Return where the index is kept."""
    from index.store.generations import Place

    return Place(settings.store, settings.chroma)


def make_builder(settings: Settings) -> "Builder":
    """Return what turns interviews into rows."""
    from index.build import Builder

    return Builder(make_embedder(settings.embedder), settings.chunk_tokens)


def build_index(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: "Progress",
    waiting: Callable[[], None],
    rebuild: bool,
) -> "BuildSummary":
    """Bring the store up to date with files and folders."""
    from index.build import build

    return build(
        paths,
        make_place(settings),
        make_builder(settings),
        progress=progress,
        waiting=waiting,
        rebuild=rebuild,
    )


def remove_interview(
    interview: str, settings: Settings, *, lingering: Callable[[], None]
) -> list[str]:
    """Take one interview out of the store for good; returns exact copies that are still there."""
    from index.build import remove

    return remove(interview, make_place(settings), lingering=lingering)


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
    from index.search import Searcher
    from index.store.recipe import Recipe, check_recipe

    with opened_store(settings, notice) as store:
        if store.rows.is_empty():
            raise EmptyStoreError(
                f"the store {settings.store} holds no interview; run: interviews index FOLDER"
            )
        embedder = make_embedder(store.meta["embedder"])
        recipe = Recipe(embedder.name, embedder.fingerprint, embedder.dimension, ANALYSIS)
        check_recipe(store.meta, recipe, settings.store)
        yield Searcher(store, embedder)
