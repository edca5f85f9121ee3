"""Files and folders → an index that matches them: new, changed and gone files, nothing else.

Everything of one call is published at once; a file that cannot be read leaves its old version.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.errors import UsageError
from index.protocols import Progress
from index.scan import scan
from index.store.generations import Place
from index.store.publishing import Session, write_store
from index.updating import Builder, BuildSummary, Update

__all__ = ["BuildSummary", "Builder", "build", "readmit", "remove"]


def build(
    paths: Sequence[Path],
    place: Place,
    builder: Builder,
    *,
    progress: Progress,
    waiting: Callable[[], None] = lambda: None,
    rebuild: bool = False,
) -> BuildSummary:
    """Bring the store up to date with files and folders, and say what changed.

    Args:
        paths: transcripts, and folders of them.
        place: the store.
        builder: embedder and chunk size.
        progress: hears of every file read.
        waiting: called once if another process is writing the store.
        rebuild: first make words and vectors of everything stored again, from the stored texts.

    Raises:
        StoreError: the store cannot be written, or was made by another recipe.
        EmbedderError: the embedder failed; the store is as it was.
    """
    began = time.monotonic()
    summary = BuildSummary()
    found = scan(paths)
    summary.errors += found.errors
    summary.barren += found.barren
    with write_store(
        place,
        builder.recipe,
        waiting=waiting,
        publishing=lambda done, total: progress.advance(done, total, "vectors"),
        anew=rebuild,
    ) as session:
        if rebuild:
            _rebuild(session, builder, summary, progress)
        Update(session, builder, summary).run(found, progress)
        summary.totals = session.stored.sizes()
        summary.texts = session.stored.languages()
    summary.seconds = time.monotonic() - began
    return summary


def remove(
    interview: str,
    place: Place,
    *,
    progress: Progress,
    waiting: Callable[[], None] = lambda: None,
    lingering: Callable[[], None] = lambda: None,
) -> list[str]:
    """Take one interview out for good: texts, words, vectors; indexing it again leaves it out.

    Args:
        interview: its id.
        place: the store.
        progress: hears of the vectors, all of which are published again.
        waiting: called once if another process is writing the store.
        lingering: called when somebody is reading the store, so that traces stay on disk for now.

    Returns:
        The other interviews whose files have exactly the same bytes; they are still there.

    Raises:
        UsageError: there is none of that id.
        EmptyStoreError: there is no store.
        StoreError: the store cannot be written.
    """
    with write_store(
        place,
        None,
        waiting=waiting,
        publishing=lambda done, total: progress.advance(done, total, "vectors"),
        lingering=lingering,
        erase=True,
    ) as session:
        files = dict(session.stored.files().values())
        if interview not in files:
            raise UsageError(f"no interview {interview!r} in {place.folder}; see: interviews list")
        gone = files.pop(interview)
        session.rows.remove(interview)
        session.rows.withdraw(interview, gone.path, gone.digest)
    return sorted(other for other, file in files.items() if file.digest == gone.digest)


def readmit(interview: str, place: Place) -> None:
    """Let an interview that was removed be indexed again.

    Raises:
        UsageError: none of that id was removed.
        EmptyStoreError: there is no store.
        StoreError: the store cannot be written.
    """
    with write_store(place, None) as session:
        if not session.rows.readmit(interview):
            raise UsageError(f"no interview {interview!r} was removed from {place.folder}")


def _rebuild(session: Session, builder: Builder, summary: BuildSummary, progress: Progress) -> None:
    files = dict(session.stored.files().values())
    for done, (interview_key, file) in enumerate(sorted(files.items()), start=1):
        interview = session.stored.interview(interview_key)
        if interview is None:
            raise AssertionError(f"the manifest names {interview_key}, which is not stored")
        builder.write(session, interview, file)
        summary.updated.append(interview_key)
        progress.advance(done, len(files), interview_key)
